"""What becomes of rayons, by hand and by counting sets."""

from __future__ import annotations

import pytest
from hypothesis import given

from amalgamation.measure import (
    FATES,
    Context,
    count_fates,
    measure_changing_residents,
    measure_parents,
    municipality_measures,
    national_measures,
)
from rows import MANY, rows, subject_of

# R: a b | S: c d | T: e f | U: g h | V: i
# a b is R; c and d stand alone; e f g are T and a part of U; h i the rest of U and V
ROW = subject_of("aacdeeehh", population=range(1, 10), rayon="RRSSTTUUV")
ALL = {m.name: m.compute for m in national_measures(Context({}, tiers=("rayon",)))}


def test_each_fate_is_that_worked_out_by_hand():
    assert count_fates(ROW, "rayon") == {"whole": 1, "divided": 1, "joined": 2, "cut": 1}
    assert [ALL[f"rayon_{fate}"](ROW) for fate in FATES] == [1, 1, 2, 1]


def test_residents_change_rayon_where_their_seat_lies_in_another():
    """g goes to e in T; i, of V, goes to h in U."""
    assert measure_changing_residents(ROW, "rayon").to_dict() == {
        **dict.fromkeys("acd", 0),
        "e": 7,
        "h": 9,
    }
    assert ALL["rayon_changes"](ROW) == 16
    assert ALL["rayon_changes_percent"](ROW) == pytest.approx(100 * 16 / 45)


def test_a_municipality_counts_the_rayons_it_has_units_of():
    assert measure_parents(ROW, "rayon").to_dict() == {"a": 1, "c": 1, "d": 1, "e": 2, "h": 2}


def test_a_seat_of_a_rayon_stays_one_where_it_is_a_seat_of_the_plan():
    """The most populous units are b, d, f, h and i, of which d and h are seats."""
    assert ALL["rayon_seats_kept"](ROW) == 2
    assert ALL["rayon_seats_kept"](ROW.today) == 5


def test_rayons_as_municipalities_agree_wholly():
    same = subject_of("aaccc", population=[5, 4, 3, 2, 1], rayon="RRSSS")
    assert ALL["rayon_rand_index"](same) == 1
    assert ALL["rayon_seats_kept"](same) == 2
    assert count_fates(same, "rayon")["whole"] == 2


def test_a_unit_outside_divides_its_rayon_and_changes_for_nobody():
    row = subject_of("aa-", population=[1, 2, 4], rayon="RRR")
    assert count_fates(row, "rayon")["divided"] == 1
    assert ALL["rayon_changes"](row) == 0


def test_every_tier_is_measured_and_a_lack_of_tiers_is_said():
    named = [m.name for m in municipality_measures(Context({}, tiers=("county", "state")))]
    assert {"county_count", "state_count"} <= set(named)
    assert "rayon_count" not in named
    lacking = [m for m in municipality_measures(Context({})) if "rayon" in m.needs]
    assert "rayon_count" in [m.name for m in lacking]


def fate_by_sets(plan, members):
    """Say what becomes of a rayon in the words of its definition."""
    groups = [set(units) for units in plan.plan.municipalities.values()]
    groups += [
        {unit} for unit, inside in zip(plan.territory.ids, plan.inside, strict=True) if not inside
    ]
    touched = [group for group in groups if group & members]
    within = all(group <= members for group in touched)
    if len(touched) == 1:
        return "whole" if within else "joined"
    return "divided" if within else "cut"


@MANY
@given(rows())
def test_fates_are_those_of_their_definition_in_sets(plan):
    parents = plan.territory.units["rayon"]
    fates = [fate_by_sets(plan, set(units.index)) for _, units in parents.groupby(parents)]
    assert count_fates(plan, "rayon") == {fate: fates.count(fate) for fate in FATES}


@MANY
@given(rows())
def test_today_changes_no_rayon_and_keeps_every_seat(plan):
    fates = count_fates(plan.today, "rayon")
    assert fates["joined"] == fates["cut"] == 0
    assert ALL["rayon_changes"](plan.today) == 0
    assert ALL["rayon_seats_kept"](plan.today) == sum(fates.values())
