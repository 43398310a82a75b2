"""Margins say by how much; the judge says whether: the two agree on every municipality."""

import math

from hypothesis import given, settings

from amalgamation.model import Municipality, build_problem, measure_margins
from amalgamation.model.rules import build_rules
from amalgamation.model.rules.margin import Counting, Margin
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


def test_a_margin_says_where_of_what_and_whether_it_is_kept():
    """Density 500 to 3 km2 lies between its ends; u2 is 30 km from the seat u1, u3 42 km."""
    ratio = {"of": "population", "to": "area_km2", "min": 150, "max": 1000}
    rules = {"ratios": {"density": ratio}, "reach_km": {"max": 50}, "max_units": 1}
    problem, municipality = municipality_of(rules, (0, 1, 2), 0, area_km2=[10, 10, 9])
    assert measure_margins(problem.rules, municipality) == (
        Margin("rules.ratios.density.min", "min", 150, 200, "density", kept=True),
        Margin("rules.ratios.density.max", "max", 1000, 200, "density", kept=True),
        Margin("rules.reach_km.max", "max", 50, 42, "km", kept=True, at="u3 (Unit 3)"),
        Margin("rules.max_units", "max", 1, 3, "units", kept=False),
    )


def test_a_ratio_over_nothing_is_endless_and_judged_without_a_division():
    ratio = {"of": "population", "to": "pupils", "min": 5, "max": 9}
    problem, municipality = municipality_of({"ratios": {"crowding": ratio}}, (0,), 0)
    least, most = measure_margins(problem.rules, municipality)
    assert (least.found, least.kept) == (math.inf, True)
    assert (most.found, most.kept) == (math.inf, False)


def test_of_units_as_far_the_first_is_named_and_one_without_a_way_is_the_farthest():
    territory = build_territory([10, 20, 30])
    rules = {"reach_km": {"max": 5}}
    for ties, at, found in (
        ([(1, 2, 4, 1), (1, 3, 4, 1)], "u2 (Unit 2)", 4.0),
        ([(1, 2, 4, 1), (2, 3, 4, 1)], "u3 (Unit 3)", 8.0),
    ):
        problem = build_problem(
            build_scenario({}, {"access": 1.0}), territory, build_unit_graph(3, ties)
        )
        built = build_rules(build_scenario(rules).rules, territory)
        (margin,) = measure_margins(built, Municipality(problem.blocks[0], (0, 1, 2), 0))
        assert (margin.at, margin.found) == (at, found)


def test_a_maximum_that_nobody_lifts_is_told_with_what_is_to_spare():
    rules = {"population": {"max": 5000}}
    problem, municipality = municipality_of(rules, (1, 2), 1)
    assert measure_margins(problem.rules, municipality) == (
        Margin("rules.population.max", "max", 5000, 1800, "population", kept=True),
    )
    problem, municipality = municipality_of(rules, (0, 1), 0)
    (margin,) = measure_margins(problem.rules, municipality)
    assert (margin.kept, margin.lifted, margin.slack) == (False, "", -500)


def test_a_city_that_must_stand_alone_has_a_margin_only_while_it_does():
    rules = {"population": {"min": 100, "max": 3000}}
    problem, municipality = municipality_of(rules, (0, 1), 0)
    assert measure_margins(problem.rules, municipality) == ()
    problem, municipality = municipality_of(rules, (0,), 0)
    least, most = measure_margins(problem.rules, municipality)
    assert (least.slack, most.lifted) == (3900, "it holds a unit above the maximum")
    assert (least.kept, most.kept) == (True, True)


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
