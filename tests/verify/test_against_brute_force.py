"""Laws of the judge, held against a brute force that shares no code with it."""

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from amalgamation.plan import Plan
from amalgamation.status import AimValue, Certificate, Status
from amalgamation.verify import plan_values, verify_plan
from amalgamation.verify.aims import aim_weights
from oracle import all_partitions, all_seats, brute_force, every_plan
from strategies import build_scenario, lands, questions, references_of

QUIET = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def certify(scenario, values, cost, scales):
    aims = tuple(
        AimValue(name, "", values[name], scales[name], weight)
        for name, weight in aim_weights(scenario.aims).items()
    )
    return Certificate(Status.OPTIMAL, cost, cost, aims)


@QUIET
@given(questions(max_units=7))
def test_the_judge_accepts_the_best_plan_and_its_cost(question):
    scenario, territory, graph = question
    scales = references_of(scenario)
    cost, seats = brute_force(scenario, territory, graph, scales, {})
    assume(seats is not None)
    plan = Plan.from_seats(seats)
    values = plan_values(plan, scenario, territory, graph)
    recomputed = sum(
        weight * values[name] / scales[name] for name, weight in aim_weights(scenario.aims).items()
    )
    assert recomputed == pytest.approx(cost)
    certificate = certify(scenario, values, cost, scales)
    assert verify_plan(plan, scenario, territory, graph, certificate) == ()


@QUIET
@given(questions(max_units=4))
def test_the_judge_and_the_brute_force_accept_the_same_partitions(question):
    """All partitions with all seats: none may be refused by one and accepted by the other."""
    scenario, territory, graph = question
    accepted = [
        groups
        for groups in all_partitions(list(territory.ids))
        if any(
            not verify_plan(Plan.from_seats(seats), scenario, territory, graph)
            for seats in all_seats(groups)
        )
    ]
    listed = [
        partition_of(plan)
        for _, plan in every_plan(scenario, territory, graph, references_of(scenario), {})
    ]
    assert {frozenset(map(frozenset, groups)) for groups in accepted} == set(listed)


def partition_of(plan):
    return frozenset(frozenset(u for u in plan if plan[u] == seat) for seat in set(plan.values()))


@QUIET
@given(lands(min_units=3, connected=True), st.data())
def test_a_unit_moved_out_of_touch_breaks_contiguity_by_name(land, data):
    """Two units without a tie between them, alone in one municipality, are in pieces."""
    territory, graph = land
    pairs = [
        (a, b) for a in territory.ids for b in territory.ids if a < b and b not in graph.graph[a]
    ]
    assume(pairs)
    a, b = data.draw(st.sampled_from(pairs))
    plan = Plan.from_seats({unit: unit for unit in territory.ids} | {b: a})
    (finding,) = verify_plan(plan, build_scenario(), territory, graph)
    assert finding.check == "contiguity"
    assert b in finding.subjects


@QUIET
@given(lands(min_units=2), st.data())
def test_a_unit_left_out_breaks_the_partition_by_name(land, data):
    territory, graph = land
    lost = data.draw(st.sampled_from(territory.ids))
    plan = Plan.from_seats({unit: unit for unit in territory.ids if unit != lost})
    (finding,) = verify_plan(plan, build_scenario(), territory, graph)
    assert (finding.check, finding.subjects) == ("partition", (lost,))


@QUIET
@given(lands(min_units=1))
def test_a_minimum_just_above_the_smallest_sum_is_broken_and_one_at_it_is_not(land):
    territory, graph = land
    plan = Plan.from_seats({unit: unit for unit in territory.ids})
    smallest = float(territory.values("population").min())
    kept = build_scenario({"population": {"min": smallest}})
    assert verify_plan(plan, kept, territory, graph) == ()
    broken = build_scenario({"population": {"min": smallest + 1}})
    found = verify_plan(plan, broken, territory, graph)
    assert {finding.check for finding in found} == {"rules.population.min"}


@QUIET
@given(questions(max_units=6), st.floats(1.01, 3.0))
def test_a_cost_told_too_high_or_too_low_is_found(question, factor):
    scenario, territory, graph = question
    scales = references_of(scenario)
    cost, seats = brute_force(scenario, territory, graph, scales, {})
    assume(seats is not None)
    assume(cost > 1e-3)
    plan = Plan.from_seats(seats)
    values = plan_values(plan, scenario, territory, graph)
    for told in (cost * factor, cost / factor):
        certificate = certify(scenario, values, told, scales)
        found = verify_plan(plan, scenario, territory, graph, certificate)
        assert [finding.check for finding in found] == ["certificate.cost"]
        assert math.isfinite(told)
