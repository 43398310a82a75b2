"""The frontier: cost and bound at every number of municipalities, from the blocks' curves.

Blocks meet only in the number, so the country's least cost at a number is the least sum
over all ways to share it out: one dynamic program over the blocks gives all numbers at
once, for the known plans and for the bounds alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.status import FrontierPoint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from amalgamation.model import NumberLimit
    from amalgamation.solve.allocate import Curve

__all__ = ["build_frontier"]


def build_frontier(
    curves: Sequence[Curve], limits: Sequence[NumberLimit]
) -> tuple[FrontierPoint, ...]:
    """Return a point for each number of municipalities that is not known impossible.

    Parameters
    ----------
    curves
        Of all blocks.
    limits
        Those that bind several blocks; where one of them leaves blocks out, the country's
        number alone does not tell whether a plan is allowed, and there is no frontier.
    """
    if any(len(limit.blocks) != len(curves) for limit in limits):
        return ()
    first, bounds = _share_out([curve.bounds() for curve in curves])
    start, costs = _share_out([curve.costs() for curve in curves])
    cost_at = dict(enumerate(costs.tolist(), start))
    points = []
    for number, bound in enumerate(bounds.tolist(), first):
        if math.isfinite(bound) and all(_allows(limit, number) for limit in limits):
            cost = cost_at.get(number, math.inf)
            points.append(FrontierPoint(number, cost, min(cost, bound)))
    return tuple(points)


def _allows(limit: NumberLimit, number: int) -> bool:
    return (limit.least is None or number >= limit.least) and (
        limit.most is None or number <= limit.most
    )


def _share_out(choices: Sequence[Mapping[int, float]]) -> tuple[int, NDArray[np.float64]]:
    """Return the least sum at each total: the first total, and the sums from there on."""
    first, sums = 0, np.zeros(1)
    for options in choices:
        if not options:
            return 0, np.zeros(0)
        lowest, highest = min(options), max(options)
        longer = np.full(len(sums) + highest - lowest, np.inf)
        for number, value in options.items():
            part = longer[number - lowest : number - lowest + len(sums)]
            np.minimum(part, sums + value, out=part)
        first, sums = first + lowest, longer
    return first, sums
