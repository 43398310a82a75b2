"""Polygons in degrees that stay valid when rounded, and the properties that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from amalgamation.measure.polygons import build_municipality_polygons, polygonal

if TYPE_CHECKING:
    from amalgamation.measure import Scorecard
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory
    from amalgamation.write.record import RunRecord

__all__ = [
    "DECIMALS",
    "build_municipality_table",
    "build_unit_table",
    "polygons_of",
    "to_lon_lat",
]

DECIMALS = 6
"""Decimals of degrees, some 0.1 m: what RFC 7946, section 11.2, calls enough."""

_FINEST = 9


def to_lon_lat(polygons: gpd.GeoSeries, decimals: int = DECIMALS) -> gpd.GeoSeries:
    """Convert polygons to WGS 84 degrees, rounded, valid, none lost, borders still shared.

    Vertices that two polygons share stay shared, because each is rounded by itself. A
    polygon that rounding breaks is rounded by snapping instead; one too small to survive
    that keeps more decimals.

    Parameters
    ----------
    polygons
        In any CRS; valid and not empty.
    decimals
        Decimals of degrees.

    Returns
    -------
    geopandas.GeoSeries
        On the index of ``polygons``; exterior rings counter-clockwise, as RFC 7946,
        section 3.1.6, asks.
    """
    transformer = Transformer.from_crs(polygons.crs, "EPSG:4326", always_xy=True)
    degrees = shapely.transform(
        shapely.force_2d(polygons.to_numpy()), transformer.transform, interleaved=False
    )
    rounded = shapely.transform(degrees, lambda xy: np.round(xy, decimals))
    broken = ~shapely.is_valid(rounded) | (shapely.area(rounded) == 0)
    for position in np.flatnonzero(broken):
        rounded[position] = _mended(degrees[position], decimals)
    ordered = shapely.orient_polygons(rounded, exterior_cw=False)
    return gpd.GeoSeries(ordered, index=polygons.index, crs="EPSG:4326")


def _mended(shape: Any, decimals: int) -> Any:
    for finer in range(decimals, _FINEST + 1):
        snapped = _snapped(shape, finer)
        if snapped.is_valid and snapped.area > 0:
            return snapped
    return shape


def _snapped(shape: Any, decimals: int) -> Any:
    try:
        snapped = polygonal(shapely.set_precision(shape, 10.0**-decimals))
    except shapely.GEOSException:  # folds that GEOS cannot untangle on so coarse a grid
        return shapely.Polygon()
    # snapping multiplies by the size of the grid, which leaves a last digit behind
    return shapely.transform(snapped, lambda xy: np.round(xy, decimals))


def build_unit_table(plan: Plan, territory: Territory) -> pd.DataFrame:
    """Build the properties of the units: their columns, with municipality and seat.

    Returns
    -------
    pandas.DataFrame
        Indexed by unit id; without geometry and without ``seat_x``, ``seat_y``.
        ``municipality_id`` and ``seat_id`` are None for a unit outside.
    """
    units = pd.DataFrame(territory.units)
    table = units.drop(columns=["geometry", "seat_x", "seat_y"], errors="ignore")
    nowhere = dict.fromkeys(plan.outside)
    municipality = {**plan.municipality_of, **nowhere}
    seats = {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of} | nowhere
    table.insert(0, "municipality_id", [municipality[unit] for unit in table.index])
    table.insert(1, "seat_id", [seats[unit] for unit in table.index])
    table.insert(2, "is_seat", table["seat_id"] == table.index)
    table = _with_parent_names(table, territory)
    return table.assign(synthetic=True) if territory.synthetic else table


def build_municipality_table(
    scorecard: Scorecard, territory: Territory | None = None
) -> pd.DataFrame:
    """Build the properties of the municipalities: the scorecard, and whether it is made up.

    Parameters
    ----------
    scorecard
        All its columns are taken over.
    territory
        Gives the parents' names, beside their codes; None leaves them out.

    Returns
    -------
    pandas.DataFrame
        Indexed by municipality id.
    """
    table = scorecard.municipalities
    if territory is not None:
        table = _with_parent_names(table, territory)
    return table.assign(synthetic=True) if scorecard.synthetic else table


def _with_parent_names(table: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Put the name of each parent beside its code, as ``rayon_name``."""
    table = table.copy()
    for tier, names in territory.parent_names.items():
        column = f"{tier}_name"
        if tier in table and column not in table:
            table.insert(list(table.columns).index(tier) + 1, column, table[tier].map(dict(names)))
    return table


def polygons_of(record: RunRecord) -> gpd.GeoSeries:
    """Return the municipalities' polygons: those of the record, or dissolved anew."""
    if record.polygons is not None:
        return record.polygons
    return build_municipality_polygons(record.territory.geometry, record.plan)
