"""Blocks: the pieces of the country that walls and water make independent."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from amalgamation.graph import distances_between
from amalgamation.model.block import Block, Pairs
from amalgamation.model.canonical import canonical_pairs
from amalgamation.model.rules.reach import with_slack

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from amalgamation.graph import UnitGraph
    from amalgamation.model.rules import Rule
    from amalgamation.scenario.schema import Rules
    from amalgamation.territory import Territory

__all__ = ["build_blocks"]


def build_blocks(
    rules: Rules,
    territory: Territory,
    graph: UnitGraph,
    admitting: Sequence[Rule],
    *,
    seat_matters: bool = True,
    leavable: Collection[str] = (),
) -> tuple[Block, ...]:
    """Split the territory into blocks, ordered by their first unit.

    Parameters
    ----------
    rules
        The scenario's rules: walls and like categories split, reach limits the distances
        that are computed.
    territory, graph
        Units and ties. The graph may know more units than the territory: ways lead through
        them, municipalities do not.
    admitting
        Rule objects; a pair stands only if all of them admit it.
    seat_matters
        False where nobody asks for the seat: then every pair is one pair of each two
        units, whatever their distance.
    leavable
        Units that may be left outside every municipality.
    """
    pieces = _split(rules, territory, graph)
    words = {category: territory.category(category) for category in territory.categories}
    blocks = [
        _with_words(_build_block(piece, rules, territory, graph, name, leavable), words)
        for piece, name in zip(pieces, _names(pieces, rules, territory), strict=True)
    ]
    return tuple(
        _with_admitted_pairs(
            block, block.distances if seat_matters else canonical_pairs(block), admitting
        )
        for block in blocks
    )


def _split(rules: Rules, territory: Territory, graph: UnitGraph) -> list[tuple[str, ...]]:
    open_ties = graph.graph.subgraph(territory.ids).copy()
    sides = [territory.units[tier] for tier in rules.walls]
    sides += [territory.category(name) for name in rules.like]
    for side in sides:
        of = side.to_dict()
        open_ties.remove_edges_from([(a, b) for a, b in open_ties.edges if of[a] != of[b]])
    return sorted(tuple(sorted(piece)) for piece in nx.connected_components(open_ties))


def _names(pieces: Sequence[tuple[str, ...]], rules: Rules, territory: Territory) -> list[str]:
    """Name blocks by their side of each wall; by their first unit where that holds several."""
    sides = [
        *(_parent_names(tier, territory) for tier in rules.walls),
        *(_values(name, territory) for name in rules.like),
    ]
    names = [" / ".join(side[piece[0]] for side in sides) for piece in pieces]
    blocks_of = Counter(names)
    return [
        _name(name, territory.labels[piece[0]], territory, shared=blocks_of[name] > 1)
        for piece, name in zip(pieces, names, strict=True)
    ]


def _parent_names(tier: str, territory: Territory) -> dict[str, str]:
    codes = territory.units[tier].astype(str)
    return {str(unit): territory.parent_name(tier, code) for unit, code in codes.items()}


def _values(category: str, territory: Territory) -> dict[str, str]:
    values = territory.category(category)
    return {str(unit): value or f"no {category}" for unit, value in values.items()}


def _name(name: str, label: str, territory: Territory, *, shared: bool) -> str:
    if not name:
        return label if shared else territory.name
    return f"{name}: {label}" if shared else name


def _build_block(
    piece: tuple[str, ...],
    rules: Rules,
    territory: Territory,
    graph: UnitGraph,
    name: str,
    leavable: Collection[str],
) -> Block:
    units = territory.units.loc[list(piece)]
    ties, border = _ties_inside(piece, graph)
    reach = rules.reach_km or rules.reach_minutes
    found = distances_between(graph, piece, with_slack(reach.max) if reach else None)
    distances = Pairs(found.unit, found.seat, found.value)
    return Block(
        name=name,
        ids=piece,
        labels=tuple(territory.labels[unit] for unit in piece),
        attributes={a: units[a].to_numpy(dtype=np.float64) for a in territory.attributes},
        parents={tier: tuple(units[tier].astype(str)) for tier in territory.tiers},
        types=tuple(units["type"].astype(str)) if "type" in units else ("",) * len(piece),
        ties=ties,
        border_km=border,
        distances=distances,
        pairs=distances,
        distance_unit=graph.distance_unit,
        leavable=tuple(at for at, unit in enumerate(piece) if unit in leavable),
    )


def _with_words(block: Block, words: Mapping[str, pd.Series[str]]) -> Block:
    inside = list(block.ids)
    return replace(
        block, categories={name: tuple(values.loc[inside]) for name, values in words.items()}
    )


def _ties_inside(piece: tuple[str, ...], graph: UnitGraph) -> tuple[np.ndarray, np.ndarray]:
    index = {unit: position for position, unit in enumerate(piece)}
    found = sorted(
        (*sorted((index[a], index[b])), float(tie["border_km"]))
        for a, b, tie in graph.graph.subgraph(piece).edges(data=True)
    )
    ties = np.array([row[:2] for row in found], dtype=np.int64).reshape(-1, 2)
    return ties, np.array([row[2] for row in found], dtype=np.float64)


def _with_admitted_pairs(block: Block, pairs: Pairs, admitting: Sequence[Rule]) -> Block:
    mask = np.ones(len(pairs), dtype=bool)
    for rule in admitting:
        mask &= rule.admits(block, pairs)
    pairs = pairs.only(mask)
    # A seat that may not be its own seat cannot be a seat for others.
    stands = np.zeros(len(block), dtype=bool)
    stands[pairs.seats] = True
    pairs = pairs.only(stands[pairs.seat])
    return replace(block, pairs=pairs)
