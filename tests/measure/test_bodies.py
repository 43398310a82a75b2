"""A body in every place: what is certain of it, and what is not said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation import api
from amalgamation.measure import (
    cost_of_even_bodies,
    least_bodies_below,
    measure_bodies,
    measure_plan,
)
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import RunningCost, ScorecardSection

CURVE = RunningCost(elasticity=0.5, flat_from=400)
FIGURES = {
    "population": [1200, 900, 5000],
    "area_km2": [1, 1, 1],
    "villages": [3, 2, 0],
    "running_cost": [10, 20, 30],
}
PLACES = st.lists(st.integers(1, 3000), min_size=1, max_size=6)


def card(**changes):
    subject = example_subject("abc", **(FIGURES | changes))
    parameters = ScorecardSection(bodies="villages", running_cost=CURVE, thresholds=[500.0, 1000.0])
    return measure_plan(subject.plan, subject.territory, subject.graph, parameters=parameters)


def test_bodies_are_counted_by_places_and_a_town_without_villages_is_one():
    table = card().national[["today", "plan"]]
    assert table.loc["place_bodies"].to_list() == [3, 6]
    assert table.loc["place_bodies_residents_mean"].to_list() == pytest.approx([7100 / 3, 7100 / 6])


def test_the_share_below_a_size_is_the_least_that_is_certain():
    table = card().national[["today", "plan"]]
    # of 1,200 residents in 3 villages at most 2 have 500; of 900 in 2 at most 1
    assert table.loc["place_bodies_below_500"].to_list() == pytest.approx([0, 100 * 2 / 6])
    # at most 1 of the 3 and none of the 2 has 1,000; today one of three units has fewer
    assert table.loc["place_bodies_below_1000"].to_list() == pytest.approx([100 / 3, 100 * 4 / 6])


@given(PLACES, st.integers(1, 3000))
def test_no_distribution_of_residents_has_fewer_small_places(places, size):
    least = least_bodies_below(np.array([float(sum(places))]), np.array([float(len(places))]), size)
    assert least[0] <= sum(people < size for people in places)


def test_four_places_of_equal_size_cost_by_the_curve_what_their_size_costs():
    subject = example_subject("a", population=[400], villages=[4], running_cost=[100])
    # 100 residents each instead of 400: twice as dear a head
    assert cost_of_even_bodies(subject, "villages", CURVE) == 200


@given(st.integers(1, 9000), st.integers(1, 20))
def test_more_bodies_never_cost_less(people, places):
    fewer, more = (
        cost_of_even_bodies(
            example_subject("a", population=[people], villages=[number], running_cost=[100]),
            "villages",
            CURVE,
        )
        for number in (places, places + 1)
    )
    assert 100 * (1 - 1e-9) <= fewer <= more * (1 + 1e-9)


def test_cost_is_todays_where_each_unit_keeps_one_body():
    table = card(villages=[1, 1, 0]).national
    assert table.loc["place_bodies_cost", ["today", "plan"]].to_list() == pytest.approx([60, 60])


def test_bodies_of_a_merged_municipality_add_up():
    subject = example_subject("aac", **FIGURES)
    assert measure_bodies(subject, "villages").to_dict() == {"a": 5, "c": 1}


def test_what_is_not_known_of_single_places_is_said():
    assert any("know no place's residents or money" in line for line in card().notices)


def test_nothing_is_said_of_places_that_nobody_counts():
    subject = example_subject("abc", **FIGURES)
    found = measure_plan(subject.plan, subject.territory, subject.graph)
    assert not [name for name in found.national.index if name.startswith("place_bodies")]
    assert not [line for line in found.notices if "place" in line]


def test_places_not_counted_everywhere_make_the_number_unknown():
    assert np.isnan(card(villages=[3, np.nan, 0]).national.loc["place_bodies", "plan"])


def test_the_bundled_model_of_village_bodies_counts_them():
    assert api.prepare("kz-village-bodies").file.scenario.scorecard.bodies == "settlements"
