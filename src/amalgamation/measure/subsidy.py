"""Subsidy: what own revenue leaves uncovered, and who stands without help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.cost import measure_curve_cost
from amalgamation.measure.measures import Measure, NationalMeasure, words_of
from amalgamation.measure.shares import percent_of_municipalities, percent_of_residents

if TYPE_CHECKING:
    import pandas as pd

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import RunningCost

__all__ = [
    "measure_self_standing",
    "measure_transfer_gap",
    "municipality_measures",
    "national_measures",
]


def municipality_measures(context: Context) -> list[Measure]:
    """Return what transfers must fill."""
    own, cost = _names(context)
    return [
        Measure(
            "transfer_gap",
            "Running cost that own revenue does not cover",
            context.attributes.get(cost, ""),
            partial(measure_transfer_gap, own_revenue=own, running_cost=cost),
            higher_is_better=False,
            needs=(own, cost),
        ),
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the sum of the gaps, and who stands alone: without and with savings."""
    own, cost = _names(context)
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
            formula=f"Sum over all municipalities. {words_of(gap)}",
        ),
        NationalMeasure(
            "self_standing",
            "Municipalities that stand without a subsidy",
            "%",
            lambda subject: percent_of_municipalities(plain(subject)),
            higher_is_better=True,
            needs=(own, cost),
            formula=f"Share of municipalities. {words_of(plain)}",
        ),
        NationalMeasure(
            "self_standing_residents",
            "Residents of municipalities that stand without a subsidy",
            "%",
            lambda subject: percent_of_residents(subject, plain(subject)),
            higher_is_better=True,
            needs=(own, cost, "population"),
            formula=f"Share of residents of such municipalities. {words_of(plain)}",
        ),
        NationalMeasure(
            "self_standing_if_saved",
            "Municipalities that stand so if merging saves by the cost curve",
            "%",
            lambda subject: percent_of_municipalities(saved(subject)),
            "gomezreino2023",
            higher_is_better=True,
            needs=(own, cost, "population"),
            formula=f"Share of municipalities, cost by the curve. {words_of(saved)}",
        ),
    ]


def _names(context: Context) -> tuple[str, str]:
    return context.parameters.fiscal.own_revenue, context.parameters.running_cost.attribute


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
