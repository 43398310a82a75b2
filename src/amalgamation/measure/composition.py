"""Composition: how urban a municipality is, by the units it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.territory import URBAN_TYPES

if TYPE_CHECKING:
    from amalgamation.measure.subject import Subject

__all__ = ["KNOWN_TYPES", "URBAN_TYPES", "measure_urban_percent"]

KNOWN_TYPES = (*URBAN_TYPES, "rural_okrug", "village")
"""Types of which we know whether they are urban."""


def measure_urban_percent(subject: Subject) -> pd.Series[float]:
    """Give the share of residents who live in cities, towns and settlements.

    Returns
    -------
    pandas.Series
        On the municipality index, in per cent; NaN where nobody lives, or a unit's type
        is none of `KNOWN_TYPES`.

    Raises
    ------
    KeyError
        If the territory has no population or no types.
    """
    types = subject.territory.units["type"]
    people = subject.values("population")
    urban = np.where(types.isin(URBAN_TYPES), people, 0.0)
    urban = np.where(types.isin(KNOWN_TYPES), urban, np.nan)
    total = subject.total_of("population")
    inside = np.bincount(subject.positions, urban, minlength=len(subject.index))
    percent = pd.Series(100 * inside, index=subject.index) / total.where(total > 0)
    return percent.rename("urban_percent")
