"""What the sheets of all workbooks have in common: which is read, and what is told of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError
from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Rows", "check_merged", "choose_sheet", "tell_hidden", "to_rows", "unreadable"]

Rows = tuple[list[list[Any]], dict[str, Any]]
"""Rows of strings, and what was found out about them (see `read_workbook`)."""

_EXPECTED = "an XLSX, XLS or ODS workbook without a password"
_REMEDY = "open it in a spreadsheet program and save it as XLSX, or as CSV"


def unreadable(path: Path, found: str, remedy: str = _REMEDY) -> Finding:
    """Return why a workbook cannot be read."""
    return Finding("unreadable-workbook", path.name, found, _EXPECTED, remedy)


def choose_sheet(names: Sequence[str], path: Path, sheet: str | None) -> str:
    """Return the sheet that is meant.

    Raises
    ------
    DataError
        If there are several and none is named, or none has the name.
    """
    if sheet is None and len(names) == 1:
        return names[0]
    if sheet is not None and sheet in names:
        return sheet
    finding = Finding(
        "sheet",
        path.name,
        f"no sheet named {sheet}" if sheet else f"{len(names)} sheets, none of them chosen",
        f"one of the sheets {name_some(names, 20)}",
        nearest(sheet, names) if sheet else "name the sheet in the scenario",
    )
    raise DataError([finding])


def check_merged(ranges: Sequence[str], path: Path, sheet: str) -> list[Finding]:
    """Return an error where cells are merged: nothing says which row has the value."""
    if not ranges:
        return []
    found = f"merged cells ({len(ranges):,}): {name_some(sorted(ranges))}"
    remedy = "unmerge them, and fill each cell with its own value"
    expected = "one header row, and one row for each unit"
    return [Finding("merged-cells", f"{path.name}, sheet {sheet}", found, expected, remedy)]


def tell_hidden(
    rows: Sequence[int], path: Path, sheet: str, *, filtered: bool = False
) -> tuple[Finding, ...]:
    """Return a warning where rows, numbered from 1, are hidden."""
    if not rows:
        return ()
    how = " by a filter" if filtered else ""
    found = f"rows that are hidden{how} ({len(rows):,}): {name_some([str(at) for at in rows])}"
    remedy = "they are read like all others; delete them if they are not meant"
    where = f"{path.name}, sheet {sheet}"
    return (Finding("hidden-rows", where, found, "", remedy, Severity.WARNING),)


def to_rows(cells: Sequence[Sequence[Any]], findings: tuple[Finding, ...] = ()) -> Rows:
    """Convert cells to strings; rows without any are left out, as are columns behind the last."""
    width = max((_used(row) for row in cells), default=0)
    filled = [([*row, *[None] * width])[:width] for row in cells if _used(row)]
    return [[_to_text(cell) for cell in row] for row in filled], {
        "numeric": _columns_of(filled, (int, float)),
        "dates": _columns_of(filled, (dt.date, dt.time)),
        "findings": findings,
    }


def _used(row: Sequence[Any]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell not in {None, ""}), default=0)


def _to_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _columns_of(rows: Sequence[Sequence[Any]], kinds: tuple[type, ...]) -> tuple[str, ...]:
    if not rows:
        return ()
    columns = zip(rows[0], zip(*rows[1:], strict=True), strict=False)
    return tuple(
        _to_text(name).strip()
        for name, cells in columns
        if any(isinstance(cell, kinds) and not isinstance(cell, bool) for cell in cells)
    )
