"""The column engine: price, choose, strengthen, until bound and plan meet.

Each round the master's relaxation gives duals; pricing at smoothed duals gives columns
and a bound (Lagrangian: what the duals promise, less what any municipality could still
gain). Where no column gains any more, subset rows cut off what the relaxation counts
twice, and the master with integrality looks for a plan.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model import Valuer
from amalgamation.solve import compact
from amalgamation.solve.columns.bound import Ledger, greatest_number
from amalgamation.solve.columns.master import Master, Relaxed
from amalgamation.solve.columns.pricing import Column, Duals, Effort, Pricer
from amalgamation.solve.columns.subset_rows import find_subset_rows
from amalgamation.solve.incumbent import Incumbent
from amalgamation.solve.one_program import solve_by_program
from amalgamation.solve.search import improve_start
from amalgamation.solve.task import BlockAnswer, BlockTask, municipalities_of
from amalgamation.status import Status, is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from amalgamation.model import Problem

__all__ = ["solve_block"]

# Rough first, exact last: only where the rough finds nothing is the next worth its time.
_EFFORTS = (Effort(256, 24, first=True), Effort(1000, 200), Effort(1000, 4000))
# To list every municipality that a better plan could hold.
_LISTING = Effort(1000, 20_000, every=True)
# Listing is tried where the gap is at most this part of a mean municipality's cost.
_NEAR = 0.25
# ... and as the last resort at this part.
_LAST = 1.0
# The integer master takes at most so many columns, those of least reduced cost.
_MOST_COLUMNS = 2000
# The largest cost of a starting column has so many digits before the point.
_DIGITS = 4
# Reduced costs above this (scaled) are no gain.
_GAIN = -1e-5
_MOST_SUBSET_ROWS = 60
# Smoothing of the duals (Wentges 1997): weight of those that gave the best bound.
_SMOOTH = 0.6
# Cost of an uncovered unit, as a multiple of the dearest column.
_ARTIFICIAL = 5.0
_MASTER_SHARE = 0.1
# Blocks of so many units the compact model can finish where columns cannot.
_SMALL = 100
# Part of the time that the first bound may take.
_BOUND_SHARE = 0.2
_EQUAL = 1e-9


@dataclass
class _Road:
    """What is known so far on one block."""

    problem: Problem
    task: BlockTask
    best: Incumbent
    stop: Callable[[], bool]
    report: Callable[[BlockAnswer], None]
    scale: float
    pricer: Pricer
    master: Master
    valuer: Valuer
    ledger: Ledger
    began: float
    rounds: int = 0
    nodes: int = 0
    center: Duals | None = None

    @property
    def seconds_left(self) -> float:
        return self.task.seconds - (time.monotonic() - self.began)

    @property
    def is_over(self) -> bool:
        return self.stop() or self.seconds_left <= 0

    @property
    def bound(self) -> float:
        return self.ledger.best / self.scale

    @property
    def gap(self) -> float:
        return self.best.gap(self.bound)

    @property
    def is_done(self) -> bool:
        return bool(self.best.seat_of) and (
            self.gap <= _EQUAL or is_within(self.gap, self.task.gap)
        )

    def offer(self, seat_of: Mapping[int, int]) -> None:
        """Keep a plan if it is better than the best, and report it."""
        if self.best.offer(seat_of):
            self.report(self.answer(Status.FEASIBLE))

    def answer(self, status: Status) -> BlockAnswer:
        return BlockAnswer(
            self.task,
            status,
            dict(self.best.seat_of),
            self.best.cost,
            self.bound,
            self.rounds,
            len(self.master.triples),
            time.monotonic() - self.began,
            "column generation",
            floors=self.ledger.floors(self.task.price * self.scale, self.scale),
            columns=len(self.master.columns),
            nodes=self.nodes,
        )


def solve_block(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[BlockAnswer], None] = lambda _: None,
) -> BlockAnswer:
    """Solve one block by columns.

    Parameters
    ----------
    problem, task
        What is asked.
    stop
        Asked often; True ends the solve with the best plan and bound so far.
    report
        Called with the answer so far whenever plan or bound moves.
    """
    road = _begin(problem, task, stop, report)
    if road.ledger.is_empty:
        return road.answer(Status.INFEASIBLE)
    _bound_first(road)
    _search(road)
    while not (road.is_over or road.is_done):
        relaxed = _converge(road)
        if relaxed is None:
            break
        if not relaxed.covered:
            # No columns make a plan, or none that is worth its cost: the other engine tells.
            return _fall_back(road)
        _choose(road, relaxed)
        if road.is_done or _list_all(road, relaxed, _NEAR):
            break
        if _strengthen(road, relaxed):
            continue
        if not _list_all(road, relaxed, _LAST) and len(road.valuer.block) <= _SMALL:
            # What is left of the gap takes branching, which only the other engine does.
            return _fall_back(road)
        break
    return road.answer(_status(road))


def _begin(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool],
    report: Callable[[BlockAnswer], None],
) -> _Road:
    began = time.monotonic()
    block = problem.blocks[task.block]
    valuer = Valuer(problem, task.block)
    first = _columns_of(valuer, task.start)
    outside = {unit: valuer.cost_outside(unit) for unit in block.leavable}
    dearest = max([*(column.cost for column in first), *outside.values()], default=1.0) or 1.0
    scale = 10.0 ** (_DIGITS - math.ceil(math.log10(dearest)))
    least, most = task.number
    most = greatest_number(problem, task.block, most)
    master = Master(
        len(block),
        (least, most),
        task.price * scale,
        {unit: cost * scale for unit, cost in outside.items()},
        scale=scale,
        penalty=_ARTIFICIAL * (dearest + abs(task.price)) * scale,
        seed=task.seed,
        stop=stop,
    )
    master.add(first)
    worth = np.full(len(block), np.inf)
    worth[list(outside)] = [cost * scale for cost in outside.values()]
    ledger = Ledger(least or block.fewest, most, worth)
    road = _Road(
        problem,
        task,
        Incumbent(problem, task),
        stop,
        report,
        scale,
        Pricer(problem, task.block, valuer, scale),
        master,
        valuer,
        ledger,
        began,
    )
    road.offer(task.start)
    return road


def _bound_first(road: _Road) -> None:
    """Have a bound soon: the relaxation of the compact model, which is weak but quick."""
    task = replace(road.task, seconds=_BOUND_SHARE * road.task.seconds)
    look = compact.measure_prices(road.problem, task, [task.price], road.stop)
    for tangent in look.tangents:
        road.ledger.raise_all(tangent.value * road.scale)
    road.report(road.answer(Status.FEASIBLE if road.best.seat_of else Status.NO_PLAN))


def _search(road: _Road) -> None:
    """Look for plans around the best: each municipality met is a column to begin with."""
    for answer in improve_start(road.problem, road.task, lambda: road.is_over):
        road.master.add(_columns_of(road.valuer, answer.seat_of))
        road.offer(answer.seat_of)


def _columns_of(valuer: Valuer, seat_of: Mapping[int, int]) -> list[Column]:
    """Return the municipalities of a plan as columns."""
    return [
        Column(tuple(m.members), m.seat, valuer.cost(m.members, m.seat))
        for m in municipalities_of(valuer.block, seat_of)
    ]


def _converge(road: _Road) -> Relaxed | None:
    """Generate columns until none gains; None where time or proof came first."""
    level = 0
    while True:
        relaxed = road.master.relax(road.seconds_left)
        if relaxed is None:
            return None
        added = _price(road, relaxed, _EFFORTS[level])
        if added is None or road.is_done:
            return None
        road.rounds += 1
        if added:
            continue
        if road.center is not None:
            # Nothing gains at the smoothed duals: look at the master's own.
            road.center = None
            continue
        level += 1
        if level == len(_EFFORTS):
            return relaxed


def _price(road: _Road, relaxed: Relaxed, effort: Effort) -> int | None:
    """Price all seats once; return how many columns were added, None where time ended it."""
    duals = _smoothed(relaxed.duals, road.center)
    bounds = np.zeros(len(road.pricer.regions))
    columns: list[Column] = []
    for position in range(len(bounds)):
        if road.is_over:
            return None
        priced = road.pricer.price(position, duals, effort, _GAIN)
        bounds[position] = priced.bound
        columns += priced.columns
        road.nodes += priced.nodes
    number_dual = road.task.price * road.scale - duals.each
    if road.ledger.learn(duals, number_dual, bounds):
        road.center = duals
        road.report(road.answer(Status.FEASIBLE if road.best.seat_of else Status.NO_PLAN))
    return road.master.add(columns)


def _smoothed(duals: Duals, center: Duals | None) -> Duals:
    """Return duals between the master's and those that gave the best bound."""
    if center is None:
        return duals
    penalty = np.zeros(len(duals.penalty))
    penalty[: len(center.penalty)] = center.penalty
    return Duals(
        _SMOOTH * center.unit + (1 - _SMOOTH) * duals.unit,
        _SMOOTH * center.each + (1 - _SMOOTH) * duals.each,
        duals.triples,
        _SMOOTH * penalty + (1 - _SMOOTH) * duals.penalty,
    )


