"""Cost: what merging would save by a curve, beside the case that it saves nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import RunningCost

__all__ = [
    "calibrated_costs",
    "cost_curve",
    "measure_curve_cost",
    "measure_one_off_cost",
    "measure_saving",
    "municipality_measures",
    "national_measures",
]

_SOURCE = "gomezreino2023"


def municipality_measures(context: Context) -> list[Measure]:
    """Return cost and saving by the curve, and the cost of merging once."""
    curve = context.parameters.running_cost
    money = context.attributes.get(curve.attribute, "")
    needs = (curve.attribute, "population")
    return [
        Measure(
            "curve_cost",
            "Running cost by the cost curve",
            money,
            partial(measure_curve_cost, curve=curve),
            _SOURCE,
            higher_is_better=False,
            needs=needs,
        ),
        Measure(
            "curve_saving",
            "Saving against today by the cost curve",
            money,
            partial(measure_saving, curve=curve),
            _SOURCE,
            higher_is_better=True,
            needs=needs,
        ),
        Measure(
            "one_off_cost",
            "Cost of merging, once",
            money,
            partial(measure_one_off_cost, curve=curve),
            higher_is_better=False,
            needs=_one_off_needs(curve),
        ),
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the cost if merging saves nothing, the cost by the curve, and what lies between."""
    curve = context.parameters.running_cost
    money = context.attributes.get(curve.attribute, "")
    needs = (curve.attribute, "population")

    def unsaved(subject: Subject) -> float:
        return float(subject.values(curve.attribute).sum())

    def saving(subject: Subject) -> float:
        return float(measure_saving(subject, curve).sum(skipna=False))

    rows = (
        ("cost_no_saving", "Running cost if merging saves nothing", money, unsaved, None),
        (
            "curve_cost",
            "Running cost by the cost curve",
            money,
            lambda s: unsaved(s) - saving(s),
            False,
        ),
        ("curve_saving", "Saving against today by the cost curve", money, saving, True),
        (
            "curve_saving_percent",
            "The same, in running cost",
            "%",
            lambda s: 100 * saving(s) / unsaved(s) if unsaved(s) > 0 else np.nan,
            True,
        ),
    )
    return [
        *(
            NationalMeasure(name, title, unit, compute, _SOURCE, better, needs)
            for name, title, unit, compute, better in rows
        ),
        NationalMeasure(
            "one_off_cost",
            "Cost of merging, once",
            money,
            lambda subject: float(measure_one_off_cost(subject, curve).sum()),
            higher_is_better=False,
            needs=_one_off_needs(curve),
        ),
    ]


def _one_off_needs(curve: RunningCost) -> tuple[str, ...]:
    # lacking like a column, so that the scorecard says what it could not measure
    given = curve.one_off_per_unit is not None
    return () if given else ("scorecard.running_cost.one_off_per_unit",)


def cost_curve(
    residents: NDArray[np.float64], *, elasticity: float, flat_from: float
) -> NDArray[np.float64]:
    """Return what bodies of these residents cost, if a large one costs 1 per resident.

    ``p * (min(p, F) / F) ** -e``: the mean cost per resident falls by ``e`` per cent where
    population grows by one per cent, up to ``F`` residents, and not beyond. That it does not
    beyond some 10,000 is the finding of [gomezreino2023]_; that merging may save nothing at
    all, ``e = 0``, that of [blomhansen2016]_. The constant ``e`` is an assumption.

    Parameters
    ----------
    residents
        Not negative.
    elasticity
        ``e``, at least 0 and below 1.
    flat_from
        ``F``, in residents.

    References
    ----------
    .. [gomezreino2023] Gomez-Reino, J. L., Lago-Penas, S. and Martinez-Vazquez, J. (2023),
       Evidence on economies of scale in local public service provision: a meta-analysis,
       Journal of Regional Science 63 (4), 793-819.
    .. [blomhansen2016] Blom-Hansen, J., Houlberg, K., Serritzlew, S. and Treisman, D. (2016),
       Jurisdiction size and local government policy expenditure, American Political Science
       Review 110 (4), 812-831.

    Examples
    --------
    >>> cost_curve(np.array([0.0, 2500.0, 10000.0, 20000.0]), elasticity=0.5, flat_from=10000)
    array([    0.,  5000., 10000., 20000.])
    """
    return residents ** (1 - elasticity) * np.maximum(residents / flat_from, 1.0) ** elasticity * (
        flat_from**elasticity
    )


def calibrated_costs(
    subject: Subject, curve: RunningCost, residents: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what bodies of these residents cost, by a curve that fits the territory.

    ``k * cost_curve(p)``, with ``k`` such that the units of the territory, each a body by
    itself, cost in all what the territory's attribute sums to.

    Returns
    -------
    numpy.ndarray
        In the attribute's unit; NaN where the territory has no residents.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.
    """
    shape = partial(cost_curve, elasticity=curve.elasticity, flat_from=curve.flat_from)
    total = shape(subject.values("population")).sum()
    if not total > 0:
        return np.full(len(residents), np.nan)
    return shape(residents) * (subject.values(curve.attribute).sum() / total)


def measure_curve_cost(subject: Subject, curve: RunningCost) -> pd.Series[float]:
    """Give the running cost of each municipality by the calibrated curve.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit: what a municipality of this size
        costs, not what these units cost today.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.

    See Also
    --------
    cost_curve : the formula and its sources.

    Examples
    --------
    >>> from amalgamation.measure import money_example
    >>> from amalgamation.scenario.schema import RunningCost
    >>> measure_curve_cost(money_example(), RunningCost(elasticity=0)).round(1).to_list()
    [580.0, 290.0]
    """
    costs = calibrated_costs(subject, curve, subject.total_of("population").to_numpy())
    return pd.Series(costs, subject.index, name="curve_cost")


def measure_saving(subject: Subject, curve: RunningCost) -> pd.Series[float]:
    """Give what each municipality costs less, by the curve, than its units did one by one.

    Both sides are taken from the curve, so that where today's cost lies off the curve
    counts neither as a saving nor as a loss. Never negative; 0 for a unit by itself.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.

    Examples
    --------
    >>> from amalgamation.measure import money_example
    >>> from amalgamation.scenario.schema import RunningCost
    >>> measure_saving(money_example(), RunningCost(elasticity=0)).round(1).to_list()
    [0.0, 0.0]
    """
    apart = subject.sum_of(calibrated_costs(subject, curve, subject.values("population")))
    return (apart - measure_curve_cost(subject, curve)).rename("curve_saving")


def measure_one_off_cost(subject: Subject, curve: RunningCost) -> pd.Series[float]:
    """Give what merging costs once: so much for each unit of a municipality but one.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit; NaN where no figure is given.
    """
    each = np.nan if curve.one_off_per_unit is None else curve.one_off_per_unit
    merged = subject.sum_of(np.ones(len(subject.territory.units))) - 1
    return (each * merged).rename("one_off_cost")
