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
from amalgamation.measure.bodies import cost_of_even_bodies, least_bodies_below, measure_bodies
from amalgamation.measure.capability import measure_level, measure_points, points_of
from amalgamation.measure.catalogue import municipality_measures, national_measures
from amalgamation.measure.check import check_scorecard
from amalgamation.measure.composition import KINDS, URBAN_TYPES, measure_kind, measure_urban_percent
from amalgamation.measure.context import Context
from amalgamation.measure.cost import (
    measure_curve_cost,
    measure_one_off_cost,
    measure_saving,
    relative_cost,
)
from amalgamation.measure.equalisation import equalise, measure_equalisation
from amalgamation.measure.fiscal import (
    measure_cost_per_resident,
    measure_own_revenue_percent,
    measure_self_standing,
    measure_tax_capacity_index,
    measure_transfer_gap,
)
from amalgamation.measure.inequality import gini
from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.nations import (
    distance_to_nations,
    nation_means,
    nation_remarks,
    read_nations,
)
from amalgamation.measure.plans import measure_plan
from amalgamation.measure.polygons import build_municipality_polygons, dissolve
from amalgamation.measure.scorecard import Scorecard
from amalgamation.measure.services import measure_services, measure_too_few
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
    "check_scorecard",
    "cost_of_even_bodies",
    "dissolve",
    "distance_to_nations",
    "equalise",
    "gini",
    "least_bodies_below",
    "measure_bodies",
    "measure_cost_per_resident",
    "measure_curve_cost",
    "measure_density",
    "measure_equalisation",
    "measure_kind",
    "measure_level",
    "measure_max_distance",
    "measure_mean_distance",
    "measure_one_off_cost",
    "measure_own_revenue_percent",
    "measure_p90_distance",
    "measure_plan",
    "measure_points",
    "measure_saving",
    "measure_self_standing",
    "measure_services",
    "measure_sum",
    "measure_tax_capacity_index",
    "measure_too_few",
    "measure_transfer_gap",
    "measure_units",
    "measure_urban_percent",
    "municipality_measures",
    "nation_means",
    "nation_remarks",
    "national_measures",
    "points_of",
    "read_nations",
    "relative_cost",
    "weighted_quantile",
]
