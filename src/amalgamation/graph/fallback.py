"""Distances that a matrix lacks, by a stated fallback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from amalgamation.scenario.schema import Fallback

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.scenario.schema import MatrixDistance
    from amalgamation.territory.ledger import Ledger

__all__ = ["fill_matrix"]

_METRES = 1000.0
_MINUTES = 60.0


def fill_matrix(
    matrix: sparse.csr_array,
    places: NDArray[np.float64] | None,
    distance: MatrixDistance,
    ledger: Ledger,
) -> sparse.csr_array:
    """Fill pairs that a matrix lacks with straight distances times a factor.

    Value of a pair: ``straight * km`` or, in minutes, ``60 * straight * km / km_per_hour``,
    where km is the distance between the two seats as the crow flies.

    Parameters
    ----------
    matrix
        (n x n) from row to column; zeros are stored, absent pairs are not.
    places
        (n x 2) seats in metres.
    distance
        Says what the fallback is; anything but a factor leaves the matrix as it is.
    ledger
        Takes how many pairs were filled.

    Raises
    ------
    DataError
        If nothing says where the seats lie.
    """
    fallback = distance.fallback
    if not isinstance(fallback, Fallback):
        return matrix
    if places is None:
        ledger.error(
            "no-places",
            "graph.distance.fallback",
            "straight distances, but no places of seats",
            "polygons, or columns seat_lon and seat_lat",
            "choose graph.distance.fallback: out_of_reach",
        )
        ledger.refuse()
        return matrix
    given = sparse.coo_array(matrix)
    tree = cKDTree(places / _METRES)
    near = tree.sparse_distance_matrix(tree, fallback.within_km, output_type="ndarray")
    n = len(places)
    lacking = ~np.isin(near["i"] * n + near["j"], given.row.astype(np.int64) * n + given.col)
    row, column = near["i"][lacking], near["j"][lacking]
    pace = fallback.straight * (_MINUTES / fallback.km_per_hour if fallback.km_per_hour else 1.0)
    ledger.warn(
        "pairs-filled",
        "graph.distance.fallback",
        f"{len(row):,} pairs without a distance: straight times {fallback.straight:g}, "
        f"up to {fallback.within_km:g} km",
    )
    value = np.concatenate([given.data, near["v"][lacking] * pace])
    at = (np.concatenate([given.row, row]), np.concatenate([given.col, column]))
    return sparse.csr_array((value, at), shape=(n, n))
