"""``scorecard.csv`` (municipality by measure) and ``national.csv`` (today and plan)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.write.polygons import build_municipality_table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from amalgamation.measure import Scorecard

__all__ = ["write_scorecard"]


def write_scorecard(path: Path, national: Path, scorecard: Scorecard) -> None:
    """Write both tables as CSV: UTF-8, comma, point, missing figures blank.

    Synthetic data are marked in a column of their own in both.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    _write_csv(path, build_municipality_table(scorecard))
    table = scorecard.national
    _write_csv(national, table.assign(synthetic=True) if scorecard.synthetic else table)


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    text = table.to_csv(lineterminator="\n", float_format="%.12g")
    path.write_bytes(text.encode())
