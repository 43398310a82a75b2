"""Wishes that contradict each other, the walls, or a maximum.

In: the ground. Out: findings, each proven. Groups that share a unit count as one group,
since all of them must lie in that unit's municipality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.slack import certainly_above

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.explain.ground import Ground
    from amalgamation.findings import Finding

__all__ = [
    "check_apart",
    "check_group_sizes",
    "check_group_units",
    "check_scattered",
    "check_two_seats",
]

_KEY = "rules.keep_together"


def _contradiction(
    ground: Ground, group: Iterable[str], found: str, expected: str, remedy: str
) -> Finding:
    units = sorted(group)
    return ground.impossible(_KEY, f"units {ground.labels(units)}", found, expected, remedy, units)


def check_scattered(ground: Ground) -> list[Finding]:
    """Check groups whose units lie in different parts: no municipality holds them all."""
    return [
        _contradiction(
            ground, group, _why_scattered(ground, group), "units of one connected part", "split it"
        )
        for group in ground.together
        if len({ground.part_of[unit] for unit in group}) > 1
    ]


def _why_scattered(ground: Ground, group: tuple[str, ...]) -> str:
    alone = [f"{ground.labels([u])} ({ground.alone[u]})" for u in group if u in ground.alone]
    if alone:
        return f"together with others, though it stands alone: {', '.join(alone)}"
    for tier in ground.rules.walls:
        codes = sorted({ground.parents[tier][unit] for unit in group})
        if len(codes) > 1:
            names = ", ".join(ground.territory.parent_name(tier, code) for code in codes)
            return f"on both sides of a wall: {tier} {names}"
    for name in ground.rules.like:
        values = sorted({ground.categories[name][unit] for unit in group})
        if len(values) > 1:
            return f"of different {name}: {', '.join(value or 'blank' for value in values)}"
    return "no way of ties between them within walls and around units that stand alone"


def check_group_sizes(ground: Ground) -> list[Finding]:
    """Check groups whose sum exceeds a maximum.

    Values are not negative, so the municipality that holds the group exceeds it as well,
    unless it might hold an oversize unit that excuses it.
    """
    return [
        _contradiction(
            ground,
            group,
            f"{ground.amount(ground.total(name, group), name)} together",
            f"at most {ground.amount(most, name)} ({ground.key(name)}.max)",
            "split the group, or raise the maximum",
        )
        for name, rule in ground.rules.ranges.items()
        if ground.adds_up(name)
        for group in ground.together
        if (most := ground.loosest(rule, ground.part_of[group[0]]).max) is not None
        and certainly_above(ground.total(name, group), most)
        and not _might_be_exempt(ground, name, group)
    ]


def _might_be_exempt(ground: Ground, name: str, group: tuple[str, ...]) -> bool:
    part = {unit for one in group for unit in ground.part_of[one]}
    neighbours = ground.rules.ranges[name].oversize == "with_neighbours"
    return neighbours and not part.isdisjoint(ground.oversize[name])


def check_group_units(ground: Ground) -> list[Finding]:
    """Check groups of more units than a municipality may have."""
    most = ground.rules.max_units
    return [
        _contradiction(
            ground,
            group,
            f"{len(group):,} units together",
            f"at most {most:,} (rules.max_units)",
            "split the group, or raise rules.max_units",
        )
        for group in ground.together
        if most is not None and len(group) > most
    ]


def check_apart(ground: Ground) -> list[Finding]:
    """Check groups kept together that hold two units kept apart."""
    return [
        _contradiction(
            ground,
            group,
            f"{ground.labels(sorted(both))} kept together, and kept apart by "
            f"rules.keep_apart[{number}]",
            "one or the other",
            "delete one of the two wishes",
        )
        for group in ground.together
        for number, rule in enumerate(ground.rules.keep_apart)
        if len(both := set(group) & set(rule.units)) > 1
    ]


def check_two_seats(ground: Ground) -> list[Finding]:
    """Check groups kept together that hold two fixed seats."""
    return [
        _contradiction(
            ground,
            group,
            f"{len(seats)} fixed seats together: {ground.labels(seats)}",
            "at most one fixed seat in a municipality",
            "split the group, or drop a seat from rules.seats.fixed",
        )
        for group in ground.together
        if len(seats := [unit for unit in group if unit in ground.fixed]) > 1
    ]
