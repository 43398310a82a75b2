"""Seats that cannot exist: parts without an eligible one, units out of reach of any.

In: the ground. Out: findings, each proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.sizes import misses_minimum
from amalgamation.explain.slack import SLACK
from amalgamation.graph import distances_between
from amalgamation.territory.words import count_of
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from amalgamation.explain.ground import Ground, Part
    from amalgamation.findings import Finding

__all__ = ["check_catchments", "check_reach", "check_seats"]


def check_seats(ground: Ground) -> list[Finding]:
    """Check parts without any unit that may be a seat.

    Each part with a unit that stays in holds at least one municipality, whose seat is one
    of the part's units.
    """
    return [
        ground.impossible(
            "rules.seats",
            ground.place(part),
            "no unit that may be a seat",
            "at least one, by its type, by its residents, or fixed",
            "widen rules.seats, or connect the units to others",
            part,
        )
        for part in ground.parts
        if ground.staying(part) and not ground.seats_in(part)
    ]


def check_reach(ground: Ground) -> list[Finding]:
    """Check units, and groups kept together, that no seat of their part can serve.

    A unit's seat lies in its part; a fixed unit is its own seat; a group shares one seat.
    """
    return [
        finding
        for unit_of_rule, limit in _limits(ground)
        for part in ground.parts
        if len(part) > 1
        for finding in _check_part(ground, part, unit_of_rule, limit)
    ]


def _limits(ground: Ground) -> list[tuple[str, float]]:
    rules = ground.rules
    limits = (("km", rules.reach_km), ("minutes", rules.reach_minutes))
    return [(unit_of_rule, rule.max) for unit_of_rule, rule in limits if rule is not None]


def check_catchments(ground: Ground) -> list[Finding]:
    """Check units all of whose seats have too little within reach to meet a minimum.

    A municipality lies within reach of its seat. Where all that lies there misses a minimum,
    that unit is no seat; and a unit without any other within reach has no municipality.
    Parts that miss the minimum as a whole are named elsewhere.
    """
    return [
        finding
        for unit_of_rule, limit in _limits(ground)
        for name in ground.rules.ranges
        for part in ground.parts
        if len(part) > 1
        if not misses_minimum(ground, name, ground.rules.ranges[name], part)
        for finding in _check_catchment(ground, part, name, unit_of_rule, limit)
    ]


def _check_catchment(
    ground: Ground, part: Part, name: str, unit_of_rule: str, limit: float
) -> list[Finding]:
    seats, rule = _seats_within(ground, part, limit), ground.rules.ranges[name]
    around: dict[str, list[str]] = {}
    for unit in part:
        for seat in sorted(seats[unit]):
            around.setdefault(seat, []).append(unit)
    poor = {s for s, units in around.items() if misses_minimum(ground, name, rule, tuple(units))}
    return [
        ground.impossible(
            f"rules.reach_{unit_of_rule}.max and {ground.key(name)}.min",
            f"unit {ground.labels([unit])}",
            f"at most {ground.amount(_richest(ground, name, around, seats[unit]), name)} within "
            f"{spell(limit, unit_of_rule)} of any seat that it reaches",
            f"at least {ground.amount(ground.loosest(rule, part).min or 0.0, name)}",
            "raise the reach, or lower the minimum",
            [unit],
        )
        for unit in ground.staying(part)
        if seats[unit] and seats[unit] <= poor
    ]


def _richest(
    ground: Ground, name: str, around: dict[str, list[str]], seats: frozenset[str]
) -> float:
    return max(ground.total(name, around[seat]) for seat in sorted(seats))


def _check_part(ground: Ground, part: Part, unit_of_rule: str, limit: float) -> list[Finding]:
    seats = _seats_within(ground, part, limit)
    if not ground.seats_in(part):
        return []
    return [
        ground.impossible(
            f"rules.reach_{unit_of_rule}.max",
            _name(ground, cluster),
            f"no seat within {spell(limit, unit_of_rule)} in its part of "
            f"{count_of(len(part), 'unit')}",
            "at least one eligible seat within reach",
            "raise the reach, or let a nearer unit be a seat (rules.seats)",
            cluster,
        )
        for cluster in _clusters(ground, part)
        if ground.staying(cluster) == cluster
        and not frozenset.intersection(*(seats[unit] for unit in cluster))
    ]


def _name(ground: Ground, cluster: tuple[str, ...]) -> str:
    kept = "units kept together" if len(cluster) > 1 else "unit"
    return f"{kept} {ground.labels(cluster)}"


def _clusters(ground: Ground, part: Part) -> list[tuple[str, ...]]:
    """Return the units of a part, those of a group as one."""
    groups = [group for group in ground.together if set(group) <= set(part)]
    bound = {unit for group in groups for unit in group}
    return sorted([*groups, *((unit,) for unit in part if unit not in bound)])


def _seats_within(ground: Ground, part: Part, limit: float) -> dict[str, frozenset[str]]:
    allowed = set(ground.seats_in(part))
    near: dict[str, set[str]] = {unit: set() for unit in part}
    # a little farther than the limit: a claim must hold beyond the judge's tolerance
    found = distances_between(ground.graph, part, limit * (1 + SLACK) + 1e-8)
    for unit, seat in zip(found.unit.tolist(), found.seat.tolist(), strict=True):
        if part[seat] in allowed:
            near[part[unit]].add(part[seat])
    return {
        unit: frozenset(seats & {unit} if unit in ground.fixed else seats)
        for unit, seats in near.items()
    }
