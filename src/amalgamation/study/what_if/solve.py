"""Solve again: the best plan and the bound of a question like that of a finished run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model import build_problem, use_yardstick
from amalgamation.solve import check_start, solve_problem
from amalgamation.study.what_if.price import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from amalgamation.model import Problem
    from amalgamation.plan import Plan
    from amalgamation.road import Ground, Reopened
    from amalgamation.scenario.schema import Solve
    from amalgamation.solve import Progress, Solution

__all__ = ["build_like", "first_that_fits", "solve_again", "what_is_known"]


def build_like(run: Reopened, ground: Ground) -> Problem:
    """Return the problem of a ground, its aims measured as those of the run: costs compare."""
    question = ground.file.scenario
    problem = build_problem(question, ground.territory, ground.graph)
    return use_yardstick(problem, run.certificate.aims)


def first_that_fits(problem: Problem, plans: Iterable[Plan]) -> Plan | None:
    """Return the first plan that keeps every rule in all blocks of a problem."""
    return next((plan for plan in plans if not check_start(problem, plan)), None)


def solve_again(
    problem: Problem,
    options: Solve,
    seconds: float,
    start: Plan | None,
    report: Callable[[Progress], None],
) -> Solution:
    """Solve down to no gap at all, in the time given: prices are smaller than gaps.

    Parameters
    ----------
    problem
        All of a question, or a part of it.
    options
        Seed, engine and processes of the run.
    seconds
        Time limit.
    start
        A plan to begin from.
    report
        Called with the progress of each block.
    """
    return solve_problem(
        problem,
        gap=0.0,
        seconds=seconds,
        seed=options.seed,
        engine=options.engine,
        processes=options.processes,
        start=start,
        report=report,
    )


def what_is_known(solution: Solution) -> Known:
    """Return cost, bound and plan of a solution; costs are never negative."""
    certificate = solution.certificate
    return Known(certificate.cost, max(0.0, certificate.bound), solution.plan)
