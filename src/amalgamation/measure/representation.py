"""Representation: heads and council seats, and how many residents stand behind each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject
    from amalgamation.scenario.schema import Council

    Count = Callable[[Subject], pd.Series[float]]

__all__ = ["measure_council_seats", "municipality_measures", "national_measures"]

_PEOPLE = ("population",)
_SOURCE = "taagepera1972"


def municipality_measures(context: Context) -> list[Measure]:
    """Return the seats of the council, and the residents behind each."""
    count = partial(measure_council_seats, council=context.parameters.council)
    return [
        Measure("council_seats", "Seats of the council", "", count, _SOURCE, needs=_PEOPLE),
        Measure(
            "residents_per_seat",
            "Residents per seat of the council",
            "residents",
            partial(_residents_per_seat, count=count),
            _SOURCE,
            higher_is_better=False,
            needs=_PEOPLE,
        ),
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return heads and council seats, and the residents behind each.

    Each municipality elects one head and has one body, today's units too; bodies of single
    places are counted where the scenario's ``scorecard.bodies`` asks for them.
    """
    seats = partial(measure_council_seats, council=context.parameters.council)
    return [
        NationalMeasure(
            "elected_heads",
            "Elected heads, and bodies: one per municipality",
            "",
            partial(_all, count=_heads),
            formula="Number of municipalities: each has one head and one body.",
        ),
        _residents_behind("head", _heads, ""),
        NationalMeasure(
            "council_seats",
            "Seats of all councils",
            "",
            partial(_all, count=seats),
            _SOURCE,
            needs=_PEOPLE,
            formula=f"Sum over all municipalities. {words_of(seats)}",
        ),
        _residents_behind("seat", seats, _SOURCE),
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


def _heads(subject: Subject) -> pd.Series[float]:
    return pd.Series(1.0, index=subject.index, name="elected_heads")


def _residents_behind(one: str, count: Count, source: str) -> NationalMeasure:
    return NationalMeasure(
        f"residents_per_{one}",
        f"Residents per {one}, mean",
        "residents",
        partial(_all_residents_per, count=count),
        source,
        higher_is_better=False,
        needs=_PEOPLE,
    )


def _residents_per_seat(subject: Subject, count: Count) -> pd.Series[float]:
    """Divide each municipality's residents by the seats of its council."""
    return subject.total_of("population") / count(subject)


def _all(subject: Subject, count: Count) -> float:
    return float(count(subject).sum(skipna=False))


def _all_residents_per(subject: Subject, count: Count) -> float:
    """Divide all residents by the number of those who stand for them."""
    number = _all(subject, count)
    return float(subject.total_of("population").sum(skipna=False) / number) if number else np.nan
