"""A region: what one seat can reach, with local numbers, as the compiled search takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from amalgamation.model import Block
    from amalgamation.model.shares import Link, Shares

__all__ = ["Region", "build_regions"]


@dataclass(frozen=True)
class Region:
    """The units that may go to a seat and that it reaches through such units.

    Parameters
    ----------
    seat
        Position in the block.
    units
        Positions in the block, the seat first; local numbers are positions in here.
    local
        Position in the block -> local number, -1 outside; shape (n,).
    ptr, adj
        Ties among the units as compressed rows, in local numbers.
    tie
        What severing each of them costs.
    cost
        Of each unit at this seat, with half of all its ties as if all were severed. Of two
        units that cost for being apart but have no tie, only what is certain is in it.
    """

    seat: int
    units: NDArray[np.int64]
    local: NDArray[np.int64]
    ptr: NDArray[np.int64]
    adj: NDArray[np.int64]
    tie: NDArray[np.float64]
    cost: NDArray[np.float64]


def build_regions(block: Block, shares: Shares) -> list[Region]:
    """Build the region of every seat, ordered by seat.

    What two tied units cost for being apart counts as part of their tie.
    """
    weight_of = {
        tuple(ends): value
        for ends, value in zip(block.ties.tolist(), shares.tie.tolist(), strict=True)
    }
    links = _split_links(shares.apart, weight_of)
    half = np.zeros(len(block))
    for (first, second), value in weight_of.items():
        half[first] += value / 2
        half[second] += value / 2
    cost_of = dict(
        zip(
            zip(block.pairs.unit.tolist(), block.pairs.seat.tolist(), strict=True),
            shares.pair.tolist(),
            strict=True,
        )
    )
    regions = [_build_region(block, seat, weight_of, half, cost_of) for seat in block.pairs.seats]
    for region in regions:
        _charge_links(region, links)
    return regions


def _split_links(apart: Sequence[Link], weight_of: dict[tuple[int, ...], float]) -> list[Link]:
    """Add the links of tied units to their ties, in place; return the others."""
    others = []
    for link in apart:
        ends = min(link.first, link.second), max(link.first, link.second)
        if ends in weight_of:
            weight_of[ends] += link.value
        else:
            others.append(link)
    return others


def _charge_links(region: Region, links: Sequence[Link]) -> None:
    """Charge units for links without a tie, in place: where one end is out of reach or the seat.

    Between two other units of the region a link may cost nothing, and is left out.
    """
    for link in links:
        first, second = sorted((int(region.local[link.first]), int(region.local[link.second])))
        if first == 0:
            region.cost[[0, second]] += link.value / 2, -link.value / 2
        elif first < 0 <= second:
            region.cost[second] += link.value / 2


def _build_region(
    block: Block,
    seat: int,
    weight_of: dict[tuple[int, ...], float],
    half: NDArray[np.float64],
    cost_of: dict[tuple[int, int], float],
) -> Region:
    within = block.flood(seat, set(block.pairs.units_of_seat[seat]))
    units = [seat, *sorted(within - {seat})]
    local = np.full(len(block), -1, dtype=np.int64)
    local[units] = np.arange(len(units))
    rows = [[int(local[o]) for o in block.neighbours[unit] if o in within] for unit in units]
    ties = [
        weight_of[min(unit, units[other]), max(unit, units[other])]
        for unit, row in zip(units, rows, strict=True)
        for other in row
    ]
    return Region(
        seat,
        np.array(units, dtype=np.int64),
        local,
        np.cumsum([0, *(len(row) for row in rows)]).astype(np.int64),
        np.array([other for row in rows for other in row], dtype=np.int64),
        np.array(ties, dtype=np.float64),
        np.array([cost_of[unit, seat] for unit in units]) + half[units],
    )
