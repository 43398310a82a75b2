"""Thresholds: how many municipalities, and how many residents, fall below a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from amalgamation.measure.subject import Subject

__all__ = ["THRESHOLDS", "percent_of_municipalities_below", "percent_of_residents_below"]

THRESHOLDS = (500, 2000, 3000, 5000, 10000, 20000)
"""Residents: the sizes at which reforms and their critics draw lines."""


def percent_of_municipalities_below(subject: Subject, residents: float) -> float:
    """Return the share, in per cent, of municipalities with fewer residents.

    Raises
    ------
    KeyError
        If the territory has no population.
    """
    people = subject.total_of("population").to_numpy()
    return float(100 * np.where(np.isnan(people), np.nan, people < residents).mean())


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
