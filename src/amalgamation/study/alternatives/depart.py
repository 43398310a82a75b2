"""Depart: one plan of a block, within its budget and as unlike those found as can be.

The budget enters by its price: search lowers the cost by the aims plus a weight on being
alike, and the weight grows while the budget holds and falls where it does not (Lagrangian
relaxation, [geoffrion1974]_, here for plans alone). What is met on the way counts too. No
claim is made that no plan is less alike.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from amalgamation.solve.search import improve_block
from amalgamation.solve.task import BlockAnswer, BlockTask, cost_of
from amalgamation.status import Status
from amalgamation.study.alternatives.votes import alikeness, keeps, tilt

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem

__all__ = ["Departure", "depart", "starting_weight"]

# Weights that are tried, and by how much one differs from the next at first.
_STEPS = 6
_FACTOR = 4.0
# Two weights as near as this bring plans as near: the search for the weight ends.
_NEAR = 1.3
# Corners taken down and grown anew at each weight, per unit of the block: fewer than it takes
# search to turn to windows, which are exact, and slow where votes count.
_SHAKES = 3.0


@dataclass(frozen=True)
class Departure(BlockTask):
    """Ask for a plan of a block that is unlike others; ``start`` is a plan within the budget.

    Parameters
    ----------
    votes
        Of the plans found so far, per tie.
    budget
        Most that the plan may cost by the scenario's own aims.
    weight
        Weight of being alike to begin with, per vote.
    """

    votes: tuple[int, ...] = ()
    budget: float = math.inf
    weight: float = 1.0


@dataclass
class _Walk:
    """What is met on the way: the least alike of the plans within the budget."""

    problem: Problem
    task: Departure
    stop: Callable[[], bool]
    best: BlockAnswer = field(init=False)
    alike: int = field(init=False)

    def __post_init__(self) -> None:
        cost = cost_of(self.problem, self.task.block, self.task.start)
        self.best = BlockAnswer(self.task, Status.FEASIBLE, self.task.start, cost)
        self.alike = self._alikeness(self.best)

    def walk(self, weight: float, seconds: float) -> float:
        """Search at a weight; return what the plan at its end costs by the scenario's aims."""
        block = self.task.block
        tilted = tilt(self.problem, block, self.task.votes, weight)
        shakes = _SHAKES * len(tilted.blocks[block])
        least, spent = math.inf, self.best.cost
        for answer in improve_block(
            tilted, self.task, self.best.seat_of, seconds=seconds, shakes=shakes, stop=self.stop
        ):
            if not self.task.admits(answer.number):
                continue
            cost = cost_of(self.problem, block, answer.seat_of)
            self._take(replace(answer, cost=cost))
            if answer.cost < least:
                least, spent = answer.cost, cost
        return spent

    def _take(self, answer: BlockAnswer) -> None:
        alike = self._alikeness(answer)
        if answer.cost <= self.task.budget and alike < self.alike:
            self.best, self.alike = answer, alike

    def _alikeness(self, answer: BlockAnswer) -> int:
        block = self.problem.blocks[self.task.block]
        return alikeness(self.task.votes, keeps(block, answer.seat_of))


def depart(problem: Problem, task: Departure, stop: Callable[[], bool]) -> BlockAnswer:
    """Return the plan of a block that is least alike of those met within the budget.

    Parameters
    ----------
    problem, task
        What is asked.
    stop
        Asked often; True ends with what was met.

    Returns
    -------
    BlockAnswer
        With the cost by the scenario's own aims; the start where nothing else was met. Its
        task has the last weight that kept the budget, to begin with the next time.
    """
    walk = _Walk(problem, task, stop)
    deadline = time.monotonic() + task.seconds
    low, high, weight = 0.0, math.inf, task.weight
    for step in range(_STEPS):
        left = deadline - time.monotonic()
        if left <= 0 or stop() or not any(task.votes) or high / max(low, 1e-300) < _NEAR:
            break
        spent = walk.walk(weight, left / (_STEPS - step))
        low, high = (weight, high) if spent <= task.budget else (low, weight)
        weight = _next(low, high)
    return replace(walk.best, task=replace(task, weight=low or weight))


def _next(low: float, high: float) -> float:
    if math.isinf(high):
        return low * _FACTOR
    return math.sqrt(low * high) if low else high / _FACTOR


def starting_weight(cost: float, budget: float, votes: tuple[int, ...]) -> float:
    """Return a weight at which a quarter of all votes costs as much as the budget leaves."""
    return 4 * max(budget - cost, 1e-6 * cost, 1e-12) / max(1, sum(map(abs, votes)))
