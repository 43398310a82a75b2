"""Heads and council seats, and the residents behind each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import Context, measure_council_seats, national_measures
from amalgamation.scenario.schema import Council, ScorecardSection
from rows import MANY, subject_of

ROW = subject_of("aabb".replace("b", "c"), population=[7000, 1000, 20000, 7000])


def figures(**council):
    context = Context({}, parameters=ScorecardSection(council=Council(**council)))
    return {m.name: m.compute for m in national_measures(context)}


def test_seats_follow_the_cube_root():
    """8,000 and 27,000 residents: 20 and 30 seats; today 7,000, 1,000, 20,000 and 7,000."""
    found = figures(minimum=1)
    assert measure_council_seats(ROW, Council(minimum=1)).to_list() == [20, 30]
    assert measure_council_seats(ROW.today, Council(minimum=1)).to_list() == [19, 10, 27, 19]
    assert found["council_seats"](ROW) == 50
    assert found["residents_per_seat"](ROW) == 700
    assert found["council_seats"](ROW.today) == 75


def test_heads_are_one_per_municipality_before_and_after():
    found = figures()
    assert [found["elected_heads"](one) for one in (ROW.today, ROW)] == [4, 2]
    assert [found["residents_per_head"](one) for one in (ROW.today, ROW)] == [8750, 17500]


def test_the_rule_is_the_users():
    council = Council(factor=2.0, exponent=0.5, minimum=250)
    assert measure_council_seats(ROW, council).to_list() == [250, 329]  # 2 * root 27,000 = 328.6


def test_half_a_seat_is_a_whole_one():
    row = subject_of("abc", population=[9, 25, 49])
    halves = Council(factor=0.5, exponent=0.5, minimum=1)
    assert measure_council_seats(row, halves).to_list() == [2, 3, 4]


def test_nobody_has_no_figure_of_residents_unknown():
    row = subject_of("ab", population=[8000.0, np.nan])
    assert measure_council_seats(row, Council())["a"] == 20
    assert np.isnan(measure_council_seats(row, Council())["b"])
    assert np.isnan(figures()["residents_per_seat"](row))


def test_without_any_municipality_nobody_stands_behind_a_head():
    assert np.isnan(figures()["residents_per_head"](subject_of("--", population=[1, 2])))


@MANY
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8))
def test_merging_all_never_adds_seats(people):
    """A power below one grows slower than its sum, so merging saves seats, up to rounding."""
    merged = subject_of("a" * len(people), population=people)
    together = measure_council_seats(merged, Council(minimum=1)).sum()
    apart = measure_council_seats(merged.today, Council(minimum=1)).sum()
    assert together <= apart + len(people) / 2
    assert together == pytest.approx(max(1, sum(people) ** (1 / 3)), abs=0.5 + 1e-9)
