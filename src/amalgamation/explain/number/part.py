"""The number of municipalities of one part: what the plan has, and what any plan can have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.explain.bounds import bound_part
from amalgamation.explain.number.room import find_room
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.explain.bounds import Bounds
    from amalgamation.explain.ground import Ground, Part
    from amalgamation.explain.number.room import Node, Piece, Room

__all__ = ["PartNumber", "count_part"]

_SHOWN = 3


@dataclass(frozen=True)
class PartNumber:
    """Hold how many municipalities a part has, and has room for.

    Parameters
    ----------
    ground
        Names and amounts.
    units
        Of the part.
    number
        Municipalities of the plan there.
    bounds
        By one rule at a time.
    room
        By the minimum that allows least; None where no minimum is sure.
    """

    ground: Ground
    units: Part
    number: int
    bounds: Bounds
    room: Room | None

    @property
    def least(self) -> int:
        """Fewest municipalities that any plan can have there, by arithmetic."""
        return self.bounds.low

    @property
    def most(self) -> int:
        """Most municipalities that any plan can have there, by arithmetic."""
        return self.bounds.high if self.room is None else min(self.bounds.high, self.room.most)

    @property
    def told_by_room(self) -> bool:
        """Whether the pieces and large units of the minimum say more than any rule alone."""
        return self.room is not None and self.room.most < self.bounds.high

    @property
    def lost(self) -> int:
        """How many municipalities fewer than a division of the total would allow."""
        return 0 if self.room is None else self.room.plain - self.room.most

    def sentence(self, *, many: bool, solved: bool) -> str:
        """Return the number of a part with its reason.

        Parameters
        ----------
        many
            Whether more are looked for, or fewer.
        solved
            Whether the solver proved that no plan has a better number.
        """
        there = f"{self.ground.place(self.units)}: the plan has {self.number:,}"
        best = self.most if many else self.least
        if best == self.number:
            other = "more" if many else "fewer"
            return f"{there}, and no plan can have {other}: {self.why(many=many)}."
        word = "at most" if many else "at least"
        proof = (
            "that no plan does better was proven by the solver: there is no reason as short as a "
            "picture"
            if solved
            else "what lies between is not proven"
        )
        return f"{there}; arithmetic allows {word} {best:,} ({self.why(many=many)}); {proof}."

    def why(self, *, many: bool) -> str:
        """Return the arithmetic alone: by which rule no plan has more, or fewer."""
        if not many:
            return self.bounds.why_low
        if not self.told_by_room or self.room is None:
            return self.bounds.why_high
        room, ground = self.room, self.ground
        amounts = [ground.amount(value, room.attribute) for value in (room.total, room.least)]
        plain = f"{amounts[0]} / {amounts[1]} would allow {room.plain:,}"
        return f"{plain}, but {'; '.join(self._losses(room))}"

    def _losses(self, room: Room) -> list[str]:
        """Say where residents are lost to other municipalities, the greatest losses first."""
        lost = [(node.total - room.least, self._node(node, room)) for node in room.large]
        lost += [
            (piece.total - piece.room * room.least, self._piece(piece, room))
            for piece in room.pieces
        ]
        ordered = [words for loss, words in sorted(lost, key=lambda one: -one[0]) if loss > 0]
        more = len(ordered) - _SHOWN
        rest = [f"{count_of(more, 'such place')} more"] if more > 0 else []
        return [*ordered[:_SHOWN], *rest]

    def _node(self, node: Node, room: Room) -> str:
        gate, amount = self.ground.labels([node.gate]), self.ground.amount
        if not node.pocket:
            return (
                f"{gate} ({amount(node.total, room.attribute)}) is one municipality, however large"
            )
        pocket = self.ground.labels(node.pocket)
        behind = amount(self.ground.total(room.attribute, node.pocket), room.attribute)
        return f"the pocket of {pocket} ({behind}) can only join {gate}"

    def _piece(self, piece: Piece, room: Room) -> str:
        held = self.ground.amount(piece.total, room.attribute)
        units = f"{self.ground.labels(piece.units)} ({held})"
        beside = " or ".join(self.ground.labels([unit]) for unit in piece.beside)
        if not piece.room and beside:
            return f"the pocket of {units} can only join {beside}"
        return f"{units} have room for {piece.room:,} only"

    def to_object(self) -> dict[str, Any]:
        """Return the part as JSON has it."""
        return {
            "units": list(self.units),
            "municipalities": self.number,
            "fewest": self.least,
            "most": self.most,
            "plain": None if self.room is None else self.room.plain,
        }


def count_part(ground: Ground, part: Part, number: int) -> PartNumber:
    """Count what a part has room for, by each rule and by each minimum."""
    rooms = [find_room(ground, part, name) for name in ground.rules.ranges]
    sure = [room for room in rooms if room is not None]
    room = min(sure, key=lambda one: one.most, default=None)
    return PartNumber(ground, part, number, bound_part(ground, part), room)
