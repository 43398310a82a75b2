"""Wishes: what communities ask for, and a plan leaves unmet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model.aims.apart import hold_together
from amalgamation.model.shares import Link, Shares

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel
    from amalgamation.scenario.schema import Wish

__all__ = ["Wishes"]


@dataclass(frozen=True)
class Wishes:
    """Sum the weights of the wishes of a block that are not met.

    A wish to be with another unit is unmet where the two are in two municipalities: half
    of it counts for each. A wish against another unit is unmet where both are in one, which
    counts all of it. A wish whose two units lie in two blocks belongs to neither: no plan
    can change it, so it would only make the gap look smaller than it is.

    Parameters
    ----------
    weight
        The scenario's weight of the aim.
    wishes
        Each with its own weight beside the others.
    """

    weight: float
    wishes: tuple[Wish, ...]
    unit: str = "wishes, weighted"
    name: str = "wishes"

    def value(self, municipality: Municipality) -> float:
        """Return what one municipality counts for the wishes that it leaves unmet."""
        shares, inside = self.shares(municipality.block), set(municipality.members)
        parted = sum(
            link.value for link in shares.apart if (link.first in inside) != (link.second in inside)
        )
        return parted / 2 + sum(
            link.value for link in shares.joined if {link.first, link.second} <= inside
        )

    def ceiling(self, block: Block) -> float:
        """Return the weight of all wishes of the block."""
        shares = self.shares(block)
        return sum(link.value for link in (*shares.apart, *shares.joined))

    def shares(self, block: Block) -> Shares:
        """Return each wish of the block as a link of its two units."""
        return block.recall(self, self._links_in)

    def _links_in(self, block: Block) -> Shares:
        return Shares(
            apart=_links(block, [(wish.unit, wish.with_, wish.weight) for wish in self.wishes]),
            joined=_links(block, [(wish.unit, wish.against, wish.weight) for wish in self.wishes]),
        )

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return one variable per wish that is 1 where the wish is unmet."""
        shares, costs = self.shares(model.block), {}
        for link in shares.apart:
            apart = model.add_amount()
            hold_together(model, apart, link.first, link.second)
            costs[apart] = link.value
        for link in shares.joined:
            costs[_together(model, link)] = link.value
        return costs


def _links(block: Block, wishes: Iterable[tuple[str, str | None, float]]) -> tuple[Link, ...]:
    """Return those of (unit, other, weight) whose two units lie in one part of a block."""
    index, part = block.index, block.part
    return tuple(
        Link(index[unit], index[other], weight)
        for unit, other, weight in wishes
        if unit in index and other in index and part[index[unit]] == part[index[other]]
    )


def _together(model: CompactModel, link: Link) -> str:
    """Return a variable of at least 1 where two units share a seat: x_aj + x_bj - 1."""
    together = model.add_amount()
    for seat in model.block.pairs.seats_of_unit.get(link.first, []):
        row = model.terms([(link.first, seat), (link.second, seat)])
        if len(row) > 1:
            model.add_row({**row, together: -1.0}, upper=1.0)
    return together
