"""Every measure of the catalogue gives a figure, or none, for any plan; none fails."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from amalgamation.graph import build_graph
from amalgamation.measure import Context, Subject, municipality_measures, national_measures
from amalgamation.measure.notices import find_absent, find_known
from amalgamation.plan import Plan
from amalgamation.scenario.schema import ScorecardSection
from amalgamation.territory import grid_territory
from rows import MANY, rows, subject_of


def measured(subject):
    """Compute all that the territory has data for."""
    context = Context.from_territory(subject.territory, subject.graph, ScorecardSection())
    there = find_known(subject.territory)
    single = [m for m in municipality_measures(context) if not find_absent(m, there)]
    whole = [m for m in national_measures(context) if not find_absent(m, there)]
    return {m.name: m.compute(subject) for m in single}, {m.name: m.compute(subject) for m in whole}


@MANY
@given(rows())
def test_every_measure_of_a_municipality_stands_on_the_same_index(plan):
    single, whole = measured(plan)
    assert {"population", "mean_km", "zone_count", "council_seats", "rayon_changes"} <= set(single)
    assert all(found.index.equals(plan.index) for found in single.values())
    assert all(isinstance(figure, float) for figure in whole.values())


@pytest.mark.parametrize("people", [[5, 7], [0, 0]])
def test_a_plan_that_leaves_all_outside_has_no_figures_and_fails_nowhere(people):
    nobody = subject_of("--", population=people, area_km2=[1, 2], rayon="RS", zone="xy")
    single, whole = measured(nobody)
    assert all(found.empty for found in single.values())
    assert whole["municipalities"] == 0
    assert np.isnan(whole["population_median"])
    assert np.isnan(whole["mean_km"])


def test_polygons_are_measured_where_there_are_some():
    grid = grid_territory(2, 2)
    plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c00"})
    single, whole = measured(Subject(plan, grid, build_graph(grid)))
    assert single["parts"].to_dict() == {"r00c00": 1}
    assert whole["reock_mean"] == pytest.approx(2 / (np.pi * 5 / 4))  # 2 by 1, diagonal root 5


def test_no_name_and_no_title_is_given_twice():
    context = Context({"population": "", "area_km2": ""}, tiers=("rayon", "oblast"))
    for measures in (municipality_measures(context), national_measures(context)):
        assert len({m.name for m in measures}) == len(measures)
        assert len({m.title for m in measures}) == len(measures)
