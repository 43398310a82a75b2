"""What the municipalities of a plan add up to.

In: a territory and a plan. Out: per municipality, its seat, its units and its sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from amalgamation.model.rules.thresholds import at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import AttributeRange, Range
    from amalgamation.territory.territory import Territory

__all__ = ["Tally"]


@dataclass(frozen=True)
class Tally:
    """Add up the attributes of a plan's municipalities.

    Parameters
    ----------
    territory, plan
        Every unit of the plan is one of the territory.
    """

    territory: Territory
    plan: Plan

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Seat -> units."""
        seats = self.plan.seat_of
        return {seats[name]: units for name, units in self.plan.municipalities.items()}

    def sums(self, attribute: str) -> dict[str, float]:
        """Return seat -> sum."""
        values = self.territory.values(attribute).to_dict()
        return {seat: sum(values[u] for u in units) for seat, units in self.members.items()}

    def ranges(self, rule: AttributeRange) -> dict[str, Range]:
        """Return seat -> what a range asks there, by the class of the seat."""
        if rule.by is None:
            return dict.fromkeys(self.members, rule.of_class(""))
        classes = self.territory.category(rule.by).to_dict()
        return {seat: rule.of_class(classes[seat]) for seat in self.members}

    def below(self, attribute: str, rule: AttributeRange) -> dict[str, float]:
        """Return seat -> sum, where it misses the minimum and no exception lifts that."""
        ranges, excused = self.ranges(rule), self._excused(rule)
        return {
            seat: total
            for seat, total in self.sums(attribute).items()
            if not at_least(total, ranges[seat].min) and seat not in excused
        }

    def _excused(self, rule: AttributeRange) -> set[str]:
        if not rule.unless:
            return set()
        excused = set(self.members)
        for attribute, limits in rule.unless.items():
            for seat, total in self.sums(attribute).items():
                if not (at_least(total, limits.min) and at_most(total, limits.max)):
                    excused.discard(seat)
        return excused
