"""Read a sheet of a workbook (XLSX by openpyxl, ODS by GDAL, XLS by xlrd) as rows of text."""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pyogrio

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.archive import check_archive
from amalgamation.territory.old_workbook import read_old_workbook
from amalgamation.territory.sheet import (
    check_merged,
    choose_sheet,
    tell_hidden,
    to_rows,
    unreadable,
)

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.territory.sheet import Rows

__all__ = ["WORKBOOKS", "read_workbook"]

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
"""File endings of workbooks."""

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old XLS, and XLSX under a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS_NUMBER = re.compile(r"-?\d+\.\d{16}")  # how GDAL writes a cell that holds a number


def read_workbook(path: Path, sheet: str | None) -> Rows:
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
    if start == _COMPOUND and path.suffix.lower() == ".xls" and not _is_encrypted(path):
        return read_old_workbook(path, sheet)
    if not start.startswith(b"PK"):
        raise DataError([_not_a_workbook(path, start)])
    refused = check_archive(path)
    if refused:
        raise DataError(refused)
    if path.suffix.lower() == ".ods":
        return _read_ods(path, sheet)
    return _read_xlsx(path, sheet)


def _is_encrypted(path: Path) -> bool:
    return _ENCRYPTED in path.read_bytes()


def _not_a_workbook(path: Path, start: bytes) -> Finding:
    if start != _COMPOUND:
        found = "no readable workbook: its first bytes are those of another kind of file"
        return unreadable(path, found)
    if _is_encrypted(path):
        return unreadable(path, "a workbook with a password")
    found = "a workbook in the old XLS format of before 2007"
    return unreadable(path, found, "give it the ending .xls, or save it as XLSX or as CSV")


# --- XLSX -----------------------------------------------------------------------------


def _read_xlsx(path: Path, sheet: str | None) -> Rows:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles that it does not keep
        book = _load(path, data_only=True)
        chosen = choose_sheet(book.sheetnames, path, sheet)
        page = book[chosen]
        merged = [str(one) for one in getattr(page, "merged_cells", ())]
        findings = [*check_merged(merged, path, chosen), *_without_value(page, path, chosen)]
    if findings:
        raise DataError(findings)
    hidden = sorted(at for at, row in page.row_dimensions.items() if row.hidden)
    told = tell_hidden(hidden, path, chosen, filtered=bool(page.auto_filter.ref))
    return to_rows([list(row) for row in page.iter_rows(values_only=True)], told)


def _load(path: Path, *, data_only: bool) -> Any:
    try:
        return openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=data_only)
    except Exception as error:  # it raises whatever a broken part gives it
        raise DataError([unreadable(path, f"no readable workbook ({error})")]) from error


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


# --- ODS ------------------------------------------------------------------------------


def _read_ods(path: Path, sheet: str | None) -> Rows:
    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        chosen = choose_sheet(names, path, sheet)
        # headers and types off: GDAL would guess both
        frame = pyogrio.read_dataframe(path, layer=chosen, HEADERS="DISABLE", FIELD_TYPES="STRING")
    except (RuntimeError, ValueError, OSError) as error:
        raise DataError([unreadable(path, f"no readable workbook ({error})")]) from error
    cells = frame.astype("object").where(frame.notna(), None).to_numpy().tolist()
    return to_rows([[_ods_value(cell) for cell in row] for row in cells])


def _ods_value(cell: Any) -> Any:
    return float(cell) if isinstance(cell, str) and _ODS_NUMBER.fullmatch(cell) else cell
