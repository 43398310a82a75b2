"""Access: how far residents live from their seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.shares import Shares

if TYPE_CHECKING:
    from amalgamation.model.block import Block, Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["Access"]


@dataclass(frozen=True)
class Access:
    """Sum residents times distance to the seat (Hess et al. 1965, with distance not squared).

    Parameters
    ----------
    weight
        The scenario's weight.
    unit
        ``"person-km"`` or ``"person-minutes"``.
    """

    weight: float
    unit: str = "person-km"
    name: str = "access"

    def value(self, municipality: Municipality) -> float:
        """Return person-km of one municipality."""
        people = municipality.block.attributes["population"]
        distance_of = municipality.block.distances.distance_of
        return float(
            sum(people[u] * distance_of[u, municipality.seat] for u in municipality.members)
        )

    def ceiling(self, block: Block) -> float:
        """Return what it would be if all residents went to the farthest unit within reach."""
        farthest = np.zeros(len(block))
        np.maximum.at(farthest, block.distances.unit, block.distances.distance)
        return float(block.attributes["population"] @ farthest)

    def shares(self, block: Block) -> Shares:
        """Return residents times distance per pair."""
        people = block.attributes["population"]
        return Shares(pair=people[block.pairs.unit] * block.pairs.distance)

    def express(self, model: CompactModel) -> dict[str, float]:
        """Return residents times distance on every pair."""
        people = model.block.attributes["population"]
        return {
            name: float(people[unit]) * distance
            for (unit, _), name, distance in model.pair_names()
            if distance > 0 and people[unit] > 0
        }
