"""Equalisation: who gives and who receives, by a formula on the tax capacity index."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.fiscal import measure_tax_capacity_index
from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import percent_of_municipalities

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import Equalisation

__all__ = [
    "equalise",
    "measure_equalisation",
    "municipality_measures",
    "national_measures",
]

_SOURCE = "ua-budget-code-2010"


def municipality_measures(context: Context) -> list[Measure]:
    """Return what each municipality receives or gives."""
    return [
        Measure(
            "equalisation",
            "Received (given, where negative) by equalisation",
            _money(context),
            _transfers(context),
            _SOURCE,
            needs=_needs(context),
        )
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return donors, recipients, the money that moves, and who stands alone with it."""
    transfers = _transfers(context)
    fiscal, cost = context.parameters.fiscal, context.parameters.running_cost.attribute

    def donors(subject: Subject) -> float:
        """Count the municipalities that give."""
        return _count(transfers(subject), lambda money: money < 0)

    def recipients(subject: Subject) -> float:
        """Count the municipalities that receive."""
        return _count(transfers(subject), lambda money: money > 0)

    def given(subject: Subject) -> float:
        """Sum what municipalities give."""
        return float(-transfers(subject).clip(upper=0).sum(skipna=False)) + 0.0

    def received(subject: Subject) -> float:
        """Sum what municipalities receive; the state pays what donors do not."""
        return float(transfers(subject).clip(lower=0).sum(skipna=False))

    def standing(subject: Subject) -> float:
        """Give the share whose own revenue and transfers cover the running cost."""
        left = subject.total_of(fiscal.own_revenue) - subject.total_of(cost) + transfers(subject)
        return percent_of_municipalities((left >= 0).astype(np.float64).where(left.notna()))

    rows = (
        ("donors", "Municipalities that give by equalisation", "", donors, True, ()),
        ("recipients", "Municipalities that receive by equalisation", "", recipients, False, ()),
        ("equalisation_given", "Money that donors give", _money(context), given, None, ()),
        (
            "equalisation_received",
            "Money that recipients receive",
            _money(context),
            received,
            False,
            (),
        ),
        (
            "self_standing_equalised",
            "Municipalities that cover their cost after equalisation",
            "%",
            standing,
            True,
            (cost,),
        ),
    )
    return [
        NationalMeasure(name, title, unit, compute, _SOURCE, better, (*_needs(context), *more))
        for name, title, unit, compute, better, more in rows
    ]


def _needs(context: Context) -> tuple[str, ...]:
    fiscal = context.parameters.fiscal
    return (fiscal.tax_base, fiscal.own_revenue, "population")


def _money(context: Context) -> str:
    return context.attributes.get(context.parameters.fiscal.own_revenue, "")


def _transfers(context: Context) -> Callable[[Subject], pd.Series[float]]:
    fiscal = context.parameters.fiscal
    return partial(
        measure_equalisation,
        parameters=context.parameters.equalising,
        tax_base=fiscal.tax_base,
        own_revenue=fiscal.own_revenue,
    )


def _count(money: pd.Series[float], which: Callable[[pd.Series[float]], pd.Series[bool]]) -> float:
    return np.nan if money.isna().any() else float(which(money).sum())


def equalise(index: pd.Series[float], parameters: Equalisation) -> pd.Series[float]:
    """Return what municipalities receive per resident, in national means of revenue.

    ``paid * (below - index)`` below ``below``, ``-withdrawn * (index - above)`` above
    ``above``, nothing between. Nobody overtakes anybody by it: ``index`` plus the result
    rises with ``index``, since no more than the whole excess or gap is moved.

    Parameters
    ----------
    index
        Tax capacity index.
    parameters
        Where it begins and how much is moved; the defaults are Ukraine's
        ([ua-budget-code-2010]_).

    References
    ----------
    .. [ua-budget-code-2010] Budget Code of Ukraine, no. 2456-VI of 8 July 2010, article 98.

    Examples
    --------
    >>> import pandas as pd
    >>> from amalgamation.scenario.schema import Equalisation
    >>> equalise(pd.Series([0.4, 1.0, 1.5]), Equalisation()).round(3).to_list()
    [0.4, 0.0, -0.2]
    """
    gap = (parameters.below - index).clip(lower=0)
    excess = (index - parameters.above).clip(lower=0)
    return parameters.paid * gap - parameters.withdrawn * excess


def measure_equalisation(
    subject: Subject,
    parameters: Equalisation,
    tax_base: str = "tax_base",
    own_revenue: str = "own_revenue",
) -> pd.Series[float]:
    """Give what each municipality receives by equalisation; negative where it gives.

    ``P_m * (R / P) * equalise(index_m)``: the index says how many times the national mean of
    own revenue per resident, ``R / P``, a municipality would raise at the national mean rate.

    Returns
    -------
    pandas.Series
        On the municipality index, in the unit of own revenue; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no such attributes, or no population.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> from amalgamation.scenario.schema import Equalisation
    >>> two = example_subject(
    ...     "aac", population=[100, 300, 200], tax_base=[50, 200, 50], own_revenue=[5, 20, 5]
    ... )
    >>> measure_equalisation(two, Equalisation()).round(2).to_list()
    [-1.5, 3.2]
    """
    people = subject.values("population").sum()
    mean = subject.values(own_revenue).sum() / people if people > 0 else np.nan
    per_resident = equalise(measure_tax_capacity_index(subject, tax_base), parameters)
    return (subject.total_of("population") * mean * per_resident).rename("equalisation")
