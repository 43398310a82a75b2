"""Aims in an order: the first as low as can be, then the next among the plans that keep it.

In: a problem, and groups of its aims. Out: a `Solution`. Each stage minimises one group,
with a cap on the part of the cost of every group before it. A group of value v with the
proven bound b is kept at most at ``max(v, b / (1 - give))``: its relative gap ends at most
at ``give``, the run's own gap unless the scenario says otherwise, or at what the time left.

The certificate's cost is the whole cost of the plan, its bound the sum of the stages'
bounds: each stage's bound holds for all plans that keep the limits of those before it, so
the sum holds for every plan that keeps the order.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from amalgamation.model import Cap
from amalgamation.solve.assemble import Solution, value_plan
from amalgamation.solve.whole import solve_problem
from amalgamation.status import Stage, Status, name_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model import Aim, Problem
    from amalgamation.plan import Plan
    from amalgamation.status import BlockReport, Certificate

__all__ = ["solve_in_order"]

_CLAIM = "The bound holds for plans that keep the order of the aims, group by group."


def solve_in_order(
    problem: Problem,
    groups: Sequence[Sequence[str]],
    *,
    gap: float,
    seconds: float,
    give: float | None = None,
    start: Plan | None = None,
    **options: Any,
) -> Solution:
    """Find a plan that keeps the aims low in an order, with a bound for each group.

    Parameters
    ----------
    problem
        All aims with their weights.
    groups
        Names of aims, the first group first; the aims of a group count by their weights.
    gap, seconds, start
        As `amalgamation.solve.solve_problem` takes them; the time is that of all stages.
    give
        Relative gap at which a group may end for the sake of those behind; default: ``gap``.
    **options
        The other options of `amalgamation.solve.solve_problem`.
    """
    began, limit_gap = time.monotonic(), gap if give is None else give
    aims = [_named(problem, group) for group in groups]
    caps: list[Cap] = []
    done: list[Certificate] = []
    plan = start
    for place, group in enumerate(aims):
        left = seconds - (time.monotonic() - began)
        share = max(0.1, left) / (len(aims) - place)
        asked = replace(problem, aims=group, caps=(*problem.caps, *caps))
        solution = solve_problem(
            asked, gap=gap, seconds=share, start=plan, **options | {"points": 0}
        )
        done.append(solution.certificate)
        if solution.plan is None:
            return _without_plan(done, solution)
        plan = solution.plan
        caps.append(_cap(problem, group, solution.certificate, limit_gap))
        if solution.certificate.status is Status.INTERRUPTED:
            break
    assert plan is not None  # noqa: S101 - every stage had one
    return Solution(plan, _certify(problem, aims, done, caps, plan, gap, time.monotonic() - began))


def _named(problem: Problem, group: Sequence[str]) -> tuple[Aim, ...]:
    """Return the aims of a group; the scenario says `number` of few and of many alike."""
    return tuple(
        aim
        for name in group
        for aim in problem.aims
        if name == aim.name or (name == "number" and aim.name.startswith("number."))
    )


def _cap(problem: Problem, group: tuple[Aim, ...], found: Certificate, give: float) -> Cap:
    """Return the limit that keeps a group while those behind it are minimised."""
    most = max(found.cost, max(0.0, found.bound) / (1 - give))
    terms = tuple((aim, aim.weight / problem.references[aim.name]) for aim in group)
    return Cap("aims.order", terms, most, most or 1.0)


def _without_plan(done: Sequence[Certificate], last: Solution) -> Solution:
    """End where no plan was found: only in the first stage, as the others begin from one."""
    return Solution(None, replace(last.certificate, seconds=sum(each.seconds for each in done)))


def _certify(
    problem: Problem,
    aims: Sequence[tuple[Aim, ...]],
    done: Sequence[Certificate],
    caps: Sequence[Cap],
    plan: Plan,
    gap: float,
    seconds: float,
) -> Certificate:
    """Build the certificate of the last stage's plan, valued by all aims."""
    last, values = done[-1], {value.name: value for value in value_plan(problem, plan)}
    stages = tuple(
        Stage(
            tuple(aim.name for aim in group),
            math.fsum(values[aim.name].cost for aim in group),
            max(0.0, done[place].bound) if place < len(done) else 0.0,
            caps[place].most if place < len(done) - 1 else math.inf,
        )
        for place, group in enumerate(aims)
    )
    cost = math.fsum(value.cost for value in values.values())
    bound = min(cost, math.fsum(stage.bound for stage in stages))
    status = name_ending(cost, bound, gap)
    stopped = last.status is Status.INTERRUPTED or len(done) < len(aims)
    if stopped and status is Status.FEASIBLE:
        status = Status.INTERRUPTED
    if any(each.status is Status.FAILED for each in done):
        status = Status.FAILED
    told = [stage.sentence(place) for place, stage in enumerate(stages, start=1)]
    return replace(
        last,
        status=status,
        cost=cost,
        bound=bound,
        aims=tuple(values.values()),
        blocks=_add_up(done),
        assumptions=(*told, *last.assumptions, _CLAIM),
        seconds=seconds,
        frontier=(),
        peak_mb=max(each.peak_mb for each in done),
        stages=stages,
    )


def _add_up(done: Sequence[Certificate]) -> tuple[BlockReport, ...]:
    """Return the last stage's report of each block, with the work of all stages."""
    reports: dict[str, BlockReport] = {}
    for certificate in done:
        for report in certificate.blocks:
            former = reports.pop(report.name, None)
            reports[report.name] = (
                report
                if former is None
                else replace(
                    report,
                    rounds=former.rounds + report.rounds,
                    cuts=former.cuts + report.cuts,
                    seconds=former.seconds + report.seconds,
                    columns=max(former.columns, report.columns),
                    nodes=former.nodes + report.nodes,
                )
            )
    return tuple(reports.values())
