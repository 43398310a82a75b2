"""Read the file of units and join the tables: everything as the files have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from amalgamation.errors import DataError
from amalgamation.findings import errors_in, name_some
from amalgamation.scenario.schema import ParentPrefix
from amalgamation.territory.assemble import Joined
from amalgamation.territory.check import check_geometry
from amalgamation.territory.columns import find_id_column, find_name_column
from amalgamation.territory.files import is_table, locate
from amalgamation.territory.ids import check_dates, check_ids, check_twins, check_widths, to_ids
from amalgamation.territory.join import JoinTable, join_table, read_join_table
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.letters import check_letters
from amalgamation.territory.numbers import Marks
from amalgamation.territory.tables import read_table
from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.scenario.schema import Table, TerritorySection

__all__ = ["read_ids", "read_units"]

_SHAPEFILE_PARTS = (".dbf", ".prj", ".cpg")


def read_units(section: TerritorySection, folder: Path, ledger: Ledger) -> Joined:
    """Read the units and everything that is joined to them.

    What is wrong with ids, codes and geometry goes to the ledger, and the reading goes on,
    so that all problems are told at once: a unit whose id is missing or double is then
    known by its row.

    Returns
    -------
    Joined
        A GeoDataFrame in the file's own CRS where there is geometry.

    Raises
    ------
    DataError
        If the file of units cannot be read at all.
    """
    tables = [_try_table(table, section, folder, ledger) for table in section.tables]
    try:
        path = locate(str(section.units), folder, "territory.units")
        frame, separators = _read_file(path, section, ledger)
    except DataError as error:
        raise DataError([*error.findings, *errors_in(ledger.findings)]) from error
    frame, known = _set_ids(frame, section, path.name, ledger)
    drawn = frame
    for table in tables:
        if known and table is not None:
            drop = section.unmatched == "drop"
            frame = join_table(frame, table, path.name, drop=drop, ledger=ledger)
            separators |= dict.fromkeys(table.frame.columns, table.separator)
    _check_shapes(frame if section.unmatched == "drop" else drawn, section, ledger)
    if frame.empty and not errors_in(ledger.findings):
        _refuse_none(path.name, ledger)
    frame = frame.set_axis(_distinct(frame.index), axis="index").sort_index()
    ledger.add(check_letters(frame, path.name))
    marks = Marks.from_section(section)
    return Joined(frame, separators, marks, complete=known and None not in tables)


def read_ids(section: TerritorySection, folder: Path) -> tuple[str, ...] | None:
    r"""Read the ids of the units alone, sorted; None where they cannot be known.

    They cannot where the file or its column cannot be read, where the units are the parents
    of others (``aggregate``), or in a bundled dataset. Units that ``where`` leaves out are
    among them.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from amalgamation.scenario.schema import TerritorySection
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "units.csv").write_text("id,population\n02,-5\n01,x\n")
    ...     read_ids(TerritorySection(units="units.csv"), Path(folder))
    ('01', '02')
    """
    if section.units is None or section.aggregate is not None:
        return None
    ledger = Ledger()
    try:
        path = locate(str(section.units), folder, "territory.units")
        frame, _ = _read_file(path, section, ledger)
        ids, known = _set_ids(frame, section, path.name, ledger)
    except DataError:
        return None
    return tuple(sorted(set(ids.index) - {""})) if known else None


def _refuse_none(file: str, ledger: Ledger) -> None:
    ledger.error(
        "no-units",
        file,
        "no unit left after joining the tables",
        "at least one",
        "check that the id columns hold the same codes",
    )
    ledger.refuse()


def _try_table(
    table: Table, section: TerritorySection, folder: Path, ledger: Ledger
) -> JoinTable | None:
    try:
        return read_join_table(table, folder, ledger, section.encoding)
    except DataError as error:  # told together with what is wrong elsewhere
        ledger.add(error.findings)
        return None


def _read_file(
    path: Path, section: TerritorySection, ledger: Ledger
) -> tuple[pd.DataFrame, dict[str, str | None]]:
    if is_table(path.name):
        frame = read_table(path, section.layer, section.encoding)
        ledger.add(frame.attrs["findings"])
        separators = dict.fromkeys(frame.columns, frame.attrs.get("separator"))
    else:
        frame, separators = read_vector(path, section, ledger), {}
        if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.name != "geometry":
            frame = frame.rename_geometry("geometry")
    ledger.read("units", path)
    if path.suffix.lower() == ".shp":
        for part in _SHAPEFILE_PARTS:
            ledger.read("units", path.with_suffix(part))
    return frame, separators


def _set_ids(
    frame: pd.DataFrame, section: TerritorySection, file: str, ledger: Ledger
) -> tuple[pd.DataFrame, bool]:
    columns = [name for name in frame.columns if name != "geometry"]
    column = find_id_column(columns, section, file, ledger)
    if column is None:
        return frame.set_axis(pd.Index([""] * len(frame), dtype="str"), axis="index"), False
    where = f"{file}, column {column}"
    ids = to_ids(frame[column], where, ledger)
    if column in frame.attrs.get("numeric", ()):
        ledger.warn("id-number", where, "numbers, which were read as text", "format it as text")
    name = find_name_column(columns, section)
    ledger.add(check_ids(ids, where, None if name is None else frame[name].fillna("")))
    ledger.add([*check_twins(list(ids), where), *check_dates(column, frame, where)])
    if any(isinstance(given, ParentPrefix) for given in section.parents.values()):
        ledger.add(check_widths(list(ids), where))
    index = pd.Index(ids.to_numpy(), name="unit_id", dtype="str")
    kept = frame.drop(columns=[column]) if column != section.name else frame
    return kept.set_axis(index, axis="index"), True


def _distinct(ids: pd.Index) -> pd.Index:
    """Name a unit without an id by its row, and one that shares its id by a number."""
    given = ids.to_series().reset_index(drop=True)
    rows = "row " + (given.index.to_series() + 1).astype("str")
    count = given.groupby(given).cumcount() + 1
    again = given + " (no. " + count.astype("str") + ")"
    named = given.where(count == 1, again).where(given != "", rows)
    index: pd.Index = pd.Index(named.to_numpy(), name="unit_id", dtype="str")
    return index


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