def _choose(road: _Road, relaxed: Relaxed) -> None:
    """Look for a plan among the columns of least reduced cost."""
    start = _start(road)
    costs = road.master.reduced_costs(relaxed.duals)
    worst = np.sort(costs)[:_MOST_COLUMNS].max(initial=-np.inf)
    seat_of, _ = road.master.choose(_master_seconds(road), road.task.gap / 2, start, costs <= worst)
    road.offer(seat_of)


def _start(road: _Road) -> list[Column]:
    """Return the best plan as columns that the master knows."""
    start = _columns_of(road.valuer, road.best.seat_of)
    road.master.add(start)
    return start


def _master_seconds(road: _Road) -> float:
    return max(1.0, min(road.seconds_left, road.task.seconds * _MASTER_SHARE))


def _list_all(road: _Road, relaxed: Relaxed, near: float) -> bool:
    """List every municipality that a better plan could hold, and choose among all of them.

    A column whose reduced cost exceeds the gap is in no plan better than the best (Baldacci,
    Christofides and Mingozzi 2008); so the choice among the others is the proof.
    """
    if not road.best.seat_of:
        return False
    cost = road.best.priced_cost * road.scale
    cutoff = cost - relaxed.cost - _GAIN * len(road.valuer.block)
    if cutoff > near * cost / max(1, road.best.number):
        return False
    columns: list[Column] = []
    for position in range(len(road.pricer.regions)):
        priced = road.pricer.price(position, relaxed.duals, _LISTING, cutoff)
        road.nodes += priced.nodes
        if road.is_over or not priced.exact:
            return False
        columns += priced.columns
    road.master.add(columns)
    start = _start(road)
    among = road.master.reduced_costs(relaxed.duals) <= cutoff
    seat_of, bound = road.master.choose(road.seconds_left, 0.0, start, among)
    road.offer(seat_of)
    road.ledger.raise_all(min(bound, cost))
    return road.is_done


