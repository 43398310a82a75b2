"""Do the polygons lie beside each other? Overlaps, double cover, gaps, holes, parts.

Nothing is repaired: each finding names the units and how much is wrong, so that a person
can look. Overlaps count the same people and land twice, so large ones refuse the input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.crs import check_within
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from amalgamation.scenario.schema import TerritorySection

__all__ = ["check_gaps", "check_ground", "check_overlaps", "find_overlaps"]

_ALL = 0.99
"""Share of the smaller unit from which it lies inside the other as a whole."""

_SLIVER_M = 100.0
"""A gap narrower than this, on average, is a border drawn twice rather than a lake."""

_SMALL_HOLE_M2 = 10_000.0
"""A hole below a hectare that nobody fills is a slip of drawing."""

_LEAST_M2 = 1.0
"""Smaller overlaps and gaps are the rounding of coordinates."""


def check_ground(
    geometry: gpd.GeoSeries, section: TerritorySection, labels: Mapping[str, str]
) -> list[Finding]:
    """Check how the units lie beside each other, and whether they lie where they should.

    Parameters
    ----------
    geometry
        Valid polygons in a projected CRS in metres, indexed by unit id.
    section
        Says how large an overlap may be, and between which edges the units lie.
    labels
        Unit id -> how messages name it.
    """
    found = find_overlaps(geometry)
    findings = check_overlaps(found, section.max_overlap_percent, labels)
    if found.empty:
        findings += check_gaps(geometry, labels)
    if section.within is not None:
        points = geometry.representative_point().to_crs("EPSG:4326")
        places = list(zip(points.x, points.y, strict=True))
        findings += check_within(places, list(geometry.index), section.within, labels)
    return findings + check_parts_and_holes(geometry, labels)


def find_overlaps(geometry: gpd.GeoSeries) -> pd.DataFrame:
    """Find the pairs of units that cover the same ground.

    Only units whose edges do not fit into a coverage are compared, so a valid one costs
    next to nothing. Two units of one and the same polygon are left out: they are refused
    as doubles.

    Parameters
    ----------
    geometry
        Valid polygons in a projected CRS in metres, indexed by unit id.

    Returns
    -------
    pandas.DataFrame
        Columns ``a``, ``b`` (unit ids, a before b), ``m2`` (area of the overlap) and
        ``share`` (of the smaller of the two, 0 to 1); ordered by a, b.

    Examples
    --------
    >>> import geopandas as gpd
    >>> cells = [shapely.box(0, 0, 20, 10), shapely.box(19, 0, 30, 10)]
    >>> find_overlaps(gpd.GeoSeries(cells, index=["a", "b"])).round(3)
       a  b    m2  share
    0  a  b  10.0  0.091
    """
    shapes = geometry.to_numpy()
    odd = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    near, other = shapely.STRtree(shapes).query(shapes[odd], predicate="intersects")
    pairs = np.unique(np.sort(np.column_stack([odd[near], other]), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    first, second = shapes[pairs[:, 0]], shapes[pairs[:, 1]]
    doubles = shapely.equals_exact(shapely.normalize(first), shapely.normalize(second))
    common = np.where(doubles, 0, shapely.area(shapely.intersection(first, second)))
    smaller = np.minimum(shapely.area(first), shapely.area(second))
    ids = np.asarray(geometry.index, dtype=object)
    found = pd.DataFrame(
        {"a": ids[pairs[:, 0]], "b": ids[pairs[:, 1]], "m2": common, "share": common / smaller}
    )
    seen: pd.DataFrame = found[common >= _LEAST_M2].sort_values(["a", "b"], ignore_index=True)
    return seen


def check_overlaps(
    found: pd.DataFrame, most_percent: float, labels: Mapping[str, str]
) -> list[Finding]:
    """Refuse pairs that overlap by more than a share of the smaller; tell of the others."""
    grave = found["share"] * 100 > most_percent
    findings = []
    if grave.any():
        findings.append(_overlap(found[grave], most_percent, labels))
    if (~grave).any():
        small = found[~grave]
        findings.append(
            Finding(
                "overlap-small",
                "geometry",
                f"overlaps of {small['m2'].sum() / 1e6:,.3f} km2 in all, in "
                f"{count_of(len(small), 'pair')}: {name_some(_pairs(small, labels))}",
                "",
                "their ground is counted in both units; clean the borders in a GIS",
                Severity.WARNING,
                _units(small),
            )
        )
    return findings


def _overlap(grave: pd.DataFrame, most_percent: float, labels: Mapping[str, str]) -> Finding:
    whole = (grave["share"] >= _ALL).any()
    remedy = (
        "cut the hole out of the outer unit, and keep units of one tier only"
        if whole
        else "clean the borders in a GIS, or raise territory.max_overlap_percent"
    )
    return Finding(
        "overlap",
        "geometry",
        f"units that cover the same ground ({len(grave):,}): {name_some(_pairs(grave, labels))}",
        f"no ground in two units, but for {most_percent:g} % of the smaller",
        remedy,
        subjects=_units(grave),
    )


def _pairs(found: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    ordered = found.sort_values(["m2", "a", "b"], ascending=[False, True, True])
    return [
        f"{labels[a]} and {labels[b]} "
        + ("as a whole" if share >= _ALL else f"by {m2 / 1e6:,.3f} km2 ({share:.1%})")
        for a, b, m2, share in ordered.itertuples(index=False)
    ]


def _units(found: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted({*found["a"], *found["b"]}))


def check_gaps(geometry: gpd.GeoSeries, labels: Mapping[str, str]) -> list[Finding]:
    """Tell of narrow gaps between units: slivers, closed all around, with their width.

    The width is twice the area over the length of the edge, that of a long strip.

    Parameters
    ----------
    geometry
        Polygons that do not overlap, in a projected CRS in metres, indexed by unit id.
    """
    land = shapely.get_parts(_union(geometry.to_numpy()))
    rings = [ring for piece in land for ring in piece.interiors]
    holes = shapely.polygons(rings) if rings else np.empty(0, dtype=object)
    width = 2 * shapely.area(holes) / shapely.length(holes)
    narrow = (width < _SLIVER_M) & (shapely.area(holes) >= _LEAST_M2)
    beside = _beside(holes[narrow], geometry)
    shown = [
        f"{' and '.join(labels[unit] for unit in units[:3])} ({metres:,.1f} m wide)"
        for metres, units in sorted(zip(width[narrow], beside, strict=True), key=lambda one: one[1])
        if len(units) > 1
    ]
    if not shown:
        return []
    return [
        Finding(
            "gap",
            "geometry",
            f"narrow gaps ({len(shown):,}) between {name_some(shown)}",
            "",
            "close them in a GIS, or raise graph.ties.tolerance_m above their width",
            Severity.WARNING,
            tuple(sorted({unit for units in beside for unit in units})),
        )
    ]


def _union(shapes: NDArray[np.object_]) -> shapely.Geometry:
    try:
        return shapely.coverage_union_all(shapes)
    except shapely.errors.GEOSException:  # vertices of one side only: the slow way
        return shapely.union_all(shapes)


def _beside(holes: NDArray[np.object_], geometry: gpd.GeoSeries) -> list[list[str]]:
    tree = shapely.STRtree(geometry.to_numpy())
    hole, unit = tree.query(holes, predicate="dwithin", distance=1e-3)
    return [
        sorted(str(one) for one in geometry.index[unit[hole == at]]) for at in range(len(holes))
    ]


def check_parts_and_holes(geometry: gpd.GeoSeries, labels: Mapping[str, str]) -> list[Finding]:
    """Tell of units in several parts, and of small holes that no unit fills."""
    shapes = geometry.to_numpy()
    parts = [str(unit) for unit in geometry.index[shapely.get_num_geometries(shapes) > 1]]
    pieces, owner = shapely.get_parts(shapes, return_index=True)
    pierced = np.flatnonzero(shapely.get_num_interior_rings(pieces) > 0)
    slips = [at for at in pierced if _has_slip(pieces[at], shapes)]
    holed = sorted({str(geometry.index[owner[at]]) for at in slips})
    hectares = f"{_SMALL_HOLE_M2 / 10_000:.0f} ha"
    told = (
        ("multipart", "several parts", parts, Severity.NOTE,
         "a unit is one piece of a plan, wherever its parts lie"),
        ("hole", f"holes below {hectares} that no unit fills", holed, Severity.WARNING,
         "fill them in a GIS if nothing lies there"),
    )  # fmt: skip
    return [
        Finding(
            check,
            "geometry",
            f"{found} in {count_of(len(units), 'unit')}: "
            + name_some([labels[unit] for unit in units]),
            "",
            remedy,
            severity,
            tuple(units),
        )
        for check, found, units, severity, remedy in told
        if units
    ]


def _has_slip(piece: shapely.Polygon, shapes: NDArray[np.object_]) -> bool:
    holes = shapely.polygons(list(piece.interiors))
    small = holes[shapely.area(holes) < _SMALL_HOLE_M2]
    return any(not shapely.covers(shapes, shapely.point_on_surface(hole)).any() for hole in small)
