"""Allocation: how many municipalities each block gets, and what any choice must cost.

Blocks meet only in the number of municipalities. Each block has a curve: known plans at
some numbers, proven bounds at all. A small integer program picks one number per block so
that the limits hold and the bounds sum to the least; that sum bounds the country's cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulp

from amalgamation.solve.highs import LiveModel
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amalgamation.model import Cut, NumberLimit
    from amalgamation.solve.compact import Tangent
    from amalgamation.solve.task import BlockAnswer, BlockTask

__all__ = ["Allocation", "Curve", "add_limits", "choose_numbers", "choose_prices"]


@dataclass
class Curve:
    """Collect what is known of one block.

    Parameters
    ----------
    lowest, highest
        Numbers of municipalities that could be possible at all.
    """

    lowest: int
    highest: int
    tangents: list[Tangent] = field(default_factory=list)
    plans: dict[int, BlockAnswer] = field(default_factory=dict)
    floors: dict[int, float] = field(default_factory=dict)
    impossible: set[int] = field(default_factory=set)
    cuts: tuple[Cut, ...] = ()

    def learn(self, answer: BlockAnswer) -> None:
        """Take in an answer: its plan, its bound, or its proof that there is none."""
        least, most = answer.task.number
        if answer.status is Status.INFEASIBLE:
            self._exclude(least, most)
            return
        for number, floor in answer.floors.items():
            self.floors[number] = max(self.floors.get(number, -math.inf), floor)
        if least is not None and least == most:
            self.floors[least] = max(self.floors.get(least, -math.inf), answer.bound)
        if answer.seat_of:
            known = self.plans.get(answer.number)
            if known is None or answer.cost < known.cost:
                self.plans[answer.number] = answer

    def _exclude(self, least: int | None, most: int | None) -> None:
        first = self.lowest if least is None else least
        last = self.highest if most is None else most
        self.impossible.update(range(first, last + 1))

    def start(self, task: BlockTask) -> Mapping[int, int]:
        """Return the best known plan that a task admits, as unit -> seat; empty if none is."""
        admitted = [
            (answer.cost + task.price * number, number)
            for number, answer in self.plans.items()
            if task.admits(number)
        ]
        return self.plans[min(admitted)[1]].seat_of if admitted else {}

    def costs(self) -> dict[int, float]:
        """Return number -> cost of the known plans."""
        return {number: answer.cost for number, answer in sorted(self.plans.items())}

    def bounds(self) -> dict[int, float]:
        """Return number -> proven bound, for every number that is not known impossible."""
        return {number: self.bound(number) for number in self.numbers()}

    def bound(self, number: int) -> float:
        """Return the proven bound on the cost at a number; costs are never negative."""
        lines = [tangent.bound(number) for tangent in self.tangents]
        return max([0.0, self.floors.get(number, 0.0), *lines])

    def estimate(self, number: int, spread: float) -> float:
        """Return what a plan at a number is likely to cost: known, or the bound and a little.

        Parameters
        ----------
        number
            Number of municipalities.
        spread
            Relative distance between bound and cost that a solve is expected to leave.
        """
        known = self.plans.get(number)
        return known.cost if known is not None else self.bound(number) * (1 + spread)

    def numbers(self) -> list[int]:
        """Return the numbers that are not known to be impossible."""
        return [k for k in range(self.lowest, self.highest + 1) if k not in self.impossible]


@dataclass(frozen=True)
class Allocation:
    """One number per block.

    Parameters
    ----------
    numbers
        Number of municipalities of each block.
    value
        What the choice was made by, summed over the blocks.
    """

    numbers: tuple[int, ...]
    value: float


def choose_numbers(
    choices: Sequence[Mapping[int, float]], limits: Sequence[NumberLimit]
) -> Allocation | None:
    """Pick one number per block so that the limits hold and the values sum to the least.

    Parameters
    ----------
    choices
        Per block: number -> value. With bounds at every possible number the sum bounds
        the country's cost; with the costs of known plans it is the best plan at hand.
    limits
        Limits on sums of numbers.

    Returns
    -------
    Allocation or None
        None if no choice keeps the limits.
    """
    if not all(choices):
        return None
    problem = pulp.LpProblem("allocation", pulp.LpMinimize)
    picks = [
        {k: problem.add_variable(f"z_{b}_{k}", 0, 1, pulp.LpBinary) for k in options}
        for b, options in enumerate(choices)
    ]
    problem.setObjective(
        pulp.lpSum(choices[b][k] * var for b, own in enumerate(picks) for k, var in own.items())
    )
    for own in picks:
        problem.addConstraint(pulp.lpSum(own.values()) == 1)
    add_limits(problem, limits, lambda b: pulp.lpSum(k * var for k, var in picks[b].items()))
    outcome = LiveModel(problem, 1, lambda: False).solve_integer(math.inf, 0.0)
    if not outcome.has_solution:
        return None
    numbers = tuple(
        next(k for k, var in own.items() if round(outcome.values[var.name]) == 1) for own in picks
    )
    return Allocation(numbers, sum(choices[b][k] for b, k in enumerate(numbers)))


def add_limits(
    problem: pulp.LpProblem,
    limits: Sequence[NumberLimit],
    count: Callable[[int], pulp.LpAffineExpression],
) -> None:
    """Add limits on sums of numbers to a program; ``count`` gives the number of a block."""
    for position, limit in enumerate(limits):
        total = pulp.lpSum(count(block) for block in limit.blocks)
        if limit.least is not None:
            problem.addConstraint(total >= limit.least, _row(position, "least"))
        if limit.most is not None:
            problem.addConstraint(total <= limit.most, _row(position, "most"))


def _row(position: int, side: str) -> str:
    return f"limit_{position}_{side}"


def choose_prices(curves: Sequence[Curve], limits: Sequence[NumberLimit]) -> list[float]:
    """Return the price of a municipality in each block at which the limits are met.

    The curves' tangents and the limits form a linear program; a block's price is the sum
    of the duals of the limits that it counts for (Kelley's cutting planes on the
    Lagrangian dual).
    """
    problem = pulp.LpProblem("prices", pulp.LpMinimize)
    numbers, costs = [], []
    for b, curve in enumerate(curves):
        numbers.append(problem.add_variable(f"k_{b}", curve.lowest, curve.highest))
        costs.append(problem.add_variable(f"c_{b}", 0))
        for tangent in curve.tangents:
            problem.addConstraint(costs[b] + tangent.price * numbers[b] >= tangent.value)
    problem.setObjective(pulp.lpSum(costs))
    add_limits(problem, limits, lambda b: 1 * numbers[b])
    live = LiveModel(problem, 1, lambda: False)
    if not live.solve_relaxation(math.inf).has_solution:
        return [0.0] * len(curves)
    prices = [0.0] * len(curves)
    for position, limit in enumerate(limits):
        sides = {"least": limit.least, "most": limit.most}
        dual = sum(
            live.read_dual(_row(position, side))
            for side, value in sides.items()
            if value is not None
        )
        for block in limit.blocks:
            prices[block] -= dual
    return prices
