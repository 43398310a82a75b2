"""Fiscal: what municipalities can raise, what they cost, and who stands without a subsidy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.cost import measure_curve_cost
from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import percent_of_municipalities, percent_of_residents

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import RunningCost

__all__ = [
    "measure_cost_per_resident",
    "measure_own_revenue_percent",
    "measure_self_standing",
    "measure_tax_capacity_index",
    "measure_transfer_gap",
    "municipality_measures",
    "national_measures",
]


def municipality_measures(context: Context) -> list[Measure]:
    """Return index, own share, cost per resident, and what transfers must fill."""
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
        Measure(
            "transfer_gap",
            "Running cost that own revenue does not cover",
            money,
            partial(measure_transfer_gap, own_revenue=own, running_cost=cost),
            higher_is_better=False,
            needs=(own, cost),
        ),
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the sum of the gaps, and who stands alone: without and with savings."""
    _, own, cost = _names(context)
    curve = context.parameters.running_cost
    gap = partial(measure_transfer_gap, own_revenue=own, running_cost=cost)
    plain = partial(measure_self_standing, own_revenue=own, running_cost=cost)
    saved = partial(measure_self_standing, own_revenue=own, running_cost=cost, curve=curve)
    return [
        NationalMeasure(
            "transfer_gap",
            "Running cost that own revenue does not cover",
            context.attributes.get(cost, ""),
            lambda subject: float(gap(subject).sum(skipna=False)),
            higher_is_better=False,
            needs=(own, cost),
        ),
        NationalMeasure(
            "self_standing",
            "Municipalities that stand without a subsidy",
            "%",
            lambda subject: percent_of_municipalities(plain(subject)),
            higher_is_better=True,
            needs=(own, cost),
        ),
        NationalMeasure(
            "self_standing_residents",
            "Residents of municipalities that stand without a subsidy",
            "%",
            lambda subject: percent_of_residents(subject, plain(subject)),
            higher_is_better=True,
            needs=(own, cost, "population"),
        ),
        NationalMeasure(
            "self_standing_if_saved",
            "Municipalities that stand so if merging saves by the cost curve",
            "%",
            lambda subject: percent_of_municipalities(saved(subject)),
            "gomezreino2023",
            higher_is_better=True,
            needs=(own, cost, "population"),
        ),
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
    per_resident = subject.total_of(tax_base) / residents.where(residents > 0)
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
    percent = 100 * subject.total_of(own_revenue) / cost.where(cost > 0)
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
    return (subject.total_of(running_cost) / people.where(people > 0)).rename("cost_per_resident")


def measure_transfer_gap(
    subject: Subject, own_revenue: str = "own_revenue", running_cost: str = "running_cost"
) -> pd.Series[float]:
    """Give what own revenue leaves uncovered of each municipality's running cost.

    ``max(0, C_m - R_m)``: one municipality's surplus fills no other's gap.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attributes' unit.

    Raises
    ------
    KeyError
        If the territory has no such attributes.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> two = example_subject("aac", own_revenue=[20, 40, 25], running_cost=[20, 30, 100])
    >>> measure_transfer_gap(two).to_list()
    [0.0, 75.0]
    """
    gap = subject.total_of(running_cost) - subject.total_of(own_revenue)
    return gap.clip(lower=0).rename("transfer_gap")


def measure_self_standing(
    subject: Subject,
    own_revenue: str = "own_revenue",
    running_cost: str = "running_cost",
    *,
    curve: RunningCost | None = None,
) -> pd.Series[float]:
    """Say which municipalities cover their running cost by their own revenue.

    Parameters
    ----------
    subject
        The plan.
    own_revenue, running_cost
        Attributes of the units.
    curve
        Take the cost that merging would leave by this curve; default: today's.

    Returns
    -------
    pandas.Series
        On the municipality index, 1 where it does and 0 where not; NaN where a figure is
        not known.

    Raises
    ------
    KeyError
        If the territory has no such attributes.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> two = example_subject("aac", own_revenue=[20, 40, 25], running_cost=[20, 30, 100])
    >>> measure_self_standing(two).to_list()
    [1.0, 0.0]
    """
    cost = subject.total_of(running_cost)
    if curve is not None:
        cost = measure_curve_cost(subject, curve)
    left = subject.total_of(own_revenue) - cost
    return (left >= 0).astype(np.float64).where(left.notna()).rename("self_standing")
