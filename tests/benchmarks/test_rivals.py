"""The judge of the rivals agrees with `amalgamation verify`, and the greedy merge is sound."""

import numpy as np
import pytest
from benchmarks.rivals import Judge, build_ground
from benchmarks.rivals.merge import merge_smallest
from benchmarks.rivals.recom import most_parts
from benchmarks.territories import HARD, build_block, write_land
from hypothesis import given, settings
from hypothesis import strategies as st

import amalgamation as am

UNITS, LEAST, REACH = 14, 10_000, 60.0


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A small block that is asked with a reach short enough to be broken."""
    rules = {"population": {"min": LEAST}, "reach_km": {"max": REACH}}
    land = build_block(UNITS)
    return land, am.prepare(
        write_land(land, tmp_path_factory.mktemp("land"), HARD | {"rules": rules})
    )


@pytest.fixture(scope="module")
def judge(asked):
    land, ground = asked
    return Judge(build_ground(land, ground.graph, LEAST, REACH), 1.0)


@given(labels=st.lists(st.integers(0, 3), min_size=UNITS, max_size=UNITS))
@settings(deadline=None, max_examples=60)
def test_a_plan_is_admitted_just_where_verify_finds_nothing(asked, judge, labels):
    """Two readings of the rules that share nothing: a rival is neither helped nor harmed."""
    _, ground = asked
    drawn = judge.judge(np.array(labels))
    found = am.verify_plan(drawn.plan, ground.file.scenario, ground.territory, ground.graph)
    assert drawn.admitted == (len(found) == 0)


@given(labels=st.lists(st.integers(0, 3), min_size=UNITS, max_size=UNITS))
@settings(deadline=None, max_examples=30)
def test_no_other_seats_cost_less_within_reach(judge, labels):
    """A rival that names no seats gets the best ones: brute force over each municipality."""
    ground, labels = judge.ground, np.array(labels)
    for label in np.unique(labels):
        group = np.flatnonzero(labels == label)
        seat = judge.seat(group)
        beyond = {other: bool((ground.km[group, other] > REACH).any()) for other in group}
        cost = {other: float(ground.people[group] @ ground.km[group, other]) for other in group}
        assert (beyond[seat], cost[seat]) == min((beyond[o], cost[o]) for o in group)


def test_heterogeneity_is_the_city_block_distance_of_all_pairs(judge):
    """Spopt's own sum, written out."""
    x, y = judge.ground.places.T
    pairs = [(a, b) for a in range(UNITS) for b in range(a)]
    whole = sum(abs(x[a] - x[b]) + abs(y[a] - y[b]) for a, b in pairs)
    assert judge.judge(np.zeros(UNITS)).heterogeneity == pytest.approx(whole)


def test_the_greedy_merge_leaves_no_municipality_below_the_threshold_or_in_pieces(judge):
    """It is the start of AZP, which refuses any other."""
    drawn = judge.judge(merge_smallest(judge))
    assert (drawn.below, drawn.torn) == (0, 0)
    assert drawn.smallest >= 1


def test_the_band_of_recom_begins_at_the_threshold_and_holds_the_largest_unit():
    """More parts would leave the largest unit above a band symmetric around the mean."""
    people = np.array([5_000.0] * 20 + [30_000.0])
    parts = most_parts(people, 10_000)
    mean = people.sum() / parts
    assert 2 * mean - 10_000 >= 30_000
    assert 2 * people.sum() / (parts + 1) - 10_000 < 30_000
