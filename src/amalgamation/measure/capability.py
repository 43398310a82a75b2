"""Capability: points for indicators, and the level that a municipality's points reach.

The indicators are other measures of the scorecard, so this family is built upon them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import percent_of_municipalities, percent_of_residents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import Capability, Indicator

__all__ = [
    "capability_measures",
    "level_measures",
    "measure_level",
    "measure_points",
    "points_of",
]


def capability_measures(scheme: Capability, indicators: Sequence[Measure]) -> list[Measure]:
    """Return the points of a municipality.

    Parameters
    ----------
    scheme
        The scheme of points.
    indicators
        Measures that it may name; one that is not among them counts as lacking.
    """
    known = {measure.name: measure for measure in indicators}
    return [
        Measure(
            "capability_points",
            _titled("Points of capability", scheme),
            f"of {scheme.most:.12g}",
            partial(measure_points, scheme=scheme, measures=known),
            higher_is_better=True,
            needs=_needs(scheme, known),
        )
    ]


def level_measures(scheme: Capability, indicators: Sequence[Measure]) -> list[NationalMeasure]:
    """Return, for each level, the shares of municipalities and residents at it."""
    known = {measure.name: measure for measure in indicators}
    points = partial(measure_points, scheme=scheme, measures=known)
    needs = _needs(scheme, known)
    return [
        row for number in range(len(scheme.levels)) for row in _rows(scheme, number, points, needs)
    ]


def _rows(
    scheme: Capability,
    number: int,
    points: Callable[[Subject], pd.Series[float]],
    needs: tuple[str, ...],
) -> list[NationalMeasure]:
    def at_level(subject: Subject) -> pd.Series[float]:
        reached = _reached(points(subject), scheme)
        return (reached == number).astype(np.float64).where(reached >= 0)

    words = _titled(f"at level {scheme.levels[number].name}", scheme)
    span = _span(scheme, number)
    return [
        NationalMeasure(
            f"capability_{number + 1}_municipalities",
            f"Municipalities {words}",
            "%",
            lambda subject: percent_of_municipalities(at_level(subject)),
            needs=needs,
            formula=f"Share of municipalities that have this level's points: {span}.",
        ),
        NationalMeasure(
            f"capability_{number + 1}_residents",
            f"Residents of municipalities {words}",
            "%",
            lambda subject: percent_of_residents(subject, at_level(subject)),
            needs=(*needs, "population"),
            formula=f"Share of residents of municipalities that have this level's points: {span}.",
        ),
    ]


def _span(scheme: Capability, number: int) -> str:
    least = f"from {scheme.levels[number].min:g}"
    above = scheme.levels[number + 1 :]
    return f"{least}, below {above[0].min:g}" if above else least


def _titled(words: str, scheme: Capability) -> str:
    return f"{words} ({scheme.title})" if scheme.title else words


def _needs(scheme: Capability, known: Mapping[str, Measure]) -> tuple[str, ...]:
    names = [indicator.measure for indicator in scheme.indicators]
    # the sum of an attribute is a measure only where the territory has the attribute
    needs = [known[name].needs if name in known else (name,) for name in names]
    return tuple(dict.fromkeys(need for some in needs for need in some))


def points_of(values: pd.Series[float], indicator: Indicator) -> pd.Series[float]:
    """Return the weighted points that values of an indicator earn.

    Parameters
    ----------
    values
        Values of the indicator's measure.
    indicator
        Cut points, points and weight; a value that equals a cut point has reached it.

    Returns
    -------
    pandas.Series
        On the index of ``values``; NaN where a value is not known.

    Examples
    --------
    >>> from amalgamation.scenario.schema import Indicator
    >>> size = Indicator(measure="population", cuts=[5000, 10000], points=[0, 1, 3], weight=2)
    >>> points_of(pd.Series([4999.0, 5000.0, 20000.0]), size).to_list()
    [0.0, 2.0, 6.0]
    """
    step = np.searchsorted(indicator.cuts, values.to_numpy(np.float64), side="right")
    points = np.asarray(indicator.points)[step] * indicator.weight
    return pd.Series(points, values.index).where(values.notna())


def measure_points(
    subject: Subject, scheme: Capability, measures: Mapping[str, Measure]
) -> pd.Series[float]:
    """Add up the points of a scheme's indicators for each municipality.

    Parameters
    ----------
    subject
        The plan.
    scheme
        Indicators with cut points, points and weights.
    measures
        Name -> measure, for each indicator.

    Returns
    -------
    pandas.Series
        On the municipality index; NaN where an indicator is not known.

    Raises
    ------
    KeyError
        If an indicator is not among the measures.
    """
    points = [
        points_of(measures[indicator.measure].compute(subject), indicator)
        for indicator in scheme.indicators
    ]
    return pd.concat(points, axis=1).sum(axis=1, skipna=False).rename("capability_points")


def measure_level(points: pd.Series[float], scheme: Capability) -> pd.Series[str]:
    """Name the highest level whose points each municipality has.

    Returns
    -------
    pandas.Series
        On the index of ``points``; missing where points are not known.

    Examples
    --------
    >>> from amalgamation.scenario.schema import ScorecardSection
    >>> measure_level(pd.Series([0.0, 5.0, 9.9]), ScorecardSection().scheme).to_list()
    ['low', 'medium', 'medium']
    """
    names = pd.Series([level.name for level in scheme.levels], dtype="str")
    reached = _reached(points, scheme)
    level = names.reindex(reached.to_numpy()).set_axis(points.index)
    return level.rename("capability_level")


def _reached(points: pd.Series[float], scheme: Capability) -> pd.Series[float]:
    """Return the number of each municipality's level, from 0 up; -1 where not known."""
    starts = [level.min for level in scheme.levels]
    # the sum of weighted points may miss a level by a last digit
    slack = 1e-9 * max(1.0, abs(scheme.fewest), abs(scheme.most))
    step = np.searchsorted(starts, points.to_numpy(np.float64) + slack, side="right") - 1.0
    return pd.Series(np.where(points.notna(), step, -1.0), points.index)
