"""The Gini coefficient, by hand and by its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import gini, theil

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


def test_theil_of_the_hand_worked_case():
    """1 and 3: shares 1/4 and 3/4 of a total in which an equal share is 1/2."""
    assert theil([3, 1]) == pytest.approx(0.25 * np.log(0.5) + 0.75 * np.log(1.5))


def test_theil_where_one_of_ten_has_all_is_the_logarithm_of_ten():
    assert theil([0] * 9 + [7]) == pytest.approx(np.log(10))


@given(st.integers(1, 10**9), st.integers(1, 40))
def test_theil_of_equal_parts_is_zero(part, n):
    assert theil([part] * n) == pytest.approx(0, abs=1e-12)


@given(sizes, st.floats(1e-3, 1e3), st.integers(2, 4))
def test_theil_knows_neither_unit_nor_number(values, factor, times):
    assert theil(np.array(values * times) * factor) == pytest.approx(theil(values), abs=1e-9)


@given(sizes, sizes)
def test_theil_is_the_sum_of_what_is_unequal_between_and_within_two_groups(one, two):
    """The law for which it is measured beside Gini's: T = between + within."""
    groups = [np.array(one, dtype=float), np.array(two, dtype=float)]
    both = np.concatenate(groups)
    shares = [group.sum() / both.sum() for group in groups]
    between = sum(
        share * np.log(share * len(both) / len(group))
        for share, group in zip(shares, groups, strict=True)
    )
    within = sum(share * theil(group) for share, group in zip(shares, groups, strict=True))
    assert theil(both) == pytest.approx(between + within, abs=1e-9)


def test_theil_of_nothing_or_of_a_negative_value():
    assert np.isnan(theil([0, 0]))
    assert np.isnan(theil([1, np.nan]))
    with pytest.raises(ValueError, match="Theil index: found -1; expected no negative value"):
        theil([3, -1])


@pytest.fixture(scope="module")
def library():
    """The library of the field as oracle, where it is installed."""
    gini_module = pytest.importorskip("inequality.gini")
    return gini_module.Gini, pytest.importorskip("inequality.theil").Theil


@given(values=sizes)
def test_both_agree_with_pysal(library, values):
    x = np.array(values, dtype=float)
    assert gini(x) == pytest.approx(library[0](x).g, abs=1e-9)
    assert theil(x) == pytest.approx(library[1](x).T, abs=1e-9)
