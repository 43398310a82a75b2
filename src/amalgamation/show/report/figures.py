"""A number as JSON holds it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

__all__ = ["to_figure"]


def to_figure(value: Any) -> float | int | None:
    """Convert a number; what is missing or infinite becomes null, whole ones lose the point.

    Every digit stays: a page that adds the numbers up must come to the same sums.

    Examples
    --------
    >>> [to_figure(value) for value in (5000.0, 0.1 + 0.2, float("inf"), None)]
    [5000, 0.30000000000000004, None, None]
    """
    if value is None or pd.isna(value) or not math.isfinite(value):
        return None
    number = float(value)
    return int(number) if number.is_integer() else number
