"""Do the polygons fit each other? Overlaps, gaps, slivers, enclaves, units in parts.

In: valid polygons in metres. Out: flaws with their place, so that they can be drawn. A
vertex that only one side of a border has (a T-junction) is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from amalgamation.territory.dissolve import polygonal
from amalgamation.territory.flaws import Flaw
from amalgamation.territory.words import count_of, figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["find_flaws"]

_HAIR_M = 0.01
"""Narrower than a centimetre is rounding."""

_SLIVER_M = 20.0
"""Up to this mean width, a gap is a border that was drawn twice, not land."""

_HECTARE_M2 = 10_000.0
"""Up to this area, a hole is a slip of drawing."""

_SAME_PERCENT = 99.0
"""Share of a unit's area from which it lies inside another one."""


def find_flaws(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], most_percent: float = 1.0
) -> list[Flaw]:
    """Find where polygons do not fit each other, and what is unusual about them.

    Parameters
    ----------
    geometry
        Valid polygons and multipolygons in a projected CRS in metres, indexed by unit id.
    labels
        Unit id -> how messages name it.
    most_percent
        Largest overlap of two units, in percent of the smaller, that is no error.

    Returns
    -------
    list of Flaw
        Overlaps by pair, gaps (slivers are up to 20 m wide, or a hectare), enclaves and
        units in several parts, in this order. A mean width is twice the area over the
        perimeter, that of a long strip.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> units = gpd.GeoSeries([box(0, 0, 1000, 1000), box(900, 0, 2000, 1000)], index=["a", "b"])
    >>> [flaw.named for flaw in find_flaws(units, {"a": "a", "b": "b"})]
    ['a - b (10 % of the smaller: 0.1 km2, 90.9 m wide)']
    """
    geometry = geometry.sort_index()
    shapes = geometry.to_numpy()
    names = [labels[str(unit)] for unit in geometry.index]
    ids = [str(unit) for unit in geometry.index]
    unfit = _unfit(shapes)
    return [
        *_overlaps(shapes, unfit, ids, names, most_percent),
        *_gaps(shapes, ids, names, valid=len(unfit) == 0),
        *_enclaves(shapes, ids, names),
        *_multiparts(shapes, ids, names),
    ]


def _unfit(shapes: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return the positions of units that may overlap others.

    GEOS compares borders: a unit in the midst of another one meets none.
    """
    edges = shapely.coverage_invalid_edges(shapes)
    inside, around = shapely.STRtree(shapes).query(
        shapely.point_on_surface(shapes), predicate="within"
    )
    apart = inside != around
    crossing = np.flatnonzero(~shapely.is_empty(edges))
    return np.unique(np.concatenate([crossing, inside[apart], around[apart]]))


def _overlaps(
    shapes: NDArray[np.object_],
    unfit: NDArray[np.intp],
    ids: list[str],
    names: list[str],
    most_percent: float,
) -> Iterator[Flaw]:
    tree = shapely.STRtree(shapes[unfit])
    one, other = tree.query(shapes[unfit], predicate="intersects")
    order = np.lexsort((other[one < other], one[one < other]))
    one, other = unfit[one[one < other][order]], unfit[other[one < other][order]]
    shared = shapely.intersection(shapes[one], shapes[other])
    for a, b, shape in zip(one.tolist(), other.tolist(), shared, strict=True):
        parts = _real(shape)
        if parts:
            common = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
            percent = 100 * common.area / min(shapes[a].area, shapes[b].area)
            check = _kind(shapes[a], shapes[b], percent, most_percent)
            named = f"{names[a]} - {names[b]} ({percent:.3g} % of the smaller: {_size(common)})"
            yield _flaw(check, (ids[a], ids[b]), named, common)


def _kind(one: shapely.Geometry, other: shapely.Geometry, percent: float, most: float) -> str:
    if percent < _SAME_PERCENT:
        return "overlap" if percent > most else "overlap-small"
    same = shapely.equals_exact(shapely.normalize(one), shapely.normalize(other))
    return "geometry-twice" if same else "covered"


def _gaps(
    shapes: NDArray[np.object_], ids: list[str], names: list[str], *, valid: bool
) -> Iterator[Flaw]:
    union = shapely.coverage_union_all(shapes) if valid else shapely.union_all(shapes)
    tree = shapely.STRtree(shapes)
    for hole in _holes(union):
        for part in _real(hole):
            beside = sorted(tree.query(part, predicate="intersects").tolist())
            check = "gap-sliver" if _is_sliver(part) else "gap"
            units = tuple(ids[at] for at in beside)
            place = _between([names[at] for at in beside])
            yield _flaw(check, units, f"{place} ({_size(part)})", part)


def _between(names: list[str]) -> str:
    some = " - ".join(names[:3])
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004
    return f"between {some}{more}" if len(names) > 1 else f"in {some}"


def _holes(union: shapely.Geometry) -> list[shapely.Geometry]:
    """Return what the territory surrounds and no unit covers; an island in a lake is covered."""
    parts = shapely.get_parts(union)
    rings = [ring for part in parts for ring in part.interiors]
    filled = shapely.polygons(rings) if rings else []
    tree = shapely.STRtree(parts)
    holes = []
    for hole in filled:
        inside = tree.query(hole, predicate="contains")
        holes.append(hole.difference(shapely.union_all(parts[inside])) if len(inside) else hole)
    return holes


def _enclaves(shapes: NDArray[np.object_], ids: list[str], names: list[str]) -> Iterator[Flaw]:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    pierced = np.flatnonzero(shapely.get_num_interior_rings(parts) > 0)
    tree = shapely.STRtree(shapes)
    for at in pierced.tolist():
        outer = int(owner[at])
        for ring in parts[at].interiors:
            hole = shapely.Polygon(ring)
            for inner in sorted(tree.query(hole, predicate="covers").tolist()):
                named = f"{names[inner]} inside {names[outer]}"
                units = tuple(sorted((ids[inner], ids[outer])))
                yield _flaw("enclave", units, named, shapes[inner])


def _multiparts(shapes: NDArray[np.object_], ids: list[str], names: list[str]) -> Iterator[Flaw]:
    for at in np.flatnonzero(shapely.get_num_geometries(shapes) > 1).tolist():
        parts = sorted(shapely.get_parts(shapes[at]), key=lambda part: -part.area)
        apart = shapely.MultiPolygon(parts[1:])
        named = f"{names[at]} ({count_of(len(parts), 'part')}; {_km2(apart)} beside the largest)"
        yield _flaw("multipart", (ids[at],), named, apart)


def _real(shape: shapely.Geometry) -> list[shapely.Geometry]:
    parts = [part for part in shapely.get_parts(polygonal(shape)) if part.area > 0]
    return [part for part in parts if _width(part) > _HAIR_M]


def _is_sliver(shape: shapely.Geometry) -> bool:
    return _width(shape) <= _SLIVER_M or shape.area <= _HECTARE_M2


def _width(shape: shapely.Geometry) -> float:
    return float(2 * shape.area / shape.length)


def _km2(shape: shapely.Geometry) -> str:
    return f"{figure(shape.area / 1e6, 4)} km2"


def _size(shape: shapely.Geometry) -> str:
    return f"{_km2(shape)}, {figure(_width(shape), 3)} m wide"


def _flaw(check: str, units: tuple[str, ...], named: str, shape: shapely.Geometry) -> Flaw:
    return Flaw(check, units, named, shape, float(shape.area) / 1e6, _width(shape))
