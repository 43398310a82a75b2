"""Outside: how much of a territory its plan leaves in no municipality."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.measures import NationalMeasure

if TYPE_CHECKING:
    from amalgamation.measure.context import Context
    from amalgamation.measure.measures import Measure
    from amalgamation.measure.subject import Subject

__all__ = ["measure_outside", "municipality_measures", "national_measures", "percent_outside"]


def municipality_measures(context: Context) -> list[Measure]:  # noqa: ARG001 - the family's form
    """Return none: what stands outside belongs to no municipality."""
    return []


def national_measures(context: Context) -> list[NationalMeasure]:  # noqa: ARG001 - ever the same
    """Return the national measures of what stands outside: units, residents, area."""
    rows = (
        ("units", "Units", "units", None),
        ("residents", "Residents", "residents", "population"),
        ("area", "Area", "km2", "area_km2"),
    )
    measures = []
    for name, title, unit, attribute in rows:
        needs = (attribute,) if attribute else ()
        amount = partial(measure_outside, attribute=attribute)
        share = partial(percent_outside, attribute=attribute)
        where = "outside every municipality"
        measures += [
            NationalMeasure(f"{name}_outside", f"{title} {where}", unit, amount, needs=needs),
            NationalMeasure(
                f"{name}_outside_percent", f"Share of {name} {where}", "%", share, needs=needs
            ),
        ]
    return measures


def measure_outside(subject: Subject, attribute: str | None = None) -> float:
    """Sum an attribute over the units outside; without one, count the units.

    Returns
    -------
    float
        In the attribute's unit; NaN where a unit has no value.

    Raises
    ------
    KeyError
        If the territory has no such attribute.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure.subject import Subject
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> plan = Plan.from_seats({"r00c00": "r00c00"}, outside=("r00c01", "r00c02"))
    >>> subject = Subject(plan, territory, build_graph(territory))
    >>> measure_outside(subject), measure_outside(subject, "area_km2")
    (2.0, 200.0)
    """
    outside = ~subject.inside
    if attribute is None:
        return float(outside.sum())
    return float(subject.values(attribute)[outside].sum())


def percent_outside(subject: Subject, attribute: str | None = None) -> float:
    """Return the share of an attribute's sum, or of the units, that is outside, in per cent.

    Raises
    ------
    KeyError
        If the territory has no such attribute.
    """
    whole = len(subject.inside) if attribute is None else subject.values(attribute).sum()
    return float(100 * measure_outside(subject, attribute) / whole) if whole > 0 else np.nan
