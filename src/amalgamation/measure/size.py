"""Size: how many units, how much of each attribute, how dense; and how sizes spread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import part_of
from amalgamation.measure.spread import spread_measures
from amalgamation.measure.thresholds import threshold_measures

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "measure_density",
    "measure_sum",
    "measure_units",
    "municipality_measures",
    "national_measures",
]

_UNITS = {"population": "residents", "area_km2": "km2"}


def municipality_measures(context: Context) -> list[Measure]:
    """Return units, the sum of each attribute, and density."""
    units = _UNITS | dict(context.attributes)
    return [
        Measure("units", "Units", "units", measure_units),
        *(_sum(name, units[name]) for name in _UNITS),
        Measure("density", "Density", "residents/km2", measure_density, needs=tuple(_UNITS)),
        *(_sum(name, units[name]) for name in context.attributes if name not in _UNITS),
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the number of municipalities, how their sizes spread, and shares by size."""
    return [
        NationalMeasure("municipalities", "Municipalities", "", lambda s: float(len(s.index))),
        *(row for attribute in _UNITS for row in spread_measures(attribute)),
        *threshold_measures(context.parameters.thresholds),
    ]


def measure_units(subject: Subject) -> pd.Series[int]:
    """Count the units of each municipality.

    Returns
    -------
    pandas.Series
        On the municipality index, in units.
    """
    counts = np.bincount(subject.positions[subject.inside], minlength=len(subject.index))
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
    density = part_of(area, subject.total_of("population"))
    return density.rename("density")


def _sum(attribute: str, unit: str) -> Measure:
    title = attribute.replace("_", " ").capitalize()
    compute = partial(measure_sum, attribute=attribute)
    return Measure(attribute, title, unit, compute, needs=(attribute,))
