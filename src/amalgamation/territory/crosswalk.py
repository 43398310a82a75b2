"""Reconcile codes of different years: which code became which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from amalgamation.findings import name_some
from amalgamation.scenario.nearest import nearest as nearest_words
from amalgamation.territory.columns import check_columns
from amalgamation.territory.dissolve import polygonal
from amalgamation.territory.files import locate
from amalgamation.territory.ids import to_ids
from amalgamation.territory.numbers import Marks, from_text, looks_like_code
from amalgamation.territory.tables import read_table
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pandas.core.groupby.generic import SeriesGroupBy

    from amalgamation.scenario.schema import Crosswalk
    from amalgamation.territory.ledger import Ledger

__all__ = ["read_crosswalk", "translate_codes"]

_NAMES = ("name", "nom")


@dataclass(frozen=True)
class _Writing:
    separator: str | None
    marks: Marks


def read_crosswalk(
    section: Crosswalk, folder: Path, ledger: Ledger, encoding: str | None = None
) -> dict[str, list[str]]:
    """Read a table of old and new codes.

    Parameters
    ----------
    section
        The file and its columns.
    folder
        Folder of the scenario file.
    ledger
        Takes what is wrong.
    encoding
        That of the scenario's text.

    Returns
    -------
    dict
        Old code -> new codes, sorted: several where a unit was split.

    Raises
    ------
    DataError
        If the file or a column is not there, or a code is blank; all problems at once.
    """
    path = locate(section.file, folder, "territory.crosswalk.file")
    table = read_table(path, section.sheet, encoding)
    ledger.read("crosswalk", path)
    ledger.add(table.attrs["findings"])
    where = f"{path.name}, territory.crosswalk"
    check_columns(table, (section.from_, section.to), where, "a column of the crosswalk", ledger)
    ledger.refuse()
    where = f"{path.name}, column"
    old = to_ids(table[section.from_], f"{where} {section.from_}", ledger)
    new = to_ids(table[section.to], f"{where} {section.to}", ledger)
    blank = (old == "") | (new == "")
    if blank.any():
        half = [f"{a or 'no code'} -> {b or 'no code'}"
                for a, b in zip(old[blank], new[blank], strict=True)]  # fmt: skip
        ledger.error("crosswalk-blank", path.name, f"rows without a code: {name_some(half)}",
                     "an old and a new code in each row", "fill or delete them")  # fmt: skip
        ledger.refuse()
    codes: dict[str, list[str]] = {}
    for a, b in sorted(set(zip(old, new, strict=True))):
        codes.setdefault(a, []).append(b)
    return codes


def translate_codes(
    frame: pd.DataFrame,
    codes: Mapping[str, Sequence[str]],
    where: str,
    ledger: Ledger,
    *,
    separator: str | None = None,
    marks: Marks | None = None,
) -> pd.DataFrame:
    """Give rows their new codes, and join those that have become one.

    Of rows that are joined, polygons are merged, numbers summed, and words kept where all
    rows agree; the name is that of the row that had the new code before, else the first.

    Parameters
    ----------
    frame
        Indexed by old code, unique.
    codes
        As `read_crosswalk` gives them. A code that is not in it stays.
    where
        The file, for the messages.
    ledger
        Takes what was joined, codes that neither side knows, and an error for each unit
        that was split: nothing says how to divide its residents.
    separator, marks
        How numbers are written in text, as `from_text` takes them.
    """
    split = {str(code): codes[code] for code in frame.index if len(codes.get(code, ())) > 1}
    for code, parts in split.items():
        ledger.error(
            "unit-split",
            f"unit {code} of {where}",
            f"a unit that became several: {name_some(parts)}",
            "one new code for each old one",
            "use data of the later year, or name the one that keeps the residents",
            code,
        )
    _tell_unknown(frame, codes, where, ledger)
    new = [str(codes.get(code, [code])[0]) for code in frame.index]
    index = pd.Index(new, name=frame.index.name, dtype="str")
    if index.is_unique:
        renamed: pd.DataFrame = frame.set_axis(index, axis="index")
        return renamed
    return _joined(frame, index, where, ledger, _Writing(separator, marks or Marks()))


def _tell_unknown(
    frame: pd.DataFrame, codes: Mapping[str, Sequence[str]], where: str, ledger: Ledger
) -> None:
    kept = sorted(set(map(str, frame.index)) - set(codes))
    gone = sorted(set(codes) - set(frame.index))
    for found, some, others in (
        (f"{count_of(len(kept), 'code')} of {where} without a row in the crosswalk", kept, gone),
        (f"{count_of(len(gone), 'row')} of the crosswalk without a unit in {where}", gone, kept),
    ):
        if some:
            shown = [f"{code}{_like(code, others)}" for code in some[:10]]
            more = f" and {len(some) - 10:,} more" if len(some) > 10 else ""  # noqa: PLR2004
            ledger.warn("crosswalk-unmatched", "territory.crosswalk",
                        f"{found}: {', '.join(shown)}{more}", "these codes stay as they are",
                        *some)  # fmt: skip


def _like(code: str, others: Sequence[str]) -> str:
    close = nearest_words(code, others)
    return f" (like {close[0]})" if close else ""


def _joined(
    frame: pd.DataFrame, index: pd.Index, where: str, ledger: Ledger, writing: _Writing
) -> pd.DataFrame:
    own = pd.Series(frame.index == index, index=frame.index)
    ordered = frame.assign(_new=index, _own=~own, _old=frame.index).sort_values(["_own", "_old"])
    several = index[index.duplicated()].unique().sort_values()
    told = [
        f"{code} (of {', '.join(sorted(map(str, frame.index[index == code])))})" for code in several
    ]
    ledger.note("codes-joined", where, f"units that became one ({len(told):,}): {name_some(told)}",
                *map(str, several))  # fmt: skip
    plain = pd.DataFrame(ordered).groupby("_new", sort=True)
    columns = {
        str(column): _column(plain[column], ordered[column], writing)
        for column in frame.columns
        if column != "geometry"
    }
    table = pd.DataFrame(columns).rename_axis(str(frame.index.name or "unit_id"))
    if not isinstance(frame, gpd.GeoDataFrame):
        return table
    shapes = {
        code: polygonal(shapely.union_all(some.to_numpy())) for code, some in plain["geometry"]
    }
    merged = gpd.GeoSeries(shapes, crs=frame.crs).reindex(table.index)
    placed: pd.DataFrame = gpd.GeoDataFrame(table, geometry=merged, crs=frame.crs)
    return placed


def _column(groups: SeriesGroupBy[Any, Any], cells: pd.Series, writing: _Writing) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return groups.sum()
    text = cells.astype("str").where(cells.notna(), "")
    numbers = from_text(text, writing.separator, writing.marks)
    if (text != "").any() and not numbers.text.any() and not looks_like_code(text):
        return groups.agg(lambda some: _summed(some, numbers.decimal, writing.marks))
    first = groups.first()
    if str(cells.name).lower().startswith(_NAMES):
        return first
    return first.where(groups.nunique().lt(2), "")


def _summed(cells: pd.Series[str], decimal: str, marks: Marks) -> str:
    """Return the sum as the column writes numbers; nothing where one of them is unknown."""
    total = from_text(cells, marks=replace(marks, decimal=decimal)).numbers.sum(skipna=False)
    return "" if pd.isna(total) else f"{total:.12g}".replace(".", decimal)
