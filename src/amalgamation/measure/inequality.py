"""Inequality: how unequally municipalities share a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import xlogy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["gini", "theil"]


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
    ascending = np.sort(_checked(values, "Gini coefficient"))
    total = ascending.sum()
    if not total > 0:
        return np.nan
    n = len(ascending)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return max(0.0, float(ranks @ (ascending / total)) / n)


def theil(values: Sequence[float] | np.ndarray) -> float:
    """Return Theil's T of values that are not negative.

    ``T = sum(x_i / m * ln(x_i / m)) / n`` with ``m`` the mean of ``n`` values ([theil1967]_);
    a value of 0 adds nothing, as ``x ln x`` goes to 0. 0 where all are equal, ``ln n`` where
    one has all; unlike Gini's, it is the sum of what is unequal between and within groups.

    Parameters
    ----------
    values
        One value per municipality.

    Returns
    -------
    float
        In nats; NaN where there is no value, a value is not known, or all are 0.

    Raises
    ------
    ValueError
        If a value is negative.

    References
    ----------
    .. [theil1967] Theil, H. (1967), Economics and Information Theory, Amsterdam, chapter 4.

    Examples
    --------
    >>> theil([5, 5, 5])
    0.0
    >>> round(theil([0, 0, 3, 1]), 4)  # (3 ln 3) / 4
    0.824
    """
    x = _checked(values, "Theil index")
    total = x.sum()
    if not total > 0:
        return np.nan
    shares = x / total
    return max(0.0, float(xlogy(shares, shares * len(x)).sum()))


def _checked(values: Sequence[float] | np.ndarray, name: str) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=np.float64)
    if (x < 0).any():
        msg = f"{name}: found {x.min():g}; expected no negative value"
        raise ValueError(msg)
    return x
