"""Polygons of municipalities: units dissolved, for whoever measures, writes or draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    from amalgamation.plan import Plan

__all__ = ["build_municipality_polygons", "dissolve", "polygonal"]


def build_municipality_polygons(polygons: gpd.GeoSeries, plan: Plan) -> gpd.GeoSeries:
    """Dissolve units into their municipalities.

    Parameters
    ----------
    polygons
        Polygons of the units, indexed by unit id, in any CRS.
    plan
        A plan of these units.

    Returns
    -------
    geopandas.GeoSeries
        Indexed by municipality id, in the CRS of ``polygons``.

    See Also
    --------
    dissolve : how it is done.

    Examples
    --------
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> build_municipality_polygons(territory.geometry, plan).area.to_list()
    [200000000.0]
    """
    return dissolve(polygons, plan.municipalities).rename_axis("municipality_id")


def dissolve(polygons: gpd.GeoSeries, groups: Mapping[str, Sequence[str]]) -> gpd.GeoSeries:
    """Merge polygons by group.

    A valid coverage is merged by dropping the shared borders, which leaves every vertex
    where it was; anything else by union, since the quick way counts overlaps twice.

    Parameters
    ----------
    polygons
        Indexed by unit id, in any CRS.
    groups
        Group -> its unit ids.

    Returns
    -------
    geopandas.GeoSeries
        One Polygon or MultiPolygon per group, in the order of ``groups``.
    """
    merge: Callable[[np.ndarray], Any] = shapely.union_all
    shapes = polygons.to_numpy()
    if shapely.coverage_is_valid(shapes):
        merge = shapely.coverage_union_all
    position = {unit: at for at, unit in enumerate(polygons.index)}
    parts = [merge(shapes[[position[unit] for unit in units]]) for units in groups.values()]
    index = pd.Index(list(groups), dtype="str")
    return gpd.GeoSeries([polygonal(part) for part in parts], index=index, crs=polygons.crs)


def polygonal(shape: Any) -> Any:
    """Return a geometry without the lines and points that a union may leave beside polygons.

    Examples
    --------
    >>> mixed = shapely.GeometryCollection([shapely.Point(5, 5), shapely.box(0, 0, 1, 1)])
    >>> polygonal(mixed).area
    1.0
    """
    if shape.geom_type != "GeometryCollection":
        return shape
    parts = [part for part in shape.geoms if "Polygon" in part.geom_type]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)
