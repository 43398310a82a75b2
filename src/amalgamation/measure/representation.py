"""Representation: heads, bodies and council seats, and how many residents stand behind each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import Council

    Count = Callable[[Subject], pd.Series[float]]

__all__ = [
    "measure_bodies",
    "measure_council_seats",
    "municipality_measures",
    "national_measures",
]

_PEOPLE = ("population",)


def municipality_measures(context: Context) -> list[Measure]:
    """Return the council's seats; and bodies, where places have bodies of their own."""
    parameters = context.parameters
    seats = partial(measure_council_seats, council=parameters.council)
    found = _counted("council_seats", "Seats of the council", "seat", seats, _PEOPLE)
    if parameters.bodies is not None:
        bodies = partial(measure_bodies, attribute=parameters.bodies)
        found += _counted("bodies", "Bodies", "body", bodies, (parameters.bodies,))
    return found


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return heads, bodies and council seats, and the residents behind each."""
    parameters = context.parameters
    bodies = partial(measure_bodies, attribute=parameters.bodies)
    own = () if parameters.bodies is None else (parameters.bodies,)
    seats = partial(measure_council_seats, council=parameters.council)
    return [
        *_summed("elected_heads", "Elected heads", "head", _heads, ()),
        *_summed("bodies", "Self-governing bodies", "body", bodies, own),
        *_summed("council_seats", "Seats of all councils", "seat", seats, _PEOPLE, "taagepera1972"),
    ]


def measure_council_seats(subject: Subject, council: Council) -> pd.Series[float]:
    """Give the number of seats that a municipality's council has by its residents.

    ``factor * residents ** exponent``, rounded to the nearest (halves up), at least
    ``minimum``. With a factor of 1 and an exponent of a third it is the cube-root rule
    ([taagepera1972]_), which was found in national assemblies; for councils it is a
    yardstick, and all three parameters are the user's.

    Parameters
    ----------
    council
        The section ``scorecard.council`` of a scenario.

    Returns
    -------
    pandas.Series
        On the municipality index, in seats; NaN where the residents are not known.

    Raises
    ------
    KeyError
        If the territory has no population.

    References
    ----------
    .. [taagepera1972] Taagepera, R. (1972), The size of national assemblies, Social Science
       Research 1 (4), 385-401.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject, build_today
    >>> from amalgamation.scenario.schema import Council
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> territory.units["population"] = [27000.0, 10.0]
    >>> subject = Subject(build_today(territory), territory, build_graph(territory))
    >>> measure_council_seats(subject, Council(minimum=5)).to_list()
    [30.0, 5.0]
    """
    people = subject.total_of("population").to_numpy()
    seats = np.floor(council.factor * people**council.exponent + 0.5)
    return pd.Series(np.maximum(seats, council.minimum), subject.index, name="council_seats")


def measure_bodies(subject: Subject, attribute: str | None) -> pd.Series[float]:
    """Count the self-governing bodies of each municipality.

    One, unless an attribute counts the places that a plan gives a body of their own; a unit
    without such a place then still has one. Today there is one for each unit, whatever the
    plan does.

    Parameters
    ----------
    attribute
        The key ``scorecard.bodies`` of a scenario, such as ``settlements``; None for one
        body per municipality.

    Returns
    -------
    pandas.Series
        On the municipality index; NaN where a unit's number of places is not known.

    Raises
    ------
    KeyError
        If the territory has no such attribute.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject, build_today
    >>> from amalgamation.territory import Territory, grid_territory
    >>> grid = grid_territory(1, 2)
    >>> villages = Territory("v", grid.units.assign(villages=[7.0, 0.0]), (), {"villages": ""})
    >>> plan = Subject(build_today(villages), villages, build_graph(villages))
    >>> measure_bodies(plan, "villages").to_list(), measure_bodies(plan.today, "villages").to_list()
    ([7.0, 1.0], [1.0, 1.0])
    """
    if attribute is None or subject.is_today:
        return _heads(subject).rename("bodies")
    return subject.sum_of(np.maximum(subject.values(attribute), 1.0), "bodies")


def _heads(subject: Subject) -> pd.Series[float]:
    return pd.Series(1.0, index=subject.index, name="elected_heads")


def _counted(
    name: str, title: str, one: str, count: Count, needs: tuple[str, ...]
) -> list[Measure]:
    """Return a number per municipality, and the residents behind each one."""
    each = Measure(
        f"residents_per_{one}",
        f"Residents per {one}",
        "residents",
        partial(_residents_per, count=count),
        higher_is_better=False,
        needs=tuple(dict.fromkeys(_PEOPLE + needs)),
    )
    return [Measure(name, title, "", count, needs=needs), each]


def _summed(
    name: str, title: str, one: str, count: Count, needs: tuple[str, ...], source: str = ""
) -> list[NationalMeasure]:
    """Return a number of the whole plan, and the residents behind each one."""
    each = NationalMeasure(
        f"residents_per_{one}",
        f"Residents per {one}, mean",
        "residents",
        partial(_all_residents_per, count=count),
        source,
        higher_is_better=False,
        needs=tuple(dict.fromkeys(_PEOPLE + needs)),
    )
    return [NationalMeasure(name, title, "", partial(_all, count=count), source, needs=needs), each]


def _residents_per(subject: Subject, count: Count) -> pd.Series[float]:
    return subject.total_of("population") / count(subject)


def _all(subject: Subject, count: Count) -> float:
    return float(count(subject).sum(skipna=False))


def _all_residents_per(subject: Subject, count: Count) -> float:
    number = _all(subject, count)
    return float(subject.total_of("population").sum(skipna=False) / number) if number else np.nan
