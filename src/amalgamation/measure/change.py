"""Change of access: whose way to the seat grows, against the seats that there are today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import part_of
from amalgamation.measure.weighted import weighted_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

_Found = TypeVar("_Found")

__all__ = [
    "OWN",
    "TodaysSeat",
    "measure_change",
    "measure_farther_percent",
    "measure_farther_residents",
    "measure_growth",
    "municipality_measures",
    "national_measures",
]


@dataclass(frozen=True)
class TodaysSeat:
    """Name the seat of today that a plan's ways are held against.

    Parameters
    ----------
    tier
        Tier whose parents have the seats (see `find_parent_seats`); empty for the seat of
        each unit itself, to which today's way is 0.
    """

    tier: str = ""

    @property
    def name(self) -> str:
        """Part of the measures' names."""
        return self.tier or "own"

    @property
    def title(self) -> str:
        """Part of the measures' titles."""
        return f"today's {self.tier or 'own'} seat"

    @property
    def needs(self) -> tuple[str, ...]:
        """What the territory must have."""
        return ("population", self.tier) if self.tier else ("population",)

    def growth(self, subject: Subject) -> NDArray[np.float64]:
        """Return by how much each unit's way grows, in their order; NaN for those outside."""
        today = subject.today
        before = today.ways_to_parents[self.tier] if self.tier else today.ways()
        with np.errstate(invalid="ignore"):  # out of reach today and tomorrow: not known
            return subject.ways() - before


OWN = TodaysSeat()
"""The seat of each third-tier unit itself, such as the okrug's."""


def municipality_measures(context: Context) -> list[Measure]:
    """Return who loses and who gains access, per municipality."""
    return [
        Measure(
            *row.names(seat, context.distance_unit),
            _held_against(seat, row.measure),
            higher_is_better=False,
            needs=seat.needs,
        )
        for seat in _seats(context)
        for row in _ROWS
    ]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return who loses and who gains access, in the whole plan."""
    return [
        NationalMeasure(
            *row.names(seat, context.distance_unit),
            _held_against(seat, row.figure),
            higher_is_better=False,
            needs=seat.needs,
        )
        for seat in _seats(context)
        for row in _ROWS
    ]


def measure_change(subject: Subject, seat: TodaysSeat) -> pd.Series[float]:
    """Average by how much residents' ways grow; negative where they shrink.

    Returns
    -------
    pandas.Series
        On the municipality index, in ``subject.distance_unit`` per resident; NaN where
        nobody lives.

    Raises
    ------
    KeyError
        If the territory has no population, or no such tier.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> territory.units["population"] = [300.0, 100.0]
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> measure_change(subject, OWN).to_dict()
    {'r00c00': 2.5}
    >>> measure_change(subject, TodaysSeat("rayon")).to_dict()
    {'r00c00': 0.0}
    """
    people = subject.values("population")
    grown = subject.sum_of(_times(people, seat.growth(subject)))
    total = subject.total_of("population")
    return part_of(total, grown).rename(f"change_from_{seat.name}")


def measure_farther_residents(subject: Subject, seat: TodaysSeat) -> pd.Series[float]:
    """Count the residents whose way to the seat is longer than today's.

    Returns
    -------
    pandas.Series
        On the municipality index, in residents.

    Raises
    ------
    KeyError
        If the territory has no population, or no such tier.
    """
    return subject.sum_of(_farther(subject, seat), f"farther_than_{seat.name}")


def measure_farther_percent(subject: Subject, seat: TodaysSeat) -> pd.Series[float]:
    """Give the share of residents whose way to the seat is longer than today's.

    Returns
    -------
    pandas.Series
        On the municipality index, in per cent; NaN where nobody lives.

    Raises
    ------
    KeyError
        If the territory has no population, or no such tier.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> territory.units["population"] = [300.0, 100.0]
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> measure_farther_percent(Subject(plan, territory, build_graph(territory)), OWN).to_dict()
    {'r00c00': 25.0}
    """
    total = subject.total_of("population")
    percent = 100 * part_of(total, measure_farther_residents(subject, seat))
    return percent.rename(f"farther_than_{seat.name}_percent")


def measure_growth(subject: Subject, seat: TodaysSeat) -> pd.Series[float]:
    """Average by how much the way of those residents grows for whom it grows.

    Returns
    -------
    pandas.Series
        On the municipality index, in ``subject.distance_unit`` per resident farther than
        today; NaN where there is none.

    Raises
    ------
    KeyError
        If the territory has no population, or no such tier.
    """
    farther = _farther(subject, seat)
    grown = subject.sum_of(_times(farther, seat.growth(subject)))
    losers = subject.sum_of(farther)
    return part_of(losers, grown).rename(f"growth_from_{seat.name}")


def _held_against(
    seat: TodaysSeat, compute: Callable[[Subject, TodaysSeat], _Found]
) -> Callable[[Subject], _Found]:
    return lambda subject: compute(subject, seat)


def _seats(context: Context) -> tuple[TodaysSeat, ...]:
    return OWN, TodaysSeat(context.lowest_tier or "rayon")


def _farther(subject: Subject, seat: TodaysSeat) -> NDArray[np.float64]:
    growth = seat.growth(subject)
    loses = np.where(np.isnan(growth), np.nan, growth > 0)
    return _times(subject.values("population"), loses)


def _times(people: NDArray[np.float64], growth: NDArray[np.float64]) -> NDArray[np.float64]:
    # where nobody lives nobody travels, even if the way is infinite
    return people * np.where(people == 0, 0.0, growth)


def _mean_change(subject: Subject, seat: TodaysSeat) -> float:
    inside = subject.inside
    return weighted_mean(seat.growth(subject)[inside], subject.values("population")[inside])


def _many(subject: Subject, seat: TodaysSeat) -> float:
    return float(measure_farther_residents(subject, seat).sum(skipna=False))


def _percent(subject: Subject, seat: TodaysSeat) -> float:
    people = float(subject.total_of("population").sum(skipna=False))
    return 100 * _many(subject, seat) / people if people > 0 else np.nan


def _mean_growth(subject: Subject, seat: TodaysSeat) -> float:
    inside = subject.inside
    return weighted_mean(seat.growth(subject)[inside], _farther(subject, seat)[inside])


@dataclass(frozen=True)
class _Row:
    name: str
    title: str
    unit: str
    measure: Callable[[Subject, TodaysSeat], pd.Series[float]]
    figure: Callable[[Subject, TodaysSeat], float]

    def names(self, seat: TodaysSeat, distance_unit: str) -> tuple[str, str, str]:
        """Return name, title and unit of the measure against one of today's seats."""
        unit = self.unit or distance_unit
        return self.name.format(seat.name, distance_unit), self.title.format(seat.title), unit


_ROWS = (
    _Row(
        "change_from_{}_{}",
        "Mean change of the way against {}",
        "",
        measure_change,
        _mean_change,
    ),
    _Row(
        "farther_than_{}",
        "Residents farther away than {}",
        "residents",
        measure_farther_residents,
        _many,
    ),
    _Row(
        "farther_than_{}_percent",
        "Share of residents farther away than {}",
        "%",
        measure_farther_percent,
        _percent,
    ),
    _Row(
        "growth_from_{}_{}",
        "Mean growth of the way of those farther away than {}",
        "",
        measure_growth,
        _mean_growth,
    ),
)
