"""Settlements: places with residents and the code of their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from amalgamation.findings import name_some
from amalgamation.territory.columns import check_columns
from amalgamation.territory.files import is_table, locate
from amalgamation.territory.ids import to_ids
from amalgamation.territory.numbers import to_numbers
from amalgamation.territory.tables import read_table
from amalgamation.territory.vector import read_vector
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.scenario.schema import Settlements
    from amalgamation.territory.ledger import Ledger
    from amalgamation.territory.numbers import Marks

__all__ = ["list_units", "read_settlements"]

_OWN = ("unit", "place", "residents", "geometry")


def read_settlements(
    section: Settlements,
    folder: Path,
    ledger: Ledger,
    *,
    encoding: str | None = None,
    marks: Marks | None = None,
) -> gpd.GeoDataFrame:
    """Read settlements from a vector file of points or a table with longitude and latitude.

    Parameters
    ----------
    section
        The file and its columns.
    folder
        Folder of the scenario file.
    ledger
        Takes what is wrong.
    encoding, marks
        Those of the scenario's text.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``unit`` (code), ``place`` (name, or ``""``), ``residents`` (floats) and
        ``geometry`` (points in the file's CRS), and all other columns of the file.

    Raises
    ------
    DataError
        If a column is not there, or a settlement has no unit, no residents' number or no
        place; all problems at once.
    """
    path = locate(section.file, folder, "territory.draw.settlements.file")
    table = is_table(path.name)
    if table:
        frame = read_table(path, section.layer, encoding)
        ledger.add(frame.attrs["findings"])
    else:
        home = "territory.draw.settlements"
        frame = read_vector(
            path,
            ledger,
            layer=section.layer,
            crs=section.crs,
            encoding=encoding,
            section=home,
        )
        _need_points(frame, path.name, ledger)
    ledger.read("settlements", path)
    wanted = [section.unit, section.population, *([section.name] if section.name else [])]
    wanted += [section.lon, section.lat] if table else []
    expected = "a column of the settlements (territory.draw.settlements)"
    check_columns(frame, wanted, f"{path.name}, header", expected, ledger)
    ledger.refuse()
    units = to_ids(frame[section.unit], f"{path.name}, column {section.unit}", ledger)
    labels = frame[section.name].astype("str") if section.name else units
    mark = frame.attrs.get("separator", "")
    residents = to_numbers(frame[section.population], mark, marks)
    shapes = _points(frame, section, marks) if table else frame.geometry.to_numpy()
    _check(units == "", "settlement-unit", "no unit", labels, path.name, ledger)
    bad = ~(np.isfinite(residents) & (residents >= 0))
    _check(bad, "settlement-residents", "no number of residents", labels, path.name, ledger)
    _check(_no_point(shapes), "settlement-place", "no point", labels, path.name, ledger)
    ledger.refuse()
    rest = pd.DataFrame(frame).drop(columns=[name for name in _OWN if name in frame])
    own = {"unit": units, "place": labels if section.name else "", "residents": residents}
    crs = "EPSG:4326" if table else frame.crs
    return gpd.GeoDataFrame(rest.assign(**own), geometry=shapes, crs=crs)


def list_units(settlements: gpd.GeoDataFrame, column: str, ledger: Ledger) -> pd.DataFrame:
    """List the units that settlements belong to.

    Returns
    -------
    pandas.DataFrame
        One row per unit: its code in ``column``, ``name`` (that of the largest
        settlement), and each column of the file that is the same in all settlements of
        every unit, such as the parent's code.
    """
    plain = pd.DataFrame(settlements).drop(columns="geometry")
    largest = plain.sort_values("residents", ascending=False, kind="stable")
    first = largest.drop_duplicates("unit").set_index("unit").sort_index()
    others = [name for name in plain.columns if name not in {*_OWN, "name", column}]
    kinds = plain.groupby("unit")[others].nunique().max()
    same = [name for name in others if kinds[name] == 1]
    ledger.note(
        "units-of-settlements",
        "territory.draw.settlements",
        f"{count_of(len(first), 'unit')} of {count_of(len(plain), 'settlement')}",
    )
    names = first["place"].where(first["place"] != "", first.index.to_series())
    return first[same].assign(name=names).rename_axis(column).reset_index()


def _need_points(frame: pd.DataFrame, file: str, ledger: Ledger) -> None:
    if not isinstance(frame, gpd.GeoDataFrame):
        ledger.error(
            "no-points",
            file,
            "a layer without geometry",
            "points of settlements (territory.draw.settlements)",
            "name another file or layer, or a table with longitude and latitude",
        )
    ledger.refuse()


def _points(frame: pd.DataFrame, section: Settlements, marks: Marks | None) -> np.ndarray:
    mark, columns = frame.attrs.get("separator", ""), (section.lon, section.lat)
    lon, lat = (to_numbers(frame[name], mark, marks).to_numpy() for name in columns)
    on_earth = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)  # noqa: PLR2004 - degrees
    points = np.full(len(frame), None, dtype=object)
    points[on_earth] = shapely.points(lon[on_earth], lat[on_earth])
    return points


def _no_point(shapes: np.ndarray) -> np.ndarray:
    point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    return np.asarray(~(point & ~shapely.is_empty(shapes)), dtype=bool)


def _check(
    bad: Sequence[bool] | np.ndarray | pd.Series[bool],
    check: str,
    found: str,
    labels: pd.Series[str],
    file: str,
    ledger: Ledger,
) -> None:
    rows = labels[np.asarray(bad)]
    if len(rows):
        named = name_some([str(name) for name in rows])
        ledger.error(
            check,
            file,
            f"{found} in {count_of(len(rows), 'settlement')}: {named}",
            "a unit's code, residents (zero or more) and a point for each settlement",
            "correct or delete the rows",
        )
