"""Numbers across blocks: the small integer program against plain enumeration."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import NumberLimit
from amalgamation.solve.allocate import Curve, choose_numbers
from amalgamation.solve.compact import Tangent
from amalgamation.solve.task import BlockAnswer, BlockTask
from amalgamation.status import Status

MANY = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@st.composite
def allocations(draw):
    """Draw curves of one to four blocks and up to three limits over some of them."""
    count = draw(st.integers(1, 4))
    values = st.integers(0, 60).map(lambda v: v / 4)
    curve = st.dictionaries(st.integers(1, 6), values, max_size=5)
    choices = draw(st.lists(curve, min_size=count, max_size=count))
    blocks = st.lists(st.integers(0, count - 1), min_size=1, unique=True).map(sorted).map(tuple)
    edge = st.one_of(st.none(), st.integers(0, 16))
    limit = st.builds(lambda b, low, high: NumberLimit("some", b, low, high), blocks, edge, edge)
    return choices, draw(st.lists(limit, max_size=3))


def enumerate_numbers(choices, limits):
    """Return the least sum over every choice that keeps the limits; None without one."""
    sums = [
        sum(choice[k] for choice, k in zip(choices, numbers, strict=True))
        for numbers in product(*choices)
        if all(limit.admits(numbers) for limit in limits)
    ]
    return min(sums, default=None)


@MANY
@given(allocations())
def test_the_chosen_numbers_cost_the_least_of_all_that_keep_the_limits(drawn):
    choices, limits = drawn
    found, least = choose_numbers(choices, limits), enumerate_numbers(choices, limits)
    if least is None:
        assert found is None
        return
    assert found.value == pytest.approx(least)
    assert all(limit.admits(found.numbers) for limit in limits)
    assert found.value == sum(c[k] for c, k in zip(choices, found.numbers, strict=True))


def curve_of(*tangents, lowest=1, highest=9):
    return Curve(lowest, highest, [Tangent(*each) for each in tangents])


def test_the_bound_at_a_number_is_the_highest_line_and_never_negative():
    curve = curve_of((10.0, 2.0, 3.0), (6.0, 0.0, 5.0))
    assert [curve.bound(k) for k in (1, 2, 4)] == [8.0, 6.0, 6.0]
    assert curve_of((1.0, 2.0, 1.0)).bound(4) == 0.0


def answer(number, status, cost=5.0, bound=4.0, seats=()):
    task = BlockTask(0, number)
    return BlockAnswer(task, status, dict(enumerate(seats)), cost, bound)


def test_a_proof_of_impossibility_excludes_its_numbers_only():
    curve = curve_of()
    curve.learn(answer((2, 4), Status.INFEASIBLE))
    assert curve.numbers() == [1, 5, 6, 7, 8, 9]


def test_a_bound_at_one_number_says_nothing_of_others():
    curve = curve_of()
    curve.learn(answer((3, 3), Status.FEASIBLE, seats=(0, 1, 2)))
    assert (curve.bound(3), curve.bound(4)) == (4.0, 0.0)
    assert curve.costs() == {3: 5.0}


def test_the_cheaper_of_two_plans_at_a_number_is_kept():
    curve = curve_of()
    for cost in (5.0, 3.0, 4.0):
        curve.learn(answer((None, None), Status.FEASIBLE, cost=cost, seats=(0, 0)))
    assert curve.costs() == {1: 3.0}
