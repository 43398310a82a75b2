"""Units outside every municipality, as the judge sees them: forged ones are refused."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.findings import errors_in
from amalgamation.plan import Plan
from amalgamation.status import AimValue, Certificate, Status
from amalgamation.verify import plan_values, verify_plan
from amalgamation.verify.aims import aim_weights
from oracle import all_partitions, all_seats, brute_force, every_plan
from strategies import (
    build_scenario,
    build_territory,
    build_unit_graph,
    leaving_questions,
    references_of,
)

QUIET = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))

PEOPLE = (1000, 100, 1000, 100)
TIES = ((1, 2), (2, 3), (3, 4))


def judge(plan, rules, aims=None, certificate=None):
    territory, graph = build_territory(PEOPLE), build_unit_graph(4, TIES)
    return verify_plan(plan, build_scenario(rules, aims), territory, graph, certificate)


def plan_without(*outside):
    units = [f"u{i}" for i in range(1, 5)]
    return Plan.from_seats({unit: unit for unit in units if unit not in outside}, outside)


SMALL = {"leave_out": {"may": [{"population": {"max": 500}}]}}


def test_units_outside_that_meet_the_condition_are_accepted():
    assert judge(plan_without("u2", "u4"), SMALL) == ()


@pytest.mark.parametrize(
    ("rules", "forged"),
    [
        ({}, "u2"),
        (SMALL, "u3"),
        (SMALL | {"frozen": ["u2"]}, "u2"),
        (SMALL | {"seats": {"fixed": ["u2"]}}, "u2"),
        ({"leave_out": {"may": [{"population": {"max": 500}, "nearest_km": {"min": 2}}]}}, "u2"),
    ],
)
def test_a_unit_outside_that_no_rule_lets_be_is_refused_by_name(rules, forged):
    (finding,) = judge(plan_without(forged), rules)
    assert (finding.check, finding.subjects) == ("rules.leave_out", (forged,))
    assert finding.found == (
        "1 unit outside, though the scenario keeps them in a municipality: "
        f"{forged} (Unit {forged[1]})"
    )
    assert finding.expected == (
        "outside only units that rules.leave_out lets be, and none that is a fixed seat, frozen or "
        "kept together"
    )


def test_a_group_kept_together_may_not_be_left_out():
    rules = SMALL | {"keep_together": [{"units": ["u3", "u4"]}]}
    found = judge(plan_without("u4"), rules)
    assert [finding.check for finding in found] == ["rules.leave_out"]


@pytest.mark.parametrize("rule", [{"units": ["u2"]}, {"always": [{"density": {"max": 100}}]}])
def test_a_unit_inside_that_every_plan_leaves_out_is_refused_by_name(rule):
    (finding,) = judge(plan_without("u4"), {"leave_out": rule | {"may": "any"}})
    assert finding.check == "rules.leave_out"
    assert "u2" in finding.subjects
    assert "leaves them out" in finding.found
    assert finding.expected.startswith("outside: units of rules.leave_out.units")


def test_a_plan_that_leaves_out_everybody_is_none():
    plan = Plan({}, {}, ("u1", "u2", "u3", "u4"))
    found = judge(plan, {"leave_out": {"may": "any"}})
    assert [finding.check for finding in found] == ["partition"]
    told = found[0].found, found[0].expected
    assert told == ("no municipality", "at least one municipality")


def test_an_unknown_unit_outside_breaks_the_partition():
    plan = replace(plan_without("u2"), outside=("u2", "u9"))
    (finding,) = judge(plan, SMALL)
    assert (finding.check, finding.subjects) == ("partition", ("u9",))


def test_a_municipality_does_not_hang_together_through_a_unit_outside():
    plan = Plan.from_seats({"u1": "u1", "u3": "u1", "u4": "u1"}, ("u2",))
    assert [finding.check for finding in judge(plan, SMALL)] == ["contiguity"]


def test_residents_left_out_are_counted_only_where_a_plan_could_have_kept_them():
    """u2 is out in every plan, u4 by choice: 100 residents, and the tie u3 - u4, not u1 - u2."""
    rules = {"leave_out": {"units": ["u2"], "may": "any"}}
    aims = {"left_out": 1.0, "ties_cut": {"weight": 1.0, "by": "count"}}
    aims["number"] = {"weight": 1.0, "prefer": "many"}
    plan = plan_without("u2", "u4")
    territory, graph = build_territory(PEOPLE), build_unit_graph(4, TIES)
    values = plan_values(plan, build_scenario(rules, aims), territory, graph)
    assert values == {"left_out": 100.0, "ties_cut": 1.0, "number.many": 0.0}


@pytest.mark.parametrize("word", ["with", "against"])
def test_a_wish_across_a_unit_that_every_plan_leaves_out_is_not_counted(word):
    """u2 is the only way from u1 to u3, and no municipality ever holds it."""
    aims = {"wishes": {"weight": 1.0, "wishes": [{"unit": "u1", word: "u3"}]}}
    territory, graph = build_territory(PEOPLE), build_unit_graph(4, TIES)
    scenario = build_scenario({"leave_out": {"units": ["u2"]}}, aims)
    assert plan_values(plan_without("u2"), scenario, territory, graph) == {"wishes": 0.0}


def test_a_count_of_residents_left_out_that_is_told_too_low_is_found():
    told = AimValue("left_out", "residents", 50.0, 1.0, 1.0)
    certificate = Certificate(Status.OPTIMAL, 50.0, 50.0, (told,))
    found = judge(plan_without("u2"), SMALL, {"left_out": 1.0}, certificate)
    assert {finding.check for finding in found} == {
        "certificate.aims.left_out.raw",
        "certificate.cost",
    }


@QUIET
@given(leaving_questions(max_units=4))
def test_the_judge_and_the_brute_force_accept_the_same_plans(question):
    """All partitions of all subsets, with all seats: none is refused by one of them alone."""
    scenario, territory, graph = question
    accepted = set()
    for chosen in range(1, 2 ** len(territory.ids)):
        inside = [unit for place, unit in enumerate(territory.ids) if chosen >> place & 1]
        outside = tuple(unit for unit in territory.ids if unit not in inside)
        for groups in all_partitions(inside):
            plans = (Plan.from_seats(seats, outside) for seats in all_seats(groups))
            if any(not verify_plan(plan, scenario, territory, graph) for plan in plans):
                accepted.add(frozenset(map(frozenset, groups)))
    plans = every_plan(scenario, territory, graph, references_of(scenario), {})
    assert accepted == {
        frozenset(frozenset(u for u in plan if plan[u] == seat) for seat in plan.values())
        for _, plan in plans
    }


@QUIET
@given(leaving_questions(max_units=6), st.floats(1.01, 3.0))
def test_the_judge_recomputes_the_cost_of_what_is_left_out(question, factor):
    scenario, territory, graph = question
    scales = references_of(scenario)
    cost, seats = brute_force(scenario, territory, graph, scales, {})
    if seats is None:
        return
    plan = Plan.from_seats(seats, sorted(set(territory.ids) - set(seats)))
    values = plan_values(plan, scenario, territory, graph)
    aims = tuple(
        AimValue(name, "", values[name], scales[name], weight)
        for name, weight in aim_weights(scenario.aims).items()
    )
    told = Certificate(Status.OPTIMAL, cost, cost, aims)
    assert errors_in(verify_plan(plan, scenario, territory, graph, told)) == []
    if cost > 1e-3:
        high = replace(told, cost=cost * factor, bound=cost * factor)
        found = verify_plan(plan, scenario, territory, graph, high)
        assert [finding.check for finding in found] == ["certificate.cost"]
