"""The adjusted Rand index beside scikit-learn's, and by its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.measure import adjusted_rand_index

groupings = (
    st.integers(1, 12)
    .flatmap(
        lambda n: st.tuples(
            *(st.lists(st.integers(0, 4), min_size=n, max_size=n) for _ in range(2))
        )
    )
    .map(lambda pair: [np.array(codes) for codes in pair])
)


def test_the_hand_worked_case():
    """{1 2 3} {4} and {1 2} {3 4}: one pair in both, 3 and 2 in each, 6 in all; chance is 1."""
    one, two = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    assert adjusted_rand_index(one, two) == pytest.approx((1 - 1) / (2.5 - 1), abs=1e-12)
    # weights 2 1 1 1: pairs weigh 2 in both, 5 and 3 in each, 9 in all; chance is 5 * 3 / 9
    heavy = np.array([2.0, 1.0, 1.0, 1.0])
    assert adjusted_rand_index(one, two, heavy) == pytest.approx((2 - 15 / 9) / (4 - 15 / 9))


@pytest.fixture(scope="module")
def metrics():
    """The library of the field as oracle, where it is installed."""
    return pytest.importorskip("sklearn.metrics")


@given(pair=groupings)
def test_it_is_that_of_scikit_learn(metrics, pair):
    expected = metrics.adjusted_rand_score(*pair)
    assert adjusted_rand_index(*pair) == pytest.approx(expected, abs=1e-9)


@given(groupings)
def test_it_does_not_matter_which_is_first_or_what_groups_are_called(pair):
    one, two = pair
    index = adjusted_rand_index(one, two)
    assert adjusted_rand_index(4 - two, one) == pytest.approx(index)
    assert adjusted_rand_index(one, one) == pytest.approx(1.0)
