"""Inequality: how unequally municipalities share a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["gini"]


def gini(values: Sequence[float] | np.ndarray) -> float:
    """Return the Gini coefficient of values that are not negative.

    With the values in ascending order, ``G = sum((2 i - n - 1) x_i) / (n sum(x_i))`` for
    ``i = 1 .. n``: half the mean absolute difference, divided by the mean ([gini1912]_,
    [sen1973]_). 0 where all are equal, ``1 - 1 / n`` where one has all.

    Parameters
    ----------
    values
        One value per municipality.

    Returns
    -------
    float
        Without unit; NaN where there is no value, a value is not known, or all are 0.

    Raises
    ------
    ValueError
        If a value is negative: the coefficient then has no upper limit.

    References
    ----------
    .. [gini1912] Gini, C. (1912), Variabilita e mutabilita, Bologna.
    .. [sen1973] Sen, A. (1973), On Economic Inequality, Oxford, section 2.

    Examples
    --------
    >>> gini([5, 5, 5])
    0.0
    >>> gini([0, 0, 3, 1])
    0.625
    """
    ascending = np.sort(np.asarray(values, dtype=np.float64))
    if (ascending < 0).any():
        msg = f"Gini coefficient: found {ascending[0]:g}; expected no negative value"
        raise ValueError(msg)
    total = ascending.sum()
    if not total > 0:
        return np.nan
    n = len(ascending)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return max(0.0, float(ranks @ (ascending / total)) / n)
