"""Most units: no municipality is made of more units than this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model.rules.margin import Margin
from amalgamation.model.rules.shared import AdmitsEveryPair, refusal

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.model.block import Municipality
    from amalgamation.model.compact import CompactModel

__all__ = ["MostUnits"]


@dataclass(frozen=True)
class MostUnits(AdmitsEveryPair):
    """Bound the number of units of a municipality.

    Parameters
    ----------
    most
        At most this many.
    """

    most: int
    key: str = "rules.max_units"

    def constrain(self, model: CompactModel) -> None:
        """Count the units at every seat."""
        for seat in model.seats:
            row = model.terms([(unit, seat) for unit in model.units_of(seat)])
            model.extend(row, seat, seat, -float(self.most))
            model.add_row(row, upper=0.0)

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality of too many units."""
        count = len(municipality.members)
        if count <= self.most:
            return None
        return refusal(self.key, municipality, f"{count} units", f"at most {self.most}")

    def margins(self, municipality: Municipality) -> tuple[Margin, ...]:
        """Return the number of units beside its limit."""
        count = len(municipality.members)
        return (Margin(self.key, "max", self.most, count, "units", kept=count <= self.most),)

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return f"A municipality has at most {self.most} units."
