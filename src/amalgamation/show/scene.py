"""What is drawn of a plan: its borders, simplified together for the size of the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from amalgamation.measure.polygons import build_municipality_polygons, dissolve

if TYPE_CHECKING:
    from amalgamation.plan import Plan
    from amalgamation.show.fills import Fills
    from amalgamation.show.frame import Limits
    from amalgamation.territory import Territory

__all__ = ["Scene", "build_scene", "outermost"]


@dataclass(frozen=True)
class Scene:
    """Hold a plan as it is drawn: polygons that share each border which they shared before.

    Parameters
    ----------
    plan, territory, fills
        What is drawn, and in which colours.
    units, municipalities, parents
        Simplified polygons; the parents are those of the outermost tier.
    """

    plan: Plan
    territory: Territory
    fills: Fills
    units: gpd.GeoSeries
    municipalities: gpd.GeoSeries
    parents: gpd.GeoSeries

    def within(self, limits: Limits) -> Scene:
        """Return what can be seen between limits."""
        window = shapely.box(*limits)
        return replace(
            self,
            units=self.units[self.units.intersects(window)],
            municipalities=self.municipalities[self.municipalities.intersects(window)],
            parents=self.parents[self.parents.intersects(window)],
        )


def build_scene(plan: Plan, territory: Territory, fills: Fills, tolerance: float) -> Scene:
    """Build what is drawn of a plan.

    Units are simplified as one coverage, so that no gap opens between two of them (Visvalingam
    and Whyatt 1993, as GEOS does it), and then merged: thin and thick lines run together.

    Parameters
    ----------
    plan
        A plan of the territory's units.
    territory
        With geometry.
    fills
        Colours of the municipalities.
    tolerance
        In metres; a corner whose triangle is smaller than its square may go.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.show import tell_apart
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> fills = tell_apart(territory.geometry)
    >>> scene = build_scene(build_today(territory), territory, fills, 100.0)
    >>> len(scene.units), len(scene.municipalities), len(scene.parents)
    (6, 6, 1)
    """
    units = _simplify(territory.geometry, tolerance)
    merged = build_municipality_polygons(units, plan)
    return Scene(plan, territory, fills, units, merged, _parents(units, territory))


def _simplify(units: gpd.GeoSeries, tolerance: float) -> gpd.GeoSeries:
    shapes = units.to_numpy()
    simpler = shapely.coverage_simplify(shapes, tolerance)
    # units that overlap are no coverage, and then some may break
    kept = shapely.is_valid(simpler) & ~shapely.is_empty(simpler)
    return gpd.GeoSeries(np.where(kept, simpler, shapes), index=units.index, crs=units.crs)


def _parents(units: gpd.GeoSeries, territory: Territory) -> gpd.GeoSeries:
    tier = outermost(territory)
    key = territory.units[tier] if tier else pd.Series("all", units.index)
    groups = {str(code): list(ids) for code, ids in key.groupby(key).groups.items()}
    return dissolve(units, groups)


def outermost(territory: Territory) -> str:
    """Return the tier with the fewest parents, or nothing where there are no tiers."""
    counts = {tier: territory.units[tier].nunique() for tier in territory.tiers}
    return min(counts, key=lambda tier: (counts[tier], tier), default="")
