"""The compact engine: solve, separate, add, solve again.

HiGHS takes no rows while it searches, so a round is a whole solve: first without
integrality, where broken inequalities are cheap to find, then with it. Every round's
bound stays valid, since rows are only added that every plan satisfies; every broken plan
is repaired, if it can be, into the start of the next round.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amalgamation.solve.compact.repair import repair_plan
from amalgamation.solve.compact.separate import separate_fractional, separate_integer
from amalgamation.solve.highs import LiveModel, Outcome
from amalgamation.solve.incumbent import Incumbent
from amalgamation.solve.task import BlockAnswer, BlockTask
from amalgamation.status import Status, is_within

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import CompactModel, Problem

__all__ = ["solve_block"]

_RELAXED_ROUNDS = 30
# Below this relative gain of the bound, another relaxed round costs more than it brings.
_LEAST_GAIN = 1e-4
# Part of the time that the relaxed rounds may take.
_RELAXED_SHARE = 0.4
# Relative difference that two sums of the same plan may show.
_SOLVER_TOLERANCE = 1e-6


@dataclass
class _Road:
    """What is known so far on one block."""

    problem: Problem
    task: BlockTask
    best: Incumbent
    model: CompactModel
    live: LiveModel
    stop: Callable[[], bool]
    report: Callable[[BlockAnswer], None]
    began: float = field(default_factory=time.monotonic)
    bound: float = -math.inf
    rounds: int = 0
    cuts: int = 0
    raw: str = ""

    @property
    def seconds_left(self) -> float:
        return self.task.seconds - (time.monotonic() - self.began)

    @property
    def is_over(self) -> bool:
        return self.seconds_left <= 0 or self.live.is_spent

    @property
    def gap(self) -> float:
        return self.best.gap(self.bound)

    def raise_bound(self, bound: float) -> None:
        """Keep a bound if it is better than the best."""
        self.bound = max(self.bound, bound)
        self.report(self.answer(Status.FEASIBLE if self.best.seat_of else Status.NO_PLAN))

    def answer(self, status: Status) -> BlockAnswer:
        return BlockAnswer(
            self.task,
            status,
            dict(self.best.seat_of),
            self.best.cost,
            self.bound,
            self.rounds,
            self.cuts,
            time.monotonic() - self.began,
            self.raw,
        )


def solve_block(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[BlockAnswer], None] = lambda _: None,
) -> BlockAnswer:
    """Solve one block by the compact model.

    Parameters
    ----------
    problem, task
        What is asked.
    stop
        Asked often; True ends the solve with the best plan and bound so far.
    report
        Called with the answer so far whenever plan or bound moves.
    """
    model = problem.build_model(task.block, task.number, task.price)
    for cut in task.cuts:
        model.add_cut(cut)
    road = _Road(
        problem,
        task,
        Incumbent(problem, task),
        model,
        LiveModel(model.problem, task.seed, stop, presolve=task.presolve, looks=task.looks),
        stop,
        report,
    )
    road.best.offer(task.start)
    status = _tighten_relaxation(road)
    if status is None:
        status = _solve_rounds(road)
    return road.answer(status)


def _tighten_relaxation(road: _Road) -> Status | None:
    """Solve without integrality and add what is broken, as long as the bound gains."""
    before = -math.inf
    for _ in range(_RELAXED_ROUNDS):
        if road.seconds_left < (1 - _RELAXED_SHARE) * road.task.seconds:
            return None
        outcome = road.live.solve_relaxation(road.seconds_left)
        road.rounds, road.raw = road.rounds + 1, outcome.raw
        if outcome.status is Status.INFEASIBLE:
            return _infeasible(road)
        if outcome.status is not Status.OPTIMAL:
            return None
        road.raise_bound(outcome.bound)
        added = separate_fractional(road.model, outcome.values)
        road.cuts += added
        if not added or outcome.bound - before < _LEAST_GAIN * abs(outcome.bound):
            return None
        before = outcome.bound
    return None


def _infeasible(road: _Road) -> Status:
    """No plan at all; if we hold one, it is the solver that is wrong."""
    return Status.FAILED if road.best.seat_of else Status.INFEASIBLE


def _solve_rounds(road: _Road) -> Status:
    while True:
        outcome = road.live.solve_integer(road.seconds_left, road.task.gap, _start(road))
        road.rounds, road.raw = road.rounds + 1, outcome.raw
        if outcome.status is Status.INFEASIBLE:
            return _infeasible(road)
        added = _take(road, outcome)
        status = _ended(road, outcome, added)
        if status is not None:
            return status


def _start(road: _Road) -> dict[str, float] | None:
    return road.model.start_values(road.best.seat_of) if road.best.seat_of else None


def _take(road: _Road, outcome: Outcome) -> int:
    """Keep bound and plan of a round; return how many rows its plan broke."""
    added = 0
    if outcome.has_solution:
        added = separate_integer(road.model, outcome.values)
        seat_of = road.model.read_assignment(outcome.values)
        road.best.offer(repair_plan(road.problem, road.model.block, seat_of))
    road.cuts += added
    road.raise_bound(outcome.bound)
    return added


def _ended(road: _Road, outcome: Outcome, added: int) -> Status | None:
    if road.gap == 0:
        return Status.OPTIMAL
    if road.best.seat_of and is_within(road.gap, road.task.gap):
        return Status.WITHIN_GAP
    if road.stop():
        return Status.INTERRUPTED
    if road.is_over or (not added and outcome.status is not Status.OPTIMAL):
        return Status.FEASIBLE if road.best.seat_of else Status.NO_PLAN
    if not added:
        # Optimal for the solver, and no row is broken: then either our plan is it, within
        # the solver's tolerances, or judge and constraint read a rule differently.
        return Status.OPTIMAL if road.gap <= _SOLVER_TOLERANCE else Status.FAILED
    return None
