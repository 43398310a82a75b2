"""The whole question: solved as the country's blocks, or under limits that bind them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.solve.capped import solve_capped
from amalgamation.solve.country import solve_free

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem
    from amalgamation.plan import Plan
    from amalgamation.solve.assemble import Solution
    from amalgamation.solve.workers import Progress

__all__ = ["solve_problem"]


def solve_problem(  # noqa: PLR0913 - the options of a run, all by name
    problem: Problem,
    *,
    gap: float = 0.01,
    seconds: float = 600.0,
    seed: int = 1,
    engine: str = "auto",
    points: int = 0,
    processes: int | None = None,
    start: Plan | None = None,
    presolve: bool = True,
    report: Callable[[Progress], None] = lambda _: None,
) -> Solution:
    """Find a plan of the whole problem and a proven bound.

    Parameters
    ----------
    problem
        Blocks, rules, aims, limits.
    gap
        Relative gap at which to stop.
    seconds
        Time limit.
    seed
        Seed of everything random.
    engine
        Of each block; ``"auto"`` chooses by size and regime.
    points
        At so many numbers across the range the blocks are solved besides, so that the
        frontier is known there.
    processes
        Worker processes; default: as many as there are cores, and none to spare.
    start
        A plan to begin from, in each block where it keeps the rules
        (`amalgamation.solve.check_start` tells where it does not).
    presolve
        False lets the compact engine prove without the solver's presolve, as a second way.
    report
        Called with the progress of each block.

    Returns
    -------
    Solution
        Plan (or None) and certificate. Ctrl-C and the time limit end with the best so far.
    """
    solve = solve_capped if problem.caps else solve_free
    return solve(
        problem,
        gap=gap,
        seconds=seconds,
        seed=seed,
        engine=engine,
        points=points,
        processes=processes,
        start=start,
        presolve=presolve,
        report=report,
    )
