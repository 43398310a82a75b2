"""Units without any tie, and the named policy for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.graph.declared import to_pair
from amalgamation.graph.ties import find_ties
from amalgamation.scenario.schema import Graph
from amalgamation.territory import Flaw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from amalgamation.territory import Territory

__all__ = ["ISLAND_REASON", "Island", "check_islands", "draw_islands", "find_nearest"]

ISLAND_REASON = "island: tied to the nearest unit"
"""Reason of the links that the policy ``nearest`` adds."""


_CANDIDATES = 3
"""So many of the nearest units are named: the very nearest may lie across a border."""

_MANY = 10
"""Beyond so many islands, a line for each would hide what else is found."""


@dataclass(frozen=True, slots=True)
class Island:
    """Name a unit without ties, and the unit nearest to it.

    Parameters
    ----------
    unit
        Id of the island.
    nearest
        Id of the nearest other unit; None where there are neither polygons nor places.
    km
        Distance between the two polygons (or places) in km.
    then
        The next nearest units with their distances, for whoever looks for a link.
    """

    unit: str
    nearest: str | None = None
    km: float = float("nan")
    then: tuple[tuple[str, float], ...] = ()


def find_nearest(territory: Territory, islands: Sequence[str]) -> list[Island]:
    """Find the unit nearest to each island; of equally near units the first by id."""
    units = territory.units
    if territory.has_geometry:
        shapes = units.geometry.to_numpy()
    elif {"seat_x", "seat_y"} <= set(units.columns):
        shapes = shapely.points(units["seat_x"], units["seat_y"])
    else:
        return [Island(unit) for unit in islands]
    return [_nearest(territory.ids, shapes, unit) for unit in islands]


def draw_islands(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], section: Graph | None = None
) -> list[Flaw]:
    """Find units without a tie, and draw the shortest line from each to its nearest candidates.

    Ties are those of shared borders, declared links and cuts: what lies in other files
    (barriers) is not looked at, and where a file gives the ties there are no islands to draw.

    Parameters
    ----------
    geometry
        Polygons in a projected CRS in metres, indexed by unit id (sorted).
    labels
        Unit id -> how messages name it.
    section
        The scenario's graph section; None takes its defaults.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> cells = [box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000), box(2500, 0, 3000, 1000)]
    >>> units = gpd.GeoSeries(cells, index=["a", "b", "c"])
    >>> [flaw.named for flaw in draw_islands(units, {"a": "a", "b": "b", "c": "c"})]
    ['c (nearest b at 0.500 km, a at 1.500 km)']
    """
    section = section or Graph()
    if section.ties.file is not None:
        return []
    ids = [str(unit) for unit in geometry.index]
    shapes = geometry.to_numpy()
    alone = _find_alone(geometry, section) if len(ids) > 1 else []
    return [_draw(_nearest(ids, shapes, unit), geometry, labels) for unit in alone]


def _find_alone(geometry: gpd.GeoSeries, section: Graph) -> list[str]:
    ties = find_ties(geometry, section.ties.min_border_m, section.ties.tolerance_m)
    pairs = set(zip(ties["a"], ties["b"], strict=True))
    pairs -= {to_pair(cut.units) for cut in section.cuts}
    pairs |= {to_pair(link.units) for link in section.links}
    tied = {unit for pair in pairs for unit in pair}
    return [str(unit) for unit in geometry.index if unit not in tied]


def _draw(island: Island, geometry: gpd.GeoSeries, labels: Mapping[str, str]) -> Flaw:
    near = [(str(island.nearest), island.km), *island.then]
    ways = [shapely.shortest_line(geometry[island.unit], geometry[unit]) for unit, _ in near]
    listed = ", ".join(f"{labels[unit]} at {km:,.3f} km" for unit, km in near)
    named = f"{labels[island.unit]} (nearest {listed})"
    return Flaw("island", (island.unit,), named, shapely.MultiLineString(ways),
                width_m=1000 * island.km)  # fmt: skip


def check_islands(found: Sequence[Island], policy: str, territory: Territory) -> list[Finding]:
    """Return a finding for each island, or one for all where they are many.

    They are errors or warnings, as the policy says.
    """
    if len(found) > _MANY:
        return [_one_for_all(found, policy, territory)]
    return [_finding(island, policy, territory) for island in found]


def _nearest(ids: Sequence[str], shapes: np.ndarray, unit: str) -> Island:
    own = ids.index(unit)
    metres = shapely.distance(shapes[own], shapes)
    metres[own] = np.inf
    order = np.argsort(metres, kind="stable")[: min(_CANDIDATES, len(ids) - 1)].tolist()
    near = [(ids[at], float(metres[at]) / 1000) for at in order]
    return Island(unit, *near[0], tuple(near[1:]))


def _one_for_all(found: Sequence[Island], policy: str, territory: Territory) -> Finding:
    first = _finding(found[0], policy, territory)
    named = name_some([_with_nearest(island, territory) for island in found])
    return replace(
        first,
        where="graph",
        found=f"{len(found):,} units with no tie to any other: {named}",
        remedy=_remedy(policy, linked=found[0].nearest is not None, many=True),
        subjects=tuple(island.unit for island in found),
    )


def _with_nearest(island: Island, territory: Territory) -> str:
    label = territory.labels[island.unit]
    if island.nearest is None:
        return label
    return f"{label}, nearest {territory.labels[island.nearest]} at {island.km:,.3f} km"


def _finding(island: Island, policy: str, territory: Territory) -> Finding:
    label = territory.labels[island.unit]
    near = "no other unit has a place"
    if island.nearest is not None:
        near = f"the nearest is {territory.labels[island.nearest]} at {island.km:,.3f} km"
        near += "".join(f", then {territory.labels[unit]} at {km:,.3f} km"
                        for unit, km in island.then)  # fmt: skip
    linked = policy == "nearest" and island.nearest is not None
    refused = policy == "error" or (policy == "nearest" and not linked)
    return Finding(
        "island",
        f"unit {label}",
        f"no tie to any other unit; {near}",
        "a tie" if refused else "",
        _remedy(policy, linked=linked, many=False),
        Severity.ERROR if refused else Severity.WARNING,
        (island.unit,),
    )


def _remedy(policy: str, *, linked: bool, many: bool) -> str:
    remedies = {
        "error": "declare a link, or choose graph.islands: alone or nearest",
        "alone": "it can only be a municipality by itself; declare a link to change that",
        "nearest": "tied to it by a link" if linked else "declare a link",
    }
    several = {
        "alone": "each can only be a municipality by itself; declare links to change that",
        "nearest": "each is tied to the nearest by a link" if linked else "declare links",
    }
    return (several if many else remedies).get(policy, remedies[policy])
