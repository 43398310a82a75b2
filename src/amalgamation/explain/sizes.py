"""Sizes that cannot be met: units above a maximum, parts below a minimum.

In: the ground. Out: findings, each proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.slack import certainly_above, certainly_below
from amalgamation.findings import name_some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.explain.ground import Ground, Part
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import AttributeRange

__all__ = ["check_minima", "check_refused", "misses_minimum"]

# More parts than this that miss one minimum are told together: gaps in polygons make islands of
# a whole country, each with the same words.
_MANY = 3


def check_refused(ground: Ground) -> list[Finding]:
    """Check units above a maximum that the scenario refuses, unless they may be left out.

    Values are not negative, so whatever municipality holds the unit exceeds the maximum too,
    that of every class of seat in the unit's part.
    """
    return [
        ground.impossible(
            f"{ground.key(name)}.max",
            f"unit {ground.labels([unit])}",
            ground.amount(ground.values[name][unit], name),
            f"at most {ground.amount(most, name)}",
            f"raise the maximum, or set {ground.key(name)}.oversize to alone or with_neighbours",
            [unit],
        )
        for name, rule in ground.rules.ranges.items()
        if rule.oversize == "refuse" and ground.adds_up(name)
        for unit in ground.staying(ground.oversize[name])
        if (most := ground.loosest(rule, ground.part_of[unit]).max) is not None
        and certainly_above(ground.values[name][unit], most)
    ]


def check_minima(ground: Ground) -> list[Finding]:
    """Check parts whose whole does not reach a minimum, unless all of it may be left out.

    A municipality holds at most its part's total, so none in the part reaches the minimum,
    and none can be excused where the exception is beyond the part as well.
    """
    found = []
    for name, rule in ground.rules.ranges.items():
        parts = [
            part
            for part in ground.parts
            if ground.staying(part) and misses_minimum(ground, name, rule, part)
        ]
        if len(parts) > _MANY:
            found.append(_all_below(ground, name, rule, parts))
        else:
            found += [_below(ground, name, rule, part) for part in parts]
    return found


def misses_minimum(ground: Ground, name: str, rule: AttributeRange, part: Part) -> bool:
    """Return whether no municipality of a part can reach a minimum or be excused."""
    least = ground.loosest(rule, part).min
    if least is None or not ground.adds_up(name):
        return False
    short = certainly_below(ground.total(name, part), least)
    return short and not ground.can_be_excused(rule, part)


def _below(ground: Ground, name: str, rule: AttributeRange, part: Part) -> Finding:
    least, total = ground.loosest(rule, part).min or 0.0, ground.total(name, part)
    return ground.impossible(
        f"{ground.key(name)}.min",
        ground.place(part),
        f"{ground.amount(total, name)} in all{_excuse(rule)}",
        f"at least {ground.amount(least, name)} in each municipality "
        f"({ground.amount(least - total, name)} short)",
        "lower the minimum, add an exception, or connect the units to others",
        part,
    )


def _all_below(ground: Ground, name: str, rule: AttributeRange, parts: Sequence[Part]) -> Finding:
    most = max(ground.total(name, part) for part in parts)
    least = min(ground.loosest(rule, part).min or 0.0 for part in parts)
    around = name_some([f"{len(part):,} around {ground.labels(part[:1])}" for part in parts])
    return ground.impossible(
        f"{ground.key(name)}.min",
        f"{len(parts):,} parts that are apart from each other: {around}",
        f"at most {ground.amount(most, name)} in all in each of them{_excuse(rule)}",
        f"at least {ground.amount(least, name)} in each municipality",
        "lower the minimum, add an exception, or connect the units to others; where only gaps "
        "in the data part them, raise graph.ties.tolerance_m",
        [unit for part in parts for unit in part],
    )


def _excuse(rule: AttributeRange) -> str:
    return "; the exception in unless is out of reach too" if rule.unless else ""
