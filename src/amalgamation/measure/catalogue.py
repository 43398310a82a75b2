"""The catalogue: every measure, registered once with name, unit, source and direction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.measure.access import (
    P90,
    measure_max_distance,
    measure_mean_distance,
    measure_p90_distance,
    weighted_mean,
    weighted_quantile,
)
from amalgamation.measure.composition import measure_urban_percent
from amalgamation.measure.inequality import gini
from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.outside import outside_measures
from amalgamation.measure.size import measure_density, measure_sum, measure_units
from amalgamation.measure.thresholds import (
    THRESHOLDS,
    percent_of_municipalities_below,
    percent_of_residents_below,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amalgamation.measure.subject import Subject

__all__ = ["municipality_measures", "national_measures"]

_PEOPLE = ("population",)
_AREA = ("area_km2",)


def municipality_measures(attributes: Mapping[str, str], distance_unit: str) -> list[Measure]:
    """Return the measures of a municipality, in the order of the scorecard's columns.

    Parameters
    ----------
    attributes
        Attributes of the territory and their units: each is summed.
    distance_unit
        ``"km"`` or ``"minutes"``; names of the access measures end in it.

    Examples
    --------
    >>> [m.name for m in municipality_measures({"population": "residents"}, "km")][:3]
    ['units', 'population', 'area_km2']
    """
    units = {"population": "residents", "area_km2": "km2"} | dict(attributes)
    first = ["population", "area_km2"]
    others = [name for name in attributes if name not in first]
    return [
        Measure("units", "Units", "units", measure_units),
        *(_sum(name, units[name]) for name in first),
        Measure("density", "Density", "residents/km2", measure_density, needs=_PEOPLE + _AREA),
        Measure(
            "urban_percent",
            "Residents in cities, towns and settlements",
            "%",
            measure_urban_percent,
            source="kz-law-2572-1993",
            needs=("population", "type"),
        ),
        *(_sum(name, units[name]) for name in others),
        *_access(distance_unit),
    ]


def national_measures(
    distance_unit: str, thresholds: Sequence[float] = THRESHOLDS
) -> list[NationalMeasure]:
    """Return the measures of a whole plan, in the order of the national table.

    Parameters
    ----------
    distance_unit
        ``"km"`` or ``"minutes"``.
    thresholds
        Residents, for the shares below and from each size on.
    """
    return [
        NationalMeasure("municipalities", "Municipalities", "", lambda s: float(len(s.index))),
        *_spread("population", "residents"),
        *_spread("area_km2", "km2"),
        *_gini("population"),
        *_gini("area_km2"),
        *(row for size in thresholds for row in _below(size)),
        *_national_access(distance_unit),
        *outside_measures(),
    ]


def _sum(attribute: str, unit: str) -> Measure:
    title = attribute.replace("_", " ").capitalize()
    compute = partial(measure_sum, attribute=attribute)
    return Measure(attribute, title, unit, compute, needs=(attribute,))


def _access(unit: str) -> list[Measure]:
    rows = (
        ("mean", "Mean distance of residents to the seat", measure_mean_distance, ""),
        (
            "p90",
            "Distance within which 90 % of residents reach the seat",
            measure_p90_distance,
            "hyndman1996",
        ),
        ("max", "Greatest distance from a unit to the seat", measure_max_distance, ""),
    )
    return [
        Measure(
            f"{name}_{unit}",
            title,
            unit,
            compute,
            source,
            higher_is_better=False,
            needs=() if name == "max" else _PEOPLE,
        )
        for name, title, compute, source in rows
    ]


def _spread(attribute: str, unit: str) -> list[NationalMeasure]:
    return [
        NationalMeasure(
            f"{attribute}_{way}",
            f"{title} {_WHAT[attribute]} of a municipality",
            unit,
            partial(_spread_of, attribute=attribute, way=way),
            needs=(attribute,),
        )
        for way, title in _HOW.items()
    ]


def _spread_of(subject: Subject, attribute: str, way: str) -> float:
    return float(_WAYS[way](subject.total_of(attribute).to_numpy()))


_WAYS: dict[str, Callable[[np.ndarray], np.float64]] = {
    "mean": np.mean,
    "median": np.median,
    "min": np.min,
    "max": np.max,
}
_HOW = {"mean": "Mean", "median": "Median", "min": "Smallest", "max": "Greatest"}
_WHAT = {"population": "population", "area_km2": "area"}


def _gini(attribute: str) -> list[NationalMeasure]:
    return [
        NationalMeasure(
            f"{attribute}_gini",
            f"Gini coefficient of {_WHAT[attribute]}",
            "",
            lambda subject: gini(subject.total_of(attribute).to_numpy()),
            source="gini1912",
            higher_is_better=False,
            needs=(attribute,),
        )
    ]


def _below(size: float) -> list[NationalMeasure]:
    bodies = partial(percent_of_municipalities_below, residents=size)
    people = partial(percent_of_residents_below, residents=size)
    rows = (
        ("municipalities_below", "Municipalities below", bodies, False),
        ("municipalities_from", "Municipalities of at least", _rest(bodies), True),
        ("residents_below", "Residents in municipalities below", people, False),
        ("residents_from", "Residents in municipalities of at least", _rest(people), True),
    )
    return [
        NationalMeasure(
            f"{name}_{size:.0f}",
            f"{title} {size:,.0f} residents",
            "%",
            compute,
            higher_is_better=better,
            needs=_PEOPLE,
        )
        for name, title, compute, better in rows
    ]


def _rest(share: partial[float]) -> partial[float]:
    return partial(lambda subject, below: 100.0 - below(subject), below=share)


def _national_access(unit: str) -> list[NationalMeasure]:
    def mean(subject: Subject) -> float:
        return weighted_mean(subject.ways(), subject.values("population"))

    def p90(subject: Subject) -> float:
        return weighted_quantile(subject.ways(), subject.values("population"), P90)

    def greatest(subject: Subject) -> float:
        return float(subject.ways().max())

    rows = (
        ("mean", "Mean distance of residents to their seat", mean, _PEOPLE),
        ("p90", "Distance within which 90 % of residents reach their seat", p90, _PEOPLE),
        ("max", "Greatest distance from a unit to its seat", greatest, ()),
    )
    return [
        NationalMeasure(f"{name}_{unit}", title, unit, compute, "", False, needs)  # noqa: FBT003
        for name, title, compute, needs in rows
    ]
