"""What merging would save, and what it would cost once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import (
    measure_curve_cost,
    measure_one_off_cost,
    measure_plan,
    measure_saving,
    relative_cost,
)
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import RunningCost, ScorecardSection

HALF = RunningCost(elasticity=0.5, flat_from=400)
PEOPLE = st.lists(st.integers(0, 60_000), min_size=5, max_size=5)
COSTS = st.lists(st.integers(0, 10_000), min_size=5, max_size=5)
CURVES = st.builds(RunningCost, elasticity=st.floats(0, 0.9), flat_from=st.floats(10, 50_000))


def costs(seats, people, cost, curve=HALF):
    subject = example_subject(seats, population=people, running_cost=cost)
    return measure_curve_cost(subject, curve)


def test_the_curve_falls_by_the_elasticity_and_is_flat_beyond():
    assert relative_cost(np.array([100.0, 400.0, 900.0]), HALF).tolist() == [2.0, 1.0, 1.0]


def test_a_unit_without_residents_costs_what_it_costs():
    assert costs("ab", [0, 10], [7, 5]).to_dict() == {"a": 7.0, "b": 5.0}


def test_units_that_merge_cost_less_by_the_curve_alone():
    # a: 100 residents cost 10, at 400 together half of it; b: 300, so 30 * sqrt(3 / 4)
    found = costs("aac", [100, 300, 400], [10, 30, 50])
    assert found["a"] == pytest.approx(5 + 30 * 0.75**0.5)
    assert found["c"] == 50


def test_a_large_municipality_gains_nothing_from_another_large_one():
    assert costs("aa", [400, 900], [10, 30])["a"] == pytest.approx(40)


@given(PEOPLE, COSTS)
def test_at_elasticity_nought_merging_saves_nothing(people, cost):
    subject = example_subject("aaadd", population=people, running_cost=cost)
    flat = RunningCost(elasticity=0)
    assert measure_curve_cost(subject, flat).to_list() == pytest.approx(
        subject.total_of("running_cost").to_list()
    )


@given(PEOPLE, COSTS, CURVES)
def test_today_costs_what_the_territory_says(people, cost, curve):
    subject = example_subject("abcde", population=people, running_cost=cost)
    assert measure_curve_cost(subject, curve).to_list() == pytest.approx([float(c) for c in cost])
    assert measure_saving(subject, curve).sum() == pytest.approx(0, abs=1e-6)


@given(PEOPLE, COSTS, CURVES)
def test_merging_further_never_costs_more(people, cost, curve):
    some = costs("aaddd", people, cost, curve).sum()
    more = costs("aaaaa", people, cost, curve).sum()
    assert more <= some * (1 + 1e-9)
    assert some <= sum(cost) * (1 + 1e-9)


def test_merging_costs_once_for_each_unit_but_one():
    subject = example_subject("aaad")
    curve = RunningCost(one_off_per_unit=5)
    assert measure_one_off_cost(subject, curve).to_dict() == {"a": 10.0, "d": 0.0}


def test_the_case_without_savings_stands_beside_the_curve_in_one_table():
    subject = example_subject("aac", population=[100, 300, 400], running_cost=[10, 30, 50])
    parameters = ScorecardSection(running_cost=HALF.model_copy(update={"one_off_per_unit": 4.0}))
    card = measure_plan(subject.plan, subject.territory, subject.graph, parameters=parameters)
    table = card.national[["today", "plan"]]
    assert table.loc["cost_no_saving"].to_list() == [90, 90]
    assert table.loc["curve_cost"].to_list() == pytest.approx([90, 55 + 30 * 0.75**0.5])
    assert table.loc["curve_saving_percent", "plan"] == pytest.approx(100 * (35 - 25.98) / 90, 1e-3)
    assert table.loc["one_off_cost"].to_list() == [0, 4]


def test_the_cost_of_merging_is_not_guessed():
    subject = example_subject("aa", population=[1, 1], running_cost=[1, 1])
    card = measure_plan(subject.plan, subject.territory, subject.graph)
    assert "one_off_cost" not in card.national.index
    assert (
        "example has no scorecard.running_cost.one_off_per_unit: not measured: one_off_cost"
        in card.notices
    )
