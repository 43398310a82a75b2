"""Walls: no municipality crosses a border of these tiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model.rules.shared import AdmitsEveryPair, AsksNoRow, refusal

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.model.block import Municipality

__all__ = ["Walls"]


@dataclass(frozen=True)
class Walls(AdmitsEveryPair, AsksNoRow):
    """Keep each municipality inside one parent of each tier; the blocks see to it.

    Parameters
    ----------
    tiers
        Walled tiers.
    """

    tiers: tuple[str, ...]
    key: str = "rules.walls"

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality with units of two parents."""
        for tier in self.tiers:
            codes = municipality.block.parents[tier]
            found = sorted({codes[unit] for unit in municipality.members})
            if len(found) > 1:
                return refusal(self.key, municipality, f"{tier} {', '.join(found)}", f"one {tier}")
        return None

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return f"No municipality crosses the border of a {' or '.join(self.tiers)}."
