"""The file that lists the units: its rows, and their ids.

In: a vector file or a table. Out: its rows as they are, indexed by unit id.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from amalgamation.errors import DataError
from amalgamation.scenario.schema import ParentPrefix
from amalgamation.territory.columns import find_id_column, find_name_column
from amalgamation.territory.files import is_table, locate
from amalgamation.territory.ids import check_dates, check_ids, check_twins, check_widths, to_ids
from amalgamation.territory.ledger import Ledger
from amalgamation.territory.tables import read_table
from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from amalgamation.scenario.schema import TerritorySection

__all__ = ["distinct", "read_ids", "read_unit_file", "set_ids"]

_SHAPEFILE_PARTS = (".dbf", ".prj", ".cpg")


def read_ids(section: TerritorySection, folder: Path) -> tuple[str, ...] | None:
    r"""Read the ids of the units alone, sorted; None where they cannot be known.

    They cannot where the file or its column cannot be read, where the units are the parents
    of others (``aggregate``), are listed by settlements or get other codes from a crosswalk,
    or in a bundled dataset. Units that ``where`` leaves out are among them.

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
    crosswalk = section.crosswalk
    recoded = crosswalk is not None and crosswalk.of == "units"
    if section.units is None or section.aggregate is not None or recoded:
        return None
    ledger = Ledger()
    try:
        frame, _ = read_unit_file(section, folder, ledger)
        ids, known = set_ids(frame, section, ledger)
    except DataError:
        return None
    return tuple(sorted(set(ids.index) - {""})) if known else None


def read_unit_file(
    section: TerritorySection, folder: Path, ledger: Ledger
) -> tuple[pd.DataFrame, dict[str, str | None]]:
    """Read the file as it is, and the separator of each of its columns, if it is a table.

    Raises
    ------
    DataError
        If it cannot be read at all.
    """
    path = locate(str(section.units), folder, "territory.units")
    if is_table(path.name):
        frame = read_table(path, section.layer, section.encoding)
        ledger.add(frame.attrs["findings"])
        separators = dict.fromkeys(frame.columns, frame.attrs.get("separator"))
    else:
        frame, separators = _read_polygons(path, section, ledger), {}
    ledger.read("units", path)
    if path.suffix.lower() == ".shp":
        for part in _SHAPEFILE_PARTS:
            ledger.read("units", path.with_suffix(part))
    return frame, separators


def _read_polygons(path: Path, section: TerritorySection, ledger: Ledger) -> pd.DataFrame:
    frame = read_vector(
        path, ledger, layer=section.layer, crs=section.crs, encoding=section.encoding
    )
    if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.name != "geometry":
        frame = frame.rename_geometry("geometry")
    return frame


def set_ids(
    frame: pd.DataFrame, section: TerritorySection, ledger: Ledger
) -> tuple[pd.DataFrame, bool]:
    """Index the rows by unit id, and say whether there is a column of ids at all."""
    file = Path(section.source).name
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


def distinct(ids: pd.Index) -> pd.Index:
    """Name a unit without an id by its row, and one that shares its id by a number.

    Examples
    --------
    >>> list(distinct(pd.Index(["01", "02", "02", ""])))
    ['01', '02', '02 (no. 2)', 'row 4']
    """
    given = ids.to_series().reset_index(drop=True)
    rows = "row " + (given.index.to_series() + 1).astype("str")
    count = given.groupby(given).cumcount() + 1
    again = given + " (no. " + count.astype("str") + ")"
    named = given.where(count == 1, again).where(given != "", rows)
    index: pd.Index = pd.Index(named.to_numpy(), name="unit_id", dtype="str")
    return index
