"""Size: how many units, how much of each attribute, how dense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from amalgamation.measure.subject import Subject

__all__ = ["measure_density", "measure_sum", "measure_units"]


def measure_units(subject: Subject) -> pd.Series[int]:
    """Count the units of each municipality.

    Returns
    -------
    pandas.Series
        On the municipality index, in units.
    """
    counts = np.bincount(subject.positions, minlength=len(subject.index))
    return pd.Series(counts, index=subject.index, name="units")


def measure_sum(subject: Subject, attribute: str) -> pd.Series[float]:
    """Sum an attribute over each municipality.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit; NaN where any unit of the
        municipality has no value, since a part is not the sum.

    Raises
    ------
    KeyError
        If the territory has no such attribute.
    """
    return subject.total_of(attribute)


def measure_density(subject: Subject) -> pd.Series[float]:
    """Divide each municipality's residents by its area.

    Returns
    -------
    pandas.Series
        On the municipality index, in residents per km2; NaN where the area is zero.

    Raises
    ------
    KeyError
        If the territory has no population or no area.
    """
    area = subject.total_of("area_km2")
    density = subject.total_of("population") / area.where(area > 0)
    return density.rename("density")
