"""Cost: what merging would save by a curve, beside the case that it saves nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import RunningCost

__all__ = [
    "measure_curve_cost",
    "measure_one_off_cost",
    "measure_saving",
    "municipality_measures",
    "national_measures",
    "relative_cost",
    "rescaled_costs",
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
            "Running cost if merging saves by the cost curve",
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
            _once(money),
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
        """Sum today's running cost over all units."""
        return float(subject.values(curve.attribute).sum())

    def saving(subject: Subject) -> float:
        """Sum the municipalities' savings: today's running cost less that by the curve."""
        return float(measure_saving(subject, curve).sum(skipna=False))

    def by_curve(subject: Subject) -> float:
        """Sum the running cost by the curve: today's less the saving."""
        return unsaved(subject) - saving(subject)

    def saving_percent(subject: Subject) -> float:
        """Divide the saving by today's running cost."""
        return 100 * saving(subject) / unsaved(subject) if unsaved(subject) > 0 else np.nan

    def once(subject: Subject) -> float:
        """Sum what merging costs once: so much for each unit merged away."""
        return float(measure_one_off_cost(subject, curve).sum())

    rows = (
        ("cost_no_saving", "Running cost if merging saves nothing", money, unsaved, None),
        (
            "curve_cost",
            "Running cost if merging saves by the cost curve",
            money,
            by_curve,
            False,
        ),
        ("curve_saving", "Saving against today by the cost curve", money, saving, True),
        (
            "curve_saving_percent",
            "Saving against today, in running cost",
            "%",
            saving_percent,
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
            _once(money),
            once,
            higher_is_better=False,
            needs=_one_off_needs(curve),
        ),
    ]


def _once(money: str) -> str:
    return money.removesuffix(" a year")


def _one_off_needs(curve: RunningCost) -> tuple[str, ...]:
    # lacking like a column, so that the scorecard says what it could not measure
    given = curve.one_off_per_unit is not None
    return () if given else ("scorecard.running_cost.one_off_per_unit",)


def relative_cost(residents: NDArray[np.float64], curve: RunningCost) -> NDArray[np.float64]:
    """Return what bodies of these residents cost per resident, if a large one costs 1.

    ``g(p) = (min(p, F) / F) ** -e``: the mean cost falls by ``e`` per cent where population
    grows by one per cent, up to ``F`` residents, and not beyond. That it does not beyond some
    10,000 is the finding of [gomezreino2023]_; that merging may save nothing at all,
    ``e = 0``, that of [blomhansen2016]_. That ``e`` is a constant is an assumption.

    Parameters
    ----------
    residents
        Not negative; fewer than one count as one.
    curve
        ``e`` is its elasticity, ``F`` its ``flat_from``.

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
    >>> from amalgamation.scenario.schema import RunningCost
    >>> curve = RunningCost(elasticity=0.5, flat_from=10000)
    >>> relative_cost(np.array([100.0, 2500.0, 10000.0, 20000.0]), curve).tolist()
    [10.0, 2.0, 1.0, 1.0]
    """
    size = np.minimum(np.maximum(residents, 1.0), curve.flat_from)
    per_resident: NDArray[np.float64] = (size / curve.flat_from) ** -curve.elasticity
    return per_resident


def rescaled_costs(
    subject: Subject, curve: RunningCost, residents: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what each unit would cost in a body of so many residents, by the curve.

    ``C_i * g(residents_i) / g(p_i)``: the curve is calibrated unit by unit, so that a unit by
    itself costs what it costs today, dear or cheap, and only the effect of size is the
    curve's.

    Parameters
    ----------
    subject
        The plan.
    curve
        Attribute ``C`` and parameters.
    residents
        Of the body that each unit is a part of, in the order of the units.

    Returns
    -------
    numpy.ndarray
        In the attribute's unit, in the order of the units.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.
    """
    today = relative_cost(subject.values("population"), curve)
    return subject.values(curve.attribute) * relative_cost(residents, curve) / today


def measure_curve_cost(subject: Subject, curve: RunningCost) -> pd.Series[float]:
    """Give what the units of each municipality would cost together, by the cost curve.

    ``sum of C_i * g(P_m) / g(p_i)``. Never above today's cost, and never more when
    municipalities merge further; today's cost for a unit by itself, and where the
    elasticity is 0.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.

    See Also
    --------
    relative_cost : the curve ``g`` and its sources.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> from amalgamation.scenario.schema import RunningCost
    >>> two = example_subject("aac", population=[100, 300, 400], running_cost=[10, 40, 50])
    >>> measure_curve_cost(two, RunningCost(elasticity=0.5, flat_from=400)).round(2).to_list()
    [39.64, 50.0]
    """
    people = np.asarray(subject.total_of("population"), np.float64)
    # units outside every municipality have position -1: the figure that nobody knows
    together = np.append(people, np.nan)[subject.positions]
    return subject.sum_of(rescaled_costs(subject, curve, together), "curve_cost")


def measure_saving(subject: Subject, curve: RunningCost) -> pd.Series[float]:
    """Give how much less each municipality costs than its units do today, by the cost curve.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit; never negative.

    Raises
    ------
    KeyError
        If the territory has no such attribute, or no population.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> from amalgamation.scenario.schema import RunningCost
    >>> two = example_subject("aac", population=[100, 300, 400], running_cost=[10, 40, 50])
    >>> measure_saving(two, RunningCost(elasticity=0.5, flat_from=400)).round(2).to_list()
    [10.36, 0.0]
    """
    saving = subject.total_of(curve.attribute) - measure_curve_cost(subject, curve)
    # a unit by itself saves nothing, whatever the last digit says
    return saving.clip(lower=0).rename("curve_saving")


def measure_one_off_cost(subject: Subject, curve: RunningCost) -> pd.Series[float]:
    """Give what merging costs once: so much for each unit of a municipality but one.

    Returns
    -------
    pandas.Series
        On the municipality index, in the attribute's unit; NaN where no figure is given.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> from amalgamation.scenario.schema import RunningCost
    >>> measure_one_off_cost(example_subject("aaad"), RunningCost(one_off_per_unit=5)).to_list()
    [10.0, 0.0]
    """
    each = np.nan if curve.one_off_per_unit is None else curve.one_off_per_unit
    merged = subject.sum_of(np.ones(len(subject.territory.units))) - 1
    return (each * merged).rename("one_off_cost")
