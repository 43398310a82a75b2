"""Agreement: how far two groupings of the same things are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["adjusted_rand_index", "count_pairs", "intersect"]


def adjusted_rand_index(
    one: NDArray[np.intp], two: NDArray[np.intp], weights: NDArray[np.float64] | None = None
) -> float:
    """Return the adjusted Rand index of two groupings: 1 is identical, about 0 is chance.

    Of all pairs of things, those grouped together in both; less what chance would give for
    groups of these sizes; over the most that they could give ([hubert1985]_, equation 5).
    Weighted, a pair counts by the product of its two weights instead of one.

    Parameters
    ----------
    one, two
        (n) numbers of groups, from 0 on.
    weights
        (n) weights, not negative; None weighs each one.

    Returns
    -------
    float
        1.0 also where all are alone, or all together, in both.

    References
    ----------
    .. [hubert1985] Hubert, L. and Arabie, P. (1985), Comparing partitions, Journal of
       Classification 2, 193-218.

    Examples
    --------
    >>> adjusted_rand_index(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    >>> round(adjusted_rand_index(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])), 3)
    -0.5
    """
    loads = np.ones(len(one)) if weights is None else weights
    in_one, in_two = count_pairs(one, loads), count_pairs(two, loads)
    pairs = count_pairs(np.zeros_like(one), loads)
    expected = in_one * in_two / pairs if pairs > 0 else 0.0
    highest = (in_one + in_two) / 2
    # all alone, or all together, in both: nothing is left to chance, and they are the same
    if not highest > expected:
        return 1.0
    return (count_pairs(intersect(one, two), loads) - expected) / (highest - expected)


def intersect(one: NDArray[np.intp], two: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give one number to each group of things that are together in both groupings.

    Examples
    --------
    >>> intersect(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])).tolist()
    [0, 1, 2, 2]
    """
    _, both = np.unique(np.column_stack([one, two]), axis=0, return_inverse=True)
    return both.ravel()


def count_pairs(codes: NDArray[np.intp], weights: NDArray[np.float64]) -> float:
    """Sum the products of weights over the pairs of things with one code.

    Examples
    --------
    >>> count_pairs(np.array([0, 0, 1]), np.array([2.0, 3.0, 9.0]))
    6.0
    """
    sums, squares = np.bincount(codes, weights), np.bincount(codes, weights**2)
    return float((sums**2 - squares).sum() / 2)
