"""Shares of a plan: of its municipalities, and of the residents who live in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from amalgamation.measure.subject import Subject

__all__ = ["part_of", "percent_of_municipalities", "percent_of_residents"]


def part_of(whole: pd.Series[float], part: pd.Series[float]) -> pd.Series[float]:
    """Return a part over its whole, row by row; NaN where the whole is not above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> part_of(pd.Series([4.0, 0.0]), pd.Series([1.0, 1.0])).tolist()
    [0.25, nan]
    """
    return part / whole.where(whole > 0)


def percent_of_municipalities(holds: pd.Series[float]) -> float:
    """Return the share of municipalities of which something holds.

    Parameters
    ----------
    holds
        1 or 0 per municipality; NaN where nobody knows.

    Returns
    -------
    float
        In per cent; NaN where it is not known of all.

    Examples
    --------
    >>> import pandas as pd
    >>> percent_of_municipalities(pd.Series([1.0, 0.0, 0.0, 0.0]))
    25.0
    """
    return float(100 * holds.mean(skipna=False)) if len(holds) else np.nan


def percent_of_residents(subject: Subject, holds: pd.Series[float]) -> float:
    """Return the share of residents whose municipality is one of which something holds.

    Parameters
    ----------
    subject
        The plan; residents outside every municipality do not count.
    holds
        1 or 0 per municipality; NaN where nobody knows.

    Returns
    -------
    float
        In per cent; NaN where it is not known of all, or nobody lives there.

    Raises
    ------
    KeyError
        If the territory has no population.
    """
    people = subject.total_of("population")
    total = people.sum(skipna=False)
    return float(100 * (people * holds).sum(skipna=False) / total) if total > 0 else np.nan
