"""Shares: an aim taken apart, for whoever must value many municipalities fast.

The value of every aim is a sum of at most five parts: one per pair (unit, seat), half of
each severed tie, one per municipality, one that depends on an attribute's sum, and one per
unit that is left out. Search and pricing add the parts up; the tests hold the sum to the
aim's own value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from amalgamation.model.block import Block

__all__ = ["Deviation", "Shares", "add_shares", "outside_values"]


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
    outside
        Per unit of the block, counted where it is left outside every municipality, on top
        of half of each of its ties; empty for nothing.
    """

    pair: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    tie: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    each: float = 0.0
    deviations: tuple[Deviation, ...] = ()
    outside: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def outside_values(block: Block, shares: Shares) -> NDArray[np.float64]:
    """Return what each unit costs where it is left out, shape (n,).

    Its own part, and half of each of its ties: the tie is severed, whether a municipality
    stands on the other side or another unit left out, which pays the other half. So the
    cost of a plan is a sum over its municipalities and the units that it leaves out.

    Parameters
    ----------
    block, shares
        Shares of this block.
    """
    values = shares.outside.copy() if len(shares.outside) else np.zeros(len(block))
    if len(shares.tie):
        for end in (0, 1):
            np.add.at(values, block.ties[:, end], shares.tie / 2)
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
    for factor, shares in parts:
        if len(shares.pair):
            pair += factor * shares.pair
        if len(shares.tie):
            tie += factor * shares.tie
        if len(shares.outside):
            outside += factor * shares.outside
        each += factor * shares.each
        deviations += [Deviation(d.attribute, d.target, factor * d.rate) for d in shares.deviations]
    return Shares(pair, tie, each, tuple(deviations), outside)
