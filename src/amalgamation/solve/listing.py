"""Listing: every municipality that a very small block could hold, and the best choice.

Where units are few, so are the connected sets of them: each is listed with the seat at
which it costs least, and one integer program picks sets that hold every unit once. What
keeps a program over pairs (unit, seat) busy for minutes, such as a minimum that barely
fits the number asked for, is settled here at once.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import pulp

from amalgamation.model import OUTSIDE, Valuer
from amalgamation.solve.highs import LiveModel
from amalgamation.solve.task import BlockAnswer, cost_of
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from amalgamation.model import Block, Problem, Valued
    from amalgamation.solve.highs import Outcome
    from amalgamation.solve.task import BlockTask

__all__ = ["LISTED", "connected_sets", "list_block"]

LISTED = 14
"""Most units of a block that is listed: at most 16,383 sets, whatever its ties."""


def connected_sets(block: Block) -> Iterator[tuple[int, ...]]:
    """Give every connected set of a block's units once, as sorted positions.

    A set grows from its first unit by units behind it; what was passed over is not taken
    up again below [moerkotte2006]_.

    Examples
    --------
    >>> from amalgamation.model import build_problem
    >>> from amalgamation.road import prepare
    >>> ground = prepare("toy")
    >>> problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    >>> sum(1 for _ in connected_sets(problem.blocks[0]))
    1707
    """
    for first in range(len(block)):
        ahead = {unit for unit in block.neighbours[first] if unit > first}
        yield from _grow(block, (first,), sorted(ahead), {first} | ahead | set(range(first)))


def _grow(
    block: Block, members: tuple[int, ...], front: list[int], seen: set[int]
) -> Iterator[tuple[int, ...]]:
    yield tuple(sorted(members))
    for place, unit in enumerate(front):
        fresh = [other for other in block.neighbours[unit] if other not in seen]
        yield from _grow(block, (*members, unit), [*front[place + 1 :], *fresh], seen | {*fresh})


def list_block(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[BlockAnswer], None] = lambda _: None,
) -> BlockAnswer:
    """Solve one block of few units by listing all its municipalities.

    Parameters
    ----------
    problem, task
        What is asked.
    stop
        Asked often; True ends the solve with nothing.
    report
        Called with the answer.
    """
    began = time.monotonic()
    valuer = Valuer(problem, task.block)
    valued = (valuer.value(units) for units in connected_sets(valuer.block) if not stop())
    columns = [column for column in valued if column is not None and column.admitted]
    if stop():  # a list that was broken off proves nothing
        return BlockAnswer(task, Status.NO_PLAN, seconds=time.monotonic() - began)
    model, picks, leaves = _build_model(valuer, task, columns)
    left = max(0.0, task.seconds - (time.monotonic() - began))
    outcome = LiveModel(model, task.seed, stop).solve_integer(left, task.gap)
    seat_of = _read(columns, picks, leaves, outcome) if outcome.has_solution else {}
    answer = BlockAnswer(
        task,
        outcome.status,
        seat_of,
        cost_of(problem, task.block, seat_of) if seat_of else math.inf,
        outcome.bound,
        rounds=1,
        seconds=time.monotonic() - began,
        raw=f"{outcome.raw}, among all {len(columns):,} municipalities",
        columns=len(columns),
    )
    report(answer)
    return answer


_Picks = list[pulp.LpVariable]


def _build_model(
    valuer: Valuer, task: BlockTask, columns: Sequence[Valued]
) -> tuple[pulp.LpProblem, _Picks, dict[int, pulp.LpVariable]]:
    """Build the program: each unit in one municipality, or left out where it may be."""
    block, model = valuer.block, pulp.LpProblem("listing", pulp.LpMinimize)
    picks = [model.add_variable(f"x_{k}", 0, 1, pulp.LpBinary) for k in range(len(columns))]
    leaves = {u: model.add_variable(f"o_{u}", 0, 1, pulp.LpBinary) for u in block.leavable}
    left = pulp.lpSum(valuer.cost_outside(unit) * leaf for unit, leaf in leaves.items())
    costs = [column.cost + task.price for column in columns]
    model.setObjective(pulp.LpAffineExpression(zip(picks, costs, strict=True)) + left)
    holding: dict[int, _Picks] = {unit: [] for unit in range(len(block))}
    for pick, column in zip(picks, columns, strict=True):
        for unit in column.members:
            holding[unit].append(pick)
    for unit, own in holding.items():
        model.addConstraint(pulp.lpSum([*own, *([leaves[unit]] if unit in leaves else [])]) == 1)
    least, most = task.number
    model.addConstraint(pulp.lpSum(picks) >= (block.fewest if least is None else least))
    if most is not None:
        model.addConstraint(pulp.lpSum(picks) <= most)
    return model, picks, leaves


def _read(
    columns: Sequence[Valued],
    picks: _Picks,
    leaves: Mapping[int, pulp.LpVariable],
    outcome: Outcome,
) -> dict[int, int]:
    """Return unit -> seat."""
    taken = [c for c, pick in zip(columns, picks, strict=True) if _is_one(outcome, pick)]
    inside = {unit: column.seat for column in taken for unit in column.members}
    return inside | {unit: OUTSIDE for unit, leaf in leaves.items() if _is_one(outcome, leaf)}


def _is_one(outcome: Outcome, variable: pulp.LpVariable) -> bool:
    return round(outcome.values[variable.name]) == 1
