"""Bodies: what it would mean that every place has one, where an attribute counts places.

The opposite of amalgamation, judged by the same yardstick. Data by unit tell how many
places a unit has, not how large each is; so shares below a size are the least that is
certain, and the cost is that of places of equal size.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.cost import rescaled_costs
from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import RunningCost

__all__ = [
    "body_notices",
    "cost_of_even_bodies",
    "least_bodies_below",
    "measure_bodies",
    "municipality_measures",
    "national_measures",
]


def municipality_measures(context: Context) -> list[Measure]:
    """Return the number of bodies, where the scenario counts them by places."""
    places = context.parameters.bodies
    if places is None:
        return []
    return [
        Measure(
            "place_bodies",
            f"Bodies, if each place has one (by {places})",
            "bodies",
            partial(measure_bodies, places=places),
            needs=(places,),
        )
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return bodies, residents per body, shares below each size and cost, today's beside it."""
    places, curve = context.parameters.bodies, context.parameters.running_cost
    if places is None:
        return []
    needs = (places, "population")

    def count(subject: Subject) -> float:
        """Sum the places; a unit that counts none is one itself. Today each unit is one."""
        return float(_bodies(subject, places).sum())

    def mean(subject: Subject) -> float:
        """Divide the residents of units that have a body by the number of bodies."""
        bodies = _bodies(subject, places)
        people = subject.values("population")[bodies > 0].sum()
        return float(people / bodies.sum()) if bodies.sum() > 0 else np.nan

    return [
        NationalMeasure("place_bodies", "Bodies, one per place", "", count, needs=(places,)),
        NationalMeasure(
            "place_bodies_residents_mean",
            "Mean residents of a place with a body",
            "residents",
            mean,
            needs=needs,
        ),
        *(
            NationalMeasure(
                f"place_bodies_below_{size:.12g}",
                f"Places with a body and below {size:,.12g} residents, at least",
                "%",
                partial(_percent_below, places=places, size=size),
                higher_is_better=False,
                needs=needs,
            )
            for size in context.parameters.thresholds
        ),
        NationalMeasure(
            "place_bodies_cost",
            "Running cost of a body per place, by the cost curve",
            context.attributes.get(curve.attribute, ""),
            partial(cost_of_even_bodies, places=places, curve=curve),
            "gomezreino2023",
            higher_is_better=False,
            needs=(*needs, curve.attribute),
        ),
    ]


def body_notices(context: Context) -> tuple[str, ...]:
    """Say what is not known of single places."""
    places = context.parameters.bodies
    if places not in context.attributes:
        return ()
    known = f"{places}: the data count places by unit, and know no place's residents or money"
    least = "shares below a size are the least that is certain"
    most = "the cost is that of places of equal size; their tax capacity is not measured"
    return (f"{known}: {least}, {most}",)


def _bodies(subject: Subject, places: str) -> NDArray[np.float64]:
    """Return the bodies of each unit: of its places in a plan, its own one today."""
    if subject.is_today:
        return np.ones(len(subject.territory.units))
    # a town that counts no village is a place itself; np.maximum keeps what is not known
    return np.where(subject.inside, np.maximum(subject.values(places), 1.0), 0.0)


def measure_bodies(subject: Subject, places: str) -> pd.Series[float]:
    """Count the bodies of each municipality, if each of its places has one.

    A unit that counts no place, such as a town, is one itself. Today each unit has one.

    Returns
    -------
    pandas.Series
        On the municipality index; NaN where the places of a unit are not known.

    Raises
    ------
    KeyError
        If the territory has no such attribute.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> measure_bodies(example_subject("aac", villages=[0, 4, 3]), "villages").to_list()
    [5.0, 3.0]
    """
    return subject.sum_of(_bodies(subject, places), "place_bodies")


def least_bodies_below(
    residents: NDArray[np.float64], bodies: NDArray[np.float64], size: float
) -> NDArray[np.float64]:
    """Return how many bodies certainly have fewer residents than ``size``.

    ``max(0, n - floor(P / T))``: of ``P`` residents no more than ``floor(P / T)`` bodies can
    have ``T`` each, however they live, so the others of the ``n`` have fewer. Exact where
    ``n`` is 1.

    Examples
    --------
    >>> least_bodies_below(np.array([1900.0, 1900.0]), np.array([1.0, 5.0]), 500)
    array([0., 2.])
    """
    return np.maximum(0.0, bodies - np.floor(residents / size))


def _percent_below(subject: Subject, places: str, size: float) -> float:
    """Give the least share of bodies that must be below a size.

    Of ``P`` residents at most ``floor(P / T)`` places can have ``T``: the rest are below.
    """
    bodies = _bodies(subject, places)
    below = least_bodies_below(subject.values("population"), bodies, size)[bodies != 0]
    return float(100 * below.sum() / bodies.sum()) if bodies.sum() != 0 else np.nan


def cost_of_even_bodies(subject: Subject, places: str, curve: RunningCost) -> float:
    """Give the running cost of all bodies by the cost curve, if a unit's are equally large.

    ``sum of C * g(P / n) / g(P)`` over the units, with the curve's ``g``, today's cost ``C``
    and ``n`` bodies for ``P`` residents. How residents are spread in life the data do not
    say. Units outside every municipality count nothing.

    Returns
    -------
    float
        In the unit of the running cost.

    Raises
    ------
    KeyError
        If the territory lacks an attribute.

    See Also
    --------
    amalgamation.measure.cost.relative_cost : the curve and its sources.

    Examples
    --------
    >>> from amalgamation.measure.example import example_subject
    >>> from amalgamation.scenario.schema import RunningCost
    >>> one = example_subject("a", population=[400], villages=[4], running_cost=[10])
    >>> cost_of_even_bodies(one, "villages", RunningCost(elasticity=0.5, flat_from=400))
    20.0
    """
    bodies = _bodies(subject, places)
    people = subject.values("population")
    each = np.divide(people, bodies, out=people.copy(), where=bodies > 0)
    costs = rescaled_costs(subject, curve, each)
    return float(np.where(bodies == 0, 0.0, costs).sum())
