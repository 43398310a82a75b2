"""Find which units share a border, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.graph.segments import Segments, measure_exact, measure_near

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["find_near_misses", "find_ties"]

_FINEST_M = 1e-3
"""Coordinates in metres carry rounding of this order: no tolerance is finer."""

_CORNER = 4.0
"""Near a corner, borders run within the tolerance for a few tolerances: not a border."""

_MISS = 20.0
"""A gap of up to so many tolerances is told: a border that was drawn twice, most likely."""


def find_ties(
    geometry: gpd.GeoSeries, min_border_m: float = 100.0, tolerance_m: float = 1.0
) -> pd.DataFrame:
    """Find the pairs of polygons that share a border.

    Borders whose vertices agree on both sides are measured exactly. What is left, such as
    T-junctions (a vertex on one side only) and hairline gaps, counts where the two
    borders run beside each other within the tolerance, averaged over the two sides. A
    corner, or two points, is no border.

    Parameters
    ----------
    geometry
        Polygons or multipolygons in a projected CRS in metres, indexed by unit id.
    min_border_m
        Shortest shared border that ties, in metres.
    tolerance_m
        Gap or overlap, in metres, across which borders still count as shared; at least a
        millimetre, the rounding of the coordinates, is always allowed.

    Returns
    -------
    pandas.DataFrame
        Columns ``a``, ``b`` (unit ids, a < b) and ``border_km``; ordered by a, b.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> cells = [box(0, 0, 2000, 1000), box(0, 1000, 900, 2000), box(900, 1000, 2000, 2000)]
    >>> find_ties(gpd.GeoSeries(cells, index=["a", "b", "c"])).round(3)
       a  b  border_km
    0  a  b        0.9
    1  a  c        1.1
    2  b  c        1.0
    """
    geometry = geometry.sort_index()
    tolerance = max(tolerance_m, _FINEST_M)
    exact, left = measure_exact(Segments.from_polygons(geometry.to_numpy()))
    near = measure_near(left, tolerance)
    metres = exact.add(near[near > _CORNER * tolerance], fill_value=0.0).sort_index()
    return _to_frame(metres[(metres >= min_border_m) & (metres > 0)], geometry)


def find_near_misses(
    geometry: gpd.GeoSeries,
    ties: pd.DataFrame,
    min_border_m: float = 100.0,
    tolerance_m: float = 1.0,
) -> pd.DataFrame:
    """Find pairs that are not tied although their borders run close to each other.

    Parameters
    ----------
    geometry, min_border_m, tolerance_m
        As for `find_ties`.
    ties
        What `find_ties` has found.

    Returns
    -------
    pandas.DataFrame
        Columns as of `find_ties`: pairs whose borders run within 20 tolerances of each
        other for at least ``min_border_m`` (and 200 tolerances, so that a sharp corner is
        none).
    """
    geometry = geometry.sort_index()
    wide = _MISS * max(tolerance_m, _FINEST_M)
    _, left = measure_exact(Segments.from_polygons(geometry.to_numpy()))
    near = measure_near(left, wide)
    close = _to_frame(near[near >= max(min_border_m, 10 * wide)], geometry)
    tied = pd.MultiIndex.from_frame(ties[["a", "b"]])
    return close[~pd.MultiIndex.from_frame(close[["a", "b"]]).isin(tied)].reset_index(drop=True)


def _to_frame(metres: pd.Series[float], geometry: gpd.GeoSeries) -> pd.DataFrame:
    ids = np.asarray(geometry.index, dtype=object)
    a, b = (metres.index.get_level_values(side).to_numpy(np.intp) for side in ("a", "b"))
    return pd.DataFrame({"a": ids[a], "b": ids[b], "border_km": metres.to_numpy() / 1000})
