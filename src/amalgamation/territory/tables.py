"""Read attribute tables: every cell as text, so that codes keep their leading zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.text_table import read_text
from amalgamation.territory.workbook import WORKBOOKS, read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["MOST_BYTES", "read_table"]

MOST_BYTES = 500_000_000
"""Greatest size of a table."""

_TOTALS = frozenset(
    {"total", "итого", "итого:", "всего", "всего:", "барлығы", "барлығы:", "жиыны", "жиынтығы"}
)
"""Words that begin a row of sums, in English, Russian and Kazakh."""

_ALIKE = 2
"""A row that repeats so many names of columns is a second header."""


def read_table(path: Path, sheet: str | None = None, encoding: str | None = None) -> pd.DataFrame:
    """Read a CSV, TSV, XLSX or ODS file as text.

    The separator (comma, semicolon, tab, bar) is the one that splits the header into most
    columns; the encoding is UTF-8, UTF-16 where a byte order mark says so, or what is
    given. Nothing is turned into a number or into a missing value: ``010000000`` and ``NA``
    stay as they are.

    Parameters
    ----------
    path
        File ending in ``.xlsx``, ``.xlsm`` or ``.ods``, or any other text file.
    sheet
        Sheet of a workbook; needed where there are several.
    encoding
        Encoding of text that is neither UTF-8 nor UTF-16.

    Returns
    -------
    pandas.DataFrame
        Strings; blank cells are ``""``. ``attrs["numeric"]`` and ``attrs["dates"]`` name the
        columns that a workbook holds as numbers or dates, ``attrs["separator"]`` the
        separator of a text file, ``attrs["findings"]`` what was noticed.

    Raises
    ------
    DataError
        If the file is too large, empty or cannot be decoded, has ragged rows, columns
        without or with the same name, a second header or a row of sums, or several sheets
        of which none is named.
    """
    _check_size(path)
    if path.suffix.lower() in WORKBOOKS:
        rows, attrs = read_workbook(path, sheet)
    else:
        rows, attrs = read_text(path, encoding)
    frame = _to_frame(rows, path.name)
    _check_rows(frame, path.name)
    frame.attrs.update(attrs)
    return frame


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        found, expected = f"a file of {size:,} bytes", f"at most {MOST_BYTES:,} bytes"
        raise _refuse("table-size", path.name, found, expected, "keep only the columns needed")


def _refuse(check: str, where: str, found: str, expected: str, remedy: str) -> DataError:
    return DataError([Finding(check, where, found, expected, remedy)])


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


def _check_rows(frame: pd.DataFrame, name: str) -> None:
    kinds = (
        ("header-row", _is_header(frame), "rows that repeat the header"),
        ("total-row", _is_total(frame), "rows of sums"),
    )
    found = [
        Finding(
            check,
            name,
            f"{what} ({int(bad.sum()):,}): {name_some(_shown(frame[bad]))}",
            "one header, then one row for each unit",
            "delete them",
        )
        for check, bad, what in kinds
        if bad.any()
    ]
    if found:
        raise DataError(found)


def _is_header(frame: pd.DataFrame) -> pd.Series[bool]:
    names = [str(name).casefold() for name in frame.columns]
    alike = frame.apply(lambda column: column.str.strip().str.casefold()) == names
    repeated: pd.Series[bool] = alike.sum(axis=1) >= min(_ALIKE, len(names))
    return repeated


def _is_total(frame: pd.DataFrame) -> pd.Series[bool]:
    # the first cell with anything in it, as a sum's row leaves its code blank
    first = frame.iloc[:, 0].str.strip()
    for at in range(1, len(frame.columns)):
        first = first.where(first != "", frame.iloc[:, at].str.strip())
    return first.str.casefold().isin(_TOTALS)


def _shown(rows: pd.DataFrame) -> Sequence[str]:
    return [" ".join(cell for cell in row if cell)[:60] for row in rows.to_numpy().tolist()]
