"""Ties cut, by number and by length of border, on a row of units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from amalgamation.measure import Context, measure_ties_cut, national_measures
from rows import MANY, rows, subject_of

ALL = {m.name: m.compute for m in national_measures(Context({}))}


def test_ties_cut_are_those_worked_out_by_hand():
    """a b | c d: ties of 1, 4 and 5 km, of which that of 4 is cut."""
    row = subject_of("aacc", borders=[1.0, 4.0, 5.0])
    assert measure_ties_cut(row, by_length=False).to_dict() == {"a": 50, "c": 50}
    assert measure_ties_cut(row, by_length=True).to_dict() == pytest.approx(
        {"a": 80, "c": 100 * 4 / 9}
    )
    assert ALL["ties_cut_percent"](row) == pytest.approx(100 / 3)
    assert ALL["border_cut_percent"](row) == pytest.approx(40)


def test_a_tie_to_a_unit_outside_is_cut_and_counts_for_the_one_inside():
    row = subject_of("aa-")
    assert measure_ties_cut(row, by_length=False).to_dict() == {"a": 50}


def test_ties_between_two_units_outside_hold_nothing_together():
    assert ALL["ties_cut_percent"](subject_of("a--")) == 100


def test_a_single_unit_has_no_ties_to_cut():
    row = subject_of("a")
    assert np.isnan(measure_ties_cut(row, by_length=False)["a"])
    assert np.isnan(ALL["ties_cut_percent"](row))


def test_links_without_a_border_leave_no_length():
    assert np.isnan(ALL["border_cut_percent"](subject_of("aa", borders=[0.0])))


@MANY
@given(rows())
def test_a_plan_cuts_no_more_than_today_which_cuts_all(plan):
    if len(plan.graph.ties):
        assert ALL["ties_cut_percent"](plan.today) == 100
        assert 0 <= ALL["ties_cut_percent"](plan) <= 100
