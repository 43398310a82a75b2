"""A plan to begin from: what of it each block can use, and why it cannot use the rest.

In: a problem and a plan from anywhere (drawn by hand, of a former run, of other rules).
Out: an answer for each block in which the plan keeps every rule; findings for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.model import OUTSIDE, Valuer
from amalgamation.solve.task import BlockAnswer, BlockTask, cost_of, keeps_plan
from amalgamation.status import Status

if TYPE_CHECKING:
    from amalgamation.model import Block, Problem
    from amalgamation.plan import Plan

__all__ = ["check_start", "start_answers"]


def start_answers(problem: Problem, plan: Plan, seed: int) -> list[BlockAnswer | None]:
    """Return the plan as an answer of each block, None where the block cannot use it.

    Municipalities keep their units; each gets the admitted seat at which it costs least.
    """
    answers: list[BlockAnswer | None] = []
    for position, block in enumerate(problem.blocks):
        seats, flaws = _read_block(problem, position, plan)
        task = BlockTask(position, problem.own_range(position), seed=seed)
        usable = not flaws and task.admits(len(set(seats.values()) - {OUTSIDE}))
        cost = cost_of(problem, position, seats) if usable else 0.0
        answers.append(
            BlockAnswer(task, Status.FEASIBLE, seats, cost) if usable and len(block) else None
        )
    return answers


def check_start(problem: Problem, plan: Plan) -> tuple[Finding, ...]:
    """Say which blocks cannot begin from a plan, and for which of its municipalities.

    Examples
    --------
    >>> from amalgamation.model import build_problem
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.road import prepare
    >>> ground = prepare("toy")
    >>> problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    >>> print(check_start(problem, Plan({}, {}))[0].found)
    a plan to begin from that the rules refuse here: 12 units in no municipality
    """
    findings = []
    for position, block in enumerate(problem.blocks):
        flaws = _read_block(problem, position, plan)[1]
        if flaws:
            findings.append(_unused(block, flaws))
    return tuple(findings)


def _unused(block: Block, flaws: list[str]) -> Finding:
    return Finding(
        "start-unused",
        f"block {block.name}",
        f"a plan to begin from that the rules refuse here: {name_some(flaws)}",
        "a plan that keeps every rule in this block",
        "the block began without it; amalgamation measure tells what the plan breaks",
        severity=Severity.WARNING,
    )


def _read_block(problem: Problem, position: int, plan: Plan) -> tuple[dict[int, int], list[str]]:
    """Return unit -> seat within a block, and what stands against using it."""
    block, valuer = problem.blocks[position], Valuer(problem, position)
    outside, members = set(plan.outside), plan.municipalities
    may_leave = set(block.leavable)
    seats: dict[int, int] = {}
    flaws: list[str] = []
    for name in sorted({plan.municipality_of.get(code, "") for code in block.ids}):
        units = block.positions(members[name]) if name else []
        if not name:
            left = [u for u, code in enumerate(block.ids) if code not in plan.municipality_of]
            torn = [u for u in left if block.ids[u] not in outside or u not in may_leave]
            seats |= dict.fromkeys(left, OUTSIDE)
            flaws += [f"{len(torn):,} units in no municipality"] if torn else []
        elif len(units) < len(members[name]):
            flaws.append(f"municipality {name} across blocks")
        elif (seat := _seat(problem, valuer, units, block.index.get(plan.seat_of[name]))) is None:
            flaws.append(f"municipality {name}")
        else:
            seats |= dict.fromkeys(units, seat)
    if not flaws and not keeps_plan(problem, position, seats):
        flaws.append("more than a limit on the whole plan leaves")
    return seats, flaws


def _seat(problem: Problem, valuer: Valuer, units: list[int], own: int | None) -> int | None:
    """Return the seat that costs least; where a limit binds the whole plan, the plan's own.

    Another seat may cost less and take more of what is limited.
    """
    pairs, members = valuer.block.pairs.distance_of, tuple(units)
    stays = (problem.on_plan or problem.caps) and problem.seat_matters and own in members
    if stays and all((unit, own) in pairs for unit in units) and valuer.admits(members, own or 0):
        return own
    valued = valuer.value(units)
    return valued.seat if valued is not None and valued.admitted else None
