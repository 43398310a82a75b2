"""Continuity: what becomes of today's rayons, and of other parents."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.agreement import adjusted_rand_index
from amalgamation.measure.measures import Measure, NationalMeasure, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "FATES",
    "count_fates",
    "measure_changing_residents",
    "measure_parents",
    "municipality_measures",
    "national_measures",
    "rand_index_of",
    "seats_kept",
]

FATES = {
    "whole": "kept whole, one municipality of its own",
    "divided": "divided into several municipalities of its own",
    "joined": "joined with others in one municipality",
    "cut": "cut between municipalities that have units of others",
}
"""What can become of a parent: exactly one of these."""


def municipality_measures(context: Context) -> list[Measure]:
    """Return how many parents a municipality has, and whose parent changes, for each tier."""
    return [measure for tier in _tiers(context) for measure in _of_tier(tier)]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return what becomes of the parents of each tier."""
    return [measure for tier in _tiers(context) for measure in (*_fates(tier), *_figures(tier))]


def measure_parents(subject: Subject, tier: str) -> pd.Series[int]:
    """Count the parents of which each municipality has units.

    Parameters
    ----------
    tier
        A tier of the territory, such as the rayon.

    Returns
    -------
    pandas.Series
        On the municipality index, at least 1.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> territory.units["rayon"] = ["R1", "R2"]
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> measure_parents(Subject(plan, territory, build_graph(territory)), "rayon").to_dict()
    {'r00c00': 2}
    """
    return subject.count_different(_codes(subject, tier), f"{tier}_count")


def measure_changing_residents(subject: Subject, tier: str) -> pd.Series[float]:
    """Count the residents whose parent is not that of their municipality's seat.

    Returns
    -------
    pandas.Series
        On the municipality index, in residents; today's is 0.

    Raises
    ------
    KeyError
        If the territory has no population.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> territory.units["rayon"] = ["R1", "R2"]
    >>> territory.units["population"] = [500.0, 300.0]
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> measure_changing_residents(subject, "rayon").to_dict()
    {'r00c00': 300.0}
    """
    codes = _codes(subject, tier)
    seats = subject.territory.units.index.get_indexer(pd.Index(subject.seats))
    # -1 for units outside, whose position is -1, so the last
    same = codes == np.append(codes[seats], -1)[subject.positions]
    people = subject.values("population")
    return subject.sum_of(np.where(same, people * 0.0, people), f"{tier}_changes")


def count_fates(subject: Subject, tier: str) -> dict[str, int]:
    """Count what becomes of the parents of a tier.

    A unit that the plan leaves outside counts as a municipality by itself.

    Returns
    -------
    dict
        Each of `FATES` -> number of parents; together, all parents of the tier.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import Subject, build_today
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> territory.units["rayon"] = ["R1", "R1", "R2"]
    >>> today = Subject(build_today(territory), territory, build_graph(territory))
    >>> count_fates(today, "rayon")
    {'whole': 1, 'divided': 1, 'joined': 0, 'cut': 0}
    """
    homes, parents = _meetings(subject, tier)
    single = np.bincount(parents) == 1
    shared = np.bincount(homes)[homes] > 1
    crossed = np.bincount(parents, shared) > 0
    kinds = (single & ~crossed, ~single & ~crossed, single & crossed, ~single & crossed)
    return {fate: int(kind.sum()) for fate, kind in zip(FATES, kinds, strict=True)}


def rand_index_of(subject: Subject, tier: str) -> float:
    """Return how far municipalities and parents are one grouping of units.

    See Also
    --------
    adjusted_rand_index : the formula and its source.
    """
    return adjusted_rand_index(subject.homes, _codes(subject, tier))


def seats_kept(subject: Subject, tier: str) -> int:
    """Count the parents' seats of today that are seats of municipalities.

    See Also
    --------
    find_parent_seats : which unit is taken as a parent's seat.
    """
    kept = set(subject.seats)
    return sum(seat in kept for seat in subject.today.parent_seats[tier].values())


def _tiers(context: Context) -> tuple[str, ...]:
    # without any tier the notices say what a rayon would have told
    return context.tiers or ("rayon",)


def _of_tier(tier: str) -> list[Measure]:
    return [
        Measure(
            f"{tier}_count",
            f"Number of {tier}s of which it has units",
            "",
            partial(measure_parents, tier=tier),
            higher_is_better=False,
            needs=(tier,),
        ),
        Measure(
            f"{tier}_changes",
            f"Residents whose {tier} is not the seat's",
            "residents",
            partial(measure_changing_residents, tier=tier),
            higher_is_better=False,
            needs=("population", tier),
        ),
    ]


def _fates(tier: str) -> list[NationalMeasure]:
    return [
        NationalMeasure(
            f"{tier}_{fate}",
            f"{tier.capitalize()} {title}",
            f"{tier}s",
            partial(_number, tier=tier, fate=fate),
            higher_is_better=False if fate == "cut" else None,
            needs=(tier,),
        )
        for fate, title in FATES.items()
    ]


def _figures(tier: str) -> list[NationalMeasure]:
    return [
        NationalMeasure(
            f"{tier}_changes",
            f"Residents whose {tier} is not their seat's",
            "residents",
            partial(_changing, tier=tier),
            higher_is_better=False,
            needs=("population", tier),
        ),
        NationalMeasure(
            f"{tier}_changes_percent",
            f"Share of residents whose {tier} is not their seat's",
            "%",
            partial(_changing_percent, tier=tier),
            higher_is_better=False,
            needs=("population", tier),
        ),
        NationalMeasure(
            f"{tier}_rand_index",
            f"Agreement of municipalities with {tier}s (adjusted Rand index)",
            "",
            partial(rand_index_of, tier=tier),
            "hubert1985",
            needs=(tier,),
            formula=words_of(adjusted_rand_index),
        ),
        NationalMeasure(
            f"{tier}_seats_kept",
            f"Seats of {tier}s today that stay seats",
            "seats",
            lambda subject: float(seats_kept(subject, tier)),
            higher_is_better=True,
            needs=("population", tier),
            formula=words_of(seats_kept),
        ),
    ]


def _number(subject: Subject, tier: str, fate: str) -> float:
    """Count the parents to which this happens; a unit left outside counts as by itself."""
    return float(count_fates(subject, tier)[fate])


def _changing(subject: Subject, tier: str) -> float:
    """Count the residents whose parent is not that of their municipality's seat."""
    return float(measure_changing_residents(subject, tier).sum(skipna=False))


def _changing_percent(subject: Subject, tier: str) -> float:
    """Give the share of residents whose parent is not that of their municipality's seat."""
    people = float(subject.total_of("population").sum(skipna=False))
    return 100 * _changing(subject, tier) / people if people > 0 else np.nan


def _meetings(subject: Subject, tier: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return each pair of a home and a parent that share a unit, once."""
    pairs = np.unique(np.column_stack([subject.homes, _codes(subject, tier)]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _codes(subject: Subject, tier: str) -> NDArray[np.intp]:
    return np.asarray(pd.factorize(subject.territory.units[tier])[0], dtype=np.intp)
