"""Which municipality goes on as which: against every matching there is, on small plans."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.plan import Plan
from amalgamation.study.compare import find_changing, match_municipalities

UNITS = "abcdefg"


def plan(text):
    """`"xxy."`: the group of each of the units a, b, c, ...; a dot is outside."""
    seats, homes, outside = {}, {}, []
    for unit, group in zip(UNITS, text, strict=False):
        if group == ".":
            outside.append(unit)
        else:
            homes[unit] = seats.setdefault(group, unit)
    return Plan.from_seats(homes, outside)


PLANS = st.text("xyz.", min_size=1, max_size=7)
PAIRS = PLANS.flatmap(
    lambda one: st.tuples(st.just(one), st.text("xyz.", min_size=len(one), max_size=len(one)))
)
RESIDENTS = st.lists(st.integers(0, 9), min_size=7, max_size=7).map(
    lambda numbers: dict(zip(UNITS, numbers, strict=True))
)


def staying(first, second, pairs, residents):
    return sum(
        residents[unit]
        for unit, home in second.municipality_of.items()
        if unit in first.municipality_of and pairs.get(home) == first.municipality_of[unit]
    )


@settings(deadline=None)
@given(PAIRS, RESIDENTS)
def test_no_other_matching_lets_more_residents_stay(texts, residents):
    """The rule itself, counted over all one-to-one matchings."""
    first, second = map(plan, texts)
    found = match_municipalities(first, second, residents)
    assert len(set(found.values())) == len(found)
    homes = [*first.seat_of, *[None] * len(second.seat_of)]
    ways = permutations(homes, len(second.seat_of))
    best = max(
        staying(first, second, dict(zip(second.seat_of, way, strict=True)), residents)
        for way in ways
    )
    assert staying(first, second, found, residents) == best


@settings(deadline=None)
@given(PAIRS, RESIDENTS)
def test_as_many_change_there_as_back_and_names_do_not_count(texts, residents):
    """A distance between partitions is the same both ways, and knows no names."""
    first, second = map(plan, texts)
    there, back = (
        find_changing(one, other, match_municipalities(one, other, residents))
        for one, other in ((first, second), (second, first))
    )
    assert sum(residents[unit] for unit in there) == sum(residents[unit] for unit in back)
    renamed = Plan(
        {unit: f"new {home}" for unit, home in first.municipality_of.items()},
        {f"new {home}": seat for home, seat in first.seat_of.items()},
        first.outside,
    )
    assert find_changing(first, renamed, match_municipalities(first, renamed, residents)) == ()


@settings(deadline=None)
@given(st.tuples(*[st.lists(st.sampled_from("xyz"), min_size=7, max_size=7)] * 3))
def test_a_detour_never_changes_fewer_units(groups):
    """The triangle inequality, without which "how far" would mean nothing."""
    one, two, three = (plan("".join(text)) for text in groups)

    def distance(first, second):
        return len(find_changing(first, second, match_municipalities(first, second)))

    assert distance(one, three) <= distance(one, two) + distance(two, three)


def test_merging_leaves_the_greater_part_where_it_was():
    """Two become one: those of the smaller change, and a new seat alone changes nobody."""
    before, after = plan("xxyy"), Plan.from_seats(dict.fromkeys("abcd", "b"))
    residents = {"a": 10, "b": 10, "c": 30, "d": 1}
    pairs = match_municipalities(before, after, residents)
    assert pairs == {"b": "c"}
    assert find_changing(before, after, pairs) == ("a", "b")


@pytest.mark.parametrize("residents", [None, dict.fromkeys(UNITS, 0), dict.fromkeys(UNITS, 5)])
def test_among_equals_more_units_and_then_the_same_seat_decide(residents):
    """Else the answer would hang on the order of ids."""
    before = Plan.from_seats({"a": "a", "b": "b"})
    after = Plan.from_seats({"a": "b", "b": "b"})
    assert match_municipalities(before, after, residents) == {"b": "b"}
    larger = match_municipalities(plan("xxy"), plan("xxx"), residents)
    assert larger == {"a": "a"}


def test_a_unit_that_is_outside_once_alone_changes_and_twice_does_not():
    first, second = plan("xx.."), plan("xxx.")
    pairs = match_municipalities(first, second)
    assert find_changing(first, second, pairs) == ("c",)
    nobody = plan("....")
    assert match_municipalities(first, nobody) == {}
    assert find_changing(first, nobody, {}) == ("a", "b")
