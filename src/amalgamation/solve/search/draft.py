"""A draft: a plan under work, as parts that are replaced and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from amalgamation.model import OUTSIDE
from amalgamation.solve.search.masks import mask_of
from amalgamation.solve.task import units_outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from amalgamation.model import Block
    from amalgamation.solve.search.values import Part, Values

__all__ = ["Draft"]


class Draft:
    """Hold the parts of a plan by name, a number that is given once and not again.

    Parameters
    ----------
    block
        Whose units.
    parts
        Every unit in one of them; a unit left out is a part by itself.

    Attributes
    ----------
    lacking
        How many parts lack something.
    number
        How many parts are municipalities.
    """

    def __init__(self, block: Block, parts: Iterable[Part]) -> None:
        self.block = block
        self.parts: dict[int, Part] = {}
        self.part_of = [-1] * len(block)
        self._fresh = 0
        self.lacking = 0
        self.number = 0
        self.replace((), parts)

    @classmethod
    def of_plan(cls, values: Values, seat_of: Mapping[int, int]) -> Self:
        """Read unit -> seat; each municipality moves to its cheapest seat."""
        members: dict[int, list[int]] = {}
        for unit in sorted(seat_of):
            if seat_of[unit] != OUTSIDE:
                members.setdefault(seat_of[unit], []).append(unit)
        parts = [values.outside(unit) for unit in units_outside(seat_of)]
        for seat, units in sorted(members.items()):
            part = values.part(mask_of(units))
            parts.append(part if part is not None else values.torn(units, seat))
        return cls(values.block, parts)

    def replace(self, names: Sequence[int], parts: Iterable[Part]) -> list[int]:
        """Put parts in the place of others with the same units; return their names."""
        for name in names:
            gone = self.parts.pop(name)
            self.lacking -= gone.lack > 0
            self.number -= not gone.is_outside
        fresh = []
        for part in parts:
            fresh.append(self._fresh)
            self.parts[self._fresh] = part
            for unit in part.members:
                self.part_of[unit] = self._fresh
            self.lacking += part.lack > 0
            self.number += not part.is_outside
            self._fresh += 1
        return fresh

    def neighbours(self, name: int) -> list[int]:
        """Return the names of the parts that touch a part, sorted."""
        part_of, around = self.part_of, self.block.neighbours
        found = {part_of[other] for unit in self.parts[name].members for other in around[unit]}
        found.discard(name)
        return sorted(found)

    def borders(self, name: int) -> list[tuple[int, list[int], list[int]]]:
        """Return (name of a neighbour, own units that touch it, its units that do), sorted."""
        part_of, around = self.part_of, self.block.neighbours
        own: dict[int, list[int]] = {}
        theirs: dict[int, set[int]] = {}
        for unit in self.parts[name].members:
            for other in around[unit]:
                neighbour = part_of[other]
                if neighbour != name:
                    own.setdefault(neighbour, [unit])
                    if own[neighbour][-1] != unit:
                        own[neighbour].append(unit)
                    theirs.setdefault(neighbour, set()).add(other)
        return [(each, own[each], sorted(theirs[each])) for each in sorted(own)]

    def seat_of(self) -> dict[int, int]:
        """Return unit -> seat, or `OUTSIDE`."""
        return {unit: self.parts[name].seat for unit, name in enumerate(self.part_of)}

    def copy(self) -> Draft:
        """Return a draft that can be changed apart; names go on from here."""
        twin = Draft(self.block, ())
        twin.parts, twin.part_of = dict(self.parts), list(self.part_of)
        twin._fresh, twin.lacking, twin.number = self._fresh, self.lacking, self.number
        return twin
