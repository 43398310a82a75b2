"""Shares: an aim taken apart, for whoever must value many municipalities fast.

The value of every aim is a sum of at most six parts: one per pair (unit, seat), half of
each severed tie, one per municipality, one that depends on an attribute's sum, one that two
units, tied or not, have for being apart or together, and one per unit that is left out.
Search and pricing add the parts up; the tests hold the sum to the aim's own value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from amalgamation.model.block import Block

__all__ = ["Deviation", "Link", "Shares", "add_shares", "outside_values"]


@dataclass(frozen=True)
class Deviation:
    """A part that grows with the distance of a sum from a target: ``rate * |sum - target|``.

    Parameters
    ----------
    attribute
        Whose sum over the municipality.
    target
        In the attribute's unit.
    rate
        Per unit of the attribute.
    """

    attribute: str
    target: float
    rate: float = 1.0

    def value(self, total: float) -> float:
        """Return the part's value at a sum."""
        return self.rate * abs(total - self.target)


@dataclass(frozen=True)
class Link:
    """A part that two units have together.

    Parameters
    ----------
    first, second
        Positions in the block.
    value
        Not negative.
    """

    first: int
    second: int
    value: float

    def times(self, factor: float) -> Link:
        """Return the link with its value multiplied."""
        return Link(self.first, self.second, factor * self.value)


@dataclass(frozen=True)
class Shares:
    """The parts of an aim, or of several together.

    Parameters
    ----------
    pair
        Per pair in the order of the block's ``pairs``; empty for nothing.
    tie
        Per tie in the order of the block's ``ties``, counted where it is severed (half by
        each of the two municipalities); empty for nothing.
    each
        Per municipality.
    deviations
        Parts that depend on sums.
    apart
        Counted where the two units are in two municipalities, half by each.
    joined
        Counted where the two units are in one municipality.
    outside
        Per unit of the block, counted where it is left outside every municipality, on top
        of half of each of its ties and links; empty for nothing.
    """

    pair: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    tie: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    each: float = 0.0
    deviations: tuple[Deviation, ...] = ()
    apart: tuple[Link, ...] = ()
    joined: tuple[Link, ...] = ()
    outside: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def outside_values(block: Block, shares: Shares) -> NDArray[np.float64]:
    """Return what each unit costs where it is left out, shape (n,).

    Its own part, and half of each of its ties and links: the tie is severed, whether a
    municipality stands on the other side or another unit left out, which pays the other
    half. So the cost of a plan is a sum over its municipalities and the units left out.

    Parameters
    ----------
    block, shares
        Shares of this block.
    """
    values = shares.outside.copy() if len(shares.outside) else np.zeros(len(block))
    if len(shares.tie):
        for end in (0, 1):
            np.add.at(values, block.ties[:, end], shares.tie / 2)
    for link in shares.apart:
        values[[link.first, link.second]] += link.value / 2
    return values


def add_shares(block: Block, parts: Sequence[tuple[float, Shares]]) -> Shares:
    """Return the weighted sum of shares.

    Parameters
    ----------
    block
        Tells how many pairs and ties there are.
    parts
        (factor, shares); factors are not negative.
    """
    pair, tie = np.zeros(len(block.pairs)), np.zeros(len(block.ties))
    outside = np.zeros(len(block))
    each, deviations = 0.0, []
    apart: list[Link] = []
    joined: list[Link] = []
    for factor, shares in parts:
        if len(shares.pair):
            pair += factor * shares.pair
        if len(shares.tie):
            tie += factor * shares.tie
        if len(shares.outside):
            outside += factor * shares.outside
        each += factor * shares.each
        deviations += [Deviation(d.attribute, d.target, factor * d.rate) for d in shares.deviations]
        apart += [link.times(factor) for link in shares.apart]
        joined += [link.times(factor) for link in shares.joined]
    return Shares(pair, tie, each, tuple(deviations), tuple(apart), tuple(joined), outside)
