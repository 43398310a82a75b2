"""Look entries of a sparse matrix of distances up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["look_up"]


def look_up(
    matrix: sparse.csr_array, row: NDArray[np.intp], column: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the distances of some pairs; infinite where nothing is stored.

    A stored zero is a distance, an absent entry is out of reach: indexing would mix them up.

    Examples
    --------
    >>> given = sparse.csr_array(([0.0], ([0], [1])), shape=(2, 2))
    >>> look_up(given, np.array([0, 1]), np.array([1, 0])).tolist()
    [0.0, inf]
    """
    given, n = sparse.coo_array(matrix), matrix.shape[1]
    known = pd.Series(given.data, index=given.row.astype(np.int64) * n + given.col)
    wanted = row.astype(np.int64) * n + column
    return known.reindex(wanted).fillna(np.inf).to_numpy(np.float64, copy=True)
