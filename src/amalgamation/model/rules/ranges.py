"""Ranges: minimum and maximum of an attribute's sum over a municipality.

The maximum knows units that are too large by themselves (a city), the minimum knows an
exception: it is lifted where the municipality meets every range in ``unless``. Both may
depend on the class of the seat, such as its natural zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from amalgamation.model.rules.margin import Margin
from amalgamation.model.rules.shared import refusal
from amalgamation.model.rules.thresholds import TOLERANCE, at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from amalgamation.findings import Finding
    from amalgamation.model.block import Block, Municipality, Pairs
    from amalgamation.model.compact import CompactModel
    from amalgamation.scenario.schema import AttributeRange, Range

__all__ = ["AttributeRule", "SeatLimits"]


def _size(threshold: float) -> float:
    """Return what a row is measured by: its threshold, or 1 where that is 0."""
    return abs(threshold) or 1.0


@dataclass(frozen=True)
class SeatLimits:
    """Hold what a range asks of a municipality of one block, by its seat.

    Parameters
    ----------
    ranges
        Of each unit, where it is the seat.
    least, most
        The same as arrays, shape (n,); infinite where free.
    oversize
        Units that exceed the maximum of their own class by themselves, sorted.
    """

    ranges: tuple[Range, ...]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    oversize: tuple[int, ...]


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
        """Whether a least sum is asked for, of any class."""
        return any(limits.min for limits in self.limits.every)

    def at(self, block: Block) -> SeatLimits:
        """Return what is asked at each seat of a block: by the class of the seat."""
        return block.recall(self, self._limits_in)

    def _limits_in(self, block: Block) -> SeatLimits:
        by = self.limits.by
        classes = ("",) * len(block) if by is None else block.categories[by]
        of_class = {value: self.limits.of_class(value) for value in sorted(set(classes))}
        ranges = tuple(of_class[value] for value in classes)
        least = [-np.inf if limits.min is None else limits.min for limits in ranges]
        most = [np.inf if limits.max is None else limits.max for limits in ranges]
        values = block.attributes[self.attribute].tolist()
        large = [
            unit
            for unit, (value, limits) in enumerate(zip(values, ranges, strict=True))
            if not at_most(value, limits.max)
        ]
        return SeatLimits(ranges, np.array(least), np.array(most), tuple(large))

    def least(self, block: Block) -> float:
        """Return what every municipality of a block reaches that has no exception; at least 0."""
        asked = self.at(block).least[block.pairs.seats]
        return max(0.0, float(asked.min())) if len(asked) else 0.0

    def oversize(self, block: Block) -> list[int]:
        """Return the units that exceed the maximum of their own class by themselves."""
        return list(self.at(block).oversize)

    def admits(self, block: Block, pairs: Pairs) -> NDArray[np.bool_]:
        """Refuse pairs that alone exceed the maximum, and keep lonely cities lonely."""
        admitted = np.ones(len(pairs), dtype=bool)
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
        fits = together <= self.at(block).most[pairs.seat] * (1 + TOLERANCE) + TOLERANCE
        if self.limits.oversize == "with_neighbours" and large.any():
            # The exemption may come from a third unit, so a pair alone proves nothing.
            fits = np.ones_like(fits)
        return np.asarray(admitted & (fits | exempt))

    def constrain(self, model: CompactModel) -> None:
        """Bound the sum at every seat that is used, as the seat's class asks."""
        exempt, ranges = self.exempt(model.block), self.at(model.block).ranges
        for seat in model.seats:
            least, most = ranges[seat].min, ranges[seat].max
            if most is not None:
                self._constrain_maximum(model, seat, most, exempt)
            if least is not None:
                self._constrain_minimum(model, seat, least)

    def exempt(self, block: Block) -> list[int]:
        """Return the units that lift the maximum wherever they are."""
        return [] if self.limits.oversize == "refuse" else self.oversize(block)

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
        """Refuse a municipality outside the range of its seat's class."""
        total = municipality.total(self.attribute)
        limits = self.at(municipality.block).ranges[municipality.seat]
        exempt = set(self.exempt(municipality.block)) & set(municipality.members)
        if exempt and self.limits.oversize == "alone" and len(municipality.members) > 1:
            return refusal(
                self.key,
                municipality,
                f"{len(municipality.members)} units with one above the maximum",
                "a unit above the maximum stands alone",
            )
        if not exempt and not at_most(total, limits.max):
            return self._refuse(municipality, total, f"at most {limits.max:,g}")
        if not at_least(total, limits.min) and not self._excepted(municipality):
            return self._refuse(municipality, total, f"at least {limits.min:,g}")
        return None

    def margins(self, municipality: Municipality) -> tuple[Margin, ...]:
        """Return the sum beside the minimum and the maximum of the seat's class.

        None where an oversize unit is merged that should stand alone: no sum mends that.
        """
        total = municipality.total(self.attribute)
        limits = self.at(municipality.block).ranges[municipality.seat]
        exempt = bool(set(self.exempt(municipality.block)) & set(municipality.members))
        if exempt and self.limits.oversize == "alone" and len(municipality.members) > 1:
            return ()
        found = []
        if limits.min is not None:
            lifted = "the exception holds" if self._excepted(municipality) else ""
            kept = bool(lifted) or at_least(total, limits.min)
            found.append(self._margin("min", limits.min, total, lifted, kept=kept))
        if limits.max is not None:
            lifted = "it holds a unit above the maximum" if exempt else ""
            kept = exempt or at_most(total, limits.max)
            found.append(self._margin("max", limits.max, total, lifted, kept=kept))
        return tuple(found)

    def _margin(
        self, side: Literal["min", "max"], limit: float, total: float, lifted: str, *, kept: bool
    ) -> Margin:
        key = f"{self.key}.{side}"
        return Margin(key, side, limit, total, self.attribute, kept=kept, lifted=lifted)

    def _refuse(self, municipality: Municipality, total: float, expected: str) -> Finding:
        if self.limits.by is not None:
            value = municipality.block.categories[self.limits.by][municipality.seat]
            expected += f" where the seat's {self.limits.by} is {value or 'blank'}"
        return refusal(self.key, municipality, f"{self.attribute} {total:,.6g}", expected)

    def _excepted(self, municipality: Municipality) -> bool:
        if not self.limits.unless:
            return False
        return all(
            at_least(municipality.total(attribute), limits.min)
            and at_most(municipality.total(attribute), limits.max)
            for attribute, limits in self.limits.unless.items()
        )

    def explain(self) -> str:
        """Return the rule as a sentence."""
        sentence = f"The {self.attribute} of a municipality is {_words(self.limits)}"
        for value in sorted(self.limits.classes):
            own = _words(self.limits.of_class(value))
            sentence += f"; where the seat's {self.limits.by} is {value or 'blank'}, {own}"
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
