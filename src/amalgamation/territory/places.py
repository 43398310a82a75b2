"""Where each unit's seat lies: given in degrees, or a point inside its polygon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from amalgamation.findings import name_some
from amalgamation.territory.numbers import to_numbers
from amalgamation.territory.project import choose_crs
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from amalgamation.territory.assemble import Joined
    from amalgamation.territory.columns import Roles
    from amalgamation.territory.ledger import Ledger

__all__ = ["find_places", "project_seats", "read_seats"]

_FAR_KM = 100.0
"""A seat farther than this from its own polygon is told: a swap of columns, mostly."""


def read_seats(
    joined: Joined, roles: Roles, labels: Mapping[str, str], ledger: Ledger
) -> pd.DataFrame | None:
    """Read the seats' coordinates.

    Returns
    -------
    pandas.DataFrame or None
        Columns ``lon`` and ``lat`` (degrees, WGS 84), NaN where both are blank; None
        where the data have no such columns.
    """
    if roles.seat_lon is None or roles.seat_lat is None:
        return None
    seats = pd.DataFrame(
        {
            key: to_numbers(joined.frame[column], joined.separators.get(column, ""), joined.marks)
            for key, column in (("lon", roles.seat_lon), ("lat", roles.seat_lat))
        }
    )
    blank = seats.isna().all(axis=1)
    bad = ~blank & ~((seats["lon"].abs() <= 180) & (seats["lat"].abs() <= 90))  # noqa: PLR2004
    if bad.any():
        units = [str(unit) for unit in seats.index[bad]]
        named = name_some([labels[unit] for unit in units])
        ledger.error(
            "seat-coordinates",
            f"columns {roles.seat_lon}, {roles.seat_lat}",
            f"no coordinates in {count_of(len(units), 'unit')}: {named}",
            "degrees: longitude within 180, latitude within 90",
            "correct them, or leave both blank",
            *units,
        )
    return seats


def find_places(
    table: pd.DataFrame, seats: pd.DataFrame | None, labels: Mapping[str, str], ledger: Ledger
) -> pd.DataFrame | None:
    """Find each seat's place in metres.

    A seat without coordinates lies at its polygon's centroid where that is inside, else
    at a point that is. A table without polygons gets an equal-area CRS of its own.

    Returns
    -------
    pandas.DataFrame or None
        Columns ``seat_x``, ``seat_y``; None where nothing says where the units lie.
    """
    if isinstance(table, gpd.GeoDataFrame):
        inside = _inside(table.geometry)
        if seats is None:
            return _to_frame(inside, table.index)
        given = project_seats(seats, table.crs)
        blank = np.isnan(given[:, 0])
        _tell_far(given, table, blank, labels, ledger)
        return _to_frame(np.where(blank[:, None], inside, given), table.index)
    if seats is None or seats.isna().any(axis=None):
        return None
    bounds = (seats["lon"].min(), seats["lat"].min(), seats["lon"].max(), seats["lat"].max())
    return _to_frame(project_seats(seats, choose_crs(*bounds)), table.index)


def _inside(geometry: gpd.GeoSeries) -> NDArray[np.float64]:
    shapes = geometry.to_numpy()
    points = shapely.centroid(shapes)
    outside = ~shapely.contains(shapes, points)
    points[outside] = shapely.point_on_surface(shapes[outside])
    found: NDArray[np.float64] = shapely.get_coordinates(points)
    return found


def project_seats(seats: pd.DataFrame, crs: object) -> NDArray[np.float64]:
    """Project seats (columns ``lon``, ``lat`` in degrees) to metres, (n x 2); NaN stays NaN."""
    to_metres = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    lon, lat = seats["lon"].to_numpy(), seats["lat"].to_numpy()
    known = ~np.isnan(lon) & ~np.isnan(lat)
    metres = np.full((len(seats), 2), np.nan)
    metres[known] = np.column_stack(to_metres.transform(lon[known], lat[known]))
    return metres


def _to_frame(metres: NDArray[np.float64], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(metres, columns=["seat_x", "seat_y"], index=index)


def _tell_far(
    metres: NDArray[np.float64],
    table: gpd.GeoDataFrame,
    blank: NDArray[np.bool_],
    labels: Mapping[str, str],
    ledger: Ledger,
) -> None:
    given = np.flatnonzero(~blank)
    shapes = table.geometry.to_numpy()[given]
    away = shapely.distance(shapely.points(metres[given]), shapes) / 1000
    far = [str(unit) for unit in table.index[given[away > _FAR_KM]]]
    if far:
        named = name_some([labels[unit] for unit in far])
        ledger.warn(
            "seat-far",
            "columns of the seats' coordinates",
            f"{count_of(len(far), 'seat')} more than {_FAR_KM:.0f} km outside the unit: {named}",
            "check that longitude and latitude are not swapped",
            *far,
        )
