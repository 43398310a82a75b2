"""Shortest ways along ties or roads, each searched only where it can lie.

In: the lengths of ties or of pieces of road, where ways start, and how far they may lead.
Out: distances, for a few neighbouring starts at a time. A search from each of n units
through a whole graph of n would grow as n squared; a way of at most L that starts at a unit
leads only through units within L of it, so that with a limit the work grows as the number
of starts times the units within the limit of them. The distances are the same to the last
bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["bound_between", "bound_to_seats", "find_near", "search_ways"]

_CHUNK_CELLS = 4_000_000
"""Cells of the dense block that one call of Dijkstra fills: some 32 MB."""

_TOGETHER = 256
"""Starts that are searched together: they share a neighbourhood, and its cost."""

_ROUNDING = 1 + 1e-9
"""A bound is a sum in one order, a way a sum in another."""


def search_ways(
    lengths: sparse.csr_array, starts: NDArray[np.intp], limits: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]]:
    """Search the shortest ways from each start (Dijkstra 1959).

    Parameters
    ----------
    lengths
        (n x n) from row to column; a stored entry is a tie, or a piece of road.
    starts
        Nodes, each once.
    limits
        How far to search from each start, at least; infinite for all that it reaches.

    Yields
    ------
    tuple
        Positions in ``starts``; the nodes near them, sorted; and the distances, shape
        (starts, nodes), infinite where none was found.
    """
    for some in _neighbourhoods(lengths, starts):
        limit = float(limits[some].max())
        near = find_near(lengths, starts[some], limit)
        part = lengths[near][:, near]
        chunks = len(some) * len(near) // _CHUNK_CELLS + 1
        for few in np.array_split(some, min(chunks, len(some))):
            inside = np.searchsorted(near, starts[few])
            yield few, near, csgraph.dijkstra(part, indices=inside, limit=limit)


def find_near(
    lengths: sparse.csr_array, nodes: NDArray[np.intp], radius: float
) -> NDArray[np.intp]:
    """Find the nodes within a radius from any of the given ones, sorted."""
    found = csgraph.dijkstra(lengths, indices=nodes, limit=radius * _ROUNDING, min_only=True)
    return np.flatnonzero(np.isfinite(found))


def bound_between(lengths: sparse.csr_array, nodes: NDArray[np.intp]) -> float:
    """Bound the shortest ways between any two of some nodes.

    Returns
    -------
    float
        Twice the radius of the nodes around one in their middle, along ties among
        themselves; infinite where these do not join them all.
    """
    inner = lengths[nodes][:, nodes]
    one = _from_one(inner, 0)
    other = _from_one(inner, one.argmax())
    another = _from_one(inner, other.argmax())
    middle = np.maximum(other, another).argmin()
    return float(2 * _from_one(inner, middle).max() * _ROUNDING)


def bound_to_seats(
    lengths: sparse.csr_array, unit: NDArray[np.intp], seat: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Bound the shortest way from each unit to its seat.

    Parameters
    ----------
    lengths
        (n x n) symmetric.
    unit, seat
        Nodes; each unit once.

    Returns
    -------
    numpy.ndarray
        The way through units of the same seat, infinite where there is none.
    """
    home = np.full(lengths.shape[0], -1, dtype=np.intp)
    home[unit] = seat
    ties = lengths.tocoo()
    inside = home[ties.row] == home[ties.col]
    ends = (ties.row[inside], ties.col[inside])
    kept = sparse.csr_array((ties.data[inside], ends), shape=lengths.shape)
    found, _, start = csgraph.dijkstra(
        kept, indices=np.unique(seat), min_only=True, return_predecessors=True
    )
    return np.where(start[unit] == seat, found[unit], np.inf)


def _from_one(lengths: sparse.csr_array, start: int | np.intp) -> NDArray[np.float64]:
    return csgraph.dijkstra(lengths, indices=np.array([start])).ravel()


def _neighbourhoods(lengths: sparse.csr_array, starts: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Part the starts by the nearest of a few hubs, whatever their order is."""
    every = np.arange(len(starts))
    if len(starts) <= _TOGETHER:
        return [every] if len(starts) else []
    _, _, nearest = csgraph.dijkstra(
        lengths, indices=starts[::_TOGETHER], min_only=True, return_predecessors=True
    )
    hub = nearest[starts]
    order = np.argsort(hub, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(hub[order])) + 1)
