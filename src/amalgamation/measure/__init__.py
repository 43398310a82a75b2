"""The measure room: a plan in, its `Scorecard` out, with today beside it.

It knows no model, no solver and no verifier: a plan drawn by hand is measured by the same
yardstick as one that was computed. One file per family of measures, which registers its
own; `catalogue` is the list of families.
"""

from amalgamation.measure.access import (
    measure_distance,
    measure_max_distance,
    measure_percent_within,
)
from amalgamation.measure.agreement import adjusted_rand_index
from amalgamation.measure.bodies import cost_of_even_bodies, least_bodies_below, measure_bodies
from amalgamation.measure.capability import measure_level, measure_points, points_of
from amalgamation.measure.catalogue import municipality_measures, national_measures
from amalgamation.measure.certainty import Certainty, Reason
from amalgamation.measure.change import (
    OWN,
    TodaysSeat,
    measure_change,
    measure_farther_percent,
    measure_farther_residents,
    measure_growth,
)
from amalgamation.measure.check import check_scorecard
from amalgamation.measure.composition import KINDS, URBAN_TYPES, measure_kind, measure_urban_percent
from amalgamation.measure.context import Context
from amalgamation.measure.continuity import (
    FATES,
    count_fates,
    measure_changing_residents,
    measure_parents,
)
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
    measure_tax_capacity_index,
)
from amalgamation.measure.inequality import gini, theil
from amalgamation.measure.measures import Measure, NationalMeasure
from amalgamation.measure.mixture import measure_category_count
from amalgamation.measure.nations import (
    distance_to_nations,
    nation_means,
    nation_remarks,
    nearest_nations,
    read_nations,
)
from amalgamation.measure.parents import find_parent_seats
from amalgamation.measure.plans import measure_plan
from amalgamation.measure.polygons import build_municipality_polygons, dissolve
from amalgamation.measure.recurrence import build_certainty
from amalgamation.measure.representation import measure_council_seats
from amalgamation.measure.scorecard import SHOWN, Scorecard
from amalgamation.measure.services import measure_services, measure_too_few
from amalgamation.measure.shape import measure_parts, measure_polsby_popper, measure_reock
from amalgamation.measure.size import measure_density, measure_sum, measure_units
from amalgamation.measure.subject import Subject, build_today
from amalgamation.measure.subsidy import measure_self_standing, measure_transfer_gap
from amalgamation.measure.ties import measure_ties_cut
from amalgamation.measure.weighted import weighted_mean, weighted_quantile

__all__ = [
    "FATES",
    "KINDS",
    "OWN",
    "SHOWN",
    "URBAN_TYPES",
    "Certainty",
    "Context",
    "Measure",
    "NationalMeasure",
    "Reason",
    "Scorecard",
    "Subject",
    "TodaysSeat",
    "adjusted_rand_index",
    "build_certainty",
    "build_municipality_polygons",
    "build_today",
    "check_scorecard",
    "cost_of_even_bodies",
    "count_fates",
    "dissolve",
    "distance_to_nations",
    "equalise",
    "find_parent_seats",
    "gini",
    "least_bodies_below",
    "measure_bodies",
    "measure_category_count",
    "measure_change",
    "measure_changing_residents",
    "measure_cost_per_resident",
    "measure_council_seats",
    "measure_curve_cost",
    "measure_density",
    "measure_distance",
    "measure_equalisation",
    "measure_farther_percent",
    "measure_farther_residents",
    "measure_growth",
    "measure_kind",
    "measure_level",
    "measure_max_distance",
    "measure_one_off_cost",
    "measure_own_revenue_percent",
    "measure_parents",
    "measure_parts",
    "measure_percent_within",
    "measure_plan",
    "measure_points",
    "measure_polsby_popper",
    "measure_reock",
    "measure_saving",
    "measure_self_standing",
    "measure_services",
    "measure_sum",
    "measure_tax_capacity_index",
    "measure_ties_cut",
    "measure_too_few",
    "measure_transfer_gap",
    "measure_units",
    "measure_urban_percent",
    "municipality_measures",
    "nation_means",
    "nation_remarks",
    "national_measures",
    "nearest_nations",
    "points_of",
    "read_nations",
    "relative_cost",
    "theil",
    "weighted_mean",
    "weighted_quantile",
]
