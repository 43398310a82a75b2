"""Distances that a matrix or a road network lacks: told, refused, or by a stated fallback."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from amalgamation.scenario.schema import Fallback

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from amalgamation.scenario.schema import MatrixDistance, RoadDistance
    from amalgamation.territory.ledger import Ledger

__all__ = ["fill_matrix", "tell_missing"]

_METRES = 1000.0
_MINUTES = 60.0
_MOST_NAMED = 10


def fill_matrix(
    matrix: sparse.csr_array,
    places: NDArray[np.float64] | None,
    distance: MatrixDistance | RoadDistance,
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


def tell_missing(
    matrix: sparse.csr_array,
    ids: Sequence[str],
    distance: MatrixDistance | RoadDistance,
    where: str,
    ledger: Ledger,
) -> None:
    """Tell how many pairs of units have no distance, unless the fallback fills them.

    Parameters
    ----------
    matrix
        (n x n) in the order of ``ids``, with its diagonal.
    distance
        Says what the fallback is.
    where
        File or key, for the message.
    ledger
        Takes a note, or an error where the fallback is ``error``.

    Raises
    ------
    DataError
        If the fallback is ``error`` and a pair is missing.
    """
    n = len(ids)
    missing = n * n - matrix.nnz
    found = f"{missing:,} of {n * (n - 1):,} pairs of units without a distance"
    if missing and distance.fallback == "error":
        gaps = (
            f"{ids[row]} - {ids[column]}"
            for row in range(n)
            for column in sorted(set(range(n)) - set(matrix.indices[_row(matrix, row)].tolist()))
        )
        named = list(itertools.islice(gaps, _MOST_NAMED))
        more = f" and {missing - len(named):,} more" if missing > len(named) else ""
        ledger.error(
            "pairs-missing",
            where,
            f"{found}: {', '.join(named)}{more}",
            "a distance for each pair, in both directions",
            "add them, or choose another graph.distance.fallback",
        )
        ledger.refuse()
    if missing and distance.fallback == "out_of_reach":
        ledger.note("pairs-out-of-reach", where, f"{found}: out of reach")


def _row(matrix: sparse.csr_array, at: int) -> slice:
    return slice(matrix.indptr[at], matrix.indptr[at + 1])
