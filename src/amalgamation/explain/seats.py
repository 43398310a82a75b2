"""Seats that cannot exist: parts without an eligible one, units out of reach of any.

In: the ground. Out: findings, each proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.slack import SLACK
from amalgamation.graph import distances_between
from amalgamation.territory.words import count_of
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from amalgamation.explain.ground import Ground, Part
    from amalgamation.findings import Finding

__all__ = ["check_reach", "check_seats"]


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
    rules = ground.rules
    limits = (("km", rules.reach_km), ("minutes", rules.reach_minutes))
    return [
        finding
        for unit_of_rule, rule in limits
        if rule is not None
        for part in ground.parts
        if len(part) > 1
        for finding in _check_part(ground, part, unit_of_rule, rule.max)
    ]


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
