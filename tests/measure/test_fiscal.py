"""Money of municipalities, on figures that were worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import (
    Context,
    measure_cost_per_resident,
    measure_own_revenue_percent,
    measure_plan,
    measure_self_standing,
    measure_tax_capacity_index,
    measure_transfer_gap,
    national_measures,
)
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import RunningCost, ScorecardSection

MONEY = {
    "population": [1000, 3000, 2000],
    "tax_base": [500, 2000, 500],
    "own_revenue": [60, 240, 50],
    "running_cost": [100, 150, 200],
}
FIGURE = st.integers(0, 1000).map(float)


def two():
    """Units a and b together, c alone."""
    return example_subject("aac", **MONEY)


def national(subject, name):
    context = Context(subject.territory.attributes)
    measure = next(one for one in national_measures(context) if one.name == name)
    return measure.compute(subject)


def test_the_index_is_the_tax_base_per_resident_over_that_of_the_territory():
    # 2,500 / 4,000 and 500 / 2,000 over 3,000 / 6,000
    assert measure_tax_capacity_index(two()).to_dict() == {"a": 1.25, "c": 0.5}


def test_the_index_is_not_known_where_nobody_lives_or_nothing_is_taxed():
    empty = example_subject("ab", population=[0, 10], tax_base=[5, 5])
    assert measure_tax_capacity_index(empty).isna().to_list() == [True, False]
    poor = example_subject("ab", population=[5, 10], tax_base=[0, 0])
    assert measure_tax_capacity_index(poor).isna().all()


@given(
    people=st.lists(st.integers(1, 1000), min_size=4, max_size=4),
    base=st.lists(st.integers(1, 1000), min_size=4, max_size=4),
    seats=st.sampled_from(["abcd", "aacd", "aacc", "aaaa", "abbb"]),
)
def test_weighted_by_residents_the_index_has_mean_one_in_every_plan(people, base, seats):
    subject = example_subject(seats, population=people, tax_base=base)
    residents = subject.total_of("population")
    mean = (measure_tax_capacity_index(subject) * residents).sum() / residents.sum()
    assert mean == pytest.approx(1)


def test_own_share_cost_per_resident_and_gap_are_those_worked_out_by_hand():
    assert measure_own_revenue_percent(two()).to_dict() == {"a": 120.0, "c": 25.0}
    assert measure_cost_per_resident(two()).to_dict() == {"a": 0.0625, "c": 0.1}
    assert measure_transfer_gap(two()).to_dict() == {"a": 0.0, "c": 150.0}


def test_nobody_covers_a_cost_that_is_not_there():
    free = example_subject("a", own_revenue=[5], running_cost=[0])
    assert np.isnan(measure_own_revenue_percent(free)["a"])


def test_merging_lets_a_rich_unit_carry_a_poor_one():
    subject = two()
    assert measure_self_standing(subject.today).to_dict() == {"a": 0, "b": 1, "c": 0}
    assert measure_self_standing(subject).to_dict() == {"a": 1, "c": 0}
    assert national(subject, "self_standing") == 50
    assert national(subject, "self_standing_residents") == pytest.approx(100 * 4000 / 6000)


def test_medians_of_municipalities_stand_beside_the_ratio_of_all():
    # today 60, 160 and 25 %; 350 of 450 in all, whatever the plan
    assert national(two().today, "own_revenue_percent_median") == 60
    assert national(two(), "own_revenue_percent_median") == (120 + 25) / 2
    assert national(two(), "tax_capacity_index_median") == (1.25 + 0.5) / 2
    for plan in (two(), two().today):
        assert national(plan, "own_revenue_percent") == pytest.approx(100 * 350 / 450)
        assert national(plan, "cost_per_resident") == pytest.approx(450 / 6000)


def test_the_gap_of_the_country_is_that_of_those_who_have_one():
    # today a lacks 40 and c 150; b's surplus of 90 fills nobody's gap
    assert national(two().today, "transfer_gap") == 190
    assert national(two(), "transfer_gap") == 150


@given(own=st.lists(FIGURE, min_size=4, max_size=4), cost=st.lists(FIGURE, min_size=4, max_size=4))
def test_merging_never_widens_the_gap_of_the_country(own, cost):
    subject = example_subject("aacc", own_revenue=own, running_cost=cost)
    assert national(subject, "transfer_gap") <= national(subject.today, "transfer_gap") + 1e-9


def test_with_savings_a_municipality_may_stand_that_does_not_without():
    subject = example_subject(
        "aa", population=[100, 100], own_revenue=[8, 8], running_cost=[10] * 2
    )
    curve = RunningCost(elasticity=0.5, flat_from=200)
    assert measure_self_standing(subject).to_list() == [0.0]
    # together they cost 20 * sqrt(1 / 2) = 14.1, and have 16
    assert measure_self_standing(subject, curve=curve).to_list() == [1.0]


def test_an_unknown_figure_makes_the_share_unknown_and_does_not_count_as_poor():
    subject = example_subject("ab", own_revenue=[np.nan, 5], running_cost=[1, 1])
    assert measure_self_standing(subject).isna().to_list() == [True, False]
    assert np.isnan(national(subject, "self_standing"))


def test_attributes_of_other_names_are_measured_where_the_scenario_says_so():
    subject = example_subject("aa", population=[1, 1], levy=[2, 4], spending=[3, 5])
    parameters = ScorecardSection.model_validate(
        {"fiscal": {"own_revenue": "levy"}, "running_cost": {"attribute": "spending"}}
    )
    card = measure_plan(subject.plan, subject.territory, subject.graph, parameters=parameters)
    assert card.municipalities.loc["a", "transfer_gap"] == 2


def test_without_a_tax_base_there_is_no_index_and_the_scorecard_says_so():
    subject = example_subject("aa", population=[1, 1], area_km2=[1, 1])
    card = measure_plan(subject.plan, subject.territory, subject.graph)
    assert "tax_capacity_index" not in card.municipalities
    assert any(
        line.startswith("example has no tax_base: not measured: tax_capacity_index")
        for line in card.notices
    )
