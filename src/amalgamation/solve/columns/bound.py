"""The ledger of bounds: what duals prove, at every number of municipalities.

For any duals u of the units, penalties s of the subset rows and reduced costs z_j of each
seat's best municipality, a plan of k municipalities costs at least ``sum u - sum s`` plus
the k least z_j, since its seats differ (Lagrangian relaxation; Geoffrion 1974). So one
pricing bounds the cost at all numbers at once.

Where a plan may leave unit i out at the cost o_i, u_i counts as ``min(u_i, o_i)``. Proof:
let the plan leave out O and make the municipalities S of cost c(S). Each S costs at least
its z_j plus its units' u_i, less the penalties of the subset rows that it meets; a row is
met at most once. Summed over the plan, ``sum c(S) + sum_{i in O} o_i`` is at least
``sum_{i not in O} u_i + sum_{i in O} o_i - sum s`` plus the z_j of its seats, and each term
of the first two sums is at least ``min(u_i, o_i)`` (o_i infinite where i must stay in).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.ranges import AttributeRule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.model import Problem
    from amalgamation.solve.columns.pricing import Duals

__all__ = ["Ledger", "greatest_number"]


def greatest_number(problem: Problem, block: int, most: int | None) -> int:
    """Return how many municipalities a block can have at most.

    No more than seats, and than a minimum without exception lets the total be shared.
    """
    own = problem.blocks[block]
    limits = [len(own.pairs.seats)] + ([] if most is None else [most])
    for rule in problem.rules:
        if isinstance(rule, AttributeRule) and rule.least(own) and not rule.limits.unless:
            total = float(own.attributes[rule.attribute].sum())
            limits.append(math.floor(total / rule.least(own) * (1 + 1e-9) + 1e-6))
    return min(limits)


class Ledger:
    """Keep the best bound at each number of municipalities.

    Parameters
    ----------
    lowest, highest
        Numbers that are asked for.
    outside
        Cost of leaving out each unit; infinite where it may not be; scaled, shape (n,).
    """

    def __init__(self, lowest: int, highest: int, outside: NDArray[np.float64]) -> None:
        self._outside = outside
        self._numbers = np.arange(lowest, highest + 1)
        self._floors = np.full(len(self._numbers), -np.inf)

    @property
    def best(self) -> float:
        """The least that any plan costs, prices included; infinite if no number is left."""
        return float(self._floors.min(initial=np.inf))

    @property
    def is_empty(self) -> bool:
        """Whether no number is left."""
        return not len(self._numbers)

    def learn(self, duals: Duals, each: float, bounds: NDArray[np.float64]) -> bool:
        """Take in a pricing of all seats; return whether the bound rose.

        Parameters
        ----------
        duals
            At which was priced.
        each
            What the reduced costs were lowered by for the number of municipalities.
        bounds
            Of the reduced costs per seat.
        """
        before = self.best
        sums = np.concatenate([[0.0], np.cumsum(np.sort(bounds + each))])
        floor = float(np.minimum(duals.unit, self._outside).sum() - duals.penalty.sum())
        self._floors = np.maximum(self._floors, floor + sums[self._numbers])
        return self.best > before

    def raise_all(self, bound: float) -> None:
        """Take in a bound that holds at every number."""
        self._floors = np.maximum(self._floors, bound)

    def floors(self, price: float, scale: float) -> dict[int, float]:
        """Return number -> bound on the cost without prices, in units of ``1 / scale``."""
        costs = (self._floors - price * self._numbers) / scale
        pairs = zip(self._numbers.tolist(), costs.tolist(), strict=True)
        return {number: cost for number, cost in pairs if math.isfinite(cost)}
