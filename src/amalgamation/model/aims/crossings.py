"""Crossings: residents whose seat lies in another parent than they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.shares import Shares

if TYPE_CHECKING:
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["Crossings"]


@dataclass(frozen=True)
class Crossings:
    """Count the residents of units whose parent differs from their seat's.

    Parameters
    ----------
    tier
        The parent's tier.
    weight
        The scenario's weight.
    """

    tier: str
    weight: float
    unit: str = "residents"

    @property
    def name(self) -> str:
        """The aim's name."""
        return f"crossings.{self.tier}"

    def value(self, municipality: Municipality) -> float:
        """Return the residents of one municipality who change their parent."""
        block = municipality.block
        parents, people = block.parents[self.tier], block.attributes["population"]
        home = parents[municipality.seat]
        return float(sum(people[u] for u in municipality.members if parents[u] != home))

    def ceiling(self, block: Block) -> float:
        """Return all residents of the block."""
        return float(block.attributes["population"].sum())

    def shares(self, block: Block) -> Shares:
        """Return the residents per pair that crosses."""
        _, home = np.unique(np.array(block.parents[self.tier]), return_inverse=True)
        crosses = home[block.pairs.unit] != home[block.pairs.seat]
        return Shares(pair=np.where(crosses, block.attributes["population"][block.pairs.unit], 0.0))

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return the residents on every pair that crosses."""
        block = model.block
        parents, people = block.parents[self.tier], block.attributes["population"]
        return {
            name: float(people[unit])
            for (unit, seat), name, _ in model.pair_names()
            if parents[unit] != parents[seat] and people[unit] > 0
        }
