"""The Pareto set: plans that no other one beats in every respect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["find_pareto"]


def find_pareto(values: NDArray[np.float64], higher_is_better: Sequence[bool]) -> NDArray[np.bool_]:
    """Find the rows that no other row dominates ([ehrgott2005]_, definition 2.1).

    One row dominates another where it is nowhere worse, and better in one column at least.
    Equal rows do not dominate each other. A row with a missing figure is in no set and
    dominates nothing: nothing is known of it.

    Parameters
    ----------
    values
        (n, k) figures; a column is a measure.
    higher_is_better
        (k) which direction is the better one.

    Returns
    -------
    numpy.ndarray
        (n) whether the row is in the set.

    References
    ----------
    .. [ehrgott2005] Ehrgott, M. (2005), Multicriteria Optimization, 2nd edition, Springer.

    Examples
    --------
    >>> figures = np.array([[1.0, 5.0], [2.0, 4.0], [2.0, 5.0], [np.nan, 0.0]])
    >>> find_pareto(figures, [False, False]).tolist()
    [True, True, False, False]
    """
    ups = np.where(np.asarray(higher_is_better, dtype=bool), -1.0, 1.0) * values
    known: NDArray[np.bool_] = np.logical_not(np.isnan(ups).any(axis=1))
    found: NDArray[np.bool_] = known.copy()
    for at in np.flatnonzero(known):
        others = ups[known]
        beaten = (others <= ups[at]).all(axis=1) & (others < ups[at]).any(axis=1)
        found[at] = not beaten.any()
    return found
