"""Give both sides of a border the same vertices, so that projecting keeps them together.

A straight edge of one unit may carry, in its middle, a vertex that only its neighbours
have (a T-junction). Projecting bends the neighbours' edges at that vertex and not the
long one: at 50 degrees north, an edge of 100 km along a parallel leaves its chord by
more than 200 m. So the vertex is added to the long edge before projecting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["add_shared_vertices"]

_NEAR_DEGREES = 1e-5
_NEAR_METRES = 1.0
"""How far off an edge a neighbour's vertex may lie: a metre, the default tolerance."""

_SHORT_DEGREES = 0.005
_SHORT_METRES = 500.0
"""Shorter edges leave their chord by less than a centimetre, and are left alone."""

_SAME = 1e-9


def add_shared_vertices(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Add to each long edge the vertices that other units have on it.

    Parameters
    ----------
    geometry
        Valid polygons and multipolygons in any CRS.

    Returns
    -------
    geopandas.GeoSeries
        The same shapes; where a neighbour's vertex lies exactly on an edge, the very
        same vertex is in both.
    """
    degrees = geometry.crs is not None and geometry.crs.is_geographic
    near, short = (_NEAR_DEGREES, _SHORT_DEGREES) if degrees else (_NEAR_METRES, _SHORT_METRES)
    kind, points, offsets = _to_arrays(geometry)
    edge, vertex = _find(points, offsets[0], near, short)
    if len(edge) == 0:
        return geometry
    points, offsets = _insert(points, offsets, edge, vertex)
    shapes = shapely.from_ragged_array(kind, points, offsets)
    return type(geometry)(shapes, index=geometry.index, crs=geometry.crs)


def _to_arrays(
    geometry: gpd.GeoSeries,
) -> tuple[shapely.GeometryType, NDArray[np.float64], tuple[NDArray[np.int64], ...]]:
    kind, points, offsets = shapely.to_ragged_array(geometry.to_numpy(), include_z=False)
    return kind, points, tuple(np.asarray(part, dtype=np.int64) for part in offsets)


def _find(
    points: NDArray[np.float64], rings: NDArray[np.int64], near: float, short: float
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    # Position of each edge's first point, and the vertex to add after it, in order.
    last = np.zeros(len(points), dtype=bool)
    last[rings[1:] - 1] = True
    step = np.diff(points, axis=0, append=points[-1:])
    long = np.flatnonzero(~last & (np.hypot(step[:, 0], step[:, 1]) > short))
    if len(long) == 0:
        return long, np.empty((0, 2))
    tree = shapely.STRtree(shapely.linestrings(np.stack([points[long], points[long + 1]], axis=1)))
    vertices = np.unique(points, axis=0)
    of_vertex, of_edge = tree.query(shapely.points(vertices), predicate="dwithin", distance=near)
    edge, vertex = long[of_edge], vertices[of_vertex]
    length = np.hypot(step[edge, 0], step[edge, 1])
    along = ((vertex - points[edge]) * step[edge]).sum(axis=1) / length
    inside = (along > near) & (along < length - near)
    edge, vertex, along, length = edge[inside], vertex[inside], along[inside], length[inside]
    foot = points[edge] + step[edge] * (along / length)[:, None]
    off = np.abs(foot - vertex).max(axis=1, initial=0)
    vertex = np.where((off <= _SAME * np.abs(vertex).max(initial=1))[:, None], vertex, foot)
    order = np.lexsort((along, edge))
    return edge[order], vertex[order]


def _insert(
    points: NDArray[np.float64],
    offsets: tuple[NDArray[np.int64], ...],
    edge: NDArray[np.intp],
    vertex: NDArray[np.float64],
) -> tuple[NDArray[np.float64], tuple[NDArray[np.int64], ...]]:
    added = np.searchsorted(edge + 1, offsets[0], side="left")
    rings = offsets[0] + added
    return np.insert(points, edge + 1, vertex, axis=0), (rings, *offsets[1:])
