"""Read a territory: files in, checked units in one equal-area CRS out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd

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
from amalgamation.territory.check import check_area
from amalgamation.territory.classifier import check_codes, read_classifier
from amalgamation.territory.columns import find_roles
from amalgamation.territory.datasets import find_dataset
from amalgamation.territory.fillers import find_fillers
from amalgamation.territory.fit import fit_polygons
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.made_up import MADE_UP
from amalgamation.territory.parts import PartedUnits, split_parts
from amalgamation.territory.places import find_places, read_seats
from amalgamation.territory.subset import keep_where
from amalgamation.territory.territory import Territory
from amalgamation.territory.totals import check_totals
from amalgamation.territory.units import read_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import TerritorySection
    from amalgamation.territory.columns import Roles

__all__ = ["read_territory"]

_KNOWN_UNITS = {"population": "residents", "area_km2": "km2"}
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
        territory = _read(section, folder, needed, Path(section.source).stem)
        return territory if tier is None else aggregate_units(territory, tier)
    dataset = find_dataset(section.dataset)
    territory = _read(dataset.merge(section), folder, needed, section.dataset)
    described = replace(
        territory,
        attributes=dict(territory.attributes) | dataset.units_of(territory.attributes),
        parent_names=dataset.read_parent_names(section.name),
        parent_names_in=dataset.read_parent_names_in(),
        notice=dataset.notice or territory.notice,
    )
    return described if tier is None else aggregate_units(described, tier, dataset.read_names(tier))


def _read(section: TerritorySection, folder: Path, needed: Sequence[str], name: str) -> Territory:
    ledger = Ledger()
    joined = read_units(section, folder, ledger)
    parts = _read_columns(joined, section, needed, ledger)
    parts = _check_classifier(parts, section, folder, ledger)
    table, attributes, crs = parts.table, parts.attributes, None
    shapes = _fit(parts, section, ledger)
    if shapes is not None:
        table = gpd.GeoDataFrame(table, geometry=shapes, crs=shapes.crs)
        crs = shapes.crs.srs
        attributes = _add_area(table, attributes, ledger)
    if joined.complete:
        unmeasured = isinstance(joined.frame, gpd.GeoDataFrame) and shapes is None
        ledger.add(_check_totals(table, attributes, section, unmeasured=unmeasured))
    ledger.refuse()
    units = PartedUnits(table, parts.seats, parts.labels)
    if section.multipart == "split" and crs is not None:
        units = split_parts(units, attributes, ledger)
    table = units.table
    _tell_one(table, units.labels, ledger)
    places = find_places(table, units.seats, units.labels, ledger)
    if places is not None:
        table[["seat_x", "seat_y"]] = places
    return Territory(
        name=name,
        units=table,
        tiers=tuple(section.parents),
        attributes={one: _KNOWN_UNITS.get(one, "") for one in attributes},
        crs=crs,
        parent_names=parts.parent_names,
        synthetic=section.synthetic or _is_made_up(section),
        notice=MADE_UP if _is_made_up(section) else "Synthetic data" if section.synthetic else "",
        findings=tuple(ledger.findings),
        sources=tuple(ledger.sources),
        types=parts.types,
    )


def _is_made_up(section: TerritorySection) -> bool:
    return section.draw is not None and section.draw.apportion is not None


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
    roles = find_roles(columns, section, needed, Path(section.source).name, notes)
    if joined.complete:  # what is absent may stand in a table that could not be read
        ledger.add(notes.findings)
    table = start(joined, roles)
    table, joined = _without_fillers(table, joined, roles, section, ledger)
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


def _check_classifier(
    parts: _Parts, section: TerritorySection, folder: Path, ledger: Ledger
) -> _Parts:
    given = section.classifier
    if given is None:
        return parts
    listed = ledger.attempt(lambda own: read_classifier(given, folder, own, section.encoding))
    if listed is None:
        return parts
    tiers = [tier for tier in section.parents if tier in parts.table]
    names = check_codes(parts.table, tiers, listed, parts.labels, ledger)
    return replace(parts, parent_names={**parts.parent_names, **names})


def _without_fillers(
    table: pd.DataFrame, joined: Joined, roles: Roles, section: TerritorySection, ledger: Ledger
) -> tuple[pd.DataFrame, Joined]:
    units = ~find_fillers(table, joined, roles, section, ledger)
    return table[units], replace(joined, frame=joined.frame[units])


def _find_types(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(table["type"]) - {""})) if "type" in table else ()


def _fit(parts: _Parts, section: TerritorySection, ledger: Ledger) -> gpd.GeoSeries | None:
    frame = parts.joined.frame
    polygons = isinstance(frame, gpd.GeoDataFrame) and not frame.empty
    if not polygons or ledger.has(*_UNDRAWABLE):
        return None
    return ledger.attempt(lambda own: fit_polygons(frame.geometry, parts.labels, section, own))


def _check_totals(
    table: pd.DataFrame, attributes: tuple[str, ...], section: TerritorySection, *, unmeasured: bool
) -> list[Finding]:
    """Check totals; of areas only where they are given, or polygons could be measured."""
    left_out = {"area_km2"} - set(attributes) if unmeasured else set()
    totals = {one: total for one, total in section.totals.items() if one not in left_out}
    return check_totals(table, attributes, totals)


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
