"""Borders as lines: where two tied units meet, to be drawn and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["build_borders"]

# A border found exactly is whole if it has this share of the length that the tie counted.
_WHOLE = 0.9
# Borders drawn twice are looked for within so many metres.
_BESIDE_M = 5.0


def build_borders(geometry: gpd.GeoSeries, ties: pd.DataFrame) -> gpd.GeoSeries:
    """Build the line along which the two units of each tie meet.

    Parameters
    ----------
    geometry
        Polygons in a CRS in metres, indexed by unit id.
    ties
        Columns ``a``, ``b`` and ``border_km``.

    Returns
    -------
    geopandas.GeoSeries
        Lines on the index of ``ties``; empty where the two do not touch, as of a declared
        link. A border that the two sides draw differently is that of the first, as far as
        it runs within 5 m of the other.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> build_borders(territory.geometry, build_graph(territory).ties).length.to_list()
    [10000.0]
    """
    outlines = shapely.boundary(geometry.to_numpy())
    a, b = (outlines[geometry.index.get_indexer(pd.Index(ties[end]))] for end in ("a", "b"))
    lines = _only_lines(shapely.intersection(a, b))
    metres = 1000 * ties["border_km"].to_numpy(np.float64)
    short = shapely.length(lines) < _WHOLE * metres
    beside = shapely.buffer(b[short], _BESIDE_M)
    lines[short] = _only_lines(shapely.intersection(a[short], beside))
    return gpd.GeoSeries(lines, index=ties.index, crs=geometry.crs)


def _only_lines(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the lines of shapes that may hold points besides."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    is_line = shapely.get_dimensions(parts) == 1
    lines = np.full(len(shapes), shapely.MultiLineString(), dtype=object)
    owners, place = np.unique(owner[is_line], return_inverse=True)
    if owners.size:
        lines[owners] = shapely.multilinestrings(parts[is_line], indices=place)
    return lines
