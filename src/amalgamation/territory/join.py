"""Join attribute tables to the units on the unit id, complete both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.scenario.nearest import nearest as nearest_words
from amalgamation.territory.columns import check_columns
from amalgamation.territory.files import locate
from amalgamation.territory.ids import check_dates, check_ids, to_ids
from amalgamation.territory.tables import read_table
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from amalgamation.scenario.schema import Table
    from amalgamation.territory.ledger import Ledger

__all__ = ["JoinTable", "join_table", "read_join_table"]

_MOST_NAMED = 10


@dataclass(frozen=True)
class JoinTable:
    """Hold a table on its way to the units: text, indexed by unit id."""

    frame: pd.DataFrame
    where: str
    separator: str | None


def read_join_table(
    table: Table,
    folder: Path,
    ledger: Ledger,
    encoding: str | None = None,
    *,
    key: str = "territory.tables",
) -> JoinTable | None:
    """Read a table and index it by unit id; None, with errors in the ledger, if it cannot be.

    Where rows share an id, which is refused, the first of them stays for the other checks.
    Messages say under which key of the scenario the table stands.

    Raises
    ------
    DataError
        If the file is not there or is no table.
    """
    path = locate(table.path, folder, key)
    frame = read_table(path, table.sheet, encoding)
    ledger.read(key.rpartition(".")[2].removesuffix("s"), path)
    ledger.add(frame.attrs["findings"])
    wanted = [table.id, *table.columns.values()]
    if not check_columns(frame, wanted, f"{path.name}, header", "a column of the table", ledger):
        return None
    where = f"{path.name}, column {table.id}"
    ids = to_ids(frame[table.id], where, ledger)
    _warn_of_numbers(table.id, frame, where, ledger)
    ledger.add([*check_ids(ids, where, None), *check_dates(table.id, frame, where)])
    new_names = {column: name for name, column in table.columns.items()}
    kept = frame[list(new_names)].rename(columns=new_names) if new_names else frame
    kept = kept.drop(columns=[table.id], errors="ignore").set_axis(ids.to_numpy(), axis="index")
    kept = kept[~ids.duplicated().to_numpy() & (ids != "").to_numpy()]
    return JoinTable(kept, path.name, frame.attrs.get("separator"))


def join_table(
    units: pd.DataFrame, table: JoinTable, where: str, *, drop: bool, ledger: Ledger
) -> pd.DataFrame:
    """Join one table; units and rows without a match are refused, or dropped and named.

    Parameters
    ----------
    units
        Indexed by unit id; where ids are missing or double, which is told elsewhere, they
        are so here.
    table
        Its columns replace columns of the same name, with a warning.
    where
        The units' file, for the messages.
    drop
        Whether to drop what does not match, both ways.
    """
    without_row = sorted(set(units.index) - {""} - set(table.frame.index))
    without_unit = sorted(set(table.frame.index) - set(units.index))
    if without_row or without_unit:
        _tell(without_row, without_unit, f"{where} and {table.where}", drop=drop, ledger=ledger)
        units = units[units.index.isin(table.frame.index)]
    replaced = [column for column in table.frame.columns if column in units.columns]
    if replaced:
        ledger.warn(
            "column-replaced",
            table.where,
            f"columns that {where} has too: {', '.join(replaced)}",
            "the table's are used; name only the columns you want in tables.columns",
        )
    return units.drop(columns=replaced).join(table.frame)


def _tell(
    without_row: Sequence[str],
    without_unit: Sequence[str],
    where: str,
    *,
    drop: bool,
    ledger: Ledger,
) -> None:
    most = len(without_row) + len(without_unit) if drop else _MOST_NAMED
    found = (
        f"{count_of(len(without_row), 'unit')} without a row in the table"
        f"{_listed(without_row, most)} and {count_of(len(without_unit), 'row')} without a unit"
        f"{_listed(without_unit, most)}{_near(without_row, without_unit)}"
    )
    subjects = sorted({*without_row, *without_unit})
    if drop:
        ledger.warn("unmatched", where, found, "all of them are left out", *subjects)
        return
    remedy = "correct the codes, name a territory.crosswalk, or set territory.unmatched: drop"
    bare = {code.lstrip("0") for code in without_unit}
    if any(code.lstrip("0") in bare for code in without_row):
        remedy = "leading zeros were lost: store the codes as text, and export again"
    ledger.error("unmatched", where, found, "the same codes in both", remedy, *subjects)


def _listed(codes: Sequence[str], most: int) -> str:
    return f" ({name_some(codes, most)})" if codes else ""


def _near(without_row: Sequence[str], without_unit: Sequence[str]) -> str:
    """Return the nearest code on the other side, for the first codes that have one."""
    pairs = [
        f"{code} is like {close[0]}"
        for code in without_row[:_MOST_NAMED]
        if (close := nearest_words(code, without_unit))
    ]
    return f"; {name_some(pairs)}" if pairs else ""


def _warn_of_numbers(column: str, frame: pd.DataFrame, where: str, ledger: Ledger) -> None:
    if column in frame.attrs.get("numeric", ()):
        ledger.warn(
            "id-number",
            where,
            "numbers, which were read as text; leading zeros, if there were any, are lost",
            "format the column as text",
        )
