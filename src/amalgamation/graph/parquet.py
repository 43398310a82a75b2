"""Parquet files of pairs, where the extra `parquet` is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_parquet"]


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file as text, as tables are read.

    Raises
    ------
    DataError
        If it cannot be read, or pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DataError([_absent(path)]) from error
    try:
        table = parquet.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise DataError([_unreadable(path, str(error))]) from error
    columns = {name: table[name].to_pylist() for name in table.column_names}
    text = {name: ["" if one is None else str(one) for one in cells]
            for name, cells in columns.items()}  # fmt: skip
    return pd.DataFrame(text, dtype="str")


def _absent(path: Path) -> Finding:
    return Finding(
        "parquet-absent",
        path.name,
        "a Parquet file, which needs pyarrow",
        "pyarrow, which is not installed",
        "pip install 'amalgamation[parquet]', or save the file as CSV",
    )


def _unreadable(path: Path, error: str) -> Finding:
    return Finding(
        "unreadable-parquet",
        path.name,
        f"what pyarrow cannot read ({error.splitlines()[0]})",
        "a Parquet file",
        "save the file as CSV",
    )
