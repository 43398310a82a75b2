"""Units where their settlements are: Voronoi cells inside the polygons of the parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from amalgamation.findings import name_some
from amalgamation.territory.cells import build_cells
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.scenario.schema import TerritorySection
    from amalgamation.territory.ledger import Ledger

__all__ = ["settle_units"]

_WHERE = "territory.draw.settlements"
_SEAT = ("seat_lon", "seat_lat")


def settle_units(
    frame: pd.DataFrame,
    own: pd.Series[str],
    parents: gpd.GeoDataFrame,
    settlements: gpd.GeoDataFrame,
    section: TerritorySection,
    ledger: Ledger,
) -> gpd.GeoDataFrame:
    """Draw each unit around its settlements, and sum their residents.

    Parameters
    ----------
    frame
        Units, indexed by id.
    own
        Unit id -> code of its parent, which is in ``parents``.
    parents
        As `read_parents` gives them.
    settlements
        As `read_settlements` gives them.
    section
        Says what becomes of a unit without a settlement (``unmatched``).
    ledger
        Takes what did not fit.

    Raises
    ------
    DataError
        If a unit has no settlement, or no place is left for it.
    """
    degrees = settlements.to_crs("EPSG:4326").geometry
    points = settlements[["unit", "place", "residents", "geometry"]].to_crs(parents.crs)
    points = points.assign(lon=degrees.x, lat=degrees.y, parent=points["unit"].map(own))
    points = _of_known_units(points, ledger)
    points = _inside_parent(points, parents, ledger)
    _check_one_place(points, ledger)
    frame = _without_points(frame, points, section, ledger)
    ledger.refuse()
    cells = build_cells(parents.geometry, points)
    _tell_pieces(cells, frame, ledger)
    largest = points.sort_values("residents", ascending=False, kind="stable")
    seats = largest.drop_duplicates("unit").set_index("unit")[["lon", "lat"]]
    seats = seats.set_axis(list(_SEAT), axis="columns")
    people = points.groupby("unit")["residents"].sum().rename("population")
    kept = frame.drop(columns=[*_SEAT, "population"], errors="ignore")
    return gpd.GeoDataFrame(kept.join(people).join(seats), geometry=cells.reindex(frame.index))


def _of_known_units(points: gpd.GeoDataFrame, ledger: Ledger) -> gpd.GeoDataFrame:
    unknown = points["parent"].isna()
    if unknown.any():
        codes = sorted(set(points["unit"][unknown]))
        ledger.warn(
            "settlement-of-no-unit",
            _WHERE,
            f"{count_of(int(unknown.sum()), 'settlement')} with "
            f"{points['residents'][unknown].sum():,.0f} residents of units that are not listed: "
            f"{name_some(codes)}",
            "left out; correct the codes, or list the units",
            *codes,
        )
    return points[~unknown]


def _inside_parent(
    points: gpd.GeoDataFrame, parents: gpd.GeoDataFrame, ledger: Ledger
) -> gpd.GeoDataFrame:
    """Move points outside their unit's parent to the nearest place inside, and name them."""
    shapes = parents.geometry.reindex(points["parent"]).to_numpy()
    outside = ~shapely.intersects(points.geometry.to_numpy(), shapes)
    if not outside.any():
        return points
    away = shapely.distance(points.geometry.to_numpy()[outside], shapes[outside]) / 1000
    rows = points[outside]
    named = [
        f"{place or 'a settlement'} of {unit}, {km:,.1f} km outside {parent}"
        for place, unit, parent, km in zip(
            rows["place"], rows["unit"], rows["parent"], away, strict=True
        )
    ]
    ledger.warn(
        "settlement-outside",
        _WHERE,
        f"{count_of(len(named), 'settlement')} outside the parent of its unit: {name_some(named)}",
        "drawn at the nearest place inside; check the code and the coordinates",
        *sorted(set(rows["unit"])),
    )
    moved = points.geometry.to_numpy(copy=True)
    moved[outside] = [
        shapely.get_point(shapely.shortest_line(shape, point), 0)
        for shape, point in zip(shapes[outside], moved[outside], strict=True)
    ]
    return points.set_geometry(gpd.GeoSeries(moved, index=points.index, crs=points.crs))


def _check_one_place(points: gpd.GeoDataFrame, ledger: Ledger) -> None:
    places = pd.DataFrame(shapely.get_coordinates(points.geometry.to_numpy()), columns=["x", "y"])
    units = places.assign(unit=points["unit"].to_numpy()).drop_duplicates()
    shared = units[units.duplicated(["x", "y"], keep=False)]
    if len(shared):
        codes = sorted(set(shared["unit"]))
        ledger.error(
            "settlements-in-one-place",
            _WHERE,
            f"settlements of different units in one place: {name_some(codes)}",
            "a place of its own for each unit",
            "correct the coordinates",
            *codes,
        )


def _without_points(
    frame: pd.DataFrame, points: gpd.GeoDataFrame, section: TerritorySection, ledger: Ledger
) -> pd.DataFrame:
    without = [str(unit) for unit in frame.index if unit not in set(points["unit"])]
    if not without:
        return frame
    found = f"{count_of(len(without), 'unit')} without a settlement: {name_some(without)}"
    if section.unmatched == "drop":
        ledger.warn("unit-without-settlement", _WHERE, found, "left out", *without)
        return frame[~frame.index.isin(without)]
    ledger.error(
        "unit-without-settlement",
        _WHERE,
        found,
        "a settlement for each unit",
        "add them, or set territory.unmatched: drop",
        *without,
    )
    return frame


def _tell_pieces(cells: gpd.GeoSeries, frame: pd.DataFrame, ledger: Ledger) -> None:
    parts = shapely.get_num_geometries(cells.to_numpy())
    broken = [f"{unit} ({n} pieces)" for unit, n in zip(cells.index, parts, strict=True) if n > 1]
    if broken:
        ledger.warn(
            "unit-in-pieces",
            _WHERE,
            f"{count_of(len(broken), 'unit')} in pieces: {name_some(broken)}",
            "check whether a settlement bears the code of another unit",
            *[str(unit) for unit in cells.index[parts > 1]],
        )
    lost = sorted(set(frame.index) - set(cells.index))
    if lost:
        ledger.error(
            "unit-without-place",
            _WHERE,
            f"{count_of(len(lost), 'unit')} for which no place is left: {name_some(lost)}",
            "a place nearer to the unit's settlement than to any other",
            "correct the coordinates",
            *lost,
        )
        ledger.refuse()
