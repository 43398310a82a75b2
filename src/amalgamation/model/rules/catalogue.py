"""The catalogue: from the scenario's rules to rule objects, in a fixed order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.model.rules.contiguity import Contiguity
from amalgamation.model.rules.like import Like
from amalgamation.model.rules.most_units import MostUnits
from amalgamation.model.rules.ranges import AttributeRule
from amalgamation.model.rules.ratios import RatioRule
from amalgamation.model.rules.reach import Reach
from amalgamation.model.rules.seats import EligibleSeats, FixedSeats
from amalgamation.model.rules.walls import Walls
from amalgamation.model.rules.wishes import Apart, Frozen, Together

if TYPE_CHECKING:
    from amalgamation.model.rules.rule import Rule
    from amalgamation.scenario.schema import AttributeRange, Rules
    from amalgamation.territory import Territory

__all__ = ["build_rules"]


def build_rules(rules: Rules, territory: Territory) -> tuple[Rule, ...]:
    """Build the rules of a scenario.

    Parameters
    ----------
    rules
        The scenario's section.
    territory
        Tells which units an oversize policy leaves alone.
    """
    return (
        Contiguity(),
        *_walls(rules),
        *([Like(tuple(rules.like))] if rules.like else []),
        *_ranges(rules),
        *(RatioRule(name, limits) for name, limits in sorted(rules.ratios.items())),
        *_reach(rules),
        *_seats(rules, territory),
        *(Together(tuple(sorted(wish.units))) for wish in rules.keep_together),
        *(Apart(tuple(sorted(wish.units))) for wish in rules.keep_apart),
        *([Frozen(frozenset(rules.frozen))] if rules.frozen else []),
        *([MostUnits(rules.max_units)] if rules.max_units is not None else []),
    )


def _walls(rules: Rules) -> list[Rule]:
    return [Walls(tuple(rules.walls))] if rules.walls else []


def _ranges(rules: Rules) -> list[Rule]:
    top = ("population", "area_km2")
    return [
        AttributeRule(name, limits, f"rules.{name}" if name in top else f"rules.sums.{name}")
        for name, limits in sorted(rules.ranges.items())
    ]


def _reach(rules: Rules) -> list[Rule]:
    found: list[Rule] = []
    if rules.reach_km is not None:
        found.append(Reach(rules.reach_km.max, "km"))
    if rules.reach_minutes is not None:
        found.append(Reach(rules.reach_minutes.max, "minutes"))
    return found


def _seats(rules: Rules, territory: Territory) -> list[Rule]:
    if rules.seats is None:
        return []
    found: list[Rule] = []
    if rules.seats.types or rules.seats.or_population_min is not None:
        always = (
            frozenset(rules.seats.fixed) | frozenset(rules.frozen) | _left_alone(rules, territory)
        )
        found.append(EligibleSeats(tuple(rules.seats.types), rules.seats.or_population_min, always))
    if rules.seats.fixed:
        found.append(FixedSeats(tuple(sorted(rules.seats.fixed))))
    return found


def _left_alone(rules: Rules, territory: Territory) -> frozenset[str]:
    alone: set[str] = set()
    for name, limits in rules.ranges.items():
        if limits.oversize == "alone":
            values, most = territory.values(name), _maxima(limits, territory)
            alone.update(values.index[values > most])
    return frozenset(alone)


def _maxima(limits: AttributeRange, territory: Territory) -> pd.Series[float]:
    """Return the maximum of each unit's own class; infinite where free."""
    most = pd.Series(math.inf if limits.max is None else limits.max, territory.units.index)
    if limits.by is None:
        return most
    own = {value: limits.of_class(value).max for value in limits.classes}
    return territory.category(limits.by).map(own).astype(float).fillna(most)
