"""Distances between seats along roads.

In: seats and a road network. Out: a matrix of distances, and what a planner must know of
it: seats far from any road, roads that do not join them, neighbours that only a detour joins.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from amalgamation.findings import name_some
from amalgamation.graph.matrix import look_up
from amalgamation.graph.road_network import METRES, MINUTES, build_network
from amalgamation.graph.ways import search_ways
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from amalgamation.graph.road_network import RoadNetwork
    from amalgamation.graph.roads import Roads
    from amalgamation.scenario.schema import RoadDistance
    from amalgamation.territory import Territory
    from amalgamation.territory.ledger import Ledger

__all__ = ["build_road_matrix", "check_detours"]

Pair = tuple[str, str]

_KEY = "graph.distance"
_DETOUR = 3.0
"""Neighbours whose way is so many times as long as the crow flies have no bridge, or no road."""


def build_road_matrix(
    roads: Roads,
    territory: Territory,
    places: NDArray[np.float64],
    distance: RoadDistance,
    ledger: Ledger,
) -> sparse.csr_array:
    """Compute the distances from each seat to each other along roads (Dijkstra 1959).

    Value of a pair: from the one seat to its nearest node as the crow flies, along the
    network, and from the other's node to that seat as the crow flies. What is above
    ``distance.farthest`` is left out. Work and memory grow as the number of seats times the
    nodes, and the seats, within that distance of one.

    Parameters
    ----------
    roads
        In the CRS of their file.
    territory
        The units, with polygons: their CRS is the one to measure in.
    places
        (n x 2) seats in metres.
    distance
        The scenario's.
    ledger
        Takes seats that lie far from any road, or on roads that lead to few others.

    Returns
    -------
    scipy.sparse.csr_array
        (n x n) from row to column, in the distance's unit; zeros are stored.

    Raises
    ------
    DataError
        If there are no polygons, or every seat lies far from any road.
    """
    if territory.crs is None:
        ledger.error("no-places", _KEY, f"roads, but {territory.name} has no polygons", "polygons",
                     "give the distances as graph.distance.matrix")  # fmt: skip
        ledger.refuse()
    lines = roads.lines.to_crs(territory.crs)
    if not np.isfinite(lines.total_bounds).all():
        _refuse_elsewhere("coordinates that lie nowhere on Earth", ledger)
    network = build_network(replace(roads, lines=lines), distance)
    leg, node = cKDTree(network.places).query(places)
    km = np.asarray(leg, dtype=np.float64) / METRES
    _check_legs(km, territory, distance, ledger)
    _tell_parts(network, np.asarray(node, dtype=np.intp), territory, ledger)
    pace = 1.0 if distance.km_per_hour is None else MINUTES / distance.km_per_hour
    return _to_matrix(network, np.asarray(node, dtype=np.intp), km * pace, distance.farthest)


def _refuse_elsewhere(found: str, ledger: Ledger) -> None:
    ledger.error(
        "roads-elsewhere",
        f"{_KEY}.roads",
        found,
        "roads where the units are",
        f"correct the file or {_KEY}.crs: longitude and latitude may be swapped",
    )
    ledger.refuse()


def _check_legs(
    km: NDArray[np.float64], territory: Territory, distance: RoadDistance, ledger: Ledger
) -> None:
    far = km > distance.far_km
    if far.all():
        nearest = f"the nearest is {km.min():,.0f} km off"
        _refuse_elsewhere(f"no road within {distance.far_km:g} km of any seat; {nearest}", ledger)
    ids = [territory.ids[at] for at in np.argsort(-km, kind="stable")[: int(far.sum())]]
    if ids:
        off = dict(zip(territory.ids, km.tolist(), strict=True))
        named = [f"{territory.labels[unit]} ({off[unit]:,.1f} km)" for unit in ids]
        ledger.warn(
            "seat-off-road",
            f"{_KEY}.roads",
            f"{count_of(len(ids), 'seat')} more than {distance.far_km:g} km from the nearest road: "
            f"{name_some(named)}",
            "the way there counts as the crow flies: add the roads that are missing",
            *sorted(ids),
        )


def _tell_parts(
    network: RoadNetwork, node: NDArray[np.intp], territory: Territory, ledger: Ledger
) -> None:
    """Tell of seats from which no road leads to most others and back."""
    _, part = csgraph.connected_components(network.costs, connection="strong")
    own = part[node]
    most = np.bincount(own).argmax()
    cut_off = [unit for unit, one in zip(territory.ids, own, strict=True) if one != most]
    if cut_off:
        named = name_some([territory.labels[unit] for unit in cut_off])
        ledger.warn(
            "roads-apart",
            f"{_KEY}.roads",
            f"{count_of(len(cut_off), 'seat')} on roads that do not lead to most others and back: "
            f"{named}",
            f"join the roads, or raise {_KEY}.meet_m",
            *cut_off,
        )


def _to_matrix(
    network: RoadNetwork, node: NDArray[np.intp], leg: NDArray[np.float64], farthest: float
) -> sparse.csr_array:
    starts, at = np.unique(node, return_inverse=True)
    seats = pd.DataFrame({"unit": np.arange(len(node)), "start": at, "leg": leg})
    parts = []
    for some, near, ways in search_ways(network.costs, starts, np.full(len(starts), farthest)):
        column = np.searchsorted(near, starts)
        there = np.flatnonzero(near[np.minimum(column, len(near) - 1)] == starts)
        way = ways[:, column[there]]
        row, end = np.nonzero(np.isfinite(way))
        pairs = pd.DataFrame({"from": some[row], "to": there[end], "way": way[row, end]})
        parts.append(_between_seats(pairs, seats, farthest))
    both = pd.concat(parts)
    ends = (both["unit"].to_numpy(np.intp), both["seat"].to_numpy(np.intp))
    return sparse.csr_array((both["value"].to_numpy(np.float64), ends), shape=(len(node),) * 2)


def _between_seats(pairs: pd.DataFrame, seats: pd.DataFrame, farthest: float) -> pd.DataFrame:
    """Add the ways from seats to their nodes; a seat reaches itself in 0."""
    ends = seats.rename(columns={"unit": "seat", "start": "end", "leg": "last"})
    both = pairs.merge(seats, left_on="from", right_on="start")
    both = both.merge(ends, left_on="to", right_on="end")
    value = both["leg"] + both["way"] + both["last"]
    own = both["unit"] == both["seat"]
    value = value.where(~own, 0.0)
    return both.assign(value=value).loc[own | (value <= farthest), ["unit", "seat", "value"]]


def check_detours(
    ties: Mapping[Pair, object] | Collection[Pair],
    matrix: sparse.csr_array,
    places: NDArray[np.float64],
    territory: Territory,
    ledger: Ledger,
) -> None:
    """Tell of tied neighbours between whose seats the roads make a long detour, or none leads.

    A river that nobody declared shows here: a border ties the units, a road does not. The
    shorter of the two directions counts, against three times the way as the crow flies.

    Parameters
    ----------
    ties
        Pairs of unit ids.
    matrix
        (n x n) km along roads; what is absent is out of reach.
    places
        (n x 2) seats in metres.
    territory
        The units.
    ledger
        Takes the warning, the longest detour first.
    """
    pairs = sorted(ties)
    index = {unit: at for at, unit in enumerate(territory.ids)}
    one, other = (np.array([index[pair[side]] for pair in pairs], dtype=np.intp) for side in (0, 1))
    step = places[one] - places[other]
    straight = np.hypot(step[:, 0], step[:, 1]) / METRES
    way = np.minimum(look_up(matrix, one, other), look_up(matrix, other, one))
    order = np.argsort(-way / np.maximum(straight, 1 / METRES), kind="stable")
    long = [at for at in order.tolist() if way[at] > _DETOUR * straight[at]]
    if not long:
        return
    named = [_detour(pairs[at], float(way[at]), float(straight[at]), territory) for at in long]
    ledger.warn(
        "detour",
        _KEY,
        f"{count_of(len(long), 'pair')} of tied neighbours whose way by road is more than "
        f"{_DETOUR:g} times as long as the crow flies: {name_some(named)}",
        "a river or a range may lie between them: declare graph.cuts or graph.barriers",
        *sorted({unit for at in long for unit in pairs[at]}),
    )


def _detour(pair: Pair, way: float, straight: float, territory: Territory) -> str:
    both = " - ".join(territory.labels[unit] for unit in pair)
    found = f"{way:,.1f} km" if np.isfinite(way) else "no way"
    return f"{both} ({found} by road, {straight:,.1f} km straight)"
