"""The words and figures of a certificate: what is claimed, and what is never claimed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.status import (
    AimValue,
    BlockReport,
    Certificate,
    FrontierPoint,
    Status,
    is_within,
    name_ending,
    relative_gap,
)

INF, NAN = math.inf, math.nan


@pytest.mark.parametrize(
    ("cost", "bound", "gap"),
    [
        (200.0, 150.0, 0.25),
        (2.0, 2.0, 0.0),
        (2.0, 2.5, 0.0),  # a bound above the cost is rounding, or the verifier's affair
        (0.0, 0.0, 0.0),
        (0.0, -1.0, INF),  # no share of nothing
        (-4.0, -5.0, 0.25),
        (INF, 1.0, INF),
        (INF, INF, INF),
        (1.0, -INF, INF),
        (1.0, NAN, INF),
        (NAN, 1.0, INF),
        (1e6, 1e6 - 0.9e-3, 0.0),  # nine digits are what sums of floats keep
        (1e6, 1e6 - 1.1e-3, 1.1e-9),
        (0.5, 0.5 - 0.9e-9, 0.0),
        (0.5, 0.5 - 1.1e-9, 2.2e-9),
    ],
)
def test_a_gap_is_the_part_of_the_cost_that_could_be_saved(cost, bound, gap):
    assert relative_gap(cost, bound) == pytest.approx(gap, rel=1e-6, abs=0.0)


@given(st.floats(1e-3, 1e6), st.floats(0.0, 1.0))
def test_a_gap_gives_the_bound_back(cost, part):
    assert cost * (1 - relative_gap(cost, cost * part)) == pytest.approx(cost * part, abs=1e-9)


def test_a_gap_is_met_up_to_the_rounding_of_two_sums():
    assert is_within(0.01, 0.01)
    assert is_within(0.01 + 9e-10, 0.01)
    assert not is_within(0.01 + 2e-9, 0.01)


@pytest.mark.parametrize(
    ("bound", "word"),
    [
        (1.0, Status.OPTIMAL),
        (1 - 0.9e-6, Status.OPTIMAL),
        (1 - 1.1e-6, Status.WITHIN_GAP),
        (0.99, Status.WITHIN_GAP),
        (0.989, Status.FEASIBLE),
        (-INF, Status.FEASIBLE),
    ],
)
def test_the_word_for_a_plan_follows_from_its_gap(bound, word):
    assert name_ending(1.0, bound, 0.01) is word


def test_an_aim_costs_its_weight_times_its_share_of_the_reference():
    assert AimValue("access", "person-km", 400.0, 200.0, 0.5).cost == 1.0
    assert AimValue("access", "person-km", 400.0, 100.0, 3.0).cost == 12.0


def test_a_point_of_the_frontier_without_a_plan_has_no_gap():
    assert FrontierPoint(4, 200.0, 150.0).gap == 0.25
    assert FrontierPoint(4, INF, 150.0).gap == INF
    assert FrontierPoint(4, INF, INF).gap == INF


def block(**changes):
    told = {"name": "A", "units": 3, "municipalities": 2, "status": Status.FEASIBLE, "cost": 4.0}
    told |= {"bound": 3.0, "rounds": 5, "cuts": 7, "seconds": 1.0, "solver_status": ""}
    return BlockReport(**(told | changes))


def test_a_block_has_a_gap_of_its_own_and_the_compact_engine_unless_told():
    assert block().gap == 0.25
    assert (block().engine, block().why, block().columns, block().nodes) == ("compact", "", 0, 0)


def test_the_facts_of_a_certificate_are_sums_over_its_blocks():
    blocks = (block(), block(rounds=11, cuts=13, columns=17, nodes=19), block(columns=1, nodes=2))
    facts = Certificate(Status.WITHIN_GAP, 8.0, 6.0, blocks=blocks, seconds=1.26)._facts()
    assert facts == {
        "status": "within gap",
        "cost": 8.0,
        "bound": 6.0,
        "gap": 0.25,
        "blocks": 3,
        "rounds": 21,
        "cuts": 27,
        "columns": 18,
        "nodes": 21,
        "seconds": 1.3,
    }


@pytest.mark.parametrize(
    ("status", "cost", "bound", "sentence", "meaning"),
    [
        (
            Status.OPTIMAL,
            2.0,
            2.0,
            "optimal: cost 2, bound 2, gap 0.00 %",
            "No plan that keeps these rules costs less: this is proven.",
        ),
        (
            Status.WITHIN_GAP,
            2.02,
            2.0,
            "within gap: cost 2.02, bound 2, gap 0.99 %",
            (
                "No plan that keeps these rules can cost less than 2; this one costs at most "
                "1.00 % more."
            ),
        ),
        # never told smaller than it is: 1.0001 % more is 1.01 %
        (
            Status.FEASIBLE,
            2.020002,
            2.0,
            "feasible: cost 2.02, bound 2, gap 0.99 %",
            (
                "No plan that keeps these rules can cost less than 2; this one costs at most "
                "1.01 % more."
            ),
        ),
        (
            Status.FEASIBLE,
            2.0,
            0.0,
            "feasible: cost 2, bound 0, gap 100.00 %",
            "Nothing was proven of how much less another plan could cost.",
        ),
        (
            Status.INTERRUPTED,
            2.0,
            -INF,
            "interrupted: cost 2, bound -inf, gap inf %",
            "Nothing was proven of how much less another plan could cost.",
        ),
        (
            Status.NO_PLAN,
            INF,
            1.0,
            "no plan found",
            "There is no plan to judge.",
        ),
        (
            Status.INFEASIBLE,
            INF,
            INF,
            "infeasible",
            "No plan keeps these rules: this is proven.",
        ),
        (
            Status.MEASURED,
            2.0,
            NAN,
            "measured: no solve, so no bound",
            "This plan was given: it was measured, and no better one was searched for.",
        ),
    ],
)
def test_a_certificate_says_what_was_proven_and_no_more(status, cost, bound, sentence, meaning):
    certificate = Certificate(status, cost, bound)
    assert certificate.sentence() == sentence
    assert certificate.meaning() == meaning


@given(st.floats(1e-3, 1e3), st.floats(0.0, 2.0))
def test_what_a_plan_may_cost_too_much_is_never_told_smaller_than_it_is(bound, more):
    told = Certificate(Status.FEASIBLE, bound * (1 + more), bound).meaning()
    percent = float(told.rsplit("at most ", 1)[1].removesuffix(" % more."))
    assert 100 * more - 1e-6 <= percent <= 100 * more + 0.01 + 1e-6
