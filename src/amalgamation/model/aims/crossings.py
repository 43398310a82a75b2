"""Crossings: residents whose seat lies in another parent, or another category, than they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from amalgamation.model.shares import Shares

if TYPE_CHECKING:
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["Crossings"]


@dataclass(frozen=True)
class Crossings:
    """Count the residents of units whose parent or category differs from their seat's.

    Parameters
    ----------
    group
        Name of the tier or of the category.
    weight
        The scenario's weight.
    kind
        ``"crossings"`` of a tier, or ``"heterogeneity"`` of a category.
    """

    group: str
    weight: float
    kind: Literal["crossings", "heterogeneity"] = "crossings"
    unit: str = "residents"

    @property
    def name(self) -> str:
        """The aim's name."""
        return f"{self.kind}.{self.group}"

    def homes(self, block: Block) -> tuple[str, ...]:
        """Return what is compared: the parent or the category of each unit."""
        groups = block.parents if self.kind == "crossings" else block.categories
        return groups[self.group]

    def value(self, municipality: Municipality) -> float:
        """Return the residents of one municipality whose home is not that of the seat."""
        homes = self.homes(municipality.block)
        people = municipality.block.attributes["population"]
        home = homes[municipality.seat]
        return float(sum(people[u] for u in municipality.members if homes[u] != home))

    def ceiling(self, block: Block) -> float:
        """Return all residents of the block."""
        return float(block.attributes["population"].sum())

    def shares(self, block: Block) -> Shares:
        """Return the residents per pair that crosses."""
        _, home = np.unique(np.array(self.homes(block)), return_inverse=True)
        crosses = home[block.pairs.unit] != home[block.pairs.seat]
        return Shares(pair=np.where(crosses, block.attributes["population"][block.pairs.unit], 0.0))

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return the residents on every pair that crosses."""
        homes, people = self.homes(model.block), model.block.attributes["population"]
        return {
            name: float(people[unit])
            for (unit, seat), name, _ in model.pair_names()
            if homes[unit] != homes[seat] and people[unit] > 0
        }
