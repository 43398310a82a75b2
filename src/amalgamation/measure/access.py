"""Access: how far residents live from the seat of their municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "measure_max_distance",
    "measure_mean_distance",
    "measure_p90_distance",
    "municipality_measures",
    "national_measures",
    "weighted_mean",
    "weighted_quantile",
]

P90 = 0.9
"""The share of residents that the ninetieth percentile leaves nearer."""


_PEOPLE = ("population",)


def municipality_measures(context: Context) -> list[Measure]:
    """Return the distances of each municipality's residents to its seat."""
    unit = context.distance_unit
    rows = (
        ("mean", "Mean distance of residents to the seat", measure_mean_distance, ""),
        (
            "p90",
            "Distance within which 90 % of residents reach the seat",
            measure_p90_distance,
            "hyndman1996",
        ),
        ("max", "Greatest distance from a unit to the seat", measure_max_distance, ""),
    )
    return [
        Measure(
            f"{name}_{unit}",
            title,
            unit,
            compute,
            source,
            higher_is_better=False,
            needs=() if name == "max" else _PEOPLE,
        )
        for name, title, compute, source in rows
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the distances of all residents to their seats."""
    unit = context.distance_unit

    def mean(subject: Subject) -> float:
        return weighted_mean(*_travellers(subject))

    def p90(subject: Subject) -> float:
        return weighted_quantile(*_travellers(subject), P90)

    def greatest(subject: Subject) -> float:
        return float(subject.distance.max())

    rows = (
        ("mean", "Mean distance of residents to their seat", mean, _PEOPLE),
        ("p90", "Distance within which 90 % of residents reach their seat", p90, _PEOPLE),
        ("max", "Greatest distance from a unit to its seat", greatest, ()),
    )
    return [
        NationalMeasure(f"{name}_{unit}", title, unit, compute, "", False, needs)  # noqa: FBT003
        for name, title, compute, needs in rows
    ]


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


def measure_mean_distance(subject: Subject) -> pd.Series[float]:
    """Average the distance to the seat over each municipality's residents.

    Returns
    -------
    pandas.Series
        On the municipality index, in ``subject.distance_unit``; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no population.
    """
    return _per_municipality(subject, "mean", weighted_mean)


def measure_p90_distance(subject: Subject) -> pd.Series[float]:
    """Give the distance within which nine residents of ten live.

    Returns
    -------
    pandas.Series
        On the municipality index, in ``subject.distance_unit``; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no population.

    See Also
    --------
    weighted_quantile : the definition.
    """
    return _per_municipality(subject, "p90", lambda v, w: weighted_quantile(v, w, P90))


def measure_max_distance(subject: Subject) -> pd.Series[float]:
    """Give the greatest distance from a unit to its seat, inhabited or not.

    Returns
    -------
    pandas.Series
        On the municipality index, in ``subject.distance_unit``.
    """
    greatest = np.zeros(len(subject.index))
    inside = subject.inside
    np.maximum.at(greatest, subject.positions[inside], subject.ways()[inside])
    return pd.Series(greatest, index=subject.index, name=f"max_{subject.distance_unit}")


def _per_municipality(
    subject: Subject, prefix: str, figure: Callable[[np.ndarray, np.ndarray], float]
) -> pd.Series[float]:
    order = np.argsort(subject.positions, kind="stable")[(~subject.inside).sum() :]
    starts = np.searchsorted(subject.positions[order], np.arange(1, len(subject.index)))
    ways = np.split(subject.ways()[order], starts)
    people = np.split(subject.values("population")[order], starts)
    figures = [figure(way, weight) for way, weight in zip(ways, people, strict=True)]
    return pd.Series(figures, index=subject.index, name=f"{prefix}_{subject.distance_unit}")


def _travellers(subject: Subject) -> tuple[np.ndarray, np.ndarray]:
    inside = subject.inside
    return subject.ways()[inside], subject.values("population")[inside]


def _weighty(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # where nobody lives nobody travels, even if the way is infinite
    keep = weights != 0
    return values[keep], weights[keep]
