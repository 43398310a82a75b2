"""Equalisation moves money from rich to poor, and nobody past anybody."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import equalise, measure_equalisation, measure_plan
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import Equalisation, ScorecardSection

UKRAINE = ScorecardSection().equalising
INDEX = st.lists(st.floats(0, 5), min_size=2, max_size=9).map(sorted).map(pd.Series)
PART = st.floats(0, 1)
FORMULAS = st.tuples(st.floats(0, 2), st.floats(0, 2), PART, PART).map(
    lambda drawn: Equalisation(
        below=min(drawn[:2]), above=max(drawn[:2]), withdrawn=drawn[2], paid=drawn[3]
    )
)


def three():
    """National means: tax base 0.5 and own revenue 0.05 per resident."""
    return example_subject(
        "abc",
        population=[400, 200, 200],
        tax_base=[250, 50, 100],
        own_revenue=[25, 5, 10],
        running_cost=[20, 8, 10],
    )


def test_ukraines_formula_takes_half_of_the_excess_and_pays_four_fifths_of_the_gap():
    moved = equalise(pd.Series([0.4, 0.9, 1.0, 1.1, 1.5]), UKRAINE)
    assert moved.to_list() == pytest.approx([0.8 * 0.5, 0, 0, 0, -0.5 * 0.4])


def test_money_is_the_index_in_national_means_of_own_revenue():
    # index 1.25, 0.5, 1.0: -0.5 * 0.15 * 0.05 * 400 and 0.8 * 0.4 * 0.05 * 200
    assert measure_equalisation(three(), UKRAINE).to_list() == pytest.approx([-1.5, 3.2, 0])


@given(INDEX, FORMULAS)
def test_nobody_overtakes_anybody(index, formula):
    after = index + equalise(index, formula)
    assert (after.diff().dropna() >= -1e-9).all()


@given(INDEX, FORMULAS)
def test_who_gives_stays_above_the_line_and_who_receives_below(index, formula):
    moved = equalise(index, formula)
    after = index + moved
    assert (after[moved < 0] >= formula.above - 1e-9).all()
    assert (after[moved > 0] <= formula.below + 1e-9).all()


def test_donors_recipients_and_money_are_counted_before_and_after():
    subject = three()
    merged = example_subject("aac", **{k: subject.values(k) for k in subject.territory.attributes})
    card = measure_plan(merged.plan, merged.territory, merged.graph)
    table = card.national[["today", "plan"]]
    # together a and b have index 1: neither donor nor recipient any more
    assert table.loc["donors"].to_list() == [1, 0]
    assert table.loc["recipients"].to_list() == [1, 0]
    assert table.loc["equalisation_given"].to_list() == pytest.approx([1.5, 0])
    assert table.loc["equalisation_received"].to_list() == pytest.approx([3.2, 0])
    # b has 5 + 3.2 of 8, so that all three stand today; together a and b have 30 of 28
    assert table.loc["self_standing_equalised"].to_list() == [100, 100]
    assert table.loc["self_standing", "today"] == pytest.approx(200 / 3)


def test_where_all_are_alike_no_money_moves():
    subject = example_subject("ab", population=[10, 20], tax_base=[5, 10], own_revenue=[1, 2])
    assert measure_equalisation(subject, UKRAINE).to_list() == [0, 0]
