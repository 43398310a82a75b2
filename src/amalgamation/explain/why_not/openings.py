"""Openings: the wall to one neighbour opened, a category mixed.

In: a place. Out: switches, each over the place and what it is joined to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.explain.why_not.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.explain.why_not.place import Place
    from amalgamation.explain.why_not.question import Question

__all__ = ["like_switches", "wall_switches"]

_Sides = tuple[tuple[str, str], ...]
"""Tier and code of what lies beyond, for each wall in between."""


def wall_switches(place: Place) -> list[Switch]:
    """Return one switch for each neighbouring parent behind a wall.

    The units of the neighbour that a tie joins to the place count as the place's own; the
    rest of the neighbour stays as it is.
    """
    beyond: dict[_Sides, list[str]] = {}
    for block in place.beside:
        sides = _sides_between(place, block)
        if sides and not _is_unlike(place, block) and not _is_counted(place, sides):
            beyond.setdefault(sides, []).extend(block)
    return [_open(place, sides, units) for sides, units in sorted(beyond.items())]


def _own(place: Place, tier: str) -> str:
    return str(place.whole.territory.units.loc[place.units[0], tier])


def _sides_between(place: Place, block: Sequence[str]) -> _Sides:
    units = place.whole.territory.units
    here = {tier: set(units.loc[list(place.units), tier].astype(str)) for tier in _walls(place)}
    if any(len(codes) > 1 for codes in here.values()):
        return ()  # a place of several blocks has no one side
    there = {tier: str(units.loc[block[0], tier]) for tier in _walls(place)}
    return tuple((tier, there[tier]) for tier in _walls(place) if there[tier] not in here[tier])


def _walls(place: Place) -> list[str]:
    return place.whole.rules.walls


def _is_unlike(place: Place, block: Sequence[str]) -> bool:
    territory = place.whole.territory
    values = [territory.category(name) for name in place.whole.rules.like]
    return any(value[place.units[0]] != value[block[0]] for value in values)


def _is_counted(place: Place, sides: _Sides) -> bool:
    """Say whether a number of municipalities is asked of a side: it would no longer be clear."""
    counted = place.whole.rules.municipalities.per_parent
    return any({code, _own(place, tier)} & set(counted.get(tier, {})) for tier, code in sides)


def _open(place: Place, sides: _Sides, units: Sequence[str]) -> Switch:
    joined = place.whole.within({*place.units, *units})
    frame = joined.territory.units.copy()
    for tier, _ in sides:
        frame.loc[list(units), tier] = _own(place, tier)
    question = replace(joined, territory=replace(joined.territory, units=frame))
    territory = place.whole.territory
    names = " and of ".join(
        f"{tier} {territory.parent_name(tier, _own(place, tier))} to "
        f"{territory.parent_name(tier, code)}"
        for tier, code in sides
    )
    clauses = tuple(f"rules.walls.{tier}" for tier, _ in sides)
    words = f"the wall of {names} open"
    return Switch("rules.walls", clauses, words, question, _rim(place, units))


def _rim(place: Place, units: Sequence[str]) -> tuple[str, ...]:
    """Return the units on both sides of the border that is opened."""
    graph, inside = place.whole.graph.graph, set(place.units)
    pairs = [(a, b) for a in units for b in graph[a] if b in inside]
    return tuple(sorted({unit for pair in pairs for unit in pair}))


def like_switches(place: Place) -> list[Switch]:
    """Return one switch for each category, over the place and all that lies beside it."""
    found = []
    for name in place.whole.rules.like:
        joined: Question = place.whole.within(place.wider)
        kept = [other for other in joined.rules.like if other != name]
        words = f"values of {name} mixed"
        question = joined.changing(like=kept)
        found.append(Switch("rules.like", (f"rules.like.{name}",), words, question))
    return found
