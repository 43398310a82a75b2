"""Natural zones and kinds of production that municipalities join."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from amalgamation.measure import Context, measure_category_count, measure_plan, national_measures
from rows import MANY, rows, subject_of

ALL = {m.name: m.compute for m in national_measures(Context({}, categories=("zone",)))}


def test_zones_are_counted_once_each():
    row = subject_of("aaadd", population=[1, 2, 3, 10, 4], zone=["x", "y", "x", "z", "z"])
    assert measure_category_count(row, "zone").to_dict() == {"a": 2, "d": 1}
    assert ALL["zone_count_mean"](row) == 1.5
    assert ALL["residents_of_one_zone_percent"](row) == pytest.approx(100 * 14 / 20)


def test_a_blank_is_no_zone_of_its_own():
    row = subject_of("aac", population=[1, 2, 3], zone=["x", "", "y"])
    counts = measure_category_count(row, "zone")
    assert np.isnan(counts["a"])
    assert counts["c"] == 1
    assert np.isnan(ALL["zone_count_mean"](row))
    assert np.isnan(ALL["residents_of_one_zone_percent"](row))


def test_a_territory_without_categories_says_what_it_does_not_tell():
    row = subject_of("ab", population=[1, 2])
    notices = measure_plan(row.plan, row.territory, row.graph).notices
    assert any("no natural_zone: not measured: natural_zone_count" in line for line in notices)


def test_the_categories_that_there_are_are_measured():
    row = subject_of("aa", population=[1, 2], zone=["x", "y"])
    card = measure_plan(row.plan, row.territory, row.graph)
    assert card.municipalities["zone_count"].to_list() == [2]
    assert card.national.loc["residents_of_one_zone_percent", ["today", "plan"]].to_list() == [
        100,
        0,
    ]


@MANY
@given(rows())
def test_no_municipality_joins_more_zones_than_it_has_units_or_fewer_than_one(plan):
    counts = measure_category_count(plan, "zone")
    assert (counts >= 1).all()
    assert (counts <= [len(units) for units in plan.plan.municipalities.values()]).all()
