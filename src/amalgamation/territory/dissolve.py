"""Polygons merged by group: municipalities out of units, units out of smaller ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

__all__ = ["dissolve", "polygonal"]


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
