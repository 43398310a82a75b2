"""``reasons.csv``: every single change next to the plan, what it costs and breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["write_reasons"]


def write_reasons(path: Path, reasons: pd.DataFrame, *, synthetic: bool = False) -> None:
    """Write the reasons as CSV: UTF-8, comma, point; codes are text, blank where there is none.

    Synthetic data are marked in a column of their own.

    Parameters
    ----------
    path
        File to write.
    reasons
        As `amalgamation.explain.this_plan.build_reasons_table` builds them.
    synthetic
        Whether the data are made up.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    table = reasons.assign(synthetic=True) if synthetic else reasons
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    path.write_bytes(text.encode())
