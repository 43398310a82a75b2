"""The curve of a block: what each number of municipalities must cost at least.

Each municipality is given a price and the relaxation is solved: the optimum bounds the
cost at every number from below, by a line whose slope is the price. A few prices give a
convex curve (Lagrangian relaxation of the country's number).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.solve.compact.separate import separate_fractional
from amalgamation.solve.highs import LiveModel
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amalgamation.model import CompactModel, Cut, Problem
    from amalgamation.solve.task import BlockTask

__all__ = ["Look", "Tangent", "measure_prices"]

_SEPARATION_ROUNDS = 4


@dataclass(frozen=True)
class Tangent:
    """Bound a block's cost at every number k by ``value - price * k``.

    Parameters
    ----------
    value
        Bound on cost plus price times number.
    price
        Price of a municipality.
    number
        Where the line touches the curve: the relaxation's own number.
    """

    value: float
    price: float
    number: float

    def bound(self, number: float) -> float:
        """Return the bound on the cost at a number of municipalities."""
        return self.value - self.price * number


@dataclass(frozen=True)
class Look:
    """Hold what one look at a block's curve gave.

    Parameters
    ----------
    tangents
        One per price that was solved in time; none if the block has no plan at all.
    cuts
        All inequalities known of the block now.
    """

    tangents: tuple[Tangent, ...]
    cuts: tuple[Cut, ...]


def measure_prices(
    problem: Problem,
    task: BlockTask,
    prices: Sequence[float],
    stop: Callable[[], bool] = lambda: False,
) -> Look:
    """Solve a block's relaxation at several prices of a municipality.

    Parameters
    ----------
    problem, task
        The block, its own range of the number, its seed, its time and known cuts.
    prices
        In an order in which neighbours follow each other: each solve starts from the last.
    stop
        True ends early with the tangents so far.
    """
    began = time.monotonic()
    model = problem.build_model(task.block, task.number)
    for cut in task.cuts:
        model.add_cut(cut)
    live = LiveModel(model.problem, task.seed, stop)
    tangents: list[Tangent] = []
    for price in prices:
        live.change_costs(_priced(model, price))
        tangent = _solve_at(model, live, price, task.seconds - (time.monotonic() - began))
        if tangent is None:
            break
        tangents.append(tangent)
    return Look(tuple(tangents), tuple(model.cuts))


def _priced(model: CompactModel, price: float) -> dict[str, float]:
    objective = dict(model.objective)
    for seat in model.seats:
        model.extend(objective, seat, seat, price)
    return objective


def _solve_at(model: CompactModel, live: LiveModel, price: float, seconds: float) -> Tangent | None:
    tangent = None
    for _ in range(_SEPARATION_ROUNDS):
        outcome = live.solve_relaxation(seconds)
        if outcome.status is not Status.OPTIMAL:
            return tangent
        pairs = model.read_pairs(outcome.values)
        number = sum(value for (unit, seat), value in pairs.items() if unit == seat)
        tangent = Tangent(outcome.bound, price, number)
        if not separate_fractional(model, outcome.values):
            return tangent
    return tangent
