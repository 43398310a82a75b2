"""The incumbent: the best plan that an engine knows of a block so far."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amalgamation.solve.task import cost_of, keeps_plan, number_of
from amalgamation.status import relative_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import Problem
    from amalgamation.solve.task import BlockTask

__all__ = ["Incumbent"]


@dataclass
class Incumbent:
    """Hold the best plan of a task.

    Parameters
    ----------
    problem, task
        What is asked, and the price of a municipality.
    seat_of
        Unit -> seat, or `OUTSIDE`; empty without a plan.
    cost
        Without prices; infinite without a plan.
    """

    problem: Problem
    task: BlockTask
    seat_of: dict[int, int] = field(default_factory=dict)
    cost: float = math.inf

    @property
    def number(self) -> int:
        """Number of municipalities of the plan."""
        return number_of(self.seat_of)

    @property
    def priced_cost(self) -> float:
        """Cost with the price of the municipalities."""
        return self.cost + self.task.price * self.number

    def gap(self, bound: float) -> float:
        """Return the relative gap to a bound on the priced cost."""
        return relative_gap(self.priced_cost, bound)

    def offer(self, seat_of: Mapping[int, int]) -> bool:
        """Keep a plan of a number that the task admits, if it is better and keeps all rules."""
        if not seat_of or not self.task.admits(number_of(seat_of)):
            return False
        if not keeps_plan(self.problem, self.task.block, seat_of):
            return False
        cost = cost_of(self.problem, self.task.block, seat_of)
        if cost + self.task.price * number_of(seat_of) >= self.priced_cost:
            return False
        self.seat_of, self.cost = dict(seat_of), cost
        return True
