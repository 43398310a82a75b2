"""Access: how far residents live from the seat of their municipality."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import part_of
from amalgamation.measure.weighted import weighted_mean, weighted_quantile

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

    Figure = Callable[[np.ndarray, np.ndarray], float]

__all__ = [
    "measure_distance",
    "measure_max_distance",
    "measure_percent_within",
    "municipality_measures",
    "national_measures",
]

_PEOPLE = ("population",)

_FIGURES: tuple[tuple[str, str, Figure, str], ...] = (
    ("mean", "Mean distance of residents to the seat", weighted_mean, ""),
    (
        "median",
        "Distance within which half of the residents reach the seat",
        partial(weighted_quantile, share=0.5),
        "hyndman1996",
    ),
    (
        "p90",
        "Distance within which 90 % of residents reach the seat",
        partial(weighted_quantile, share=0.9),
        "hyndman1996",
    ),
)
"""Name, title, how ways and residents make the figure, source of the formula."""


def municipality_measures(context: Context) -> list[Measure]:
    """Return the distances of each municipality's residents to its seat."""
    unit = context.distance_unit
    figures = [
        Measure(
            f"{name}_{unit}",
            title,
            unit,
            partial(measure_distance, figure=figure, name=name),
            source,
            higher_is_better=False,
            needs=_PEOPLE,
        )
        for name, title, figure, source in _FIGURES
    ]
    greatest = Measure(
        f"max_{unit}",
        "Greatest distance from a unit to the seat",
        unit,
        measure_max_distance,
        higher_is_better=False,
    )
    within = [
        Measure(
            f"within_{band:.12g}_{unit}",
            f"Residents within {band:,.12g} {unit} of the seat",
            "%",
            partial(measure_percent_within, band=band),
            higher_is_better=True,
            needs=_PEOPLE,
        )
        for band in context.parameters.distance_bands
    ]
    return [*figures, greatest, *within]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the distances of all residents to their seats."""
    unit = context.distance_unit
    figures = [
        NationalMeasure(
            f"{name}_{unit}",
            title,
            unit,
            partial(_of_all, figure=figure),
            source,
            higher_is_better=False,
            needs=_PEOPLE,
        )
        for name, title, figure, source in _FIGURES
    ]
    greatest = NationalMeasure(
        f"max_{unit}",
        "Greatest distance from a unit to its seat",
        unit,
        lambda subject: float(subject.distance.max()),
        higher_is_better=False,
    )
    within = [
        NationalMeasure(
            f"within_{band:.12g}_{unit}",
            f"Residents within {band:,.12g} {unit} of their seat",
            "%",
            partial(_of_all, figure=partial(_percent_within, band=band)),
            higher_is_better=True,
            needs=_PEOPLE,
        )
        for band in context.parameters.distance_bands
    ]
    return [*figures, greatest, *within]


def measure_distance(subject: Subject, figure: Figure, name: str) -> pd.Series[float]:
    """Sum up the ways of each municipality's residents to their seat in one figure.

    Parameters
    ----------
    figure
        Makes it of the units' ways and residents, such as `weighted_mean`.
    name
        What the figure is called: the first part of the column's name.

    Returns
    -------
    pandas.Series
        On the municipality index, in ``subject.distance_unit``; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no population.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> farthest = lambda ways, residents: ways[residents > 0].max()
    >>> measure_distance(subject, farthest, "farthest").to_dict()
    {'r00c00': 20.0}
    """
    order = np.argsort(subject.positions, kind="stable")[(~subject.inside).sum() :]
    starts = np.searchsorted(subject.positions[order], np.arange(1, len(subject.index)))
    ways = np.split(subject.ways()[order], starts)
    people = np.split(subject.values("population")[order], starts)
    pairs = list(zip(ways, people, strict=True))[: len(subject.index)]
    figures = [figure(way, weight) for way, weight in pairs]
    return pd.Series(figures, subject.index, np.float64, name=f"{name}_{subject.distance_unit}")


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


def measure_percent_within(subject: Subject, band: float) -> pd.Series[float]:
    """Give the share of residents whose way to the seat is at most ``band``.

    Parameters
    ----------
    band
        In ``subject.distance_unit``.

    Returns
    -------
    pandas.Series
        On the municipality index, in per cent; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no population.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 4)
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> measure_percent_within(subject, 30.0).to_dict()
    {'r00c00': 100.0}
    """
    near = np.where(subject.ways() <= band, subject.values("population"), 0.0)
    # an unknown number of residents stays unknown, whether they live near or far
    near = np.where(np.isnan(subject.values("population")), np.nan, near)
    total = subject.total_of("population")
    percent = 100 * part_of(total, subject.sum_of(near))
    return percent.rename(f"within_{band:.12g}_{subject.distance_unit}")


def _of_all(subject: Subject, figure: Figure) -> float:
    inside = subject.inside
    return figure(subject.ways()[inside], subject.values("population")[inside])


def _percent_within(ways: np.ndarray, people: np.ndarray, band: float) -> float:
    return 100 * weighted_mean((ways <= band).astype(np.float64), people)
