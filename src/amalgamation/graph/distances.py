"""Distances from units to the seats they might belong to.

In: a `UnitGraph`, which says how distance is meant (along ties, straight, or given: a matrix,
also of ways along roads).
Out: distances between chosen units, or from every unit to its seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

from amalgamation.graph.matrix import look_up
from amalgamation.graph.ways import bound_between, bound_to_seats, find_near, search_ways

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from amalgamation.graph.unit_graph import UnitGraph

__all__ = ["Distances", "distance_to_seat", "distances_between"]

_CHUNK_CELLS = 4_000_000
"""Cells of the dense block that one call of Dijkstra fills: some 32 MB."""

_METRES = 1000.0

_Part = tuple["NDArray[np.intp]", "NDArray[np.intp]", "NDArray[np.float64]"]


@dataclass(frozen=True)
class Distances:
    """Hold distances from units to seats, both among the same chosen units.

    Parameters
    ----------
    units
        The chosen unit ids; ``unit`` and ``seat`` are positions in them.
    unit, seat
        (m) positions, ordered by unit, then seat; a pair that is absent is out of reach.
        Every unit reaches itself.
    value
        (m) distances in ``measure``; 0.0 from a unit to itself.
    measure
        ``"km"`` or ``"minutes"``.
    """

    units: tuple[str, ...]
    unit: NDArray[np.intp]
    seat: NDArray[np.intp]
    value: NDArray[np.float64]
    measure: str = "km"

    def __len__(self) -> int:
        return len(self.value)

    def to_frame(self) -> pd.DataFrame:
        """Return a table with the columns ``unit``, ``seat`` (ids) and ``value``."""
        ids = np.asarray(self.units, dtype=object)
        return pd.DataFrame({"unit": ids[self.unit], "seat": ids[self.seat], "value": self.value})


def distances_between(
    graph: UnitGraph, units: Sequence[str], limit: float | None = None
) -> Distances:
    """Compute the distances from units to seats, both among the given units.

    Ways along ties may lead through any unit of the whole graph (Dijkstra 1959), but are
    searched only where they can lie (`amalgamation.graph.ways`): for a country cut into
    blocks, time grows as the number of units with a limit; without one, as the number of
    units times that of the units around a block, within half of its width.

    Parameters
    ----------
    graph
        Says how distance is meant.
    units
        Unit ids, each once.
    limit
        Leave out what is farther, in the graph's ``distance_unit``; None leaves out only
        what cannot be reached.

    Raises
    ------
    KeyError
        If the graph does not know a unit.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.territory import grid_territory
    >>> graph = build_graph(grid_territory(1, 3))
    >>> distances_between(graph, ["r00c00", "r00c02"]).to_frame()
         unit    seat  value
    0  r00c00  r00c00    0.0
    1  r00c00  r00c02   20.0
    2  r00c02  r00c00   20.0
    3  r00c02  r00c02    0.0
    """
    nodes = np.array([graph.index[unit] for unit in units], dtype=np.intp)
    farthest = np.inf if limit is None else float(limit)
    parts = {"along_ties": _along_ties, "straight": _straight}
    compute = parts.get(graph.distance, _from_matrix)
    unit, seat, value = _joined(list(compute(graph, nodes, farthest)))
    keep = (value <= farthest) | (unit == seat)
    unit, seat, value = unit[keep], seat[keep], value[keep]
    order = np.lexsort((seat, unit))
    return Distances(tuple(units), unit[order], seat[order], value[order], graph.distance_unit)


def distance_to_seat(graph: UnitGraph, seat_of_unit: Mapping[str, str]) -> pd.Series[float]:
    """Compute the distance from each unit to its seat.

    Ways are meant as in `distances_between`. Time grows as the number of units where the
    units of a seat hang together; a seat with a unit that does not is searched for
    through the whole graph.

    Returns
    -------
    pandas.Series
        In the graph's ``distance_unit``, indexed by unit id (sorted); infinite where the
        seat cannot be reached.

    Raises
    ------
    KeyError
        If the graph does not know a unit or a seat.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.territory import grid_territory
    >>> graph = build_graph(grid_territory(1, 3))
    >>> distance_to_seat(graph, {"r00c00": "r00c00", "r00c02": "r00c00"}).to_dict()
    {'r00c00': 0.0, 'r00c02': 20.0}
    """
    ids = sorted(seat_of_unit)
    unit = np.array([graph.index[one] for one in ids], dtype=np.intp)
    seat = np.array([graph.index[seat_of_unit[one]] for one in ids], dtype=np.intp)
    ways = {"along_ties": _pairs_along_ties, "straight": _pairs_straight}
    value = ways.get(graph.distance, _pairs_given)(graph, unit, seat)
    value[unit == seat] = 0.0
    return pd.Series(value, index=pd.Index(ids, name="unit_id"), name="distance")


# --- among chosen units ---------------------------------------------------------------


def _along_ties(graph: UnitGraph, nodes: NDArray[np.intp], limit: float) -> Iterator[_Part]:
    if len(nodes) == 0:
        return
    lengths = graph.lengths
    farthest = limit if np.isfinite(limit) else bound_between(lengths, nodes)
    # no place on a way is farther than half of it from both of its ends
    near = find_near(lengths, nodes, farthest / 2)
    chosen = np.full(len(near), -1, dtype=np.intp)
    starts = np.searchsorted(near, nodes)
    chosen[starts] = np.arange(len(nodes))
    limits = np.full(len(nodes), farthest)
    for some, around, km in search_ways(lengths[near][:, near], starts, limits):
        ends = np.flatnonzero(chosen[around] >= 0)
        row, column = np.nonzero(np.isfinite(km[:, ends]))
        yield chosen[around[ends[column]]], some[row], km[row, ends[column]]


def _straight(graph: UnitGraph, nodes: NDArray[np.intp], limit: float) -> Iterator[_Part]:
    places = _places(graph)[nodes] / _METRES
    if np.isfinite(limit):
        tree = cKDTree(places)
        near = tree.sparse_distance_matrix(tree, limit, output_type="ndarray")
        yield near["i"].astype(np.intp), near["j"].astype(np.intp), near["v"]
        return
    chunks = len(nodes) ** 2 // _CHUNK_CELLS + 1
    for some in np.array_split(np.arange(len(nodes)), chunks):
        unit, seat = np.repeat(some, len(nodes)), np.tile(np.arange(len(nodes)), len(some))
        apart = places[unit] - places[seat]
        yield unit, seat, np.hypot(apart[:, 0], apart[:, 1])


def _from_matrix(graph: UnitGraph, nodes: NDArray[np.intp], limit: float) -> Iterator[_Part]:
    given = sparse.coo_array(_matrix(graph)[nodes][:, nodes])
    unit, seat = (side.astype(np.intp) for side in given.coords)
    keep = (unit != seat) & (given.data <= limit)
    yield unit[keep], seat[keep], given.data[keep].astype(np.float64)
    own = np.arange(len(nodes), dtype=np.intp)
    yield own, own, np.zeros(len(nodes))


def _joined(parts: list[_Part]) -> _Part:
    if not parts:
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    unit, seat, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    return unit, seat, value


# --- of given pairs -------------------------------------------------------------------


def _pairs_along_ties(
    graph: UnitGraph, unit: NDArray[np.intp], seat: NDArray[np.intp]
) -> NDArray[np.float64]:
    value = np.where(unit == seat, 0.0, np.inf)
    apart = np.flatnonzero(unit != seat)
    seats, of_pair = np.unique(seat[apart], return_inverse=True)
    reach = np.zeros(len(seats))
    np.maximum.at(reach, of_pair, bound_to_seats(graph.lengths, unit, seat)[apart])
    # one seat that must be searched for everywhere makes its neighbours no dearer
    for bounded in (np.isfinite(reach), np.isinf(reach)):
        which = np.flatnonzero(bounded)
        for some, near, km in search_ways(graph.lengths, seats[which], reach[which]):
            row = np.full(len(seats), -1, dtype=np.intp)
            row[which[some]] = np.arange(len(some))
            column = np.full(len(graph.ids), -1, dtype=np.intp)
            column[near] = np.arange(len(near))
            here = np.flatnonzero((row[of_pair] >= 0) & (column[unit[apart]] >= 0))
            value[apart[here]] = km[row[of_pair[here]], column[unit[apart[here]]]]
    return value


def _pairs_straight(
    graph: UnitGraph, unit: NDArray[np.intp], seat: NDArray[np.intp]
) -> NDArray[np.float64]:
    places = _places(graph) / _METRES
    apart = places[unit] - places[seat]
    return np.hypot(apart[:, 0], apart[:, 1])


def _pairs_given(
    graph: UnitGraph, unit: NDArray[np.intp], seat: NDArray[np.intp]
) -> NDArray[np.float64]:
    return look_up(_matrix(graph), unit, seat)


# --- what the graph gives -------------------------------------------------------------


def _places(graph: UnitGraph) -> NDArray[np.float64]:
    if graph.places is None:
        msg = "straight distances need the seats' places, and this graph has none"
        raise ValueError(msg)
    return graph.places


def _matrix(graph: UnitGraph) -> sparse.csr_array:
    if graph.matrix is None:
        msg = "distances from a matrix need the matrix, and this graph has none"
        raise ValueError(msg)
    return graph.matrix
