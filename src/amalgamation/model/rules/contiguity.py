"""Contiguity: the units of a municipality hang together along ties.

In the compact model it is enforced by separators: if a piece C of municipality j is cut
off from j, and S is a minimal set of units that separates C from j, then unit i of C goes
to j only if one unit of S does: ``x_ij <= sum_{s in S} x_sj`` (Oehrlein and Haunert 2017;
Validi, Buchanan and Lykhovyd 2022). The inequalities are many and few matter, so they are
found when a solution breaks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model.block import OUTSIDE
from amalgamation.model.cuts import Separator
from amalgamation.model.rules.shared import AdmitsEveryPair, AsksNoRow, refusal

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality

__all__ = ["Contiguity", "find_separators", "minimal_separator"]


@dataclass(frozen=True)
class Contiguity(AdmitsEveryPair, AsksNoRow):
    """Keep each municipality in one piece."""

    key: str = "contiguity"

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality in pieces."""
        pieces = municipality.block.pieces(municipality.members)
        if len(pieces) == 1:
            return None
        labels = municipality.block.labels
        found = f"{len(pieces)} pieces, of " + ", ".join(labels[piece[0]] for piece in pieces)
        return refusal(self.key, municipality, found, "one connected piece")

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return "The units of a municipality hang together along ties."


def minimal_separator(block: Block, piece: set[int], seat: int) -> tuple[int, ...]:
    """Return a minimal set of units that separates a piece from a seat.

    Take the neighbours of the piece, walk from the seat without crossing them, and keep
    those that the walk touches.
    """
    around = {n for unit in piece for n in block.neighbours[unit]} - piece
    open_units = set(range(len(block))) - around - piece
    beyond = block.flood(seat, open_units)
    return tuple(sorted(u for u in around if any(n in beyond for n in block.neighbours[u])))


def find_separators(block: Block, seat_of: dict[int, int]) -> list[Separator]:
    """Return the separators that an assignment breaks, ordered; empty if it is contiguous.

    Parameters
    ----------
    block
        The block.
    seat_of
        Unit -> seat, positions; units left out need not hang together.
    """
    members: dict[int, list[int]] = {}
    for unit, seat in sorted(seat_of.items()):
        if seat != OUTSIDE:
            members.setdefault(seat, []).append(unit)
    found: list[Separator] = []
    for seat in sorted(members):
        found.extend(_separators_of(block, members[seat], seat))
    return found


def _separators_of(block: Block, members: list[int], seat: int) -> list[Separator]:
    separators = []
    for piece in block.pieces(members):
        if seat in piece:
            continue
        gate = minimal_separator(block, set(piece), seat)
        separators += [Separator(unit, seat, gate) for unit in piece]
    return separators
