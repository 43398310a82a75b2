"""The measure room: a plan in, its `Scorecard` out, with today beside it.

It knows no model, no solver and no verifier: a plan drawn by hand is measured by the same
yardstick as one that was computed. One file per family of measures, which registers its
own; `catalogue` is the list of families.
"""

from amalgamation.measure.access import (
    measure_max_distance,
    measure_mean_distance,
    measure_p90_distance,
    weighted_quantile,
)
from amalgamation.measure.catalogue import municipality_measures, national_measures
from amalgamation.measure.composition import KINDS, URBAN_TYPES, measure_kind, measure_urban_percent
from amalgamation.measure.context import Context
from amalgamation.measure.inequality import gini
from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.plans import measure_plan
from amalgamation.measure.polygons import build_municipality_polygons, dissolve
from amalgamation.measure.scorecard import Scorecard
from amalgamation.measure.size import measure_density, measure_sum, measure_units
from amalgamation.measure.subject import Subject, build_today

__all__ = [
    "KINDS",
    "URBAN_TYPES",
    "Context",
    "Measure",
    "NationalMeasure",
    "Scorecard",
    "Subject",
    "build_municipality_polygons",
    "build_today",
    "dissolve",
    "gini",
    "measure_density",
    "measure_kind",
    "measure_max_distance",
    "measure_mean_distance",
    "measure_p90_distance",
    "measure_plan",
    "measure_sum",
    "measure_units",
    "measure_urban_percent",
    "municipality_measures",
    "national_measures",
    "weighted_quantile",
]
