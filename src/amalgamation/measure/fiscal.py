"""Fiscal: what municipalities can raise, and what they cost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import part_of

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "measure_cost_per_resident",
    "measure_own_revenue_percent",
    "measure_tax_capacity_index",
    "municipality_measures",
    "national_measures",
]


def municipality_measures(context: Context) -> list[Measure]:
    """Return index, own share and cost per resident."""
    tax, own, cost = _names(context)
    money = context.attributes.get(cost, "")
    return [
        Measure(
            "tax_capacity_index",
            "Tax base per resident, over the national mean",
            "",
            partial(measure_tax_capacity_index, tax_base=tax),
            "ua-budget-code-2010",
            higher_is_better=True,
            needs=(tax, "population"),
        ),
        Measure(
            "own_revenue_percent",
            "Own revenue in running cost",
            "%",
            partial(measure_own_revenue_percent, own_revenue=own, running_cost=cost),
            higher_is_better=True,
            needs=(own, cost),
        ),
        Measure(
            "cost_per_resident",
            "Running cost per resident",
            f"{money} per resident".strip(),
            partial(measure_cost_per_resident, running_cost=cost),
            higher_is_better=False,
            needs=(cost, "population"),
        ),
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the median of each measure, and the ratios of all municipalities together."""
    return [*_medians(context), *_wholes(context)]


def _medians(context: Context) -> list[NationalMeasure]:
    """Return the median of each measure."""

    def median(subject: Subject, measure: Measure) -> float:
        return float(measure.compute(subject).median(skipna=False))

    return [
        NationalMeasure(
            f"{measure.name}_median",
            f"{measure.title}, median of municipalities",
            measure.unit,
            partial(median, measure=measure),
            measure.source,
            measure.higher_is_better,
            measure.needs,
        )
        for measure in municipality_measures(context)
    ]


def _wholes(context: Context) -> list[NationalMeasure]:
    """Return ratios of the municipalities' sums."""
    _, own, cost = _names(context)
    money = context.attributes.get(cost, "")

    def ratio(subject: Subject, of: str, to: str, times: float) -> float:
        part, whole = (subject.total_of(name).sum(skipna=False) for name in (of, to))
        return float(times * part / whole) if whole > 0 else np.nan

    rows = (
        ("own_revenue_percent", "Own revenue in running cost, in all", "%", own, cost, 100.0),
        (
            "cost_per_resident",
            "Running cost per resident, in all",
            f"{money} per resident".strip(),
            cost,
            "population",
            1.0,
        ),
    )
    return [
        NationalMeasure(
            name, title, unit, partial(ratio, of=of, to=to, times=times), needs=(of, to)
        )
        for name, title, unit, of, to, times in rows
    ]


def _names(context: Context) -> tuple[str, str, str]:
    fiscal = context.parameters.fiscal
    return fiscal.tax_base, fiscal.own_revenue, context.parameters.running_cost.attribute


def measure_tax_capacity_index(subject: Subject, tax_base: str = "tax_base") -> pd.Series[float]:
    """Divide each municipality's tax base per resident by that of the whole territory.

    ``index = (T_m / P_m) / (T / P)``, with tax base ``T`` and residents ``P``; Ukraine's
    budget code takes income tax for ``T`` ([ua-budget-code-2010]_). Weighted by residents,
    the mean over the territory is 1, whatever the plan.

    Parameters
    ----------
    subject
        The plan.
    tax_base
        Attribute of the units.

    Returns
    -------
    pandas.Series
        On the municipality index, without unit; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.

    References
    ----------
    .. [ua-budget-code-2010] Budget Code of Ukraine, no. 2456-VI of 8 July 2010, article 98.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> two = example_subject("aac", population=[100, 300, 200], tax_base=[50, 200, 50])
    >>> measure_tax_capacity_index(two).to_list()
    [1.25, 0.5]
    """
    base, people = subject.values(tax_base).sum(), subject.values("population").sum()
    if not (base > 0 and people > 0):
        return pd.Series(np.nan, subject.index, name="tax_capacity_index")
    residents = subject.total_of("population")
    per_resident = part_of(residents, subject.total_of(tax_base))
    index: pd.Series[float] = per_resident / (base / people)
    return index.rename("tax_capacity_index")


def measure_own_revenue_percent(
    subject: Subject, own_revenue: str = "own_revenue", running_cost: str = "running_cost"
) -> pd.Series[float]:
    """Divide each municipality's own revenue by its running cost as it stands today.

    Returns
    -------
    pandas.Series
        On the municipality index, in per cent; NaN where there is no cost.

    Raises
    ------
    KeyError
        If the territory has no such attributes.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> two = example_subject("aac", own_revenue=[20, 40, 25], running_cost=[20, 30, 100])
    >>> measure_own_revenue_percent(two).to_list()
    [120.0, 25.0]
    """
    cost = subject.total_of(running_cost)
    percent = 100 * part_of(cost, subject.total_of(own_revenue))
    return percent.rename("own_revenue_percent")


def measure_cost_per_resident(
    subject: Subject, running_cost: str = "running_cost"
) -> pd.Series[float]:
    """Divide each municipality's running cost, as it stands today, by its residents.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit per resident; NaN where nobody
        lives.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> two = example_subject("aac", population=[100, 300, 200], running_cost=[40, 60, 80])
    >>> measure_cost_per_resident(two).to_list()
    [0.25, 0.4]
    """
    people = subject.total_of("population")
    return part_of(people, subject.total_of(running_cost)).rename("cost_per_resident")
