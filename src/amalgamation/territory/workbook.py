"""Read a sheet of a workbook (XLSX by openpyxl, ODS by GDAL) as rows of text."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pyogrio

from amalgamation.errors import DataError
from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.archive import check_archive
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["WORKBOOKS", "read_workbook"]

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
"""File endings of workbooks."""

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old XLS, and XLSX under a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS_NUMBER = re.compile(r"-?\d+\.\d{16}")  # how GDAL writes a cell that holds a number

_Rows = tuple[list[list[Any]], dict[str, Any]]


def read_workbook(path: Path, sheet: str | None) -> _Rows:
    """Read the rows of a sheet, and what was found out about it.

    Returns
    -------
    rows, attrs
        Strings; ``attrs["numeric"]`` and ``attrs["dates"]`` name the columns in which cells
        hold numbers or dates, ``attrs["findings"]`` is what must be told.

    Raises
    ------
    DataError
        If the workbook is encrypted, broken, of another kind, or of several sheets of which
        none is chosen; if cells are merged, or formulas have no value.
    """
    with path.open("rb") as stream:
        start = stream.read(len(_COMPOUND))
    if not start.startswith(b"PK"):
        raise DataError([_not_a_workbook(path, start)])
    refused = check_archive(path)
    if refused:
        raise DataError(refused)
    if path.suffix.lower() == ".ods":
        return _read_ods(path, sheet)
    return _read_xlsx(path, sheet)


def _not_a_workbook(path: Path, start: bytes) -> Finding:
    found = "no readable workbook: its first bytes are those of another kind of file"
    if start == _COMPOUND and _ENCRYPTED in path.read_bytes():
        found = "a workbook with a password"
    elif start == _COMPOUND:
        found = "a workbook in the old XLS format of before 2007"
    return Finding(
        "unreadable-workbook",
        path.name,
        found,
        "an XLSX or ODS workbook without a password",
        "open it in a spreadsheet program and save it as XLSX, or as CSV",
    )


# --- XLSX -----------------------------------------------------------------------------


def _read_xlsx(path: Path, sheet: str | None) -> _Rows:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles that it does not keep
        book = _load(path, data_only=True)
        chosen = _choose(book.sheetnames, path, sheet)
        page = book[chosen]
        findings = [*_merged(page, path, chosen), *_without_value(page, path, chosen)]
    if findings:
        raise DataError(findings)
    cells = [list(row) for row in page.iter_rows(values_only=True)]
    width = max((_used(row) for row in cells), default=0)
    filled = [(row + [None] * width)[:width] for row in cells if _used(row)]
    return [[_to_text(cell) for cell in row] for row in filled], {
        "numeric": _columns_of(filled, (int, float)),
        "dates": _columns_of(filled, (dt.date, dt.time)),
        "findings": _hidden(page, path, chosen),
    }


def _load(path: Path, *, data_only: bool) -> Any:
    try:
        return openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=data_only)
    except Exception as error:  # it raises whatever a broken part gives it
        raise DataError([_broken(path, error)]) from error


def _broken(path: Path, error: Exception) -> Finding:
    return Finding(
        "unreadable-workbook",
        path.name,
        f"no readable workbook ({error})",
        "an XLSX or ODS workbook without a password",
        "open it in a spreadsheet program and save it as XLSX, or as CSV",
    )


def _choose(names: Sequence[str], path: Path, sheet: str | None) -> str:
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


def _merged(page: Any, path: Path, sheet: str) -> list[Finding]:
    ranges = sorted(str(one) for one in getattr(page, "merged_cells", ()))
    if not ranges:
        return []
    found = f"merged cells ({len(ranges):,}): {name_some(ranges)}"
    remedy = "unmerge them, and fill each cell with its own value"
    expected = "one header row, and one row for each unit"
    return [Finding("merged-cells", f"{path.name}, sheet {sheet}", found, expected, remedy)]


def _without_value(page: Any, path: Path, sheet: str) -> list[Finding]:
    """Find formulas whose value was never computed: a program wrote them, none opened them."""
    blank = {cell.coordinate for row in page.iter_rows() for cell in row if cell.value is None}
    if not blank or not _has_formulas(path):
        return []
    formulas = _load(path, data_only=False)[sheet]
    bare = [one for one in sorted(blank) if formulas[one].data_type == "f"]
    if not bare:
        return []
    found = f"formulas without a value ({len(bare):,}): {name_some(bare)}"
    remedy = "open it in a spreadsheet program and save it, or put values in their place"
    return [Finding("formula", f"{path.name}, sheet {sheet}", found, "cells with values", remedy)]


def _has_formulas(path: Path) -> bool:
    # looked for in the bytes: reading a large workbook once more takes as long as the first time
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/" in name]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in sheets)


def _hidden(page: Any, path: Path, sheet: str) -> tuple[Finding, ...]:
    rows = sorted(at for at, row in page.row_dimensions.items() if row.hidden)
    if not rows:
        return ()
    filtered = " by a filter" if page.auto_filter.ref else ""
    found = f"rows that are hidden{filtered} ({len(rows):,}): {name_some([str(at) for at in rows])}"
    remedy = "they are read like all others; delete them if they are not meant"
    where = f"{path.name}, sheet {sheet}"
    return (Finding("hidden-rows", where, found, "", remedy, Severity.WARNING),)


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


# --- ODS ------------------------------------------------------------------------------


def _read_ods(path: Path, sheet: str | None) -> _Rows:
    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        chosen = _choose(names, path, sheet)
        # headers and types off: GDAL would guess both
        frame = pyogrio.read_dataframe(path, layer=chosen, HEADERS="DISABLE", FIELD_TYPES="STRING")
    except (RuntimeError, ValueError, OSError) as error:
        raise DataError([_broken(path, error)]) from error
    cells = frame.astype("object").where(frame.notna(), None).to_numpy().tolist()
    filled = [[_ods_value(cell) for cell in row] for row in cells if _used(row)]
    rows = [[_to_text(cell) for cell in row] for row in filled]
    return rows, {"numeric": _columns_of(filled, (float,)), "dates": (), "findings": ()}


def _ods_value(cell: Any) -> Any:
    return float(cell) if isinstance(cell, str) and _ODS_NUMBER.fullmatch(cell) else cell
