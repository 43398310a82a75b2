"""Spread: how the sizes of municipalities lie around their middle, and how unequal they are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.inequality import gini
from amalgamation.measure.measures import NationalMeasure

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.subject import Subject

__all__ = ["spread_measures"]

_UNITS = {"population": "residents", "area_km2": "km2"}
_WHAT = {"population": "population", "area_km2": "area"}


def spread_measures(attribute: str) -> list[NationalMeasure]:
    """Return how an attribute's sums spread over the municipalities."""
    return [
        NationalMeasure(
            f"{attribute}_{name}",
            f"{title} {_WHAT[attribute]} of a municipality",
            _UNITS[attribute],
            partial(_figure_of, attribute=attribute, figure=figure),
            needs=(attribute,),
        )
        for name, title, figure in _SPREAD
    ] + [
        NationalMeasure(
            f"{attribute}_gini",
            f"Gini coefficient of {_WHAT[attribute]}",
            "",
            partial(_figure_of, attribute=attribute, figure=gini),
            source="gini1912",
            higher_is_better=False,
            needs=(attribute,),
        )
    ]


def _figure_of(
    subject: Subject, attribute: str, figure: Callable[[np.ndarray], float | np.float64]
) -> float:
    return float(figure(subject.total_of(attribute).to_numpy()))


_SPREAD: tuple[tuple[str, str, Callable[[np.ndarray], np.float64]], ...] = (
    ("mean", "Mean", np.mean),
    ("median", "Median", np.median),
    ("min", "Smallest", np.min),
    ("max", "Greatest", np.max),
)
