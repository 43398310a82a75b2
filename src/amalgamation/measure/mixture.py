"""Mixture: how many natural zones, or kinds of production, a municipality joins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure, words_of

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = ["measure_category_count", "municipality_measures", "national_measures"]

_EXPECTED = ("natural_zone", "production")
"""What is said to be lacking where a territory has no category at all."""


def municipality_measures(context: Context) -> list[Measure]:
    """Return the number of values of each category."""
    return [
        Measure(
            f"{category}_count",
            f"Different values of {_worded(category)}",
            "",
            partial(measure_category_count, category=category),
            higher_is_better=False,
            needs=(category,),
        )
        for category in context.categories or _EXPECTED
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the mean number of values, and who lives in municipalities of one value."""
    return [
        measure
        for category in context.categories or _EXPECTED
        for measure in (_mean_count(category), _residents_of_one(category))
    ]


def measure_category_count(subject: Subject, category: str) -> pd.Series[float]:
    """Count the different values of a category among each municipality's units.

    Parameters
    ----------
    category
        A category of the territory, such as the natural zone.

    Returns
    -------
    pandas.Series
        On the municipality index; NaN where a unit's value is not known.

    Raises
    ------
    KeyError
        If the territory has no such category.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> territory.units["zone"] = ["steppe", "desert", "steppe"]
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> measure_category_count(subject, "zone").to_dict()
    {'r00c00': 2.0}
    """
    words = subject.territory.category(category)
    counts = subject.count_different(np.asarray(pd.factorize(words)[0], dtype=np.intp))
    blank = subject.sum_of(np.asarray(words == "", dtype=np.float64))
    return counts.astype(np.float64).where(blank == 0).rename(f"{category}_count")


def _mean_count(category: str) -> NationalMeasure:
    return NationalMeasure(
        f"{category}_count_mean",
        f"Different values of {_worded(category)}, mean of municipalities",
        "",
        lambda subject: float(measure_category_count(subject, category).mean(skipna=False)),
        higher_is_better=False,
        needs=(category,),
        formula=f"Mean over the municipalities. {words_of(measure_category_count)}",
    )


def _residents_of_one(category: str) -> NationalMeasure:
    return NationalMeasure(
        f"residents_of_one_{category}_percent",
        f"Residents in municipalities of one {_worded(category)}",
        "%",
        partial(_percent_of_one, category=category),
        higher_is_better=True,
        needs=("population", category),
    )


def _percent_of_one(subject: Subject, category: str) -> float:
    """Give the share of residents whose municipality has one value of the category only."""
    people = subject.total_of("population").to_numpy()
    counts = measure_category_count(subject, category).to_numpy()
    total = people.sum()
    if np.isnan(counts).any() or not total > 0:
        return np.nan
    return float(100 * people[counts == 1].sum() / total)


def _worded(category: str) -> str:
    return category.replace("_", " ")
