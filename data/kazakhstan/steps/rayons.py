"""Rayons: contiguous groups of third-tier units inside an oblast, of about equal number.

In: units with prefix and type.  Out: the number of each unit's rayon within its oblast,
counted from the north-west; 0 for cities, which stand beside the rayons.
"""

from collections import defaultdict
from typing import TypeAlias

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely

from .settings import EQUAL_AREA, OWN_KIND

Graph: TypeAlias = "nx.Graph[int]"

ROUNDS = 8  # of growing from new centres
LEAST_BORDER_M = 100  # shorter borders are corners


def build_rayons(units: gpd.GeoDataFrame, rayons: pd.Series) -> np.ndarray:
    """Build rayons in every oblast; `rayons` gives their number by prefix."""
    numbers = np.zeros(len(units), dtype=int)
    third = units[~units["type"].isin(OWN_KIND)].to_crs(EQUAL_AREA)
    for prefix, group in third.groupby("prefix", sort=True):
        graph = build_border_graph(group)
        if not nx.is_connected(graph):
            msg = f"oblast {prefix}: a city cuts off {min(nx.connected_components(graph), key=len)}"
            raise RuntimeError(msg)
        regions = _balance(graph, _grow_regions(graph, int(rayons[prefix])))
        numbers[group.index] = _number(graph, group.index.to_numpy(), regions)
    return numbers


def build_border_graph(units: gpd.GeoDataFrame) -> Graph:
    """Build the graph of units that share a border; nodes carry their position."""
    shapes = units.geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    border = shapely.length(shapely.intersection(shapes[one], shapes[other]))
    labels = units.index.to_numpy()
    graph: Graph = nx.Graph()
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    graph.add_nodes_from((label, {"at": at}) for label, at in zip(labels, centres, strict=True))
    real = border >= LEAST_BORDER_M
    graph.add_edges_from(zip(labels[one[real]], labels[other[real]], strict=True))
    return graph


def _grow_regions(graph: Graph, count: int) -> dict[int, int]:
    """Grow regions from centres that move to the middle of what has grown."""
    nodes = sorted(graph)
    at = np.array([graph.nodes[node]["at"] for node in nodes])
    centres = _choose_far_apart(at, count)
    for _ in range(ROUNDS):
        region = _grow_once(graph, nodes, at, centres)
        numbers = np.array([region[node] for node in nodes])
        centres = np.array([at[numbers == number].mean(axis=0) for number in range(count)])
    return region


def _choose_far_apart(at: np.ndarray, count: int) -> np.ndarray:
    """Choose points one by one, each the farthest from those chosen before."""
    chosen = [int(np.argmin(at @ [1, -1]))]  # the north-western corner
    nearest = np.full(len(at), np.inf)
    while len(chosen) < count:
        nearest = np.minimum(nearest, np.linalg.norm(at - at[chosen[-1]], axis=1))
        chosen.append(int(np.argmax(nearest)))
    return at[chosen]


def _grow_once(
    graph: Graph, nodes: list[int], at: np.ndarray, centres: np.ndarray
) -> dict[int, int]:
    """Grow all regions at once; the smallest takes the free neighbour nearest its centre."""
    distance = np.linalg.norm(at[:, None] - centres[None, :], axis=2)
    row = {node: number for number, node in enumerate(nodes)}
    region: dict[int, int] = {}
    sizes = [0] * len(centres)
    while len(region) < len(nodes):
        for number in sorted(range(len(centres)), key=lambda n: (sizes[n], n)):
            free = _find_free(graph, region, number) if sizes[number] else set(nodes) - set(region)
            if free:
                node = min(free, key=lambda unit: (distance[row[unit], number], unit))
                region[node] = number
                sizes[number] += 1
                break
    return region


def _find_free(graph: Graph, region: dict[int, int], number: int) -> set[int]:
    """Find the units without a region beside those of one region."""
    own = [node for node, at in region.items() if at == number]
    return {other for node in own for other in graph[node] if other not in region}


def _balance(graph: Graph, region: dict[int, int]) -> dict[int, int]:
    """Move units from large regions to smaller neighbours while both stay contiguous."""
    members: dict[int, set[int]] = defaultdict(set)
    for node, number in region.items():
        members[number].add(node)
    while move := _find_move(graph, region, members):
        node, number = move
        members[region[node]].remove(node)
        members[number].add(node)
        region[node] = number
    return region


def _find_move(
    graph: Graph, region: dict[int, int], members: dict[int, set[int]]
) -> tuple[int, int] | None:
    """Find a unit whose move to a neighbouring region evens out two sizes by two or more."""
    for node in sorted(region, key=lambda unit: (-len(members[region[unit]]), unit)):
        own = region[node]
        beside = {region[other] for other in graph[node]} - {own}
        if not beside:
            continue
        target = min(beside, key=lambda number: (len(members[number]), number))
        rest = members[own] - {node}
        if len(rest) > len(members[target]) and nx.is_connected(graph.subgraph(rest)):
            return node, target
    return None


def _number(graph: Graph, labels: np.ndarray, region: dict[int, int]) -> np.ndarray:
    """Count regions from 1 in reading order: northern bands first, then from the west."""
    regions = np.array([region[label] for label in labels])
    at = np.array([graph.nodes[label]["at"] for label in labels])
    middle = np.array([at[regions == number].mean(axis=0) for number in range(regions.max() + 1)])
    band = np.floor(middle[:, 1] / 150_000)  # bands of 150 km
    order = np.lexsort([middle[:, 0], -band])
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(1, len(order) + 1)
    numbers: np.ndarray = rank[regions]
    return numbers
