"""How many municipalities a part has room for at most, where each needs a minimum.

In: the ground and a part. Out: a `Room`. Plain arithmetic divides the part's total by the minimum.
Less is possible where units cannot be told apart from others (a pocket behind one unit is in that
unit's municipality), or where one unit alone is more than the minimum (all that is above it is
lost to other municipalities), or where what is left between such units lies in small pieces.

Let m be the least sum of a municipality. A pocket whose total is below m, behind one unit, holds
no municipality of its own, so all of it that stays is in that unit's: both are one node. Nodes of
m or more are *large*; every municipality holds a large node, or lies wholly in one of the pieces
that are left without them. So there are at most as many municipalities as large nodes and, for
each piece, its total divided by m, rounded down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from amalgamation.explain.slack import certainly_below, most

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.explain.ground import Ground, Part

__all__ = ["Node", "Piece", "Room", "find_room", "least_of"]


@dataclass(frozen=True)
class Node:
    """Units that are in one municipality in every plan.

    Parameters
    ----------
    gate
        The unit that the others have to join.
    pocket
        The others, sorted; empty for a unit by itself.
    total
        Their sum of the attribute.
    """

    gate: str
    pocket: Part
    total: float


@dataclass(frozen=True)
class Piece:
    """What hangs together between large nodes.

    Parameters
    ----------
    units
        Sorted.
    total
        Their sum of the attribute.
    room
        Municipalities that can lie wholly in it.
    beside
        Gates of the large nodes that it may join, sorted.
    """

    units: Part
    total: float
    room: int
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """Hold the most municipalities of a part, by one minimum.

    Parameters
    ----------
    attribute, least
        What every municipality must have so much of.
    total
        Of the part.
    plain
        What dividing the total by the minimum would allow.
    large, nodes
        Nodes of the minimum or more; smaller nodes with a pocket.
    pieces
        What is left between the large nodes.
    """

    attribute: str
    least: float
    total: float
    plain: int
    large: tuple[Node, ...]
    nodes: tuple[Node, ...]
    pieces: tuple[Piece, ...]

    @property
    def most(self) -> int:
        """The most municipalities that any plan can have in the part."""
        return min(self.plain, len(self.large) + sum(piece.room for piece in self.pieces))


def least_of(ground: Ground, part: Part, name: str) -> float | None:
    """Return what every municipality of a part has at least; None where nothing is sure."""
    rule = ground.rules.ranges[name]
    least = ground.loosest(rule, part).min
    if least is None or not ground.adds_up(name):
        return None
    if ground.can_be_excused(rule, part):
        inner = rule.unless.get(name)
        if inner is None or inner.min is None:
            return None
        least = min(least, inner.min)
    return least if least > 0 else None


def find_room(ground: Ground, part: Part, name: str) -> Room | None:
    """Find the most municipalities of a part by the minimum of one attribute.

    Parameters
    ----------
    ground, part
        The question, and one of its parts.
    name
        An attribute with a range; None is returned where it sets no sure minimum.
    """
    least = least_of(ground, part, name)
    if least is None:
        return None
    total, values = ground.total(name, part), ground.values[name]
    tied, nodes = _merge_pockets(ground.walled.subgraph(part), values, least)
    large = {gate for gate, node in nodes.items() if not certainly_below(node.total, least)}
    return Room(
        attribute=name,
        least=least,
        total=total,
        plain=most(total, least),
        large=tuple(nodes[gate] for gate in sorted(large)),
        nodes=tuple(nodes[g] for g in sorted(set(nodes) - large) if nodes[g].pocket),
        pieces=tuple(_pieces(tied, nodes, large, least)),
    )


def _merge_pockets(
    tied: nx.Graph[str], values: Mapping[str, float], least: float
) -> tuple[nx.Graph[str], dict[str, Node]]:
    """Merge what lies behind one unit and is below the minimum into that unit, till none is."""
    graph = nx.Graph(tied)
    nodes = {unit: Node(unit, (), values[unit]) for unit in sorted(graph)}
    merged = True
    while merged:
        merged = False
        for gate in sorted(nx.articulation_points(graph)):
            if gate not in graph:
                continue
            for piece in _behind(graph, gate, nodes, least):
                nodes[gate] = _joined(nodes, gate, piece)
                for unit in piece:
                    del nodes[unit]
                graph.remove_nodes_from(piece)
                merged = True
    return graph, nodes


def _behind(
    graph: nx.Graph[str], gate: str, nodes: Mapping[str, Node], least: float
) -> list[tuple[str, ...]]:
    rest = nx.connected_components(graph.subgraph(set(graph) - {gate}))
    pieces = [tuple(sorted(piece)) for piece in rest]
    return [p for p in pieces if certainly_below(sum(nodes[unit].total for unit in p), least)]


def _joined(nodes: Mapping[str, Node], gate: str, piece: tuple[str, ...]) -> Node:
    units = {gate, *nodes[gate].pocket}
    units |= {unit for one in piece for unit in (one, *nodes[one].pocket)}
    total = nodes[gate].total + sum(nodes[one].total for one in piece)
    return Node(gate, tuple(sorted(units - {gate})), total)


def _pieces(
    graph: nx.Graph[str], nodes: Mapping[str, Node], large: set[str], least: float
) -> list[Piece]:
    found = []
    for piece in nx.connected_components(graph.subgraph(set(graph) - large)):
        units = sorted(unit for one in piece for unit in (one, *nodes[one].pocket))
        total = sum(nodes[one].total for one in piece)
        beside = sorted({other for one in piece for other in graph[one]} & large)
        found.append(Piece(tuple(units), total, most(total, least), tuple(beside)))
    return sorted(found, key=lambda piece: piece.units)
