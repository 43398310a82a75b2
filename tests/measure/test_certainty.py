"""Certainty counts plans, and claims no more than they show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import build_certainty
from amalgamation.plan import Plan
from rows import MANY, subject_of

PEOPLE = [100, 200, 300, 400]


def certainty_of(*drawn, reasons=None):
    """Count over plans of a row of four units, drawn as letters of seats, `-` outside."""
    subjects = [subject_of(seats, population=PEOPLE) for seats in drawn]
    first = subjects[0]
    plans = [subject.plan for subject in subjects]
    plans = [Plan(p.municipality_of, p.seat_of, _outside(p, first)) for p in plans]
    return build_certainty(plans, first.territory, first.graph, reasons)


def _outside(plan, subject):
    return tuple(set(subject.territory.ids) - set(plan.municipality_of))


def test_a_tie_counts_the_plans_that_keep_it():
    ties = certainty_of("aacc", "aacc", "aaad", "abcc").ties
    assert ties["together_percent"].to_list() == [75.0, 25.0, 75.0]
    assert ties["verdict"].to_list() == ["choice", "choice", "choice"]
    agreed = certainty_of("aacc", "aacc").ties
    assert agreed["verdict"].to_list() == ["together", "apart", "together"]
    assert set(agreed["reason"]) == {"found"}


def test_what_every_plan_of_the_rules_cuts_is_no_open_tie():
    certainty = certainty_of("aacc", "abcc", reasons={("b", "c"): "rule"})
    assert certainty.counts() == {"together": 1, "apart": 0, "choice": 1, "proven": 0}
    assert certainty.open_ties.index.to_list() == ["a-b", "c-d"]


def test_a_rule_that_some_plan_does_not_have_is_no_reason():
    ties = certainty_of("aacc", "aaaa", reasons={("b", "c"): "rule"}).ties
    assert ties.loc["b-c", ["verdict", "reason"]].to_list() == ["choice", "found"]


def test_a_tie_that_was_asked_about_is_a_choice_though_all_plans_agree():
    reasons = {("a", "b"): "asked", ("c", "d"): "proven"}
    ties = certainty_of("aacc", "aacc", reasons=reasons).ties
    assert ties["verdict"].to_list() == ["choice", "apart", "together"]
    assert ties["reason"].to_list() == ["asked", "found", "proven"]


def test_a_unit_stays_as_often_as_it_is_with_each_of_its_own():
    units = certainty_of("aaad", "aaad", "aacc", "abbd").units
    # b is with a in 3 of 4 plans and with c in 3; a with b in 3 and with c in 2
    assert units["stays_percent"].to_list() == [62.5, 75.0, 62.5, 75.0]
    assert units["same_percent"].to_list() == [50.0, 50.0, 50.0, 75.0]
    assert units["seat_percent"].to_list() == [100.0, 75.0, 50.0, 75.0]
    assert units["partners"].to_list() == [2, 2, 3, 1]


def test_a_merger_holds_where_its_units_are_together_and_survives_where_no_other_joined():
    mergers = certainty_of("aaad", "aaaa", "abbd").municipalities
    assert mergers.loc["a", ["units", "population"]].to_list() == [3, 600]
    assert mergers["together_percent"].to_list() == pytest.approx([200 / 3, 100.0])
    assert mergers["same_percent"].to_list() == pytest.approx([100 / 3, 200 / 3])


def test_a_unit_outside_is_with_nobody_and_stays_where_it_is_outside():
    certainty = certainty_of("aa--", "aa-d", "aacc")
    assert certainty.ties["together_percent"].to_list() == pytest.approx([100, 0, 100 / 3])
    assert certainty.units["stays_percent"].to_list() == pytest.approx([100, 100, 200 / 3, 100 / 3])
    assert certainty.units["municipality_id"].isna().to_list() == [False, False, True, True]


def test_the_unchanged_share_weighs_residents():
    assert certainty_of("aacd", "aacc").unchanged_percent() == pytest.approx(30.0)
    assert "30.0 % of the residents" in certainty_of("aacd", "aacc").sentence()


def test_parents_of_the_outermost_tier_count_their_own_ties_and_residents():
    subject = subject_of("aacd", population=PEOPLE, rayon="RSTU", oblast="XXXY")
    other = subject_of("aacc", population=PEOPLE, rayon="RSTU", oblast="XXXY")
    plans, reasons = [subject.plan, other.plan], {("b", "c"): "rule"}
    parents = build_certainty(plans, subject.territory, subject.graph, reasons).parents
    assert parents.index.to_list() == ["X", "Y"]
    assert parents["open_ties"].to_list() == [1, 0]
    assert parents.loc["X", ["choice_percent", "unchanged_percent"]].to_list() == [0, 50]
    assert parents.loc["Y", "unchanged_percent"] == 0
    assert certainty_of("aacd").parents.empty


@MANY
@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=5))
def test_shares_are_whole_numbers_of_plans_and_the_first_plan_agrees_with_itself(groups):
    """What is counted twice, or left out, would not add up to plans."""
    drawn = [["abcde"[row.index(group)] for group in row] for row in groups]
    certainty = build_certainty(
        [subject_of(seats).plan for seats in drawn],
        (base := subject_of(drawn[0])).territory,
        base.graph,
    )
    counts = certainty.ties["together_percent"] * len(drawn) / 100
    assert counts.to_list() == pytest.approx(counts.round().to_list())
    assert (certainty.units["same_percent"] >= 100 / len(drawn) - 1e-9).all()
    assert (certainty.units["stays_percent"] >= certainty.units["same_percent"] - 1e-9).all()
    if len(drawn) == 1:
        assert certainty.unchanged_percent() == 100
