"""Ranges: minimum and maximum of an attribute's sum over a municipality.

The maximum knows units that are too large by themselves (a city), the minimum knows an
exception: it is lifted where the municipality meets every range in ``unless``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.shared import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality, Pairs
    from amalgamation.model.compact import CompactModel
    from amalgamation.scenario.schema import AttributeRange, Range

__all__ = ["AttributeRule"]

# Sums of thousands of floats: two readings may differ in the last digits, and a threshold
# met exactly must count as met.
TOLERANCE = 1e-6


def _at_least(value: float, threshold: float | None) -> bool:
    return threshold is None or value >= threshold - TOLERANCE * max(1.0, abs(threshold))


def _at_most(value: float, threshold: float | None) -> bool:
    return threshold is None or value <= threshold + TOLERANCE * max(1.0, abs(threshold))


def _size(threshold: float) -> float:
    """Return what a row is measured by: its threshold, or 1 where that is 0."""
    return abs(threshold) or 1.0


@dataclass(frozen=True)
class AttributeRule:
    """Keep the sum of an attribute within a range.

    Parameters
    ----------
    attribute
        Name of the attribute.
    limits
        The scenario's range, with its exception and its policy for oversize units.
    key
        Place in the scenario file.
    """

    attribute: str
    limits: AttributeRange
    key: str

    @property
    def has_minimum(self) -> bool:
        """Whether a least sum is asked for."""
        return bool(self.limits.min)

    def oversize(self, block: Block) -> list[int]:
        """Return the units that exceed the maximum by themselves."""
        values = block.attributes[self.attribute]
        return [unit for unit in range(len(block)) if not _at_most(values[unit], self.limits.max)]

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Refuse pairs that alone exceed the maximum, and keep lonely cities lonely."""
        admitted = np.ones(len(pairs), dtype=bool)
        if self.limits.max is None:
            return admitted
        large = np.zeros(len(block), dtype=bool)
        large[self.oversize(block)] = True
        apart = pairs.unit != pairs.seat
        if self.limits.oversize == "alone":
            admitted &= ~(apart & (large[pairs.unit] | large[pairs.seat]))
        values = block.attributes[self.attribute]
        together = values[pairs.unit] + np.where(apart, values[pairs.seat], 0.0)
        exempt = large[pairs.unit] | large[pairs.seat]
        if self.limits.oversize == "refuse":
            exempt = np.zeros_like(exempt)
        fits = together <= self.limits.max * (1 + TOLERANCE) + TOLERANCE
        if self.limits.oversize == "with_neighbours" and large.any():
            # The exemption may come from a third unit, so a pair alone proves nothing.
            fits = np.ones_like(fits)
        return np.asarray(admitted & (fits | exempt))

    def constrain(self, model: CompactModel) -> None:
        """Bound the sum at every seat that is used."""
        exempt = self.exempt(model.block)
        for seat in model.seats:
            if self.limits.max is not None:
                self._constrain_maximum(model, seat, self.limits.max, exempt)
            if self.limits.min is not None:
                self._constrain_minimum(model, seat, self.limits.min)

    def exempt(self, block: Block) -> list[int]:
        """Return the units that lift the maximum wherever they are."""
        if self.limits.max is None or self.limits.oversize == "refuse":
            return []
        return self.oversize(block)

    def _constrain_maximum(
        self, model: CompactModel, seat: int, most: float, exempt: list[int]
    ) -> None:
        per = _size(most)
        row = model.total(self.attribute, seat, per)
        spare = sum(row.values())
        model.extend(row, seat, seat, -most / per)
        for unit in exempt:
            model.extend(row, unit, seat, -spare)
        model.add_row(row, upper=0.0)

    def _constrain_minimum(self, model: CompactModel, seat: int, least: float) -> None:
        per = _size(least)
        row = model.total(self.attribute, seat, per)
        model.extend(row, seat, seat, -least / per)
        if self.limits.unless:
            exception = model.add_switch(seat)
            own = self.limits.unless.get(self.attribute)
            floor = own.min if own is not None and own.min is not None else 0.0
            row[exception] = (least - min(floor, least)) / per
            self._constrain_exception(model, seat, exception)
        model.add_row(row, lower=0.0)

    def _constrain_exception(self, model: CompactModel, seat: int, exception: str) -> None:
        for attribute, limits in self.limits.unless.items():
            if limits.min is not None:
                per = _size(limits.min)
                row = model.total(attribute, seat, per)
                model.add_row({**row, exception: -limits.min / per}, lower=0.0)
            if limits.max is not None:
                per = _size(limits.max)
                row = model.total(attribute, seat, per)
                spare = max(0.0, sum(row.values()) - limits.max / per)
                model.add_row({**row, exception: spare}, upper=limits.max / per + spare)

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality outside the range."""
        total = municipality.total(self.attribute)
        exempt = set(self.exempt(municipality.block)) & set(municipality.members)
        if exempt and self.limits.oversize == "alone" and len(municipality.members) > 1:
            return refusal(
                self.key,
                municipality,
                f"{len(municipality.members)} units with one above the maximum",
                "a unit above the maximum stands alone",
            )
        if not exempt and not _at_most(total, self.limits.max):
            return self._refuse(municipality, total, f"at most {self.limits.max:,g}")
        if not _at_least(total, self.limits.min) and not self._excepted(municipality):
            return self._refuse(municipality, total, f"at least {self.limits.min:,g}")
        return None

    def _refuse(self, municipality: Municipality, total: float, expected: str) -> Finding:
        return refusal(self.key, municipality, f"{self.attribute} {total:,.6g}", expected)

    def _excepted(self, municipality: Municipality) -> bool:
        if not self.limits.unless:
            return False
        return all(
            _at_least(municipality.total(attribute), limits.min)
            and _at_most(municipality.total(attribute), limits.max)
            for attribute, limits in self.limits.unless.items()
        )

    def explain(self) -> str:
        """Return the rule as a sentence."""
        sentence = f"The {self.attribute} of a municipality is {_words(self.limits)}"
        if self.limits.unless:
            sentence += f"; the minimum is lifted where {_conditions(self.limits.unless)}"
        return sentence + "."


def _words(limits: Range) -> str:
    words = []
    if limits.min is not None:
        words.append(f"at least {limits.min:,g}")
    if limits.max is not None:
        words.append(f"at most {limits.max:,g}")
    return " and ".join(words) or "free"


def _conditions(unless: Mapping[str, Range]) -> str:
    return " and ".join(f"{attribute} is {_words(limits)}" for attribute, limits in unless.items())
