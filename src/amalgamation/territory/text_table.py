"""Read a table of text: comma, semicolon, tab or bar between cells, in any encoding."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError
from amalgamation.findings import Finding, Severity
from amalgamation.territory.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["read_text"]

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_PREVIEW = 60


def read_text(path: Path, encoding: str | None) -> tuple[list[list[Any]], dict[str, Any]]:
    """Read the rows of a text file, and what was found out about it.

    Raises
    ------
    DataError
        If it cannot be decoded, a row is ragged, or a quote stays open.
    """
    text, used = decode(path.read_bytes(), path.name, encoding)
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
        raise DataError([_unreadable(path, reader.line_num, str(error))]) from error
    notes = _notes(path.name, separator, used)
    return rows, {"separator": separator, "findings": notes}


def _check_width(rows: Sequence[Sequence[Any]], name: str, line: int) -> None:
    found, expected = len(rows[-1]), len(rows[0])
    if found == expected:
        return
    finding = Finding(
        "ragged-row",
        f"{name}, line {line} ({' '.join(map(str, rows[-1]))[:_PREVIEW]})",
        f"{found} cells",
        f"{expected}, as in the header",
        "quote cells that contain the separator, or add the empty cells",
    )
    raise DataError([finding])


def _unreadable(path: Path, line: int, error: str) -> Finding:
    long = "field larger" in error
    return Finding(
        "unreadable-row",
        f"{path.name}, line {line}",
        f"{error}, as where a quote stays open" if long else error,
        "quotes that open and close",
        "close the quote, or double a quote inside a quoted cell",
    )


def _notes(name: str, separator: str, encoding: str) -> tuple[Finding, ...]:
    found = []
    if separator != ",":
        found.append(("separator", f"cells between {_SEPARATORS[separator]}, read as such"))
    if encoding != "utf-8":
        found.append(("encoding", f"text in {encoding}, read as such"))
    return tuple(Finding(check, name, what, severity=Severity.NOTE) for check, what in found)
