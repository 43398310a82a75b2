"""Read the file of units and join the tables: everything as the files have it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from amalgamation.errors import DataError
from amalgamation.findings import errors_in, name_some
from amalgamation.territory.assemble import Joined
from amalgamation.territory.check import check_geometry
from amalgamation.territory.columns import find_id_column, find_name_column
from amalgamation.territory.crosswalk import read_crosswalk, translate_codes
from amalgamation.territory.draw import draw_units
from amalgamation.territory.files import is_table, locate
from amalgamation.territory.ids import check_ids, check_twins, to_ids
from amalgamation.territory.join import JoinTable, join_table, read_join_table
from amalgamation.territory.mend import mend_polygons
from amalgamation.territory.settlements import list_units, read_settlements
from amalgamation.territory.tables import read_table
from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import Table, TerritorySection
    from amalgamation.territory.ledger import Ledger

__all__ = ["read_units"]

_SHAPEFILE_PARTS = (".dbf", ".prj", ".cpg")


def read_units(section: TerritorySection, folder: Path, ledger: Ledger) -> Joined:
    """Read the units and everything that is joined to them.

    Returns
    -------
    Joined
        A GeoDataFrame in the file's own CRS where there is geometry.

    Raises
    ------
    DataError
        If a file cannot be read, or ids or codes do not match; geometry is checked at
        the same time, so that all problems are told at once.
    """
    codes = _read_codes(section, folder, ledger)
    tables = [_try_table(table, folder, ledger) for table in section.tables]
    try:
        settlements = _read_settlements(section, folder, ledger)
        frame, separators = _read_listed(section, settlements, folder, ledger)
    except DataError as error:
        raise DataError(_together(error, ledger)) from error
    file = Path(section.source).name
    frame = _set_ids(frame, section, file, ledger)
    sound = frame.index.is_unique and "" not in frame.index
    if codes is not None and section.crosswalk is not None and sound:
        if section.crosswalk.of == "units":
            frame = translate_codes(frame, codes, file, ledger)
        else:
            tables = [None if one is None else _translate(one, codes, ledger) for one in tables]
    for table in tables:
        if sound and table is not None:
            drop = section.unmatched == "drop"
            frame = join_table(frame, table, file, drop=drop, ledger=ledger)
            separators |= dict.fromkeys(table.frame.columns, table.separator)
    if section.draw is not None:
        ledger.refuse()
        frame = draw_units(frame, section, settlements, folder, ledger)
    frame = _mend(frame, section, ledger)
    _check_shapes(frame, section, ledger)
    if frame.empty and not errors_in(ledger.findings):
        ledger.error(
            "no-units",
            file,
            "no unit left after joining the tables",
            "at least one",
            "check that the id columns hold the same codes",
        )
    if not sound:
        ledger.refuse()
    return Joined(frame.sort_index(), separators)


def _read_settlements(
    section: TerritorySection, folder: Path, ledger: Ledger
) -> gpd.GeoDataFrame | None:
    if section.draw is None or section.draw.settlements is None:
        return None
    return read_settlements(section.draw.settlements, folder, ledger)


def _read_listed(
    section: TerritorySection, settlements: gpd.GeoDataFrame | None, folder: Path, ledger: Ledger
) -> tuple[pd.DataFrame, dict[str, str | None]]:
    if section.units is None and settlements is not None:
        return list_units(settlements, section.id or "code", ledger), {}
    return _read_file(locate(str(section.units), folder, "territory.units"), section, ledger)


def _mend(frame: pd.DataFrame, section: TerritorySection, ledger: Ledger) -> pd.DataFrame:
    if section.repair is None or not isinstance(frame, gpd.GeoDataFrame):
        return frame
    labels = {str(unit): str(unit) for unit in frame.index}
    mended: pd.DataFrame = frame.set_geometry(
        mend_polygons(frame.geometry, labels, section.repair, ledger)
    )
    return mended


def _together(error: DataError, ledger: Ledger) -> list[Finding]:
    return list(dict.fromkeys([*error.findings, *errors_in(ledger.findings)]))


def _read_codes(
    section: TerritorySection, folder: Path, ledger: Ledger
) -> dict[str, list[str]] | None:
    if section.crosswalk is None:
        return None
    try:
        return read_crosswalk(section.crosswalk, folder, ledger)
    except DataError as error:  # told together with what is wrong elsewhere
        ledger.add(error.findings)
        return None


def _translate(table: JoinTable, codes: dict[str, list[str]], ledger: Ledger) -> JoinTable:
    return replace(table, frame=translate_codes(table.frame, codes, table.where, ledger))


def _try_table(table: Table, folder: Path, ledger: Ledger) -> JoinTable | None:
    try:
        return read_join_table(table, folder, ledger)
    except DataError as error:  # told together with what is wrong elsewhere
        ledger.add(error.findings)
        return None


def _read_file(
    path: Path, section: TerritorySection, ledger: Ledger
) -> tuple[pd.DataFrame, dict[str, str | None]]:
    if is_table(path.name):
        frame = read_table(path, section.layer)
        separators = dict.fromkeys(frame.columns, frame.attrs.get("separator"))
    else:
        frame, separators = read_vector(path, section.layer, section.crs, ledger), {}
        if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.name != "geometry":
            frame = frame.rename_geometry("geometry")
    ledger.read("units", path)
    if path.suffix.lower() == ".shp":
        for part in _SHAPEFILE_PARTS:
            ledger.read("units", path.with_suffix(part))
    return frame, separators


def _set_ids(
    frame: pd.DataFrame, section: TerritorySection, file: str, ledger: Ledger
) -> pd.DataFrame:
    columns = [name for name in frame.columns if name != "geometry"]
    column = find_id_column(columns, section, file, ledger)
    if column is None:
        ledger.refuse()
    where = f"{file}, column {column}"
    ids = to_ids(frame[column], where, ledger)
    if column in frame.attrs.get("numeric", ()):
        ledger.warn("id-number", where, "numbers, which were read as text", "format it as text")
    name = find_name_column(columns, section)
    ledger.add(check_ids(ids, where, None if name is None else frame[name].fillna("")))
    ledger.add(check_twins(list(ids), where))
    index = pd.Index(ids.to_numpy(), name="unit_id", dtype="str")
    kept = frame.drop(columns=[column]) if column != section.name else frame
    return kept.set_axis(index, axis="index")


def _check_shapes(frame: pd.DataFrame, section: TerritorySection, ledger: Ledger) -> None:
    if not isinstance(frame, gpd.GeoDataFrame):
        ledger.note("no-maps", "territory", "a table of units without geometry: maps are left out")
        return
    column = find_name_column(list(frame.columns), section)
    names = [""] * len(frame) if column is None else frame[column].fillna("").astype("str")
    labels = [
        f"{unit or 'no id'} ({name})" if name else unit or "no id"
        for unit, name in zip(frame.index, names, strict=True)
    ]
    ledger.add(check_geometry(frame.geometry, labels))
    _check_same_shape(frame, ledger)


def _check_same_shape(frame: gpd.GeoDataFrame, ledger: Ledger) -> None:
    shapes = frame.geometry.to_numpy()
    drawn = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    bytes_of = pd.Series(shapely.to_wkb(shapely.normalize(shapes[drawn])), frame.index[drawn])
    same = bytes_of[bytes_of.duplicated(keep=False)]
    if len(same):
        units = sorted(str(unit) for unit in same.index)
        ledger.error(
            "geometry-twice",
            "geometry",
            f"units that share one polygon ({len(units):,}): {name_some(units)}",
            "a polygon of its own for each unit",
            "delete the doubles",
            *units,
        )
