"""Spread: how the sizes of municipalities lie around their middle, and how unequal they are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.inequality import gini, theil
from amalgamation.measure.measures import NationalMeasure, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.subject import Subject

    Figure = Callable[[np.ndarray], float | np.floating]

__all__ = ["coefficient_of_variation", "largest_over_smallest", "spread_measures"]

_UNITS = {"population": "residents", "area_km2": "km2"}
_WHAT = {"population": "population", "area_km2": "area"}
_BETWEEN = ", between two of them where need be (definition 7 of [hyndman1996]_)"


def spread_measures(attribute: str) -> list[NationalMeasure]:
    """Return how an attribute's sums spread over the municipalities.

    Percentiles lie between two municipalities where need be: definition 7 of Hyndman and
    Fan (1996), ``hyndman1996`` in the references.
    """
    sizes = [
        NationalMeasure(
            f"{attribute}_{name}",
            f"{title} {_WHAT[attribute]} of a municipality",
            _UNITS[attribute],
            partial(_figure_of, attribute=attribute, figure=figure),
            source,
            needs=(attribute,),
            formula=f"{title} {_WHAT[attribute]} among the municipalities' sums"
            f"{_BETWEEN if source else ''}.",
        )
        for name, title, figure, source in _SIZES
    ]
    inequalities = [
        NationalMeasure(
            f"{attribute}_{name}",
            f"{title} {_WHAT[attribute]}",
            "",
            partial(_figure_of, attribute=attribute, figure=figure),
            source,
            higher_is_better=False,
            needs=(attribute,),
            formula=f"{words_of(figure)} Here of the municipalities' sums.",
        )
        for name, title, figure, source in _INEQUALITIES
    ]
    return [*sizes, *inequalities]


def largest_over_smallest(values: np.ndarray) -> float:
    """Divide the largest value by the smallest; NaN where that is not above 0.

    Examples
    --------
    >>> largest_over_smallest(np.array([2.0, 5.0, 10.0]))
    5.0
    """
    smallest = values.min()
    return float(values.max() / smallest) if smallest > 0 else np.nan


def coefficient_of_variation(values: np.ndarray) -> float:
    """Divide the standard deviation by the mean; NaN where that is not above 0.

    The deviation is that of all municipalities, not of a sample of them: divided by ``n``.

    Examples
    --------
    >>> coefficient_of_variation(np.array([1.0, 3.0]))
    0.5
    """
    mean = values.mean()
    return float(values.std() / mean) if mean > 0 else np.nan


def _figure_of(subject: Subject, attribute: str, figure: Figure) -> float:
    sums = subject.total_of(attribute).to_numpy()
    return float(figure(sums)) if sums.size else np.nan


def _percentile(percent: int) -> tuple[str, str, Figure, str]:
    figure = partial(np.percentile, q=percent)
    return f"p{percent}", f"Percentile {percent} of the", figure, "hyndman1996"


_SIZES: tuple[tuple[str, str, Figure, str], ...] = (
    ("mean", "Mean", np.mean, ""),
    ("median", "Median", np.median, ""),
    ("min", "Smallest", np.min, ""),
    *(_percentile(percent) for percent in (5, 25, 75, 95)),
    ("max", "Greatest", np.max, ""),
)
_INEQUALITIES: tuple[tuple[str, str, Figure, str], ...] = (
    ("ratio", "Largest over smallest", largest_over_smallest, ""),
    ("cv", "Coefficient of variation of", coefficient_of_variation, ""),
    ("gini", "Gini coefficient of", gini, "gini1912"),
    ("theil", "Theil index of", theil, "theil1967"),
)
