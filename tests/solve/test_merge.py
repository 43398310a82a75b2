"""Greedy merging: plans soon at hand, and each of them keeps every rule."""

from hypothesis import HealthCheck, given, settings

from amalgamation.model import build_problem
from amalgamation.solve.search import merge_greedily
from amalgamation.solve.task import municipalities_of
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@MANY
@given(questions(min_units=2, max_units=9))
def test_every_plan_found_by_merging_keeps_every_rule(question):
    problem = build_problem(*question)
    for block in problem.blocks:
        for number, seat_of in merge_greedily(problem, block).items():
            municipalities = municipalities_of(block, seat_of)
            assert len(municipalities) == number
            assert sorted(seat_of) == list(range(len(block)))
            for each in municipalities:
                assert each.seat in each.members
                assert all((unit, each.seat) in block.pairs.distance_of for unit in each.members)
                assert [rule.judge(each) for rule in problem.rules] == [None] * len(problem.rules)


def test_without_a_rule_there_is_a_plan_at_every_number():
    """A path of five: from five units alone down to one municipality."""
    ground = build_territory([100.0] * 5), build_unit_graph(5, [(1, 2), (2, 3), (3, 4), (4, 5)])
    problem = build_problem(build_scenario(aims={"access": 1.0}), *ground)
    plans = merge_greedily(problem, problem.blocks[0])
    assert sorted(plans) == [1, 2, 3, 4, 5]


def test_a_wish_to_stop_ends_the_merging_at_once():
    ground = build_territory([100.0] * 3), build_unit_graph(3, [(1, 2), (2, 3)])
    problem = build_problem(build_scenario({"population": {"min": 150}}), *ground)
    assert merge_greedily(problem, problem.blocks[0], stop=lambda: True) == {}
