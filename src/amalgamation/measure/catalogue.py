"""The catalogue: every family of measures, in the order of the scorecard.

A family is a module that registers its own measures; to add one, write the module and name
it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from amalgamation.measure import (
    access,
    bodies,
    change,
    composition,
    continuity,
    cost,
    equalisation,
    fiscal,
    mixture,
    nations,
    outside,
    representation,
    services,
    shape,
    size,
    subsidy,
    ties,
)
from amalgamation.measure.capability import capability_measures, level_measures

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.measures import Measure, NationalMeasure

__all__ = [
    "FAMILIES",
    "Family",
    "indicator_measures",
    "municipality_measures",
    "national_measures",
]


class Family(Protocol):
    """What a module of measures gives to the catalogue."""

    def municipality_measures(self, context: Context, /) -> list[Measure]:
        """Return the family's measures of a municipality."""

    def national_measures(self, context: Context, /) -> list[NationalMeasure]:
        """Return the family's measures of a whole plan."""


FAMILIES: tuple[Family, ...] = (
    size,
    composition,
    access,
    change,
    fiscal,
    subsidy,
    equalisation,
    cost,
    services,
    shape,
    ties,
    mixture,
    representation,
    bodies,
    continuity,
    outside,
    nations,
)
"""In the order of the scorecard's columns and of the national table's rows."""


def municipality_measures(context: Context) -> list[Measure]:
    """Return the measures of a municipality, in the order of the scorecard's columns.

    Examples
    --------
    >>> from amalgamation.measure import Context
    >>> [m.name for m in municipality_measures(Context({"population": "residents"}))][:3]
    ['units', 'population', 'area_km2']
    """
    measures = indicator_measures(context)
    return [*measures, *capability_measures(context.parameters.scheme, measures)]


def national_measures(context: Context) -> list[NationalMeasure]:
    """Return the measures of a whole plan, in the order of the national table.

    Examples
    --------
    >>> from amalgamation.measure import Context
    >>> national_measures(Context({"population": "residents"}))[0].name
    'municipalities'
    """
    measures = [measure for family in FAMILIES for measure in family.national_measures(context)]
    return [*measures, *level_measures(context.parameters.scheme, indicator_measures(context))]


def indicator_measures(context: Context) -> list[Measure]:
    """Return what a scheme of points may rest on: all measures but its own."""
    return [measure for family in FAMILIES for measure in family.municipality_measures(context)]
