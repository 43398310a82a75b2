"""Openings: the wall to one neighbour opened, a category mixed.

In: a place. Out: switches, each over the place and what it is joined to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.explain.why_not.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from amalgamation.explain.ground import Part
    from amalgamation.explain.why_not.place import Place

__all__ = ["like_switches", "wall_switches"]

_Sides = tuple[tuple[str, str, str], ...]
"""Tier, code here and code beyond, for each wall in between."""


def wall_switches(place: Place) -> list[Switch]:
    """Return one switch for each wall between two parents that a tie leads across.

    The units beyond that a tie joins to the place count as those on this side; the rest of
    their parent stays as it is.
    """
    beyond: dict[_Sides, list[str]] = {}
    for here, there in _pairs(place):
        sides = _sides_between(place, here, there)
        if sides and not _is_counted(place, sides):
            beyond.setdefault(sides, []).extend(there)
    return [_open(place, sides, units) for sides, units in sorted(beyond.items())]


def _pairs(place: Place) -> list[tuple[Part, Part]]:
    """Return pairs of blocks that ties join across a side, of which the first is in the place."""
    graph, inside = place.whole.graph.graph, set(place.units)
    blocks = [block.ids for block in place.whole.problem.blocks]
    own = [block for block in blocks if inside.issuperset(block)]
    return [
        (here, there)
        for here in own
        for there in blocks
        if (there not in own or here < there) and _are_tied(graph, here, there)
    ]


def _are_tied(graph: nx.Graph[str], here: Part, there: Part) -> bool:
    near = {other for unit in here for other in graph[unit]}
    return here != there and not near.isdisjoint(there)


def _sides_between(place: Place, here: Part, there: Part) -> _Sides:
    """Return the walls between two blocks; none where a category holds them apart as well."""
    territory, rules = place.whole.territory, place.whole.rules
    values = [territory.category(name) for name in rules.like]
    if any(value[here[0]] != value[there[0]] for value in values):
        return ()
    codes = {tier: territory.units[tier].astype(str) for tier in rules.walls}
    sides = [(tier, code[here[0]], code[there[0]]) for tier, code in codes.items()]
    return tuple(side for side in sides if side[1] != side[2])


def _is_counted(place: Place, sides: _Sides) -> bool:
    """Say whether a number of municipalities is asked of a side: it would no longer be clear."""
    counted = place.whole.rules.municipalities.per_parent
    return any({here, there} & set(counted.get(tier, {})) for tier, here, there in sides)


def _open(place: Place, sides: _Sides, units: Sequence[str]) -> Switch:
    territory = place.whole.territory
    frame = territory.units.copy()
    for tier, here, _ in sides:
        frame.loc[list(units), tier] = here
    joined = place.whole.within({*place.units, *units})
    question = replace(joined, territory=replace(territory, units=frame))
    names = ", and ".join(
        f"{territory.parent_name(tier, here)} and {territory.parent_name(tier, there)} ({tier})"
        for tier, here, there in sides
    )
    clauses = tuple(f"rules.walls.{tier}" for tier, *_ in sides)
    words = f"the wall between {names} open"
    return Switch("rules.walls", clauses, words, question, _rim(place, units))


def _rim(place: Place, units: Sequence[str]) -> tuple[str, ...]:
    """Return the units on both sides of the border that is opened."""
    graph, inside = place.whole.graph.graph, set(place.units) - set(units)
    pairs = [(a, b) for a in units for b in graph[a] if b in inside]
    return tuple(sorted({unit for pair in pairs for unit in pair}))


def like_switches(place: Place) -> list[Switch]:
    """Return one switch for each category, over the place and all that lies beside it."""
    found = []
    for name in place.whole.rules.like:
        joined = place.whole.within(place.wider)
        kept = [other for other in joined.rules.like if other != name]
        words = f"values of {name} mixed"
        question = joined.changing(like=kept)
        found.append(Switch("rules.like", (f"rules.like.{name}",), words, question))
    return found
