"""Points and levels, by a scheme that the user gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.measure import measure_level, measure_plan, points_of
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import Capability, Indicator, Level, ScorecardSection

SIZE = Indicator(measure="population", cuts=[500, 1000], points=[0, 1, 3], weight=2)
OWN = Indicator(measure="own_revenue_percent", cuts=[50], points=[0, 1])
SCHEME = Capability(
    title="a try",
    indicators=[SIZE, OWN],
    levels=[Level(name="weak", min=0), Level(name="able", min=3)],
)
FIGURES = {
    "population": [400, 300, 300],
    "area_km2": [1, 1, 1],
    "own_revenue": [5, 6, 9],
    "running_cost": [10, 10, 10],
}


def card(scheme=SCHEME, **figures):
    subject = example_subject("aac", **(figures or FIGURES))
    parameters = ScorecardSection(capability=scheme)
    return measure_plan(subject.plan, subject.territory, subject.graph, parameters=parameters)


def test_a_cut_point_is_reached_by_the_value_that_equals_it():
    values = pd.Series([499.0, 500.0, 1000.0, np.nan])
    assert points_of(values, SIZE).to_list()[:3] == [0, 2, 6]
    assert points_of(values, SIZE).isna().to_list() == [False, False, False, True]


def test_points_add_up_and_decide_the_level():
    table = card().municipalities
    # a: 700 residents (2 points), 11 of 20 own (1 point); c: 300 residents, 9 of 10 own
    assert table["capability_points"].to_dict() == {"a": 3, "c": 1}
    assert table["capability_level"].to_dict() == {"a": "able", "c": "weak"}


def test_shares_of_each_level_stand_beside_today():
    table = card().national
    # today a has 0 + 1 points, b 0 + 1, c 0 + 1: all weak
    assert table.loc["capability_1_municipalities", ["today", "plan"]].to_list() == [100, 50]
    assert table.loc["capability_2_residents", ["today", "plan"]].to_list() == [0, 70]
    assert table.loc["capability_2_residents", "title"].endswith("at level able (a try)")


@given(st.lists(st.integers(0, 2000), min_size=3, max_size=3))
@settings(max_examples=15, deadline=None)  # each measures a whole plan
def test_the_shares_of_all_levels_make_the_whole(people):
    table = card(**(FIGURES | {"population": people})).national
    shares = table.loc[["capability_1_municipalities", "capability_2_municipalities"], "plan"]
    assert shares.sum() == pytest.approx(100)


def test_points_that_miss_a_level_by_a_last_digit_reach_it():
    tenths = Capability(
        indicators=[
            Indicator(measure=name, cuts=[1], points=[0, 1], weight=0.1) for name in ("a", "b", "c")
        ],
        levels=[Level(name="low", min=0), Level(name="high", min=0.3)],
    )
    almost = 0.7 - 0.4
    assert almost < 0.3  # as floats have it
    assert measure_level(pd.Series([almost]), tenths).to_list() == ["high"]


def test_a_level_is_missing_where_points_are():
    assert measure_level(pd.Series([np.nan, 1.0]), SCHEME).isna().to_list() == [True, False]


def test_data_that_an_indicator_lacks_are_named_and_no_points_are_given():
    found = card(population=[1, 2, 3], area_km2=[1, 1, 1])
    assert "capability_level" not in found.municipalities
    assert any("own_revenue" in line and "capability_points" in line for line in found.notices)


def test_the_ukraine_like_preset_says_in_every_title_that_it_is_not_official():
    everything = FIGURES | {"tax_base": [1, 1, 1], "school_age": [1, 1, 1]}
    found = card("ukraine-like", **everything).national
    titles = found.loc[found.index.str.startswith("capability"), "title"]
    assert len(titles) == 6
    assert titles.str.contains("not the official numbers").all()
