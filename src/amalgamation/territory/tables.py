"""Read attribute tables: every cell as text, so that codes keep their leading zeros."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["read_table"]

_SEPARATORS = (",", ";", "\t", "|")
_CYRILLIC_CODE_PAGE = "cp1251"
_PREVIEW = 60


def read_table(path: Path, sheet: str | None = None) -> pd.DataFrame:
    """Read a CSV or XLSX file as text.

    The separator (comma, semicolon, tab, bar) is the one that splits the header into most
    columns; the encoding is UTF-8, or UTF-16 where a byte order mark says so. Nothing is
    turned into a number or into a missing value: ``010000000`` and ``NA`` stay as they are.

    Parameters
    ----------
    path
        File ending in ``.xlsx`` or ``.xlsm``, or any other text file.
    sheet
        Sheet of an XLSX file; needed where there are several.

    Returns
    -------
    pandas.DataFrame
        Strings; blank cells are ``""``. ``attrs["numeric"]`` names the columns that an
        XLSX file holds as numbers, ``attrs["separator"]`` the separator of a text file.

    Raises
    ------
    DataError
        If the file is empty, cannot be decoded, has ragged rows, columns without or with
        the same name, or several sheets of which none is named.
    """
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        rows, attrs = _read_sheet(path, sheet)
    else:
        rows, attrs = _read_text(path)
    frame = _to_frame(rows, path.name)
    frame.attrs.update(attrs)
    return frame


def _refuse(check: str, where: str, found: str, expected: str, remedy: str) -> DataError:
    return DataError([Finding(check, where, found, expected, remedy)])


# --- text -----------------------------------------------------------------------------


def _read_text(path: Path) -> tuple[list[list[Any]], dict[str, Any]]:
    text = _decode(path)
    header = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=lambda mark: len(next(csv.reader([header], delimiter=mark))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[Any]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                _check_width(rows, path.name, reader.line_num)
    except csv.Error as error:
        raise _refuse(
            "unreadable-row",
            f"{path.name}, line {reader.line_num}",
            str(error),
            "quotes that open and close",
            "close the quote, or double a quote inside a quoted cell",
        ) from error
    return rows, {"separator": separator}


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        guess = data[max(0, error.start - 20) : error.start + 40]
        preview = " ".join(guess.decode(_CYRILLIC_CODE_PAGE, errors="replace").split())
        raise _refuse(
            "encoding",
            f"{path.name}, byte {error.start}",
            f"bytes that are not UTF-8; as {_CYRILLIC_CODE_PAGE} they read '{preview}'",
            "UTF-8, or UTF-16 with a byte order mark",
            "save the file as UTF-8",
        ) from error


def _check_width(rows: Sequence[Sequence[Any]], name: str, line: int) -> None:
    found, expected = len(rows[-1]), len(rows[0])
    if found != expected:
        raise _refuse(
            "ragged-row",
            f"{name}, line {line} ({' '.join(map(str, rows[-1]))[:_PREVIEW]})",
            f"{found} cells",
            f"{expected}, as in the header",
            "quote cells that contain the separator, or add the empty cells",
        )


# --- sheets ---------------------------------------------------------------------------


def _read_sheet(path: Path, sheet: str | None) -> tuple[list[list[Any]], dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles that it does not keep
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
            raise _refuse(
                "unreadable-workbook",
                path.name,
                f"no readable XLSX workbook ({error})",
                "an XLSX file without a password",
                "open it in a spreadsheet program and save it as XLSX, or as CSV",
            ) from error
        try:
            chosen = book[_sheet_name(book.sheetnames, path, sheet)]
            cells = [list(row) for row in chosen.iter_rows(values_only=True)]
        finally:
            book.close()
    width = max((_used(row) for row in cells), default=0)
    filled = [(row + [None] * width)[:width] for row in cells if _used(row)]
    return [[_to_text(cell) for cell in row] for row in filled], {"numeric": _numeric(filled)}


def _sheet_name(names: list[str], path: Path, sheet: str | None) -> str:
    if sheet is None and len(names) == 1:
        return names[0]
    if sheet is not None and sheet in names:
        return sheet
    raise _refuse(
        "sheet",
        path.name,
        f"no sheet named {sheet}" if sheet else f"{len(names)} sheets, none of them chosen",
        f"one of the sheets {name_some(names, 20)}",
        nearest(sheet, names) if sheet else "name the sheet in the scenario",
    )


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


def _numeric(rows: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    if not rows:
        return ()
    columns = zip(rows[0], zip(*rows[1:], strict=True), strict=False)
    return tuple(
        _to_text(name).strip()
        for name, cells in columns
        if any(isinstance(cell, (int, float)) for cell in cells)
    )


# --- both -----------------------------------------------------------------------------


def _to_frame(rows: list[list[Any]], name: str) -> pd.DataFrame:
    if len(rows) < 2:  # noqa: PLR2004
        raise _refuse(
            "empty-table",
            name,
            "a header without rows" if rows else "nothing",
            "a header and at least one row",
            "check that this is the right file",
        )
    header = [str(cell).strip() for cell in rows[0]]
    twice = sorted({column for column in header if header.count(column) > 1 and column})
    blank = [at + 1 for at, column in enumerate(header) if not column]
    if twice or blank:
        unnamed = [f"no name for column {at}" for at in blank]
        raise _refuse(
            "column-names",
            f"{name}, header",
            name_some([f"{column} twice" for column in twice] + unnamed),
            "each column with a name of its own",
            "rename or delete columns",
        )
    return pd.DataFrame(rows[1:], columns=header, dtype="str")
