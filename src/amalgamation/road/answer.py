"""From a ground to a result: solved and verified, or measured as it was given."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from amalgamation.errors import InputError, VerificationError
from amalgamation.explain import explain_proven
from amalgamation.findings import errors_in
from amalgamation.given import build_certificate, read_given_plan
from amalgamation.measure import measure_plan
from amalgamation.model import Problem, build_left_out, build_problem
from amalgamation.provenance import versions
from amalgamation.result import Result
from amalgamation.solve import Progress, Solution, check_start, solve_in_order, solve_problem
from amalgamation.status import Certificate, Status
from amalgamation.verify import soften_breaches, verify_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.findings import Finding
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.road.ground import Ground

__all__ = ["answer", "hand_out", "judge"]

_SECONDS = 60.0


def answer(
    ground: Ground,
    *,
    start: Plan | None = None,
    report: Callable[[Progress], None] = lambda _: None,
) -> Result:
    """Answer the question of a ground with a verified plan, a certificate and a scorecard.

    A scenario that gives its plan is measured instead of solved: rules that the plan breaks
    are told in ``result.breaches``.

    Parameters
    ----------
    ground
        Scenario, territory and graph.
    start
        A plan to begin from.
    report
        Called with the progress of each block.

    Raises
    ------
    VerificationError
        If the plan found breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> from amalgamation.road import prepare
    >>> answer(prepare("toy", overrides={"solve.processes": 1})).status
    <Status.OPTIMAL: 'optimal'>
    """
    question = ground.file.scenario
    if question.plan is not None:
        outside = build_left_out(question.rules, ground.territory, ground.graph).always
        given = read_given_plan(question.plan, ground.territory, ground.file.folder, outside)
        return judge(ground, *given)
    if ground.impossible:
        return _refuse(ground)
    problem = build_problem(question, ground.territory, ground.graph)
    unused = () if start is None else check_start(problem, start)
    solution = _solve(ground, problem, start, report)
    told = (*explain_proven(problem, solution.certificate), *unused)
    return hand_out(ground, solution.certificate, solution.plan, told)


def judge(ground: Ground, plan: Plan, sources: tuple[Source, ...] = ()) -> Result:
    """Measure a plan that was given: what it breaks is told, and nothing is withheld.

    Parameters
    ----------
    ground
        Where the plan stands.
    plan
        A plan of the ground's units.
    sources
        Files that the plan was read from.

    Raises
    ------
    InputError
        If the plan is none of these units.
    """
    began = time.monotonic()
    question, territory, graph = ground.file.scenario, ground.territory, ground.graph
    broken = verify_plan(plan, question, territory, graph)
    misfit = [finding for finding in broken if finding.check == "partition"]
    if misfit:
        raise InputError(misfit)
    certificate = build_certificate(plan, question, territory, graph)
    certificate = replace(certificate, seconds=time.monotonic() - began)
    result = _result(ground, certificate, plan, ())
    return replace(result, breaches=soften_breaches(broken), inputs=(*result.inputs, *sources))


def _solve(
    ground: Ground, problem: Problem, start: Plan | None, report: Callable[[Progress], None]
) -> Solution:
    options, aims = ground.file.scenario.solve, ground.file.scenario.aims
    give = None if aims.yield_percent is None else aims.yield_percent / 100
    solve = partial(solve_in_order, groups=aims.groups, give=give) if aims.order else solve_problem
    return solve(
        problem,
        gap=options.gap_percent / 100,
        seconds=options.minutes * _SECONDS,
        seed=options.seed,
        engine=options.engine,
        points=options.frontier,
        processes=options.processes,
        start=start,
        report=report,
    )


def _refuse(ground: Ground) -> Result:
    certificate = Certificate(Status.INFEASIBLE, math.inf, math.inf, versions=versions())
    return _result(ground, certificate, None, ground.impossible)


def hand_out(
    ground: Ground, certificate: Certificate, plan: Plan | None, more: tuple[Finding, ...] = ()
) -> Result:
    """Hand a plan out only after every rule and the cost were recomputed.

    Parameters
    ----------
    ground
        Where the plan was found.
    certificate, plan
        What was found; no plan where the certificate says so.
    more
        Findings besides those of the ground.

    Raises
    ------
    VerificationError
        If the plan breaks a rule, or the certificate does not say what is so.
    """
    if plan is not None:
        question = ground.file.scenario
        broken = verify_plan(plan, question, ground.territory, ground.graph, certificate)
        if errors_in(broken):
            raise VerificationError(errors_in(broken))
    return _result(ground, certificate, plan, more)


def _result(
    ground: Ground, certificate: Certificate, plan: Plan | None, more: tuple[Finding, ...]
) -> Result:
    question, scorecard = ground.file.scenario, None
    if plan is not None:
        parameters = question.scorecard
        scorecard = measure_plan(plan, ground.territory, ground.graph, parameters=parameters)
    return Result(
        scenario=question,
        territory=ground.territory,
        graph=ground.graph,
        certificate=certificate,
        plan=plan,
        scorecard=scorecard,
        findings=(*ground.findings, *more),
        inputs=(*ground.file.sources, *ground.territory.sources, *ground.graph.sources),
    )
