"""Assembly: from the blocks' answers to one plan and one certificate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model import Municipality, value_outside
from amalgamation.plan import Plan
from amalgamation.provenance import versions
from amalgamation.solve.task import municipalities_of, units_outside
from amalgamation.status import AimValue, BlockReport, Certificate, Status, name_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model import Aim, Block, Problem
    from amalgamation.solve.task import BlockAnswer
    from amalgamation.status import FrontierPoint

__all__ = ["Solution", "assemble", "build_plan", "value_aims", "value_plan"]


@dataclass(frozen=True)
class Solution:
    """Hold a plan, or None, and the certificate that stands behind it."""

    plan: Plan | None
    certificate: Certificate


def assemble(  # noqa: PLR0913 - a certificate is made of many facts
    problem: Problem,
    chosen: Sequence[BlockAnswer],
    answers: Sequence[Sequence[BlockAnswer]],
    status: Status,
    bound: float,
    *,
    block_bounds: Sequence[float],
    engines: Sequence[tuple[str, str]],
    frontier: tuple[FrontierPoint, ...],
    peak_mb: float,
    seconds: float,
    seed: int,
    wanted_gap: float,
) -> Solution:
    """Build plan and certificate.

    Parameters
    ----------
    problem
        The problem.
    chosen
        The answer whose plan is taken, per block; empty without a plan.
    answers
        Every answer of every block.
    status
        How the search ended.
    bound
        Proven bound on the cost of any plan.
    block_bounds
        Proven bound of each block at the number of municipalities it has in the plan.
    engines
        (engine, why) of each block.
    frontier
        Cost and bound at every number.
    peak_mb
        Most memory that the processes held.
    wanted_gap
        Gap that was asked for.
    """
    plan = build_plan(problem, chosen) if chosen else None
    aims = value_aims(problem, chosen) if chosen else ()
    cost = sum(aim.cost for aim in aims) if chosen else math.inf
    bound = min(bound, cost)
    certificate = Certificate(
        status=_final_status(status, cost, bound, wanted_gap, has_plan=bool(chosen)),
        cost=cost,
        bound=bound,
        aims=aims,
        blocks=tuple(
            _report(problem.blocks[b], own, chosen[b] if chosen else None, bound, engines[b])
            for b, (own, bound) in enumerate(zip(answers, block_bounds, strict=True))
            if own
        ),
        assumptions=_assumptions(problem),
        seconds=seconds,
        seed=seed,
        frontier=frontier,
        peak_mb=peak_mb,
        versions=versions(),
    )
    return Solution(plan, certificate)


def build_plan(problem: Problem, chosen: Sequence[BlockAnswer]) -> Plan:
    """Build the plan that answers of all blocks, in their order, make together."""
    seat_of: dict[str, str] = {}
    outside = [*problem.left_out]
    for block, answer in zip(problem.blocks, chosen, strict=True):
        for municipality in municipalities_of(block, answer.seat_of):
            seat = municipality.seat if problem.seat_matters else _largest(municipality)
            seat_of |= {block.ids[unit]: block.ids[seat] for unit in municipality.members}
        outside += [block.ids[unit] for unit in units_outside(answer.seat_of)]
    return Plan.from_seats(seat_of, outside)


def _largest(municipality: Municipality) -> int:
    """Where nobody asks for the seat, the most populous unit is the natural one."""
    people = municipality.block.attributes.get("population")
    if people is None:
        return municipality.seat
    return max(municipality.members, key=lambda unit: (people[unit], -unit))


def value_aims(problem: Problem, chosen: Sequence[BlockAnswer]) -> tuple[AimValue, ...]:
    """Return the aims of the plan that answers of all blocks make together."""
    return tuple(
        AimValue(
            aim.name,
            aim.unit,
            sum(
                _raw(aim, block, answer)
                for block, answer in zip(problem.blocks, chosen, strict=True)
            ),
            problem.references[aim.name],
            aim.weight,
            getattr(aim, "target", None),
        )
        for aim in problem.aims
    )


def value_plan(problem: Problem, plan: Plan) -> tuple[AimValue, ...]:
    """Return the aims of a plan, its municipalities each within one block of the problem."""
    at = {
        unit: (b, i) for b, block in enumerate(problem.blocks) for i, unit in enumerate(block.ids)
    }
    inside: list[list[Municipality]] = [[] for _ in problem.blocks]
    for name, units in plan.municipalities.items():
        b = at[units[0]][0]
        members = tuple(sorted(at[unit][1] for unit in units))
        inside[b].append(Municipality(problem.blocks[b], members, at[plan.seat_of[name]][1]))
    outside: list[list[int]] = [[] for _ in problem.blocks]
    for unit in plan.outside:
        if unit in at:
            outside[at[unit][0]].append(at[unit][1])
    return tuple(
        AimValue(
            aim.name,
            aim.unit,
            sum(
                sum(map(aim.value, inside[b])) + value_outside(aim, block, outside[b])
                for b, block in enumerate(problem.blocks)
            ),
            problem.references[aim.name],
            aim.weight,
            getattr(aim, "target", None),
        )
        for aim in problem.aims
    )


def _raw(aim: Aim, block: Block, answer: BlockAnswer) -> float:
    inside = sum(aim.value(each) for each in municipalities_of(block, answer.seat_of))
    return inside + value_outside(aim, block, units_outside(answer.seat_of))


def _final_status(
    status: Status, cost: float, bound: float, wanted_gap: float, *, has_plan: bool
) -> Status:
    if status in (Status.INFEASIBLE, Status.FAILED):
        return status
    if not has_plan:
        return Status.INTERRUPTED if status is Status.INTERRUPTED else Status.NO_PLAN
    ending = name_ending(cost, bound, wanted_gap)
    interrupted = status is Status.INTERRUPTED and ending is Status.FEASIBLE
    return status if interrupted else ending


def _report(
    block: Block,
    own: Sequence[BlockAnswer],
    chosen: BlockAnswer | None,
    bound: float,
    engine: tuple[str, str],
) -> BlockReport:
    solved = [answer for answer in own if answer.raw] or own
    cost = chosen.cost if chosen else math.inf
    return BlockReport(
        name=block.name,
        units=len(block),
        municipalities=chosen.number if chosen else 0,
        status=_block_status(cost, bound) if chosen else solved[-1].status,
        cost=cost,
        bound=min(cost, bound),
        rounds=sum(each.rounds for each in own),
        cuts=sum(each.cuts for each in own),
        seconds=sum(each.seconds for each in own),
        solver_status=solved[-1].raw,
        engine=engine[0],
        why=engine[1],
        columns=max(each.columns for each in own),
        nodes=sum(each.nodes for each in own),
    )


def _block_status(cost: float, bound: float) -> Status:
    return name_ending(cost, bound, wanted=0.0)


def _assumptions(problem: Problem) -> tuple[str, ...]:
    sentences = []
    if any(rule.key.startswith("rules.reach") for rule in problem.rules):
        sentences.append("The bound holds for plans that keep the reach, which is a rule.")
    return tuple(sentences)
