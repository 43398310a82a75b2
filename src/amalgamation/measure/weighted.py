"""Weighted figures: means, quantiles and shares in which each resident counts once."""

from __future__ import annotations

import numpy as np

__all__ = ["weighted_mean", "weighted_quantile"]


def weighted_mean(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the mean of values, each counted by its weight; NaN where no weight is above 0.

    Examples
    --------
    >>> weighted_mean(np.array([0.0, 30.0]), np.array([2.0, 1.0]))
    10.0
    """
    values, weights = _weighty(values, weights)
    return float(values @ weights / weights.sum()) if weights.size else np.nan


def weighted_quantile(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    """Return the smallest value within which at least ``share`` of the weight lies.

    It is the inverse of the weighted distribution function (definition 1 of
    [hyndman1996]_), so the result is always a distance that some unit has.

    Parameters
    ----------
    values, weights
        Two arrays of one length; weights not negative.
    share
        Between 0 and 1.

    Returns
    -------
    float
        NaN where no weight is above 0, or a weight is not known.

    References
    ----------
    .. [hyndman1996] Hyndman, R. J. and Fan, Y. (1996), Sample quantiles in statistical
       packages, The American Statistician 50 (4), 361-365.

    Examples
    --------
    >>> weighted_quantile(np.array([0.0, 10.0, 50.0]), np.array([80.0, 10.0, 10.0]), 0.9)
    10.0
    """
    values, weights = _weighty(values, weights)
    if not weights.size or np.isnan(weights).any():
        return np.nan
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    # a sum of floats may miss the share by a last digit; no resident is that small
    enough = share * reached[-1] * (1 - 1e-12)
    return float(values[order][np.searchsorted(reached, enough)])


def _weighty(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # where nobody lives nobody travels, even if the way is infinite
    keep = weights != 0
    return values[keep], weights[keep]
