"""``assignment.csv``: the round-trip format, ``unit_id,municipality_id,seat_id``."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.plan import ASSIGNMENT_COLUMNS, Plan

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_assignment", "write_assignment"]

# Cells of a row that hold something: all, or the unit alone where it stays outside.
_FILLED = ([True, True, True], [True, False, False])
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def write_assignment(path: Path, plan: Plan) -> None:
    """Write a plan as CSV: UTF-8, comma, one row per unit, ordered by unit id.

    A unit outside every municipality has its other two cells empty.

    Raises
    ------
    OSError
        If the file cannot be written.

    See Also
    --------
    read_assignment : its inverse.
    """
    text = plan.to_frame().to_csv(index=False, lineterminator="\n")
    path.write_bytes(text.encode())


def read_assignment(path: Path) -> Plan:
    """Read a plan from CSV; what `write_assignment` wrote gives the same plan.

    Every cell is text: ``010`` stays ``010``, ``NA`` stays ``NA``. A byte order mark
    (UTF-8 or UTF-16) and semicolons between the columns are accepted, since spreadsheets
    write them; further columns are passed over. A row that names neither municipality nor
    seat leaves its unit outside.

    Raises
    ------
    DataError
        If the file is absent, not text, or not a plan: all findings at once.
    """
    rows = _rows(path)
    findings = _check_header(path, rows) or _check_rows(path, rows)
    if findings:
        raise DataError(findings)
    frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    try:
        return Plan.from_frame(frame[list(ASSIGNMENT_COLUMNS)])
    except DataError as error:
        named = [replace(f, where=_named(path, f.where)) for f in error.findings]
        raise DataError(named) from None


def _named(path: Path, where: str) -> str:
    return str(path) if where == "assignment table" else f"{path}, {where}"


def _rows(path: Path) -> list[list[str]]:
    text = _text(path)
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        finding = Finding(
            "not-csv", str(path), str(error), "CSV with closed quotes", "mend or export it again"
        )
        raise DataError([finding]) from None


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        found = error.strerror or str(error)
        columns = ",".join(ASSIGNMENT_COLUMNS)
        finding = Finding("file-unreadable", str(path), found, f"a CSV file with {columns}")
        raise DataError([finding]) from None
    encoding = "utf-16" if raw.startswith(_UTF16) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"byte {raw[error.start]:#04x} at position {error.start:,} that is not UTF-8"
        finding = Finding("encoding", str(path), found, "UTF-8 text", "save it as CSV UTF-8")
        raise DataError([finding]) from None


def _check_header(path: Path, rows: list[list[str]]) -> list[Finding]:
    header = rows[0] if rows else []
    absent = [column for column in ASSIGNMENT_COLUMNS if column not in header]
    expected = "columns " + ", ".join(ASSIGNMENT_COLUMNS)
    where = f"{path}, line 1"
    if absent:
        found = "columns " + ", ".join(header) if header else "no line"
        return [Finding("column-absent", where, found, expected, "add " + ", ".join(absent))]
    twice = sorted({c for c in ASSIGNMENT_COLUMNS if header.count(c) > 1})
    if twice:
        found = f"{', '.join(twice)} more than once"
        return [Finding("duplicate-column", where, found, expected, "delete the doubles")]
    if len(rows) == 1:
        found = "a header without rows"
        return [
            Finding("empty-plan", str(path), found, "one row per unit", "export the plan again")
        ]
    return []


def _check_rows(path: Path, rows: list[list[str]]) -> list[Finding]:
    header = rows[0]
    needed = [header.index(column) for column in ASSIGNMENT_COLUMNS]
    findings = []
    for line, row in enumerate(rows[1:], start=2):
        where = f"{path}, row {line} ({', '.join(row)[:60]})"
        if len(row) != len(header):
            found, expected = f"{len(row)} cells", f"{len(header)}, as the header has"
            findings.append(Finding("ragged-row", where, found, expected, "mend the row"))
        elif [bool(row[cell].strip()) for cell in needed] not in _FILLED:
            expected = (
                f"an id in each of {', '.join(ASSIGNMENT_COLUMNS)}, or in the first alone "
                f"(a unit outside)"
            )
            findings.append(Finding("blank-id", where, "a blank cell", expected, "fill it in"))
    return findings
