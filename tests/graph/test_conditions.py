"""Conditions on units: attributes, density, distance to the nearest neighbour."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from amalgamation.graph import find_units_that_meet, measure_density, measure_nearest_km
from amalgamation.scenario.schema import Range
from oracle import units_left_out
from strategies import build_territory, build_unit_graph, leaving_questions


@pytest.fixture
def territory():
    return build_territory([1000, 0, 30, 5], area_km2=[10, 4, 20, 0])


@pytest.fixture
def graph():
    return build_unit_graph(4, [(1, 2, 7.0, 1.0), (2, 3, 2.5, 1.0)])


def find(territory, graph, *conditions):
    ranges = [{name: Range(**limits) for name, limits in each.items()} for each in conditions]
    return find_units_that_meet(ranges, territory, graph)


def test_density_is_residents_over_area_and_nobody_is_as_thin_as_can_be(territory):
    assert measure_density(territory).to_list() == [100.0, 0.0, 1.5, math.inf]


def test_the_nearest_neighbour_is_the_nearest_tied_unit(graph):
    """u4 has no tie, so nobody is near it."""
    assert measure_nearest_km(graph).to_list() == [7.0, 2.5, 2.5, math.inf]


def test_both_ends_of_a_range_belong_to_it(territory, graph):
    assert find(territory, graph, {"density": {"min": 1.5, "max": 100.0}}) == ("u1", "u3")
    assert find(territory, graph, {"nearest_km": {"min": 7}}) == ("u1", "u4")


def test_a_unit_meets_all_ranges_of_one_condition_or_all_of_another(territory, graph):
    both = {"density": {"max": 2}, "nearest_km": {"max": 2.5}, "population": {"min": 1}}
    assert find(territory, graph, both) == ("u3",)
    assert find(territory, graph, both, {"population": {"min": 1000}}) == ("u1", "u3")


def test_a_unit_without_a_value_meets_nothing(territory, graph):
    territory.units.loc["u3", "population"] = np.nan
    assert "u3" not in find(territory, graph, {"population": {}}, {"density": {"min": 0}})


def test_no_condition_is_met_by_nobody_and_an_empty_one_by_all(territory, graph):
    assert find(territory, graph) == ()
    assert find(territory, graph, {}) == territory.ids


def test_an_attribute_of_the_territory_goes_before_a_derived_one(territory, graph):
    own = territory.units.assign(density=[1.0, 2.0, 3.0, 4.0])
    named = type(territory)("own", own, (), {"density": ""})
    assert find(named, graph, {"density": {"min": 3}}) == ("u3", "u4")


@settings(deadline=None, max_examples=60)
@given(leaving_questions())
def test_units_are_found_as_the_definitions_say(question):
    scenario, territory, graph = question
    always, _ = units_left_out(scenario, territory, graph)
    rule = scenario.rules.leave_out
    assert always == {*rule.units, *find_units_that_meet(rule.always, territory, graph)}
