"""Sizes add up, spread and fall below thresholds as worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from amalgamation.measure import Context, measure_density, measure_units, national_measures
from amalgamation.measure.spread import coefficient_of_variation, largest_over_smallest
from rows import MANY, rows, subject_of

FIVE = subject_of(
    "abcde", population=[1000, 2000, 3000, 4000, 5000], area_km2=[10.0, 10.0, 10.0, 0.0, 20.0]
)
NATIONAL = {measure.name: measure.compute for measure in national_measures(Context({}))}


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("mean", 3000),
        ("median", 3000),
        ("min", 1000),
        ("p5", 1200),  # a fifth of the way from the first to the second of five
        ("p25", 2000),
        ("p75", 4000),
        ("p95", 4800),
        ("max", 5000),
        ("ratio", 5),
        ("cv", np.sqrt(2_000_000) / 3000),  # squares of the deviations: 4, 1, 0, 1, 4 million
        ("gini", 4 / 15),  # (2 * (1 + 4 + 9 + 16 + 25) - 6 * 15) / (5 * 15)
    ],
)
def test_the_spread_of_five_municipalities_is_that_worked_out_by_hand(name, figure):
    assert NATIONAL[f"population_{name}"](FIVE) == pytest.approx(figure)


def test_density_is_residents_by_area_and_unknown_without_area():
    density = measure_density(FIVE)
    assert density["e"] == 250
    assert np.isnan(density["d"])


def test_the_largest_is_no_multiple_of_nothing():
    assert np.isnan(largest_over_smallest(np.array([0.0, 5.0])))
    assert np.isnan(coefficient_of_variation(np.array([0.0, 0.0])))


@MANY
@given(rows(outside=False))
def test_merging_keeps_the_sum_and_never_lowers_the_smallest(plan):
    merged, today = plan.total_of("population"), plan.today.total_of("population")
    assert merged.sum() == today.sum()
    assert merged.min() >= today.min()
    assert measure_units(plan).sum() == len(today)


@MANY
@given(rows(outside=False))
def test_merging_leaves_no_more_residents_below_a_threshold(plan):
    """A resident's municipality only gains by merging, so nobody falls below a size."""
    below = NATIONAL["residents_below_5000"]
    if plan.total_of("population").sum() > 0:
        assert below(plan) <= below(plan.today) + 1e-9


@MANY
@given(rows())
def test_units_outside_are_in_no_sum(plan):
    inside = plan.territory.units["population"][plan.inside].sum()
    assert plan.total_of("population").sum() == inside
    assert measure_units(plan).sum() == plan.inside.sum()
