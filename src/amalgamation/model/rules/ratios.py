"""Ratios: one sum over another, such as own revenue over running cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.margin import Margin
from amalgamation.model.rules.shared import AdmitsEveryPair, refusal
from amalgamation.model.rules.thresholds import at_least, at_most

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.model.block import Municipality
    from amalgamation.model.compact import CompactModel
    from amalgamation.scenario.schema import RatioRange

__all__ = ["RatioRule"]


@dataclass(frozen=True)
class RatioRule(AdmitsEveryPair):
    """Keep the ratio of two sums within a range: ``least * to <= of <= most * to``.

    Written without a division, so that it is linear, and a municipality where the second
    sum is 0 meets a minimum, and a maximum only if the first is 0 as well. It is asked of
    every municipality: also of a unit that stands alone by a policy for oversize.

    Parameters
    ----------
    name
        The scenario's name of the ratio.
    limits
        The two attributes and the range.
    """

    name: str
    limits: RatioRange

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return f"rules.ratios.{self.name}"

    def constrain(self, model: CompactModel) -> None:
        """Hold the first sum against the threshold times the second at every seat."""
        if self.limits.min is not None:
            self._constrain(model, self.limits.min, 1.0)
        if self.limits.max is not None:
            self._constrain(model, self.limits.max, -1.0)

    def _constrain(self, model: CompactModel, threshold: float, sign: float) -> None:
        """Ask that ``sign * (of - threshold * to)`` is not negative."""
        amounts = model.block.attributes
        needed = threshold * amounts[self.limits.to]
        spare = sign * (amounts[self.limits.of] - needed)
        # The solver's tolerances are absolute: rows should be of the size of 1.
        per = float(np.abs(needed).mean()) or float(np.abs(spare).max()) or 1.0
        for seat in model.seats:
            row: dict[str, float] = {}
            for unit in model.units_of(seat):
                model.extend(row, unit, seat, float(spare[unit]) / per)
            model.add_row(row, lower=0.0)

    def judge(self, municipality: Municipality) -> Finding | None:
        """Refuse a municipality outside the range."""
        of, to = municipality.total(self.limits.of), municipality.total(self.limits.to)
        if self.limits.min is not None and not at_least(of, self.limits.min * to):
            expected = f"at least {self.limits.min:,g}"
        elif self.limits.max is not None and not at_most(of, self.limits.max * to):
            expected = f"at most {self.limits.max:,g}"
        else:
            return None
        found = f"{self.limits.of} {of:,.6g} to {self.limits.to} {to:,.6g}"
        return refusal(self.key, municipality, found, expected)

    def margins(self, municipality: Municipality) -> tuple[Margin, ...]:
        """Return the ratio beside its minimum and its maximum; endless where it divides by 0."""
        of, to = municipality.total(self.limits.of), municipality.total(self.limits.to)
        ratio = of / to if to else math.inf
        least, most, found = self.limits.min, self.limits.max, []
        if least is not None:
            kept = at_least(of, least * to)
            found.append(Margin(f"{self.key}.min", "min", least, ratio, self.name, kept=kept))
        if most is not None:
            kept = at_most(of, most * to)
            found.append(Margin(f"{self.key}.max", "max", most, ratio, self.name, kept=kept))
        return tuple(found)

    def explain(self) -> str:
        """Return the rule as a sentence."""
        least, most = self.limits.min, self.limits.max
        words = [] if least is None else [f"at least {least:,g}"]
        words += [] if most is None else [f"at most {most:,g}"]
        return (
            f"The {self.name} of a municipality, {self.limits.of} over {self.limits.to}, is "
            f"{' and '.join(words) or 'free'}."
        )
