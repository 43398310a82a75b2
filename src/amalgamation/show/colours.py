"""Colours: soft, safe for the colour-blind, and never the same on two neighbours."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["HUES", "PALETTE", "colour_neighbours", "fill_neighbours"]

PALETTE = ("#a9c9e8", "#f4e7ae", "#8fd4bf", "#f3b39d", "#d8e08a", "#fbc8d4", "#d9d9d9")
"""Six hues of Paul Tol's "light" scheme, lightened so that names stay readable, and a grey.

Six are enough for any plane map (see `colour_neighbours`); the grey is for maps where
more than three municipalities meet in one point. Source: Tol, P. (2021), Colour schemes,
SRON technical note SRON/EPS/TN/09-002.
"""


HUES = 6
"""How many colours of the palette are used wherever they suffice."""


def colour_neighbours(polygons: gpd.GeoSeries, colours: int = HUES) -> pd.Series[int]:
    """Give numbers to polygons so that no two that touch have the same number.

    Polygons are numbered in smallest-last order ([matula1983]_), each with the number
    that is used least so far among those that its neighbours leave free. In that order a
    plane map never leaves fewer than one of six free, as each vertex has at most five
    neighbours before it.

    Parameters
    ----------
    polygons
        In any CRS.
    colours
        How many numbers there are; where these do not suffice, one more is added.

    Returns
    -------
    pandas.Series
        Numbers from 0, on the index of ``polygons``; the same for the same polygons.

    References
    ----------
    .. [matula1983] Matula, D. W. and Beck, L. L. (1983), Smallest-last ordering and
       clustering and graph coloring algorithms, Journal of the ACM 30 (3), 417-427.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> colour_neighbours(grid_territory(1, 3).geometry).to_list()
    [2, 1, 0]
    """
    graph = _touching(polygons)
    chosen: dict[int, int] = {}
    used = [0] * colours
    for node in _smallest_last(graph):
        taken = {chosen[other] for other in graph[node] if other in chosen}
        free = [colour for colour in range(len(used)) if colour not in taken]
        if not free:
            free = [len(used)]
            used.append(0)
        chosen[node] = min(free, key=lambda colour: (used[colour], colour))
        used[chosen[node]] += 1
    return pd.Series([chosen[node] for node in sorted(chosen)], polygons.index, name="colour")


def fill_neighbours(polygons: gpd.GeoSeries) -> pd.Series[str]:
    """Give each polygon a colour of the palette (``#rrggbb``) that no neighbour has.

    Parameters
    ----------
    polygons
        In any CRS.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> fill_neighbours(grid_territory(1, 2).geometry).to_list()
    ['#f4e7ae', '#a9c9e8']
    """
    numbers = colour_neighbours(polygons)
    fills = [PALETTE[number % len(PALETTE)] for number in numbers]
    return pd.Series(fills, polygons.index, name="fill")


def _touching(polygons: gpd.GeoSeries) -> nx.Graph[int]:
    shapes = polygons.to_numpy()
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    graph: nx.Graph[int] = nx.Graph()
    # numbered nodes: a set of strings would change its order from run to run
    graph.add_nodes_from(range(len(shapes)))
    graph.add_edges_from(pairs[pairs[:, 0] < pairs[:, 1]].tolist())
    return graph


def _smallest_last(graph: nx.Graph[int]) -> list[int]:
    degrees = dict(graph.degree())
    heap = [(degree, node) for node, degree in degrees.items()]
    heapq.heapify(heap)
    last_first: list[int] = []
    while heap:
        degree, node = heapq.heappop(heap)
        if degrees.get(node) != degree:
            continue  # an entry from before a neighbour went
        del degrees[node]
        last_first.append(node)
        for other in graph[node]:
            if other in degrees:
                degrees[other] -= 1
                heapq.heappush(heap, (degrees[other], other))
    return last_first[::-1]
