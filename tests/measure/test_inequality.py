"""The Gini coefficient, by hand and by its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import gini

sizes = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


def test_the_hand_worked_case():
    """1, 2, 3: mean absolute difference 8/9, mean 2, so G = 8/9 / 2 / 2 = 2/9."""
    assert gini([3, 1, 2]) == pytest.approx(2 / 9)


def test_one_who_has_all_of_ten_gives_nine_tenths():
    assert gini([0] * 9 + [7]) == pytest.approx(0.9)


@given(st.integers(1, 10**9), st.integers(1, 40))
def test_equal_parts_are_perfectly_equal(part, n):
    assert gini([part] * n) == pytest.approx(0, abs=1e-12)


@given(sizes, st.floats(1e-3, 1e3))
def test_the_unit_of_measurement_does_not_matter(values, factor):
    assert gini(np.array(values) * factor) == pytest.approx(gini(values), abs=1e-9)


@given(sizes)
def test_it_is_half_the_relative_mean_difference(values):
    """The definition itself, in its slow form."""
    x = np.array(values, dtype=float)
    slow = np.abs(x[:, None] - x[None, :]).mean() / 2 / x.mean()
    assert gini(values) == pytest.approx(slow, abs=1e-9)


@given(sizes, st.integers(2, 4))
def test_a_country_and_its_double_are_equally_unequal(values, times):
    assert gini(values * times) == pytest.approx(gini(values), abs=1e-9)


def test_nothing_to_share_has_no_inequality():
    assert np.isnan(gini([0, 0]))
    assert np.isnan(gini([]))
    assert np.isnan(gini([1, np.nan]))


def test_a_negative_value_is_refused():
    with pytest.raises(ValueError, match="found -1; expected no negative value"):
        gini([3, -1])
