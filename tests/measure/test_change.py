"""Who has farther to go than today, worked out by hand on a row of units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from amalgamation.measure import (
    OWN,
    Context,
    TodaysSeat,
    find_parent_seats,
    measure_change,
    measure_farther_percent,
    measure_farther_residents,
    measure_growth,
    measure_plan,
    national_measures,
)
from rows import MANY, rows, subject_of

RAYON = TodaysSeat("rayon")
# rayon R: a b c with its seat at b; rayon S: d e with its seat at e; all go to a, e stays
ROW = subject_of("aaaae", population=[100, 500, 300, 200, 900], rayon="RRRSS")
ALL = {m.name: m.compute for m in national_measures(Context({}, tiers=("rayon",)))}


def test_against_todays_own_seat_every_way_is_a_loss():
    assert measure_farther_residents(ROW, OWN).to_dict() == {"a": 1000, "e": 0}
    # 500 at 10, 300 at 20, 200 at 30 km: 17,000 person-km
    assert measure_growth(ROW, OWN)["a"] == pytest.approx(17.0)
    assert measure_change(ROW, OWN)["a"] == pytest.approx(17_000 / 1100)
    assert np.isnan(measure_growth(ROW, OWN)["e"])


def test_against_the_rayon_seat_some_lose_and_some_gain():
    """a: 10 km nearer; b: 10 farther; c: 10 to b, 20 to a; d: 10 to e, 30 to a; e: stays."""
    assert measure_farther_residents(ROW, RAYON).to_dict() == {"a": 500 + 300 + 200, "e": 0}
    assert measure_growth(ROW, RAYON)["a"] == pytest.approx((500 * 10 + 300 * 10 + 200 * 20) / 1000)
    change = -100 * 10 + 500 * 10 + 300 * 10 + 200 * 20
    assert measure_change(ROW, RAYON)["a"] == pytest.approx(change / 1100)
    assert measure_farther_percent(ROW, RAYON)["a"] == pytest.approx(100 * 1000 / 1100)


def test_the_country_counts_the_same_residents():
    assert ALL["farther_than_rayon"](ROW) == 1000
    assert ALL["farther_than_rayon_percent"](ROW) == pytest.approx(50)
    assert ALL["growth_from_rayon_km"](ROW) == pytest.approx(12)
    assert ALL["change_from_rayon_km"](ROW) == pytest.approx(11_000 / 2000)


def test_who_stays_out_of_reach_has_no_known_change():
    """Infinity less infinity is no figure; the residents nearby still have theirs."""
    row = subject_of("aaa", population=[5, 300, 200], rayon="RRR")
    row.graph.graph.remove_edge("b", "c")
    assert np.isnan(measure_change(row, RAYON)["a"])
    assert measure_change(row, OWN)["a"] == np.inf


def test_a_unit_without_residents_loses_nothing_however_far():
    row = subject_of("aaa", population=[5, 3, 0], rayon="RRR")
    row.graph.graph.remove_edge("b", "c")
    assert measure_change(row, OWN)["a"] == pytest.approx(30 / 8)
    assert measure_farther_residents(row, OWN)["a"] == 3


def test_the_most_populous_unit_is_the_seat_and_of_equals_the_first():
    row = subject_of("aaaaa", population=[1, 7, 7, np.nan, np.nan], rayon="RRRSS")
    assert find_parent_seats(row.territory, "rayon") == {"R": "b", "S": "d"}


def test_the_card_names_where_most_lose():
    row = subject_of("aadde", population=[1, 40, 9, 500, 7], rayon="RRSSS")
    losing = measure_plan(row.plan, row.territory, row.graph).where_most_lose()
    assert losing.index.to_list() == ["a", "d"]
    assert losing["farther_than_own"].to_list() == [40, 9]
    assert losing["name"].to_list() == ["a", "d"]


def test_the_card_knows_which_seats_of_today_its_ways_are_held_against():
    def seats(**columns):
        row = subject_of("aac", **columns)
        return measure_plan(row.plan, row.territory, row.graph).seats_today

    assert seats(population=[1, 2, 3], rayon="RRS") == ("own", "rayon")
    assert seats(population=[1, 2, 3]) == ("own",)
    assert seats() == ()


def test_that_seats_of_rayons_are_taken_and_not_known_is_said():
    with_rayons = measure_plan(ROW.plan, ROW.territory, ROW.graph).notices
    assert any("(rayon): data name none, so the most populous" in line for line in with_rayons)
    row = subject_of("ab", population=[1, 2])
    without = measure_plan(row.plan, row.territory, row.graph).notices
    assert not any("most populous" in line for line in without)


@MANY
@given(rows())
def test_today_nobody_loses_against_the_own_seat_and_nobody_gains_in_a_plan(plan):
    assert ALL["farther_than_own"](plan.today) == 0
    assert (measure_change(plan, OWN).dropna() >= 0).all()


@MANY
@given(rows())
def test_losers_by_municipality_are_the_losers_of_the_country(plan):
    for seat in (OWN, RAYON):
        assert measure_farther_residents(plan, seat).sum() == ALL[f"farther_than_{seat.name}"](plan)
        assert measure_farther_residents(plan, seat).sum() <= plan.total_of("population").sum()