def _fall_back(road: _Road) -> BlockAnswer:
    """Hand over to one program where columns cannot tell more."""
    task = replace(road.task, seconds=max(0.1, road.seconds_left), start=road.best.seat_of)
    own = road.answer(_status(road))
    other = solve_by_program(road.problem, task, road.stop, road.report)
    if other.status is Status.INFEASIBLE:
        return other
    bound = max(own.bound, other.bound)
    seconds = own.seconds + other.seconds
    return replace(
        other,
        bound=bound,
        floors=own.floors,
        columns=own.columns,
        nodes=own.nodes,
        rounds=own.rounds + other.rounds,
        seconds=seconds,
        cuts=own.cuts + other.cuts,
    )


def _strengthen(road: _Road, relaxed: Relaxed) -> bool:
    """Add subset rows; return whether there were any to add."""
    triples = find_subset_rows(relaxed, len(road.valuer.block), _MOST_SUBSET_ROWS)
    road.master.add_subset_rows(triples)
    return bool(len(triples))


def _status(road: _Road) -> Status:
    if road.is_done:
        return Status.OPTIMAL if road.gap <= _EQUAL else Status.WITHIN_GAP
    if road.stop():
        return Status.INTERRUPTED
    return Status.FEASIBLE if road.best.seat_of else Status.NO_PLAN
