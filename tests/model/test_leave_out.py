"""Which units a plan is free to leave out, and what the model makes of them."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from amalgamation.model import Valuer, build_left_out, build_problem
from amalgamation.model.shares import outside_values
from oracle import units_left_out
from strategies import build_scenario, build_territory, build_unit_graph, leaving_questions

QUIET = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
PEOPLE = (1000, 100, 400, 500)
TIES = ((1, 2, 1.0, 2.0), (2, 3, 1.0, 3.0), (3, 4, 1.0, 5.0))


def build(rules, aims=None):
    territory, graph = build_territory(PEOPLE), build_unit_graph(4, TIES)
    scenario = build_scenario(rules, aims)
    return build_left_out(scenario.rules, territory, graph), build_problem(
        scenario, territory, graph
    )


def test_units_that_a_rule_names_give_way_to_it():
    rules = {
        "leave_out": {"may": "any"},
        "frozen": ["u1"],
        "seats": {"fixed": ["u2"]},
        "keep_together": [{"units": ["u2", "u3"]}],
    }
    left, problem = build(rules)
    assert (left.always, left.may) == (frozenset(), {"u4"})
    assert sum(len(block.leavable) for block in problem.blocks) == 1


def test_units_out_of_every_plan_are_in_no_block_and_part_it():
    left, problem = build({"leave_out": {"units": ["u2"], "may": [{"population": {"max": 400}}]}})
    assert (left.always, left.may) == ({"u2"}, {"u3"})
    assert [block.ids for block in problem.blocks] == [("u1",), ("u3", "u4")]
    assert [block.leavable for block in problem.blocks] == [(), (0,)]
    assert problem.left_out == ("u2",)


def test_the_reference_is_a_hundredth_of_the_residents_who_may_be_left_out():
    """At the reference plan nobody is left out, which would make any price infinite."""
    rules = {"leave_out": {"may": [{"population": {"max": 400}}]}}
    assert build(rules, {"left_out": 1.0})[1].references == {"left_out": 5.0}
    assert build({}, {"left_out": 1.0})[1].references == {"left_out": 1.0}


def test_the_target_of_a_balance_is_shared_among_those_who_may_be_governed():
    rules = {"leave_out": {"units": ["u2"]}, "municipalities": {"exactly": 2}}
    _, problem = build(rules, {"balance": {"population": 1.0}})
    assert problem.aims[0].target == (1000 + 400 + 500) / 2


def test_a_unit_left_out_costs_its_residents_and_half_of_each_tie():
    rules = {"leave_out": {"may": "any"}, "municipalities": {"exactly": 1}}
    _, problem = build(rules, {"left_out": 1.0, "ties_cut": 1.0})
    (block,) = problem.blocks
    values = outside_values(block, problem.shares(0))
    per_resident = 1 / problem.references["left_out"]
    per_km = 1 / problem.references["ties_cut"]
    halves = np.array([1.0, 2.5, 4.0, 2.5])
    assert values == pytest.approx(np.array(PEOPLE) * per_resident + halves * per_km)
    assert Valuer(problem, 0).cost_outside(2) == pytest.approx(values[2])
    assert problem.cost_outside(block, [1, 2]) == pytest.approx(values[1] + values[2])
    assert problem.cost_outside(block, []) == 0.0


@pytest.mark.parametrize(("may", "fewest"), [("any", 0), ([{"population": {"max": 500}}], 1)])
def test_a_block_needs_no_municipality_only_where_all_of_it_may_be_left_out(may, fewest):
    _, problem = build({"leave_out": {"may": may}})
    assert problem.blocks[0].fewest == fewest
    asked = [(limit.least, limit.most) for limit in problem.limits]
    # yet a plan without any municipality is none
    assert asked == ([(1, None)] if fewest == 0 else [])


@QUIET
@given(leaving_questions())
def test_the_units_are_those_of_the_definition(question):
    scenario, territory, graph = question
    left = build_left_out(scenario.rules, territory, graph)
    assert (left.always, left.may) == units_left_out(scenario, territory, graph)
