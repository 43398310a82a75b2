"""Where a plan stands among 30 countries."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import (
    distance_to_nations,
    measure_plan,
    nation_means,
    nation_remarks,
    read_nations,
)
from amalgamation.measure.example import example_subject

SIZE = st.floats(1, 1e6)


def card(**figures):
    subject = example_subject("aac", **figures)
    return measure_plan(subject.plan, subject.territory, subject.graph)


def test_the_bundled_table_has_thirty_countries_with_whole_figures():
    table = read_nations()
    assert len(table) == 30
    assert (table[["municipalities", "mean_population", "mean_area_km2"]] > 0).all(axis=None)


def test_the_distance_counts_twice_the_residents_as_twice_the_area():
    table = read_nations()
    people, area = table.loc["Finland", ["mean_population", "mean_area_km2"]]
    assert distance_to_nations(people, area)["Finland"] == 0
    assert distance_to_nations(2 * people, area)["Finland"] == pytest.approx(math.log(2))
    assert distance_to_nations(people, area / 2)["Finland"] == pytest.approx(math.log(2))


@given(SIZE, SIZE)
def test_the_nearest_come_first(people, area):
    assert distance_to_nations(people, area).is_monotonic_increasing


def test_the_plan_is_counted_and_named_beside_today():
    # today 2,000 residents on 13 km2, the plan twice as many on 20 km2
    found = card(population=[3000, 2000, 1000], area_km2=[19, 10, 10])
    table = found.national[["today", "plan"]]
    assert table.loc["population_mean"].to_list() == [2000, 3000]
    # fewer residents have Czechia, Slovakia and France; fewer than 3,000 no one else
    assert table.loc["nations_below_population"].to_list() == [3, 3]
    # less area than 13 has Czechia; than 19.5 France, Slovakia and Switzerland too
    assert table.loc["nations_below_area"].to_list() == [1, 4]
    (remark,) = found.remarks
    assert remark.startswith("Nearest of 30 countries in mean population and mean area: ")
    # ln(2000 / 1688) and ln(13 / 12) make 0.19; France 0.22, Slovakia 0.28
    assert remark.endswith("today Czechia, France, Slovakia; plan Switzerland, Hungary, Slovakia")


def test_without_area_nothing_is_compared():
    found = card(population=[3000, 2000, 1000])
    assert nation_means(found.national) == {}
    assert nation_remarks(found.national) == found.remarks == ()
