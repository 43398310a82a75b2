"""Roads as a network: where they meet, and what each piece of them costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy import sparse
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.graph.roads import Roads
    from amalgamation.scenario.schema import RoadDistance

__all__ = ["METRES", "MINUTES", "RoadNetwork", "build_network"]

METRES = 1000.0
"""In a km."""
MINUTES = 60.0
"""In an hour."""


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """Hold the nodes of a road network and the costs between neighbouring ones.

    Parameters
    ----------
    places
        (n x 2) metres.
    costs
        (n x n) km or minutes, from row to column; a stored entry is a piece of road.
    """

    places: NDArray[np.float64]
    costs: sparse.csr_array


def build_network(roads: Roads, distance: RoadDistance) -> RoadNetwork:
    """Build the network of roads: every vertex of a line is a node.

    Lines meet where they share a vertex, and an end of a line meets every vertex within
    ``meet_m`` of it; lines that only cross, as on a bridge, do not. A piece between two
    neighbouring vertices has its km, or ``60 * km / speed`` minutes, with
    ``distance.km_per_hour`` where no speed is known. Where the file gives the length of a
    line, its pieces share it. Work grows as v log v with the number v of vertices.

    Parameters
    ----------
    roads
        In a projected CRS in metres.
    distance
        The scenario's ``graph.distance``.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from amalgamation.graph.roads import Roads
    >>> from amalgamation.scenario.schema import RoadDistance
    >>> line = gpd.GeoSeries([shapely.LineString([(0, 0), (3000, 0), (3000, 4000)])])
    >>> unknown = np.array([np.nan])
    >>> one = Roads(line, np.zeros(1, dtype=np.int64), unknown, unknown)
    >>> build_network(one, RoadDistance(roads="roads.gpkg")).costs.toarray().tolist()
    [[0.0, 3.0, 0.0], [3.0, 0.0, 4.0], [0.0, 4.0, 0.0]]
    """
    lines, road = shapely.get_parts(roads.lines.to_numpy(), return_index=True)
    points, line = shapely.get_coordinates(lines, return_index=True)
    places, node = np.unique(points, axis=0, return_inverse=True)
    joined = (line[:-1] == line[1:]) & (node[:-1] != node[1:])
    start, end, of = node[:-1][joined], node[1:][joined], road[line[:-1][joined]]
    metres = _apart(places, start, end)
    metres = metres * _stretch(roads, of, metres)
    speed = roads.km_per_hour[of]
    one, other = _meetings(places, node, line, distance.meet_m)
    ahead, back = roads.way[of] >= 0, roads.way[of] <= 0
    costs = _to_costs(
        np.concatenate([start[ahead], end[back], one]),
        np.concatenate([end[ahead], start[back], other]),
        np.concatenate([metres[ahead], metres[back], _apart(places, one, other)]),
        np.concatenate([speed[ahead], speed[back], np.full(len(one), np.nan)]),
        distance,
        len(places),
    )
    return RoadNetwork(places, costs)


def _apart(
    places: NDArray[np.float64], one: NDArray[np.intp], other: NDArray[np.intp]
) -> NDArray[np.float64]:
    step = places[one] - places[other]
    return np.hypot(step[:, 0], step[:, 1])


def _stretch(
    roads: Roads, of: NDArray[np.intp], metres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return for each piece how much longer its road is said to be than it is drawn."""
    drawn = np.bincount(of, weights=metres, minlength=len(roads.way))
    said = np.where(roads.metres > 0, roads.metres, drawn)
    stretch: NDArray[np.float64] = said[of] / drawn[of]
    return stretch


def _meetings(
    places: NDArray[np.float64], node: NDArray[np.intp], line: NDArray[np.intp], meet_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return pairs of nodes, in both directions, of which one ends a line near the other."""
    new = np.flatnonzero(np.diff(line)) + 1
    ends = np.unique(np.concatenate([node[:1], node[new - 1], node[new], node[-1:]]))
    near = cKDTree(places[ends]).sparse_distance_matrix(
        cKDTree(places), meet_m, output_type="ndarray"
    )
    one, other = ends[near["i"]], near["j"].astype(np.intp)
    apart = one != other
    one, other = one[apart], other[apart]
    return np.concatenate([one, other]), np.concatenate([other, one])


def _to_costs(
    start: NDArray[np.intp],
    end: NDArray[np.intp],
    metres: NDArray[np.float64],
    speed: NDArray[np.float64],
    distance: RoadDistance,
    nodes: int,
) -> sparse.csr_array:
    cost = metres / METRES
    if distance.km_per_hour is not None:
        cost = MINUTES * cost / np.where(np.isnan(speed), distance.km_per_hour, speed)
    # of several roads between two nodes, the cheapest: a sparse array would add them up
    order = np.lexsort((cost, end, start))
    start, end, cost = start[order], end[order], cost[order]
    first = np.ones(len(start), dtype=bool)
    first[1:] = (np.diff(start) != 0) | (np.diff(end) != 0)
    return sparse.csr_array((cost[first], (start[first], end[first])), shape=(nodes, nodes))
