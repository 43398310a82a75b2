"""Distances to the seat are those of a row of units, 10 km from one to the next."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import (
    Context,
    measure_max_distance,
    measure_percent_within,
    municipality_measures,
    national_measures,
)
from amalgamation.scenario.schema import ScorecardSection
from rows import MANY, rows, subject_of

# 700 residents at the seat, 100 at 10 km, 200 at 20 km; d is its own seat; e is outside
ROW = subject_of("aaad-", population=[700, 100, 200, 50, 999])
HERE = {measure.name: measure.compute for measure in municipality_measures(Context({}))}
ALL = {measure.name: measure.compute for measure in national_measures(Context({}))}


@pytest.mark.parametrize(
    ("name", "here", "everywhere"),
    [
        ("mean_km", 5.0, 5000 / 1050),
        ("median_km", 0.0, 0.0),
        ("p90_km", 20.0, 20.0),
        ("max_km", 20.0, 20.0),
        ("within_10_km", 80.0, 100 * 850 / 1050),
        ("within_25_km", 100.0, 100.0),
    ],
)
def test_ways_are_those_worked_out_by_hand(name, here, everywhere):
    assert HERE[name](ROW).to_dict() == pytest.approx(
        {"a": here, "d": 100.0 if "within" in name else 0.0}
    )
    assert ALL[name](ROW) == pytest.approx(everywhere)


def test_bands_are_the_users():
    context = Context({}, "minutes", parameters=ScorecardSection(distance_bands=[7.5]))
    named = [measure.name for measure in national_measures(context)]
    assert "within_7.5_minutes" in named
    assert "within_10_minutes" not in named


def test_where_nobody_lives_no_share_is_near():
    empty = subject_of("aac", population=[0, 0, 5])
    assert np.isnan(measure_percent_within(empty, 10.0)["a"])


def test_an_unknown_number_of_residents_makes_no_share():
    unknown = subject_of("aa", population=[5.0, np.nan])
    assert np.isnan(measure_percent_within(unknown, 1.0)["a"])


def test_the_greatest_way_is_that_of_a_unit_without_residents_too():
    assert measure_max_distance(subject_of("aaa", population=[5, 0, 0]))["a"] == 20


@MANY
@given(rows(), st.floats(0, 80), st.floats(0, 80))
def test_a_wider_band_holds_no_fewer(plan, one, two):
    narrow, wide = (measure_percent_within(plan, band) for band in sorted([one, two]))
    assert (narrow.dropna() <= wide.dropna() + 1e-9).all()


@MANY
@given(rows())
def test_the_country_is_the_mean_of_its_municipalities_by_residents(plan):
    people = plan.total_of("population")
    if people.sum() > 0:
        parts = (HERE["mean_km"](plan).fillna(0) * people).sum() / people.sum()
        assert ALL["mean_km"](plan) == pytest.approx(parts)
