"""Figures less those of one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["build_differences"]


def build_differences(table: pd.DataFrame, labels: Sequence[str], against: str) -> pd.DataFrame:
    """Build a table of differences to one of its columns, which stays as it is.

    Parameters
    ----------
    table
        A column of figures per label, and others, which stay.
    labels
        The columns of figures.
    against
        One of them.

    Examples
    --------
    >>> import pandas as pd
    >>> build_differences(pd.DataFrame({"a": [5.0], "b": [7.0]}), ["a", "b"], "a").values.tolist()
    [[5.0, 2.0]]
    """
    others = [label for label in labels if label != against]
    changed = table.copy()
    changed[others] = table[others].sub(table[against], axis="index")
    return changed
