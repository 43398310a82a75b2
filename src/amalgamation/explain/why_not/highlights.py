"""The map of a reason: which units play which part in it.

In: a reason. Out: highlights, as the show room draws them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.ground import Ground
from amalgamation.show import Highlights

if TYPE_CHECKING:
    from amalgamation.explain.why_not.reason import Reason

__all__ = ["build_highlights"]

# More dashed lines than these would hide the map.
_LINKS = 2
_WITHOUT = "no plan here"
_ALONE = "stands alone, and cuts off"
_WALLED = "behind a wall"
_BESIDE = "neighbour"


def build_highlights(reason: Reason) -> Highlights:
    """Return what the map of a reason shows: its units, what cuts them off, and ties to add."""
    place, scenario = reason.place, reason.place.whole.scenario
    ground = Ground(place.whole.scenario, place.whole.territory, place.whole.graph)
    inside, ties = set(reason.units), place.whole.graph.graph
    links = [one.subjects for one in reason.relaxations if one.key == "graph.links"][:_LINKS]
    around = {v for u in inside for v in ties[u]} | {unit for pair in links for unit in pair}
    # what lies around a unit that cuts off shows from what
    around |= {v for u in around & set(ground.alone) for v in ties[u]}
    roles: dict[str, list[str]] = {_WITHOUT: sorted(inside), _ALONE: [], _WALLED: [], _BESIDE: []}
    for unit in sorted(around - inside):
        if unit in ground.alone:
            roles[_ALONE].append(unit)
        elif unit in ground.walled and _is_walled(ground, unit, inside):
            roles[_WALLED].append(unit)
        else:
            roles[_BESIDE].append(unit)
    return Highlights(
        title=f"Why there is no plan: {scenario.title or scenario.scenario}",
        sentence=reason.plain_cause(),
        roles=tuple((role, tuple(units)) for role, units in roles.items()),
        walls=tuple(scenario.rules.walls),
        links=tuple((pair[0], pair[1]) for pair in links),
    )


def _is_walled(ground: Ground, unit: str, inside: set[str]) -> bool:
    near = [other for other in ground.graph.graph[unit] if other in inside]
    return bool(near) and not any(ground.walled.has_edge(unit, other) for other in near)
