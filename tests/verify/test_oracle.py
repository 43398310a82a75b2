"""The brute force against answers worked by hand: what checks others must be right itself."""

import math

import pytest

from oracle import brute_force, every_plan
from strategies import build_scenario, build_territory, build_unit_graph


def test_a_row_of_three_units_has_four_contiguous_partitions():
    """Each of the two ties is kept or severed."""
    territory, graph = build_territory([1, 1, 1]), build_unit_graph(3, [(1, 2), (2, 3)])
    assert len(list(every_plan(build_scenario(), territory, graph, {}, {}))) == 4


def test_a_triangle_has_all_five_partitions():
    territory, graph = build_territory([1, 1, 1]), build_unit_graph(3, [(1, 2), (2, 3), (1, 3)])
    assert len(list(every_plan(build_scenario(), territory, graph, {}, {}))) == 5


def test_the_cheapest_access_puts_the_seat_where_people_live():
    """One municipality of 100, 10 and 1 residents in a row: the first is the seat."""
    scenario = build_scenario({"municipalities": {"exactly": 1}}, {"access": 2.0})
    territory, graph = build_territory([100, 10, 1]), build_unit_graph(3, [(1, 2), (2, 3)])
    cost, plan = brute_force(scenario, territory, graph, {"access": 4.0}, {})
    assert cost == pytest.approx(2.0 * (10 * 1 + 1 * 2) / 4.0)
    assert plan == {"u1": "u1", "u2": "u1", "u3": "u1"}


def test_a_minimum_above_the_total_leaves_no_plan():
    scenario = build_scenario({"population": {"min": 112}})
    territory, graph = build_territory([100, 10, 1]), build_unit_graph(3, [(1, 2), (2, 3)])
    assert brute_force(scenario, territory, graph, {}, {}) == (math.inf, None)


def test_the_fewest_ties_are_cut_at_the_weakest_border():
    scenario = build_scenario({"municipalities": {"exactly": 2}}, {"ties_cut": 1.0})
    graph = build_unit_graph(3, [(1, 2, 1, 5), (2, 3, 1, 3)])
    cost, plan = brute_force(scenario, build_territory([1, 1, 1]), graph, {"ties_cut": 1.0}, {})
    assert cost == 3.0
    assert plan["u1"] == plan["u2"] != plan["u3"]


def test_more_than_nine_units_are_refused():
    territory = build_territory([1] * 10)
    with pytest.raises(ValueError, match="10 units"):
        brute_force(build_scenario(), territory, build_unit_graph(10, []), {}, {})
