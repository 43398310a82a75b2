"""Read a territory: files in, checked units in one equal-area CRS out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
from pyproj import Transformer

from amalgamation.territory.aggregate import aggregate_units, check_aggregate
from amalgamation.territory.assemble import (
    Joined,
    add_attributes,
    add_categories,
    add_parents,
    add_rest,
    find_parent_names,
    start,
)
from amalgamation.territory.check import check_area, check_geometry
from amalgamation.territory.columns import find_roles
from amalgamation.territory.coverage import check_ground
from amalgamation.territory.crs import check_accuracy
from amalgamation.territory.datasets import find_dataset
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.noding import add_shared_vertices
from amalgamation.territory.places import find_places, read_seats
from amalgamation.territory.project import choose_crs
from amalgamation.territory.subset import keep_where
from amalgamation.territory.territory import Territory
from amalgamation.territory.totals import check_totals
from amalgamation.territory.units import read_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from amalgamation.scenario.schema import TerritorySection

__all__ = ["read_territory"]

_KNOWN_UNITS = {"population": "residents", "area_km2": "km2"}
_HALF_EARTH = 180.0
_UNDRAWABLE = (
    "crs-", "not-degrees", "geometry-absent", "geometry-empty", "geometry-kind",
    "geometry-endless", "geometry-invalid", "geometry-unbuilt",
)  # fmt: skip
"""Errors after which nothing can be said of where the units lie."""


def read_territory(
    section: TerritorySection, folder: Path | None = None, *, needed: Sequence[str] = ()
) -> Territory:
    """Read the units of a scenario: a bundled dataset or files of one's own.

    Columns of text stay text; columns of numbers become attributes. Parents are columns or
    prefixes of the id. Polygons are projected to an equal-area CRS that suits the extent
    (`choose_crs`), and ``area_km2`` is computed where the data have none. Where the section
    names a tier to aggregate, that tier's parents are the units (`aggregate_units`).

    Parameters
    ----------
    section
        The scenario's territory section.
    folder
        Folder of the scenario file, to which paths are relative; None is the working
        directory.
    needed
        Attributes that the scenario's rules and aims use: each must be there, a number in
        every unit, finite and not negative.

    Raises
    ------
    DataError
        If the data cannot be used: all problems of the reading at once.
    UnknownDatasetError
        If no bundled dataset has the name.

    Examples
    --------
    >>> from amalgamation.scenario.schema import TerritorySection
    >>> toy = read_territory(TerritorySection(dataset="toy"))
    >>> len(toy.ids), toy.tiers, toy.synthetic
    (12, ('rayon', 'oblast'), True)
    """
    folder = folder or Path()
    tier = section.aggregate
    if section.dataset is None:
        territory = _read(section, folder, needed, Path(str(section.units)).stem)
        return territory if tier is None else aggregate_units(territory, tier)
    dataset = find_dataset(section.dataset)
    territory = _read(dataset.merge(section), folder, needed, section.dataset)
    described = replace(
        territory,
        attributes=dict(territory.attributes) | dataset.units_of(territory.attributes),
        parent_names=dataset.read_parent_names(section.name),
        notice=dataset.notice or territory.notice,
    )
    return described if tier is None else aggregate_units(described, tier, dataset.read_names(tier))


def _read(section: TerritorySection, folder: Path, needed: Sequence[str], name: str) -> Territory:
    ledger = Ledger()
    joined = read_units(section, folder, ledger)
    parts = _read_columns(joined, section, needed, ledger)
    table, attributes, crs = parts.table, parts.attributes, None
    if isinstance(parts.joined.frame, gpd.GeoDataFrame) and not ledger.has(*_UNDRAWABLE):
        table, crs = _add_geometry(table, parts, section, ledger)
        attributes = _add_area(table, attributes, ledger)
    if joined.complete:
        ledger.add(check_totals(table, attributes, section.totals))
    ledger.refuse()
    _tell_one(table, parts.labels, ledger)
    places = find_places(table, parts.seats, parts.labels, ledger)
    if places is not None:
        table[["seat_x", "seat_y"]] = places
    return Territory(
        name=name,
        units=table,
        tiers=tuple(section.parents),
        attributes={one: _KNOWN_UNITS.get(one, "") for one in attributes},
        crs=crs,
        parent_names=parts.parent_names,
        synthetic=section.synthetic,
        notice="Synthetic data" if section.synthetic else "",
        findings=tuple(ledger.findings),
        sources=tuple(ledger.sources),
        types=parts.types,
    )


@dataclass(frozen=True)
class _Parts:
    joined: Joined
    table: pd.DataFrame
    attributes: tuple[str, ...]
    parent_names: Mapping[str, Mapping[str, str]]
    seats: pd.DataFrame | None
    labels: Mapping[str, str]
    types: tuple[str, ...]


def _read_columns(
    joined: Joined, section: TerritorySection, needed: Sequence[str], ledger: Ledger
) -> _Parts:
    columns = [column for column in joined.frame.columns if column != "geometry"]
    notes = Ledger()
    roles = find_roles(columns, section, needed, Path(str(section.units)).name, notes)
    if joined.complete:  # what is absent may stand in a table that could not be read
        ledger.add(notes.findings)
    table = start(joined, roles)
    labels = Territory("", table, (), {}).labels
    add_parents(table, joined, section, roles, labels, ledger)
    types = _find_types(table)
    ledger.add(check_aggregate(section.aggregate, tuple(section.parents)))
    kept = keep_where(table, section.where, ledger)
    table, joined = table.loc[kept], replace(joined, frame=joined.frame.loc[kept])
    add_categories(table, joined, roles)
    attributes = add_attributes(table, joined, roles, labels, ledger)
    return _Parts(
        joined,
        add_rest(table, joined, roles),
        attributes,
        find_parent_names(table, joined, roles),
        read_seats(joined, roles, labels, ledger),
        labels,
        types,
    )


def _find_types(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(table["type"]) - {""})) if "type" in table else ()


def _add_geometry(
    table: pd.DataFrame, parts: _Parts, section: TerritorySection, ledger: Ledger
) -> tuple[gpd.GeoDataFrame, str]:
    geometry, labels = parts.joined.frame.geometry, parts.labels
    degrees = Transformer.from_crs(geometry.crs, "EPSG:4326", always_xy=True)
    bounds = degrees.transform_bounds(*geometry.total_bounds)
    _refuse_far(table, bounds, ledger)
    ledger.add(check_accuracy(geometry.crs, bounds))
    crs = choose_crs(*bounds)
    shapes = gpd.GeoSeries(add_shared_vertices(geometry), crs=geometry.crs).to_crs(crs)
    invalid = check_geometry(
        shapes, [labels[unit] for unit in table.index], " after projection to an equal-area CRS"
    )
    ledger.add(invalid)
    if not invalid:
        ledger.add(check_ground(shapes, section, labels))
    ledger.refuse()
    return gpd.GeoDataFrame(table, geometry=shapes, crs=crs), crs


def _refuse_far(
    table: pd.DataFrame, bounds: tuple[float, float, float, float], ledger: Ledger
) -> None:
    west, _, east, _ = bounds
    if not all(map(math.isfinite, bounds)):
        ledger.error(
            "crs-too-far",
            "geometry",
            "coordinates that lie nowhere on Earth",
            "coordinates within the area of their CRS",
            "name the true CRS as territory.crs, or export the file again",
        )
    elif east - west > _HALF_EARTH or east < west:
        ledger.error(
            "antimeridian",
            table.index[0],
            f"units from longitude {west:.1f} to {east:.1f}",
            "a territory that does not cross the 180th meridian",
            "shift the longitudes west of it by 360 degrees, or take a part",
        )
    if ledger.has("crs-too-far", "antimeridian"):
        ledger.refuse()


def _tell_one(table: pd.DataFrame, labels: Mapping[str, str], ledger: Ledger) -> None:
    if len(table) == 1:
        ledger.warn(
            "one-unit",
            "territory",
            f"one unit, {labels[table.index[0]]}: the only plan is that unit",
            "check territory.where, and that this is the right file or layer",
        )


def _add_area(
    table: gpd.GeoDataFrame, attributes: tuple[str, ...], ledger: Ledger
) -> tuple[str, ...]:
    drawn = table.geometry.area / 1e6
    if "area_km2" in attributes:
        ledger.add(check_area(table["area_km2"], drawn))
        return attributes
    table["area_km2"] = drawn
    return (*attributes, "area_km2")
