"""Like with like: no municipality mixes the values of a category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model.rules.shared import AdmitsEveryPair, AsksNoRow, refusal

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.model.block import Municipality

__all__ = ["Like"]


@dataclass(frozen=True)
class Like(AdmitsEveryPair, AsksNoRow):
    """Keep each municipality inside one value of each category; the blocks see to it.

    Units whose value is blank are like each other.

    Parameters
    ----------
    categories
        Names of the categories.
    """

    categories: tuple[str, ...]
    key: str = "rules.like"

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality with units of two values."""
        for category in self.categories:
            values = municipality.block.categories[category]
            found = sorted({values[unit] or "blank" for unit in municipality.members})
            if len(found) > 1:
                return refusal(
                    self.key, municipality, f"{category} {', '.join(found)}", f"one {category}"
                )
        return None

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return f"No municipality mixes values of {' or of '.join(self.categories)}."
