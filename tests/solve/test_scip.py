"""SCIP's word on what has no plan: never against the brute force, whatever the rules."""

import math

import pytest
from hypothesis import HealthCheck, given, settings

from amalgamation.model import build_problem
from amalgamation.solve.scip import proves_infeasible
from solving import find_least_cost
from strategies import build_scenario, build_territory, build_unit_graph, questions

pytest.importorskip("pyscipopt")

SMALL = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
RING = [(1, 2), (2, 3), (3, 4), (1, 4)]


@SMALL
@given(question=questions(max_units=7))
def test_it_proves_what_the_brute_force_knows_and_nothing_else(question):
    problem = build_problem(*question)
    proven = proves_infeasible(problem, 60.0)
    impossible = math.isinf(find_least_cost(question, problem))
    assert impossible or not proven
    # numbers that several blocks share may have holes, which the ends of each do not show
    if all(len(limit.blocks) == 1 for limit in problem.limits):
        assert proven == impossible


def asked(rules, people=(700, 500, 300, 500), **columns):
    territory = build_territory(people, **columns)
    problem = build_problem(build_scenario(rules), territory, build_unit_graph(4, RING))
    return proves_infeasible(problem, 60.0)


@pytest.mark.parametrize(("most", "impossible"), [(1050, True), (1250, False)])
def test_units_must_hang_together_for_it_too(most, impossible):
    """700 + 300 and 500 + 500 would keep to 1,050, and are not in a row."""
    rules = {"municipalities": {"exactly": 2}, "population": {"min": 2000 - most, "max": most}}
    assert asked(rules) is impossible


@pytest.mark.parametrize(("number", "impossible"), [(1, True), (2, False), (4, False), (5, True)])
def test_a_number_over_several_blocks_is_held_against_the_ends_of_each(number, impossible):
    rules = {"walls": ["rayon"], "municipalities": {"exactly": number}}
    assert asked(rules, rayon=["11", "11", "12", "12"]) is impossible


def test_what_is_not_proven_in_the_time_is_not_proven():
    rules = {"municipalities": {"exactly": 2}, "population": {"min": 950, "max": 1050}}
    problem = build_problem(
        build_scenario(rules),
        build_territory((700, 500, 300, 500)),
        build_unit_graph(4, RING),
    )
    assert proves_infeasible(problem, 0.0) is False
