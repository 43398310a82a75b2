"""Cells around points, inside the polygons of parents: a coverage without gaps or overlaps.

Each parent is divided into the Voronoi cells of its points (each place belongs to the
nearest point), and cells of one unit are joined. Borders of parents and cells are noded
together before faces are formed, so that both sides of every border have the same
vertices: a coverage by construction, also where a cell of the next parent ends at a border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

__all__ = ["build_cells"]

_GRID_M = 0.01
"""Vertices lie on a grid of a centimetre, so that noding cannot leave hairs."""


def build_cells(parents: gpd.GeoSeries, points: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Divide parents among the units of the points in them.

    A piece of a cell that a bend of the parent's border cuts off, and that holds no point,
    joins the unit with which it shares the longest border; a part of a parent without any
    point and without a border to its other parts belongs to the nearest point.

    Parameters
    ----------
    parents
        Polygons in a projected CRS in metres, indexed by parent's code. Where they
        overlap, the place belongs to the first.
    points
        Columns ``unit`` and ``parent`` (codes) and ``geometry`` (points, same CRS), of
        parents that are in ``parents``.

    Returns
    -------
    geopandas.GeoSeries
        One Polygon or MultiPolygon per unit, sorted by unit; a unit none of whose points
        got a place is not in it.

    Examples
    --------
    >>> from shapely import Point, box
    >>> parents = gpd.GeoSeries([box(0, 0, 3000, 1000)], index=["p"])
    >>> places = [Point(500, 500), Point(1500, 500), Point(2500, 500)]
    >>> points = gpd.GeoDataFrame(
    ...     {"unit": ["a", "b", "b"], "parent": ["p", "p", "p"]}, geometry=places)
    >>> build_cells(parents, points).area.to_dict()
    {'a': 1000000.0, 'b': 2000000.0}
    """
    parents = parents.sort_index()
    points = points.sort_values(["parent", "unit"], kind="stable", ignore_index=True)
    members = {str(code): rows for code, rows in points.groupby("parent")}
    faces = _faces(parents, members)
    units = _units_of(faces, parents, members)
    drawn = units != ""
    pieces = _pieces(faces[drawn], units[drawn])
    pieces = _join_orphans(pieces, points)
    joined = {
        str(unit): shapely.coverage_union_all(rows["shape"].to_numpy())
        for unit, rows in pieces.groupby("unit")
    }
    return gpd.GeoSeries(joined, crs=parents.crs, dtype="geometry").sort_index()


def _faces(parents: gpd.GeoSeries, members: Mapping[str, pd.DataFrame]) -> NDArray[np.object_]:
    drawn = parents[parents.index.isin(list(members))]
    borders = shapely.boundary(parents.to_numpy())
    between = [_edges(shape, members[str(code)]) for code, shape in drawn.items()]
    lines = shapely.union_all([*borders, *between], grid_size=_GRID_M)
    return np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))))


def _edges(parent: shapely.Geometry, points: pd.DataFrame) -> shapely.Geometry:
    if len(points) == 1:
        return shapely.LineString()
    together = shapely.MultiPoint(points["geometry"].to_numpy())
    edges = shapely.voronoi_polygons(together, extend_to=parent.envelope, only_edges=True)
    return shapely.intersection(edges, parent)


def _units_of(
    faces: NDArray[np.object_], parents: gpd.GeoSeries, members: Mapping[str, pd.DataFrame]
) -> NDArray[np.object_]:
    inside = shapely.point_on_surface(faces)
    face, parent = shapely.STRtree(parents.to_numpy()).query(inside, predicate="within")
    order = np.lexsort((parent, face))
    face, first = np.unique(face[order], return_index=True)
    codes = parents.index.to_numpy()[parent[order][first]]
    units = np.full(len(faces), "", dtype=object)
    for code, rows in pd.Series(face).groupby(codes):
        if str(code) in members:
            points = members[str(code)]
            tree = cKDTree(shapely.get_coordinates(points["geometry"].to_numpy()))
            _, nearest = tree.query(shapely.get_coordinates(inside[rows.to_numpy()]))
            units[rows.to_numpy()] = points["unit"].to_numpy()[nearest]
    return units


def _pieces(faces: NDArray[np.object_], units: NDArray[np.object_]) -> pd.DataFrame:
    rows = [
        (str(unit), piece)
        for unit, some in pd.Series(faces).groupby(units)
        for piece in shapely.get_parts(shapely.coverage_union_all(some.to_numpy()))
    ]
    return pd.DataFrame(rows, columns=["unit", "shape"])


def _join_orphans(pieces: pd.DataFrame, points: gpd.GeoDataFrame) -> pd.DataFrame:
    tree = shapely.STRtree(pieces["shape"].to_numpy())
    home = _has_point(pieces, points, tree)
    parent = points.drop_duplicates("unit").set_index("unit")["parent"]
    unit = pieces["unit"].to_numpy(dtype=object, copy=True)
    orphans = np.flatnonzero(~home)
    beside = {one: list(_beside(one, pieces, tree)) for one in orphans.tolist()}
    waiting = True
    while waiting:  # a piece behind another piece waits until that one has a home
        waiting = False
        for one in orphans[~home[orphans]].tolist():
            found = [
                (-metres, unit[other])
                for other, metres in beside[one]
                if home[other] and parent[unit[other]] == parent[unit[one]]
            ]
            if found:
                unit[one], home[one], waiting = min(found)[1], True, True
    return pieces.assign(unit=unit)


def _has_point(
    pieces: pd.DataFrame, points: gpd.GeoDataFrame, tree: shapely.STRtree
) -> NDArray[np.bool_]:
    point, piece = tree.query(points["geometry"].to_numpy(), predicate="intersects")
    own = points["unit"].to_numpy()[point] == pieces["unit"].to_numpy()[piece]
    home = np.zeros(len(pieces), dtype=bool)
    home[piece[own]] = True
    return home


def _beside(one: int, pieces: pd.DataFrame, tree: shapely.STRtree) -> Iterator[tuple[int, float]]:
    shape = pieces["shape"].iloc[one]
    for other in sorted(tree.query(shape, predicate="touches").tolist()):
        metres = shapely.length(shapely.intersection(shape, pieces["shape"].iloc[other]))
        if metres > 0:
            yield other, round(float(metres), 6)
