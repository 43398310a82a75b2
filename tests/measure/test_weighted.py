"""Weighted means and quantiles, by their laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import weighted_mean, weighted_quantile

pairs = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 50)), min_size=1, max_size=25
).filter(lambda rows: any(weight for _, weight in rows))


def split(rows):
    values, weights = np.array(rows, dtype=float).T
    return values, weights


@given(pairs, st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_counting_residents_one_by_one_gives_the_same_quantile(rows, share):
    """The definition in its slow form: the k-th resident, k = share of all, rounded up."""
    values, weights = split(rows)
    people = np.sort(np.repeat(values, weights.astype(int)))
    kth = int(np.ceil(round(share * len(people), 9)))
    assert weighted_quantile(values, weights, share) == people[kth - 1]


@given(pairs)
def test_the_mean_is_that_of_all_residents(rows):
    values, weights = split(rows)
    people = np.repeat(values, weights.astype(int))
    assert weighted_mean(values, weights) == pytest.approx(people.mean())


def test_where_nobody_lives_the_way_does_not_count():
    values, weights = np.array([5.0, np.inf]), np.array([10.0, 0.0])
    assert weighted_mean(values, weights) == 5.0
    assert weighted_quantile(values, weights, 1.0) == 5.0


def test_without_residents_there_is_no_figure():
    nobody = np.zeros(2)
    assert np.isnan(weighted_mean(np.ones(2), nobody))
    assert np.isnan(weighted_quantile(np.ones(2), nobody, 0.9))
