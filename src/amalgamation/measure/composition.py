"""Composition: how urban a municipality is, by the units it is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.shares import part_of
from amalgamation.territory import URBAN_TYPES

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.subject import Subject

__all__ = [
    "KINDS",
    "KNOWN_TYPES",
    "MIXED_FROM",
    "TYPES_NEEDED",
    "URBAN_FROM",
    "URBAN_TYPES",
    "measure_kind",
    "measure_urban_percent",
    "municipality_measures",
    "national_measures",
]

KNOWN_TYPES = (*URBAN_TYPES, "rural_okrug", "village")
"""Types of which we know whether they are urban."""

TYPES_NEEDED = "types known as urban or rural"
"""What this family needs of a territory besides population."""

KINDS = ("urban", "mixed", "rural")
"""Kinds of municipality, from the most urban on."""

URBAN_FROM, MIXED_FROM = 85.0, 50.0
"""Per cent of residents in urban units from which a municipality is urban, and mixed."""

_NEEDS = ("population", TYPES_NEEDED)


def municipality_measures(_: Context) -> list[Measure]:
    """Return the share of residents in cities, towns and settlements."""
    return [
        Measure(
            "urban_percent",
            "Residents in cities, towns and settlements",
            "%",
            measure_urban_percent,
            source="kz-law-2572-1993",
            needs=_NEEDS,
        )
    ]


def national_measures(_: Context) -> list[NationalMeasure]:
    """Return how many municipalities are urban, mixed and rural."""
    return [
        NationalMeasure(
            f"{kind}_municipalities",
            f"{kind.capitalize()} municipalities",
            "",
            partial(_count, kind=kind),
            source="oecd2011",
            needs=_NEEDS,
        )
        for kind in KINDS
    ]


def measure_urban_percent(subject: Subject) -> pd.Series[float]:
    """Give the share of residents who live in cities, towns and settlements.

    Returns
    -------
    pandas.Series
        On the municipality index, in per cent; NaN where nobody lives, or a unit's type
        is none of `KNOWN_TYPES`.

    Raises
    ------
    KeyError
        If the territory has no population or no types.
    """
    types = subject.territory.units["type"]
    people = subject.values("population")
    urban = np.where(types.isin(URBAN_TYPES), people, 0.0)
    urban = np.where(types.isin(KNOWN_TYPES), urban, np.nan)
    total = subject.total_of("population")
    percent = 100 * part_of(total, subject.sum_of(urban))
    return percent.rename("urban_percent")


def measure_kind(subject: Subject) -> pd.Series[str]:
    """Call each municipality urban, mixed or rural by where its residents live.

    Urban where at least 85 % of them live in cities, towns and settlements, mixed from
    50 % on, rural below: the cut points at which the OECD calls a region predominantly
    urban, intermediate and predominantly rural ([oecd2011]_), on the national definition
    of an urban unit.

    Returns
    -------
    pandas.Series
        On the municipality index, one of `KINDS`; missing where `measure_urban_percent` is.

    Raises
    ------
    KeyError
        If the territory has no population or no types.

    References
    ----------
    .. [oecd2011] OECD (2011), OECD Regional Typology, Directorate for Public Governance
       and Territorial Development.

    Examples
    --------
    >>> from amalgamation.api import prepare
    >>> from amalgamation.measure import Subject, build_today
    >>> toy = prepare("toy")
    >>> today = Subject(build_today(toy.territory), toy.territory, toy.graph)
    >>> measure_kind(today).value_counts().to_dict()
    {'rural': 10, 'urban': 2}
    """
    percent = measure_urban_percent(subject)
    steps = [percent >= URBAN_FROM, percent >= MIXED_FROM]
    kind = np.select(steps, KINDS[:2], default=KINDS[2])
    return pd.Series(kind, subject.index, name="kind").where(percent.notna())


def _count(subject: Subject, kind: str) -> float:
    kinds = measure_kind(subject)
    return float((kinds == kind).sum()) if kinds.notna().all() else np.nan
