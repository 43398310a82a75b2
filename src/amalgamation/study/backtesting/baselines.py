"""Plans that need no optimisation: what any other must be better than.

In: a unit graph. Out: unit -> group; each group is contiguous.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.graph import UnitGraph

__all__ = ["draw_at_random", "merge_smallest"]


def merge_smallest(
    graph: UnitGraph, people: Mapping[str, float], least: float, number: int = 1
) -> dict[str, str]:
    """Merge the smallest group into the neighbour with which it shares the longest border.

    So GIS tools eliminate small polygons; ties without a border (declared links) come last,
    and of equals the first by code.

    Parameters
    ----------
    graph
        Units and ties.
    people
        Unit -> residents.
    least
        Merging ends when every group that has a neighbour has so many residents,
    number
        or when there are so few groups.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Graph
    >>> from amalgamation.territory import grid_territory
    >>> graph = build_graph(grid_territory(1, 3), Graph(), Path())
    >>> merge_smallest(graph, {"r00c00": 1, "r00c01": 5, "r00c02": 3}, 3)
    {'r00c00': 'r00c01', 'r00c01': 'r00c01', 'r00c02': 'r00c02'}
    """
    borders = _borders(graph)
    load = {unit: float(people[unit]) for unit in graph.ids}
    members = {unit: [unit] for unit in graph.ids}
    while len(members) > number:
        small = [group for group in members if borders[group] and load[group] < least]
        if not small:
            break
        group = min(small, key=lambda each: (load[each], each))
        into = min(borders[group], key=lambda each: (-borders[group][each], each))
        load[into] += load.pop(group)
        members[into] += members.pop(group)
        _join(borders, group, into)
    groups = {unit: group for group, units in members.items() for unit in units}
    return dict(sorted(groups.items()))


def _borders(graph: UnitGraph) -> dict[str, dict[str, float]]:
    """Return group -> neighbouring group -> km of border between them."""
    borders: dict[str, dict[str, float]] = {unit: {} for unit in graph.ids}
    for a, b, km in graph.ties[["a", "b", "border_km"]].itertuples(index=False):
        borders[a][b] = borders[b][a] = float(km)
    return borders


def _join(borders: dict[str, dict[str, float]], group: str, into: str) -> None:
    for other, km in borders.pop(group).items():
        del borders[other][group]
        if other != into:
            borders[into][other] = borders[other][into] = borders[into].get(other, 0.0) + km


def draw_at_random(graph: UnitGraph, number: int, seed: int) -> dict[str, str]:
    """Draw a contiguous map at random: a random spanning tree, cut at random ties.

    Parameters
    ----------
    graph
        Units and ties.
    number
        Groups; at least as many as the graph has components.
    seed
        Of tree and cuts.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Graph
    >>> from amalgamation.territory import grid_territory
    >>> graph = build_graph(grid_territory(2, 3), Graph(), Path())
    >>> len(set(draw_at_random(graph, 3, seed=1).values()))
    3
    """
    random = np.random.default_rng(seed)
    forest = _random_forest(graph, random)
    ties = sorted(tuple(sorted(tie)) for tie in forest.edges)
    cuts = max(0, number - len(graph.components))
    cut = random.choice(len(ties), size=min(cuts, len(ties)), replace=False)
    forest.remove_edges_from([ties[position] for position in cut.tolist()])
    groups = {unit: min(part) for part in nx.connected_components(forest) for unit in part}
    return dict(sorted(groups.items()))


def _random_forest(graph: UnitGraph, random: np.random.Generator) -> nx.Graph[str]:
    """Return the lightest trees of ties with random lengths."""
    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(graph.ids)
    ties = sorted(graph.ties[["a", "b"]].itertuples(index=False, name=None))
    lengths = random.random(len(ties)).tolist()
    drawn.add_weighted_edges_from((a, b, km) for (a, b), km in zip(ties, lengths, strict=True))
    return nx.minimum_spanning_tree(drawn)
