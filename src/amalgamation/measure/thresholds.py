"""Thresholds: how many municipalities, and how many residents, fall below a size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.measures import NationalMeasure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.measure.subject import Subject

__all__ = [
    "percent_of_municipalities_below",
    "percent_of_residents_below",
    "threshold_measures",
]


def threshold_measures(sizes: Sequence[float]) -> list[NationalMeasure]:
    """Return the shares below, and from, each size in residents."""
    return [row for size in sizes for row in _below(size)]


def percent_of_municipalities_below(subject: Subject, residents: float) -> float:
    """Return the share, in per cent, of municipalities with fewer residents; NaN without any.

    Raises
    ------
    KeyError
        If the territory has no population.
    """
    people = subject.total_of("population").to_numpy()
    if not people.size or np.isnan(people).any():
        return np.nan
    return float(100 * (people < residents).mean())


def percent_of_residents_below(subject: Subject, residents: float) -> float:
    """Return the share, in per cent, of residents whose municipality has fewer.

    Raises
    ------
    KeyError
        If the territory has no population.
    """
    people = subject.total_of("population").to_numpy()
    total = people.sum()
    return float(100 * people[people < residents].sum() / total) if total > 0 else np.nan


def _below(size: float) -> list[NationalMeasure]:
    bodies = partial(percent_of_municipalities_below, residents=size)
    people = partial(percent_of_residents_below, residents=size)
    rows = (
        ("municipalities_below", "Municipalities below", bodies, False),
        ("municipalities_from", "Municipalities of at least", _rest(bodies), True),
        ("residents_below", "Residents in municipalities below", people, False),
        ("residents_from", "Residents in municipalities of at least", _rest(people), True),
    )
    return [
        NationalMeasure(
            f"{name}_{size:.12g}",
            f"{title} {size:,.12g} residents",
            "%",
            compute,
            higher_is_better=better,
            needs=("population",),
        )
        for name, title, compute, better in rows
    ]


def _rest(share: partial[float]) -> partial[float]:
    return partial(_complement, below=share)


def _complement(subject: Subject, below: partial[float]) -> float:
    """Return 100 per cent less the share below."""
    return 100.0 - below(subject)
