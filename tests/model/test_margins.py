"""Margins say by how much; the judge says whether: the two agree on every municipality."""

import math

from hypothesis import given, settings

from amalgamation.model import Municipality, build_problem, measure_margins
from amalgamation.model.rules.margin import Counting
from oracle import all_partitions, all_seats
from strategies import build_scenario, build_territory, build_unit_graph, questions


@settings(max_examples=40, deadline=None)
@given(questions(max_units=4))
def test_a_rule_that_counts_refuses_where_a_limit_is_missed_and_nowhere_else(question):
    """But for an oversize unit that is merged: no number mends that, so none is told."""
    problem = build_problem(*question)
    for block in problem.blocks:
        for groups in all_partitions(list(range(len(block)))):
            for seats in all_seats(groups):
                for seat in set(seats.values()):
                    members = tuple(sorted(u for u, at in seats.items() if at == seat))
                    check(problem, Municipality(block, members, seat))


def check(problem, municipality):
    for rule in problem.rules:
        if isinstance(rule, Counting):
            margins = rule.margins(municipality)
            if not margins:  # an oversize unit is merged
                continue
            assert (rule.judge(municipality) is not None) == any(not m.kept for m in margins)
            for margin in margins:
                tolerance = 1e-6 * max(1.0, abs(margin.limit))
                if not margin.lifted and math.isfinite(margin.found):
                    assert margin.kept == (margin.slack >= -tolerance)


def municipality_of(rules, members, seat, **columns):
    territory = build_territory([4000, 1500, 300], **columns)
    graph = build_unit_graph(3, [(1, 2, 30, 1), (2, 3, 12, 1)])
    problem = build_problem(build_scenario(rules, {"access": 1.0}), territory, graph)
    return problem, Municipality(problem.blocks[0], members, seat)


def test_each_limit_is_told_with_its_key_and_what_is_found():
    rules = {
        "population": {"min": 5000, "max": 5500},
        "ratios": {"density": {"of": "population", "to": "area_km2", "min": 1000}},
        "max_units": 2,
    }
    problem, municipality = municipality_of(rules, (0, 1), 0, area_km2=[2, 3, 1])
    told = {m.key: (m.found, m.slack, m.kept) for m in measure_margins(problem.rules, municipality)}
    assert told == {
        "rules.population.min": (5500, 500, True),
        "rules.population.max": (5500, 0, True),
        "rules.ratios.density.min": (1100, 100, True),
        "rules.max_units": (2, 0, True),
    }


def test_an_exception_lifts_the_minimum_and_a_city_the_maximum():
    rules = {
        "population": {
            "min": 2000,
            "max": 3000,
            "oversize": "with_neighbours",
            "unless": {"area_km2": {"min": 3}},
        }
    }
    problem, municipality = municipality_of(rules, (0, 1), 0)
    (least, most) = measure_margins(problem.rules, municipality)
    assert (least.lifted, most.lifted) == ("", "it holds a unit above the maximum")
    problem, municipality = municipality_of(rules, (1, 2), 1, area_km2=[1, 2, 1])
    (least, _) = measure_margins(problem.rules, municipality)
    assert (least.slack, least.lifted, least.kept) == (-200, "the exception holds", True)


def test_the_farthest_unit_is_named():
    problem, municipality = municipality_of({"reach_km": {"max": 50}}, (0, 1, 2), 1)
    (margin,) = measure_margins(problem.rules, municipality)
    assert (margin.at, margin.found, margin.slack) == ("u1 (Unit 1)", 30, 20)
