"""The ledger of bounds: never above what a plan costs, and as high as the duals prove."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.solve.columns.bound import Ledger, greatest_number
from amalgamation.solve.columns.pricing import Duals
from strategies import build_scenario, build_territory, build_unit_graph

AMOUNT = st.integers(-8, 8).map(float)


def duals(unit, penalty=()):
    rows = np.zeros((len(penalty), 3), dtype=np.int64)
    return Duals(np.array(unit, dtype=float), 0.0, rows, np.array(penalty, dtype=float))


@st.composite
def worlds(draw):
    """Draw columns of up to four units, costs of leaving units out, duals, and one subset row."""
    count = draw(st.integers(2, 4))
    sets = [s for size in range(1, count + 1) for s in itertools.combinations(range(count), size)]
    chosen = draw(st.lists(st.sampled_from(sets), min_size=1, max_size=8, unique=True))
    columns = [(s, draw(st.sampled_from(s)), draw(st.integers(0, 9))) for s in chosen]
    leaving = st.one_of(st.just(math.inf), st.integers(0, 9).map(float))
    outside = draw(st.lists(leaving, min_size=count, max_size=count))
    unit = draw(st.lists(AMOUNT, min_size=count, max_size=count))
    return count, columns, outside, unit, draw(st.integers(0, 4))


def meets(members):
    """Say whether a column counts in the subset row of the first three units."""
    return sum(unit < 3 for unit in members) >= 2


def plans_of(count, columns, outside):
    """Give (number, cost) of every plan: disjoint columns of different seats, the rest outside."""
    for number in range(1, count + 1):
        for chosen in itertools.combinations(columns, number):
            units = [unit for members, _, _ in chosen for unit in members]
            if len(set(units)) == len(units):
                left = sum(outside[unit] for unit in range(count) if unit not in units)
                yield number, left + sum(cost for *_, cost in chosen)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_no_plan_costs_less_than_the_ledger_says_at_its_number(world):
    """Every plan of a small world against Lagrangian bounds at drawn duals."""
    count, columns, outside, unit, penalty = world
    reduced = {}
    for members, seat, cost in columns:
        gain = cost - sum(unit[u] for u in members) + penalty * meets(members)
        reduced[seat] = min(reduced.get(seat, math.inf), gain)
    least = np.array([reduced.get(seat, math.inf) for seat in range(count)])
    ledger = Ledger(1, count, np.array(outside))
    ledger.learn(duals(unit, [penalty]), 0.0, least)
    floors = ledger.floors(0.0, 1.0)
    for number, cost in plans_of(count, columns, outside):
        assert floors[number] <= cost + 1e-9
    kept = sum(min(u, o) for u, o in zip(unit, outside, strict=True)) - penalty
    for number in range(1, count + 1):
        expected = kept + sum(sorted(least)[:number])
        assert floors.get(number, math.inf) == pytest.approx(expected)


def test_what_was_learnt_is_kept_where_it_is_better():
    """At one number the first duals prove more, at the other the second."""
    ledger = Ledger(1, 2, np.full(2, np.inf))
    assert ledger.best == -math.inf
    assert ledger.learn(duals([5.0, 5.0]), 0.0, np.array([-1.0, -6.0]))
    assert ledger.floors(0.0, 1.0) == {1: 4.0, 2: 3.0}
    assert ledger.best == 3.0
    assert not ledger.learn(duals([3.0, 3.0]), 0.0, np.array([0.0, -4.0]))
    assert ledger.floors(0.0, 1.0) == {1: 4.0, 2: 3.0}
    assert ledger.learn(duals([3.0, 3.0]), 0.0, np.array([0.0, -2.5]))
    assert ledger.floors(0.0, 1.0) == {1: 4.0, 2: 3.5}
    ledger.raise_all(3.75)
    assert ledger.floors(0.0, 1.0) == {1: 4.0, 2: 3.75}
    assert ledger.best == 3.75


def test_the_dual_of_the_number_is_given_back_for_each_municipality():
    ledger = Ledger(1, 2, np.full(2, np.inf))
    ledger.learn(duals([5.0, 5.0]), 2.0, np.array([-1.0, -6.0]))
    assert ledger.floors(0.0, 1.0) == {1: 6.0, 2: 7.0}


def test_floors_are_told_without_the_price_and_in_the_scale_of_the_costs():
    ledger = Ledger(1, 2, np.full(2, np.inf))
    ledger.learn(duals([50.0, 50.0]), 0.0, np.array([-10.0, -20.0]))
    assert ledger.floors(5.0, 10.0) == {1: 7.5, 2: 6.0}


def test_a_number_of_which_nothing_is_known_is_not_told():
    """Where one seat alone has a municipality, two are none; nothing learnt is no floor."""
    ledger = Ledger(1, 2, np.full(2, np.inf))
    assert ledger.floors(0.0, 1.0) == {}
    ledger.learn(duals([1.0, 1.0]), 0.0, np.array([0.0, math.inf]))
    assert ledger.floors(0.0, 1.0) == {1: 2.0}


def test_no_municipality_at_all_costs_what_leaving_all_out_does():
    """Where every unit may stay outside, a block may have none."""
    ledger = Ledger(0, 1, np.array([3.0, 4.0]))
    ledger.learn(duals([5.0, 5.0]), 0.0, np.array([-1.0, -6.0]))
    assert ledger.floors(0.0, 1.0) == {0: 7.0, 1: 1.0}


def test_a_ledger_without_numbers_is_empty_and_its_bound_endless():
    ledger = Ledger(3, 2, np.full(2, np.inf))
    assert ledger.is_empty
    assert ledger.best == math.inf
    assert not Ledger(2, 2, np.full(2, np.inf)).is_empty


@pytest.mark.parametrize(
    ("rules", "most", "expected"),
    [
        ({}, None, 4),
        ({}, 3, 3),
        ({"seats": {"types": ["town"]}}, None, 2),
        ({"population": {"min": 300}}, None, 3),  # 900 residents, shared without rest
        ({"population": {"min": 301}}, None, 2),
        ({"population": {"min": 0.3}, "sums": {"pupils": {"min": 0.1}}}, None, 3),
        ({"population": {"max": 300}}, None, 4),
        ({"population": {"min": 300}}, 2, 2),
        # a municipality that is excused may be smaller, so the total proves nothing
        ({"population": {"min": 300, "unless": {"area_km2": {"min": 1}}}}, None, 4),
    ],
)
def test_a_block_has_no_more_municipalities_than_seats_limit_and_minimum_allow(
    rules, most, expected
):
    territory = build_territory(
        [200, 200, 250, 250], pupils=[0.1, 0.1, 0.1, 0.0], types=["town", "", "town", ""]
    )
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    problem = build_problem(build_scenario(rules, {"access": 1.0}), territory, graph)
    assert greatest_number(problem, 0, most) == expected
