"""Repair gives a plan that keeps every rule, or none: never something in between."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.solve.compact.repair import repair_plan
from amalgamation.solve.task import municipalities_of
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


def build(population, ties, rules=None):
    ground = build_territory(population), build_unit_graph(len(population), ties)
    problem = build_problem(build_scenario(rules, {"access": 1.0}), *ground)
    return problem, problem.blocks[0]


PATH = [(1, 2), (2, 3), (3, 4), (4, 5)]


def test_a_piece_without_its_seat_goes_to_the_neighbour():
    """Unit 5 was sent to seat 1 over the head of seat 4."""
    problem, block = build([100] * 5, PATH)
    assert repair_plan(problem, block, {0: 0, 1: 0, 2: 3, 3: 3, 4: 0}) == {
        0: 0,
        1: 0,
        2: 3,
        3: 3,
        4: 3,
    }


def test_a_contiguous_plan_is_left_as_it_is():
    problem, block = build([100] * 5, PATH)
    seat_of = {0: 1, 1: 1, 2: 1, 3: 4, 4: 4}
    assert repair_plan(problem, block, seat_of) == seat_of


def test_of_two_neighbours_the_cheaper_takes_the_piece():
    """Unit 3 lies between seats 2 and 4, and nearer to 4."""
    ties = [(1, 2, 1, 1), (2, 3, 5, 1), (3, 4, 1, 1), (4, 5, 1, 1)]
    problem, block = build([100] * 5, ties)
    assert repair_plan(problem, block, {0: 0, 1: 1, 2: 0, 3: 3, 4: 3})[2] == 3


@pytest.mark.parametrize(
    "rules", [{"max_units": 3}, {"population": {"max": 300}}, {"population": {"min": 200}}]
)
def test_a_repair_that_breaks_a_rule_is_no_plan(rules):
    """Without unit 5 seat 1 is too small, with it seat 3 is too large."""
    problem, block = build([100] * 5, PATH, rules)
    assert repair_plan(problem, block, {0: 0, 1: 2, 2: 2, 3: 2, 4: 0}) == {}


def assignments(block):
    """Draw unit -> seat over the admitted pairs, each seat its own."""
    may = block.pairs.seats_of_unit
    choices = st.lists(st.integers(0, 99), min_size=len(block), max_size=len(block))
    return choices.map(lambda drawn: _settle_seats(block, may, drawn))


def _settle_seats(block, may, drawn):
    if any(unit not in may for unit in range(len(block))):
        return {}
    seat_of = {unit: may[unit][drawn[unit] % len(may[unit])] for unit in range(len(block))}
    return seat_of | {seat: seat for seat in sorted(set(seat_of.values()))}


@MANY
@given(questions(min_units=2, max_units=9), st.data())
def test_a_repaired_plan_is_whole_contiguous_and_keeps_every_rule(question, data):
    problem = build_problem(*question)
    for block in problem.blocks:
        seat_of = data.draw(assignments(block))
        if not seat_of:
            continue
        repaired = repair_plan(problem, block, seat_of)
        if not repaired:
            continue
        assert sorted(repaired) == list(range(len(block)))
        assert set(repaired.values()) == set(seat_of.values())
        for municipality in municipalities_of(block, repaired):
            assert municipality.seat in municipality.members
            assert [rule.judge(municipality) for rule in problem.rules] == [None] * len(
                problem.rules
            )
