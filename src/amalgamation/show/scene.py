"""What is drawn of a plan: its borders, simplified together for the size of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from amalgamation.measure.polygons import dissolve
from amalgamation.show.borders import build_borders

if TYPE_CHECKING:
    from amalgamation.plan import Plan
    from amalgamation.show.borders import Borders
    from amalgamation.show.frame import Limits
    from amalgamation.territory import Territory

__all__ = ["Scene", "build_scene", "simplify"]


@dataclass(frozen=True)
class Scene:
    """Hold a plan as it is drawn, or what is seen of it through a window.

    Parameters
    ----------
    units, municipalities, outside
        Simplified polygons; neighbours share each border that they shared before. Units
        outside are those of no municipality.
    borders
        Each border once.
    """

    units: gpd.GeoSeries
    municipalities: gpd.GeoSeries
    outside: gpd.GeoSeries
    borders: Borders


def build_scene(
    plan: Plan, territory: Territory, tolerance: float, window: Limits | None = None
) -> Scene:
    """Build what is drawn of a plan.

    Units are simplified as one coverage, so that no gap opens between two of them (Visvalingam
    and Whyatt 1993, as GEOS does it), and then merged: thin and thick lines run together.

    Parameters
    ----------
    plan
        A plan of the territory's units.
    territory
        With geometry.
    tolerance
        In metres; a corner whose triangle is smaller than its square may go.
    window
        Leave out what lies beyond; default: nothing is left out.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> scene = build_scene(build_today(territory), territory, 100.0)
    >>> len(scene.units), len(scene.municipalities)
    (6, 6)
    """
    units = simplify(territory.geometry, tolerance)
    if window is not None:
        units = units[units.intersects(shapely.box(*window))]
    seen = {
        one: [unit for unit in members if unit in units.index]
        for one, members in plan.municipalities.items()
    }
    merged = dissolve(units, {one: members for one, members in seen.items() if members})
    outside = units[units.index.isin(plan.outside)]
    tier = territory.outermost
    parents = territory.units[tier] if tier else dict.fromkeys(territory.ids, "")
    borders = build_borders(units, plan.municipality_of, dict(parents))
    return Scene(units, merged, outside, borders)


def simplify(units: gpd.GeoSeries, tolerance: float) -> gpd.GeoSeries:
    """Simplify units as one coverage; a corner whose triangle is smaller may go.

    Parameters
    ----------
    units
        In metres.
    tolerance
        Its square is the greatest triangle that may go, in metres.
    """
    shapes = units.to_numpy()
    simpler = shapely.coverage_simplify(shapes, tolerance)
    # units that overlap are no coverage, and then some may break
    kept = shapely.is_valid(simpler) & ~shapely.is_empty(simpler)
    return gpd.GeoSeries(np.where(kept, simpler, shapes), index=units.index, crs=units.crs)
