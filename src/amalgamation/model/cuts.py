"""Cuts: the inequalities of the compact model that are added only when broken.

Each knows how to write itself as a row, so that what one solve of a block found can be
handed to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from amalgamation.model.compact import CompactModel

__all__ = ["Cut", "Separator", "SeveredCut"]


class Cut(Protocol):
    """An inequality that every plan satisfies."""

    def row(self, model: CompactModel) -> dict[str, float]:
        """Return the row that must not be positive."""
        ...


@dataclass(frozen=True)
class Separator:
    """State that ``unit`` goes to ``seat`` only if a unit of ``gate`` does.

    ``x_ij <= sum_{s in gate} x_sj`` (Oehrlein and Haunert 2017).

    Parameters
    ----------
    unit, seat
        Positions in the block.
    gate
        Set of units that separates ``unit`` from ``seat``, sorted.
    """

    unit: int
    seat: int
    gate: tuple[int, ...]

    def row(self, model: CompactModel) -> dict[str, float]:
        """Return ``x_ij - sum_{s in gate} x_sj``."""
        row = model.terms([(self.unit, self.seat)])
        for unit in self.gate:
            model.extend(row, unit, self.seat, -1.0)
        return row


@dataclass(frozen=True)
class SeveredCut:
    """State that a tie is severed at least as far as its ends use some seats unequally.

    ``s_ab >= sum_{j in seats} (x_aj - x_bj) + o_a``: where a is left out (``o_a = 1``), all
    its ``x_aj`` are 0 and the right side is at most 1. Read from b it says the same, since
    the shares of either end sum to 1.

    Parameters
    ----------
    tie
        Position of the tie in the block.
    seats
        Seats that the first end uses more.
    """

    tie: int
    seats: tuple[int, ...]

    def row(self, model: CompactModel) -> dict[str, float]:
        """Return ``sum_{j in seats} (x_aj - x_bj) + o_a - s_ab``."""
        first, second = model.block.ties[self.tie].tolist()
        row = {model.severed(self.tie): -1.0}
        if first in model.outside:
            row[model.outside[first]] = 1.0
        for seat in self.seats:
            model.extend(row, first, seat, 1.0)
            model.extend(row, second, seat, -1.0)
        return row
