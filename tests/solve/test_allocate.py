"""Numbers across blocks: the small integer program against plain enumeration."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import NumberLimit
from amalgamation.solve.allocate import Curve, choose_numbers, choose_prices
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


@pytest.mark.parametrize(
    ("number", "left"),
    [((None, 4), [5, 6, 7, 8, 9]), ((4, None), [1, 2, 3]), ((None, None), []), ((7, 12), 6)],
)
def test_an_open_end_of_what_is_impossible_reaches_to_the_end_of_the_curve(number, left):
    curve = curve_of()
    curve.learn(answer(number, Status.INFEASIBLE))
    assert curve.numbers() == (left if isinstance(left, list) else list(range(1, left + 1)))
    assert set(curve.bounds()) == set(curve.numbers())


def test_of_two_bounds_at_a_number_the_higher_counts():
    """As floors and as the bound of a solve at that number alone."""
    curve = curve_of()
    for bound in (2.0, 4.0, 3.0):
        curve.learn(answer((3, 3), Status.FEASIBLE, bound=bound))
        told = BlockAnswer(BlockTask(0), Status.FEASIBLE, floors={5: bound + 1, 6: -1.0})
        curve.learn(told)
    assert [curve.bound(k) for k in (3, 4, 5, 6)] == [4.0, 0.0, 5.0, 0.0]


@pytest.mark.parametrize("number", [(3, 4), (3, None), (None, 3), (None, None)])
def test_a_bound_over_a_range_is_none_at_its_ends(number):
    """A solve with a price over several numbers bounds cost and price, not the cost at one."""
    curve = curve_of()
    curve.learn(answer(number, Status.FEASIBLE, seats=(0, 1, 2)))
    assert curve.bound(3) == 0.0


def test_a_task_starts_from_the_plan_that_costs_it_the_least():
    curve = curve_of()
    for seats, cost in (((0, 0, 0), 9.0), ((0, 1, 1), 7.0), ((0, 1, 2), 6.5)):
        curve.learn(answer((None, None), Status.FEASIBLE, cost=cost, seats=seats))
    assert curve.start(BlockTask(0)) == {0: 0, 1: 1, 2: 2}
    assert curve.start(BlockTask(0, price=1.0)) == {0: 0, 1: 1, 2: 1}
    assert curve.start(BlockTask(0, price=5.0)) == {0: 0, 1: 0, 2: 0}
    assert curve.start(BlockTask(0, (1, 1))) == {0: 0, 1: 0, 2: 0}
    assert curve.start(BlockTask(0, (4, None))) == {}


def test_a_number_without_a_plan_is_hoped_to_cost_its_bound_and_a_little():
    curve = curve_of((10.0, 2.0, 3.0))
    curve.learn(answer((None, None), Status.FEASIBLE, cost=9.0, seats=(0, 1)))
    assert (curve.estimate(2, 0.5), curve.estimate(3, 0.5)) == (9.0, 6.0)


def test_no_numbers_are_chosen_where_a_block_has_none():
    assert choose_numbers([{1: 2.0}, {}], []) is None


def test_the_price_of_a_municipality_is_what_one_more_saves_where_the_limit_binds():
    """Costs 12, 8, 6, 5 and 9, 6, 5: five in all go where the last saves 2 and 3, or 2 and 1."""
    first = curve_of((16.0, 4.0, 1.5), (12.0, 2.0, 2.5), (9.0, 1.0, 3.5), lowest=1, highest=4)
    second = curve_of((12.0, 3.0, 1.5), (8.0, 1.0, 2.5), lowest=1, highest=3)
    most = NumberLimit("all", (0, 1), None, 4)
    price = choose_prices([first, second], [most])
    assert price[0] == price[1]
    assert 2.0 - 1e-9 <= price[0] <= 3.0 + 1e-9
    few = NumberLimit("all", (0, 1), None, 3)
    (price, other) = choose_prices([first, second], [few])
    assert price == other
    assert 3.0 - 1e-9 <= price <= 4.0 + 1e-9


def test_a_number_that_must_be_reached_pays_for_each_municipality():
    """Each costs 2 more than it saves: only a subsidy of 2 brings a third."""
    curve = curve_of((1.0, -2.0, 1.0), lowest=1, highest=5)
    least = NumberLimit("all", (0,), 3, None)
    assert choose_prices([curve], [least]) == [pytest.approx(-2.0)]


def test_limits_that_do_not_bind_and_limits_that_nothing_meets_have_no_price():
    curve = curve_of((16.0, 4.0, 1.5), lowest=1, highest=3)
    assert choose_prices([curve], [NumberLimit("all", (0,), 1, 9)]) == [0.0]
    assert choose_prices([curve], [NumberLimit("all", (0,), 7, None)]) == [0.0]


def test_a_block_pays_for_the_limits_that_it_counts_for_and_for_no_others():
    """Two blocks of one curve; the first alone is held to one municipality."""
    curves = [curve_of((16.0, 4.0, 1.5), lowest=1, highest=3) for _ in range(2)]
    first, both = NumberLimit("a", (0,), None, 1), NumberLimit("b", (0, 1), None, 9)
    assert choose_prices(curves, [first, both]) == [pytest.approx(4.0), 0.0]
