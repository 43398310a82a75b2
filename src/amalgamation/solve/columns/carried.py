"""What the knapsack carries: one attribute's sum, exactly enough to bound every cost.

The dynamic program of pricing runs over the sum of one attribute. It knows that sum's
range and every deviation from a target of it; an exception (`unless`) of the range is a
second way to be admitted, with an attribute of its own. All other ranges are left to the
judge. Values are rounded up to whole grains; both the range and the costs are then read
from below, so that the relaxation stays valid whatever the grain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.ranges import AttributeRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from amalgamation.model import Block, Problem
    from amalgamation.model.shares import Deviation

__all__ = ["Carried", "Grains", "carried_ways", "grain_values"]

# Sums met exactly must count as met, as in the rule itself.
_HAIR = 1e-6
# A maximum so many times beyond where all costs grow evenly is left to the judge: states
# up to there would cost more time than the knowledge is worth.
_FAR = 4


@dataclass(frozen=True)
class Carried:
    """One way for a municipality to be admitted, as the knapsack sees it.

    Parameters
    ----------
    attribute
        Whose sum is the state; None if nothing is carried.
    least, most
        Range of the sum; infinite where free.
    below
        Attributes whose sum stays below a target in this way, if it has a deviation.
    """

    attribute: str | None
    least: float = 0.0
    most: float = math.inf
    below: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grains:
    """Attribute values of a region as whole numbers of grains.

    Parameters
    ----------
    weight
        Grains per unit, rounded up.
    terminal
        Least cost of the deviations at each sum of grains; infinite out of range.
    over
        Cost per grain above the last; infinite where none is allowed.
    """

    weight: NDArray[np.int64]
    terminal: NDArray[np.float64]
    over: float


def carried_ways(
    problem: Problem, block: Block, seat: int, deviations: Sequence[Deviation]
) -> list[Carried]:
    """Return the ways to be admitted at a seat, of which every municipality takes one.

    Parameters
    ----------
    problem, block
        Rules ask; which class of each range counts is the seat's.
    seat
        Position in the block.
    deviations
        Of sums from targets, in the objective.
    """
    ranges = [rule for rule in problem.rules if isinstance(rule, AttributeRule)]
    floors = [rule for rule in ranges if rule.at(block).least[seat] > 0]
    main = min(floors, key=lambda rule: (not rule.limits.unless, rule.key), default=None)
    if main is None:
        attribute = deviations[0].attribute if deviations else None
        most = {rule.attribute: _high(rule.at(block).most[seat]) for rule in ranges}
        if attribute is None and most:
            attribute = min(most)
        return [Carried(attribute, 0.0, most.get(attribute or "", math.inf))]
    least = float(main.at(block).least[seat])
    ways = [Carried(main.attribute, _low(least), _high(main.at(block).most[seat]))]
    if main.limits.unless:
        ways.append(_exception(main, least, deviations))
    return ways


def _low(least: float) -> float:
    return least - _HAIR * max(1.0, abs(least))


def _high(most: float) -> float:
    return float(most + _HAIR * max(1.0, abs(most)))


def _exception(main: AttributeRule, least: float, deviations: Sequence[Deviation]) -> Carried:
    """Return the way through an exception: carried is an attribute that it asks much of."""
    below = frozenset(
        d.attribute for d in deviations if d.attribute == main.attribute and least <= d.target
    )
    asked = {name: limits.min for name, limits in main.limits.unless.items() if limits.min}
    others = sorted(set(asked) - {main.attribute}) or sorted(asked)
    if not others:
        return Carried(None, below=below)
    return Carried(others[0], _low(asked[others[0]] or 0.0), math.inf, below)


def grain_values(
    values: NDArray[np.float64],
    way: Carried,
    deviations: Sequence[Deviation],
    states: int,
    *,
    free: bool,
) -> Grains:
    """Round the values of a region to grains and say what each sum costs at least.

    Parameters
    ----------
    values
        Of the carried attribute, shape (m,).
    way
        Its range.
    deviations
        Those of the carried attribute.
    states
        About so many states; whole values get as many as they have, if they fit.
    free
        Whether the maximum is lifted for this region.
    """
    most = math.inf if free else way.most
    targets = [d.target for d in deviations]
    # Beyond this sum every cost grows evenly and no minimum is left to meet.
    even = max([way.least, *targets, 0.0])
    closed = math.isfinite(most) and (most <= _FAR * even or even == 0)
    top = most if closed else even
    whole = bool(np.all(values == np.round(values))) and top <= states
    grain = 1.0 if whole else max(top, 1.0) / states
    slack = 0 if whole else len(values)
    cap = math.ceil(top / grain) + slack + 1
    weight = np.ceil(values / grain - 1e-12).astype(np.int64)
    terminal = _terminal(way, deviations, grain, slack, cap, most if closed else math.inf)
    rate = sum(d.rate for d in deviations) * grain
    return Grains(weight, terminal, math.inf if closed else rate)


def _terminal(
    way: Carried,
    deviations: Sequence[Deviation],
    grain: float,
    slack: int,
    cap: int,
    most: float,
) -> NDArray[np.float64]:
    """Return the least cost of each state: its true sum lies up to ``slack`` grains below."""
    high = np.arange(cap + 1) * grain
    low = np.maximum(0.0, high - slack * grain)
    cost = np.zeros(cap + 1)
    for deviation in deviations:
        away = np.maximum(0.0, np.maximum(deviation.target - high, low - deviation.target))
        cost += deviation.rate * away
    # The last state stands for all beyond: only what lies above it is charged there.
    outside = (high < way.least) | (low > most)
    return np.where(outside, np.inf, cost)
