"""Read a real grouping, to set beside a plan.

In: a CSV file with a column of units and a column of groups. Out: unit id -> group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_grouping"]


def read_grouping(path: Path, unit_column: str, group_column: str) -> dict[str, str]:
    r"""Read which group each unit belongs to; codes are text and keep their zeros.

    Parameters
    ----------
    path
        CSV file, UTF-8.
    unit_column, group_column
        Columns with the unit's and the group's code. Rows without a group are left out:
        the unit belongs to none.

    Raises
    ------
    DataError
        If the file cannot be read, a column is absent, or a unit has two groups.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "real.csv"
    ...     _ = path.write_text("code,epci\n01,A\n02,A\n")
    ...     read_grouping(path, "code", "epci")
    {'01': 'A', '02': 'A'}
    """
    frame = _read(path)
    absent = [column for column in (unit_column, group_column) if column not in frame.columns]
    if absent:
        found = "columns " + ", ".join(map(str, frame.columns))
        raise DataError([_bad(path, "column-absent", found, "columns " + ", ".join(absent))])
    pairs = frame[[unit_column, group_column]].apply(lambda column: column.str.strip())
    pairs = pairs[(pairs != "").all(axis=1)].drop_duplicates()
    twice = sorted(pairs.loc[pairs[unit_column].duplicated(), unit_column].unique())
    if twice:
        found = f"{len(twice)} units in two groups: {name_some(twice)}"
        raise DataError([_bad(path, "duplicate-unit", found, "one group for each unit")])
    return dict(sorted(zip(pairs[unit_column], pairs[group_column], strict=True)))


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError([_bad(path, "grouping", str(error), "a CSV file of units")]) from error


def _bad(path: Path, check: str, found: str, expected: str) -> Finding:
    return Finding(check, path.name, found, expected, "correct the file or name other columns")
