"""Among nations: where a plan's mean population and mean area stand beside 30 countries'."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.bundled import bundled_folder
from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "distance_to_nations",
    "municipality_measures",
    "nation_means",
    "nation_remarks",
    "national_measures",
    "nearest_nations",
    "read_nations",
]

_FILE = ("kazakhstan", "facts", "oecd_municipalities.csv")
_SOURCE = "oecd-key-data-2018"
_NEAREST = 3


def municipality_measures(_context: Context) -> list[Measure]:
    """Return nothing: a country is compared with countries."""
    return []


def national_measures(_context: Context) -> list[NationalMeasure]:
    """Return how many countries have smaller municipalities, by residents and by area."""
    rows = (
        ("nations_below_population", "fewer residents", "population", "mean_population"),
        ("nations_below_area", "less area", "area_km2", "mean_area_km2"),
    )
    return [
        NationalMeasure(
            name,
            f"Countries whose municipalities have {words} in the mean",
            f"of {len(read_nations())}",
            partial(_count_below, attribute=attribute, column=column),
            _SOURCE,
            needs=(attribute,),
        )
        for name, words, attribute, column in rows
    ]


def _count_below(subject: Subject, attribute: str, column: str) -> float:
    """Count the countries of the table whose mean lies below the plan's."""
    mean = float(subject.total_of(attribute).mean(skipna=False))
    return np.nan if np.isnan(mean) else float((read_nations()[column] < mean).sum())


@cache
def read_nations() -> pd.DataFrame:
    """Read the municipalities of 30 countries; not to be changed.

    Figures of the OECD's key data, 2018, and the European Committee of the Regions, January
    2020, as tabulated in a policy paper of 2021 ([oecd-key-data-2018]_).

    Returns
    -------
    pandas.DataFrame
        Indexed by ``country``, sorted. Columns ``iso3``, ``constitution`` (``federal`` or
        ``unitary``), ``municipalities`` (number), ``mean_population`` (residents),
        ``mean_area_km2``.

    Raises
    ------
    InputError
        If the installation lacks its bundled files.

    References
    ----------
    .. [oecd-key-data-2018] OECD (2018), Subnational governments in OECD countries: key data.

    Examples
    --------
    >>> read_nations().loc["Estonia", ["municipalities", "mean_population"]].to_list()
    [79, 16657]
    """
    table = pd.read_csv(bundled_folder("data").joinpath(*_FILE), encoding="utf-8")
    return table.set_index("country").sort_index()


def distance_to_nations(population: float, area_km2: float) -> pd.Series[float]:
    """Return how far each country lies from a mean population and a mean area.

    ``sqrt(ln(p / p_c) ** 2 + ln(a / a_c) ** 2)``: twice as many residents count as much as
    twice the area, and as much as half of either.

    Parameters
    ----------
    population
        Mean residents of a municipality, above 0.
    area_km2
        Mean area of a municipality, above 0.

    Returns
    -------
    pandas.Series
        Indexed by country, the nearest first; without unit.

    Examples
    --------
    >>> distance_to_nations(9166, 706).index[0]
    'Canada'
    """
    table = read_nations()
    people = np.log(table["mean_population"] / population)
    area = np.log(table["mean_area_km2"] / area_km2)
    distance = pd.Series(np.hypot(people, area), table.index, name="distance")
    return distance.sort_values(kind="stable")


def nearest_nations(population: float, area_km2: float) -> list[str]:
    """Return the three countries nearest to a mean population and a mean area, nearest first.

    See Also
    --------
    distance_to_nations : the formula.

    Examples
    --------
    >>> nearest_nations(9166, 706)
    ['Canada', 'Norway', 'Estonia']
    """
    return [str(name) for name in distance_to_nations(population, area_km2).index[:_NEAREST]]


def nation_means(national: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return the mean population and the mean area, in km2, of today and the plan.

    Parameters
    ----------
    national
        The national table of a scorecard.

    Returns
    -------
    dict
        ``today`` and ``plan`` -> the two means; empty where one is not known, or is 0.
    """
    means = national.reindex(["population_mean", "area_km2_mean"])[["today", "plan"]]
    if not (means > 0).all(axis=None):
        return {}
    people, area = means.to_numpy(np.float64).tolist()
    return dict(zip(means.columns, zip(people, area, strict=True), strict=True))


def nation_remarks(national: pd.DataFrame) -> tuple[str, ...]:
    """Say which countries today and the plan resemble.

    Parameters
    ----------
    national
        The national table of a scorecard.

    Returns
    -------
    tuple of str
        One sentence; none where a mean is not known.
    """
    means = nation_means(national)
    if not means:
        return ()
    said = [f"{name} {', '.join(nearest_nations(*both))}" for name, both in means.items()]
    compared = f"{len(read_nations())} countries in mean population and mean area"
    return (f"Nearest of {compared}: {'; '.join(said)}",)
