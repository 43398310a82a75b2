"""Seats: which units may, and which must, be the centre of a municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.shared import refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality, Pairs
    from amalgamation.model.compact import CompactModel

__all__ = ["EligibleSeats", "FixedSeats"]


@dataclass(frozen=True)
class EligibleSeats:
    """Let only units of some types, or of some size, be seats.

    Parameters
    ----------
    types
        Unit types that may be seats.
    population_min
        Units with at least this many residents may be seats, whatever their type.
    always
        Codes that may always be their own seat: fixed seats, frozen units and units
        that an oversize policy leaves alone.
    """

    types: tuple[str, ...]
    population_min: float | None
    always: frozenset[str]
    key: str = "rules.seats"

    def eligible(self, block: Block) -> NDArray[np.bool_]:
        """Say of each unit whether it may be a seat."""
        may = np.array([unit_type in self.types for unit_type in block.types], dtype=bool)
        may |= np.array([unit in self.always for unit in block.ids], dtype=bool)
        if self.population_min is not None:
            may |= block.attributes["population"] >= self.population_min
        return may

    def _may_be_seat(self, block: Block, unit: int) -> bool:
        """Say of one unit what `eligible` says of all: a judge is asked of many municipalities."""
        if block.types[unit] in self.types or block.ids[unit] in self.always:
            return True
        least = self.population_min
        return least is not None and bool(block.attributes["population"][unit] >= least)

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Refuse pairs whose seat is not eligible."""
        return np.asarray(self.eligible(block)[pairs.seat])

    def constrain(self, model: CompactModel) -> None:
        """Add nothing: the pairs see to it."""

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality whose seat is not eligible."""
        if self._may_be_seat(municipality.block, municipality.seat):
            return None
        found = f"seat of type {municipality.block.types[municipality.seat] or 'unknown'}"
        return refusal(self.key, municipality, found, self.explain())

    def explain(self) -> str:
        """Return the rule as a sentence."""
        ways = []
        if self.types:
            ways.append("a unit of type " + ", ".join(self.types))
        if self.population_min is not None:
            ways.append(f"a unit of at least {self.population_min:,g} residents")
        return "A seat is " + " or ".join(ways) + "." if ways else "Only fixed seats are seats."


@dataclass(frozen=True)
class FixedSeats:
    """Make some units seats in every plan.

    Parameters
    ----------
    codes
        Unit ids.
    """

    codes: tuple[str, ...]
    key: str = "rules.seats.fixed"

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Refuse to send a fixed seat elsewhere."""
        fixed = np.zeros(len(block), dtype=bool)
        fixed[block.positions(self.codes)] = True
        return np.asarray(~fixed[pairs.unit] | (pairs.unit == pairs.seat))

    def constrain(self, model: CompactModel) -> None:
        """Open the fixed seats."""
        for seat in model.block.positions(self.codes):
            model.add_row(model.terms([(seat, seat)]), lower=1.0)

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality that holds a fixed seat without being seated there."""
        fixed = set(municipality.block.positions(self.codes)) & set(municipality.members)
        lost = sorted(fixed - {municipality.seat})
        if not lost:
            return None
        labels = ", ".join(municipality.block.labels[unit] for unit in lost)
        return refusal(self.key, municipality, f"fixed seat {labels} without its own", "a seat")

    def explain(self) -> str:
        """Return the rule as a sentence."""
        return "These units are seats: " + ", ".join(self.codes) + "."
