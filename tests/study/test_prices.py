"""What rules cost at the margin: brute force under the moved limit finds the same difference."""

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from amalgamation.status import FrontierPoint
from amalgamation.study.prices import price_rules
from amalgamation.study.prices.step import NUMBER, take_step
from oracle import brute_force
from reopening import reopen_solved
from strategies import build_scenario, build_territory, build_unit_graph, questions

SAME = {"rel": 1e-6, "abs": 1e-6}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(questions(min_units=3, max_units=6, connected=True))
def test_a_step_changes_the_least_cost_as_brute_force_finds(question):
    run = reopen_solved(question)
    assume(run is not None)
    references = {aim.name: aim.reference for aim in run.certificate.aims}
    targets = {
        aim.name.removeprefix("balance."): aim.target
        for aim in run.certificate.aims
        if aim.target is not None
    }
    for one in price_rules(run).prices:
        scenario = take_step(run.ground.file.scenario, one.step)
        least, _ = brute_force(scenario, *question[1:], references, targets)
        if one.price is None:
            assert math.isinf(least)
            continue
        truth = least - run.certificate.cost
        assert one.price.least <= truth + 1e-6 * max(1.0, least)
        assert one.price.most >= truth - 1e-6 * max(1.0, least)
        if one.source == "solved again":
            assert one.price.least == pytest.approx(truth, **SAME)


@pytest.fixture
def run():
    """Four units in a row, 10 km apart; at least 600 residents: u2 must go with u1, or u3.

    ``u1(500) - u2(100) - u3(90) - u4(510)``: with 590 as the least, u2 could go with u3.
    """
    territory = build_territory([500, 100, 90, 510])
    graph = build_unit_graph(4, [(1, 2, 10, 1), (2, 3, 1, 1), (3, 4, 10, 1)])
    scenario = build_scenario({"population": {"min": 500}, "max_units": 2}, {"access": 1.0})
    return reopen_solved((scenario, territory, graph))


def test_a_limit_is_loosened_to_where_a_single_change_comes_free(run):
    """u1 without u2 saves 1,000 person-km of 1,900; for that the minimum must fall to 100."""
    prices = {(one.step.key, one.step.after): one for one in price_rules(run).prices}
    assert set(prices) == {
        (NUMBER, 3), (NUMBER, 1), ("rules.population.min", 100.0), ("rules.max_units", 3)
    }  # fmt: skip
    least = prices["rules.population.min", 100.0]
    assert least.step.before == 500
    assert least.price.is_exact
    share = (1900 - 90) / 1900
    assert -least.price.most / run.certificate.cost == pytest.approx(share)
    text = least.sentence()
    assert text.startswith("rules.population.min 100 instead of 500 (400 residents less): saves ")
    assert "It sets free: u1 (Unit 1) alone: -1,000 person-km (access)" in text
    units = prices["rules.max_units", 3]
    assert (units.price.least, units.price.most) == (0.0, 0.0)
    assert "costs nothing, which is proven" in units.sentence()


def test_a_number_that_no_plan_can_have_is_told_as_such(run):
    (one,) = [one for one in price_rules(run).prices if one.step.after == 1]
    assert one.price is None
    assert one.sentence().startswith("One municipality fewer (1): no plan is possible there")


def test_one_municipality_more_is_read_from_the_frontier_where_it_knows_a_plan(run):
    cost = run.certificate.cost
    points = (FrontierPoint(2, cost, 0.9 * cost), FrontierPoint(3, 0.8 * cost, 0.7 * cost))
    traced = replace(run, certificate=replace(run.certificate, frontier=points))
    one = next(one for one in price_rules(traced).prices if one.step.after == 3)
    assert one.source == "from the frontier"
    assert one.price.least == pytest.approx((0.7 - 1) * cost)
    assert one.price.most == pytest.approx((0.8 - 0.9) * cost)
    assert one.sentence() == (
        "One municipality more (3): saves at least 10 % and at most 30 % of the cost; the best "
        "plan known there: -20 % (from the frontier)."
    )


def test_prices_stand_in_a_table_and_an_object_too(run):
    prices = price_rules(run)
    frame = prices.to_frame()
    assert list(frame["key"])[:2] == [NUMBER, NUMBER]
    assert len(frame) == len(prices.prices) == len(prices.sentences())
    assert prices.to_object()["prices"][0]["sentence"] == prices.sentences()[0]


def test_a_limit_that_depends_on_the_class_of_the_seat_is_left_out():
    limits = {"min": 500, "by": "zone", "classes": {"steppe": {"min": 550}}}
    territory = build_territory([600, 100, 100, 600])
    graph = build_unit_graph(4, [(i, i + 1, 5, 1) for i in range(1, 4)])
    scenario = build_scenario({"population": limits}, {"access": 1.0})
    prices = price_rules(reopen_solved((scenario, territory, graph)))
    assert {one.step.key for one in prices.prices} == {NUMBER}


def test_a_maximum_that_passes_the_size_of_a_unit_may_cost_something():
    """u1 is oversize and takes u2 along; with 700 as the most it is so no more, nor exempt."""
    territory = build_territory([700, 100, 300, 400])
    graph = build_unit_graph(4, [(1, 2, 1, 1), (2, 3, 9, 1), (3, 4, 1, 1)])
    limits = {"min": 200, "max": 600, "oversize": "with_neighbours"}
    scenario = build_scenario({"population": limits}, {"access": 1.0})
    run = reopen_solved((scenario, territory, graph))
    (most,) = [one for one in price_rules(run).prices if one.step.key == "rules.population.max"]
    assert most.step.after == 700
    assert not most.step.loosens
    assert most.price.is_exact
    assert most.price.least > 0
    assert "costs" in most.sentence()
