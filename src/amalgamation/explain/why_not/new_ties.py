"""New ties: pairs of units that a declared link might tie, the nearest first.

In: a place. Out: switches, each with one tie more, as `graph.links` would declare it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from amalgamation.explain.why_not.switch import Switch
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from amalgamation.explain.why_not.place import Place
    from amalgamation.graph.unit_graph import UnitGraph

__all__ = ["tie_switches"]

_MOST = 6
# Without places, a tie is as long as in a graph that knows no lengths.
_UNKNOWN_KM = 1.0
_METRES = 1000.0
# Of each unit, so many nearest others are looked at.
_NEAREST = 12

_Pair = tuple[float, str, str]


def tie_switches(place: Place) -> list[Switch]:
    """Return one switch for each of the nearest pairs that no tie joins.

    A pair lies within the place, or joins it to units on its own side of every wall. Where
    arithmetic names the units that are cut off, one of the pair is one of them.
    """
    named = {unit for proof in place.proofs for unit in proof.subjects} & set(place.units)
    cut_off = named if 0 < len(named) < len(place.units) else set(place.units)
    pairs = _pairs(place.whole.graph, sorted(cut_off), _same_side(place))
    return [_tie(place, *pair) for pair in pairs[:_MOST]]


def _same_side(place: Place) -> set[str]:
    """Return the units that no wall and no category holds apart from the place."""
    question = place.whole
    sides = [question.territory.units[tier] for tier in question.rules.walls]
    sides += [question.territory.category(name) for name in question.rules.like]
    own = [set(side.loc[list(place.units)]) for side in sides]
    return {
        unit
        for unit in question.units
        if all(side[unit] in codes for side, codes in zip(sides, own, strict=True))
    }


def _pairs(graph: UnitGraph, cut_off: Sequence[str], others: Collection[str]) -> list[_Pair]:
    """Return (km, unit, other) of pairs without a tie, the nearest first."""
    far = sorted(others)
    found = {
        (km, *sorted((unit, other)))
        for unit in cut_off
        for km, other in _nearest(graph, unit, far)
        if other != unit and not graph.graph.has_edge(unit, other)
    }
    return sorted(found)  # type: ignore[arg-type]


def _nearest(graph: UnitGraph, unit: str, others: Sequence[str]) -> list[tuple[float, str]]:
    if graph.places is None:
        return [(_UNKNOWN_KM, other) for other in others]
    places = graph.places[[graph.index[other] for other in others]]
    count = min(_NEAREST, len(others))
    km, at = cKDTree(places).query(graph.places[graph.index[unit]], k=range(1, count + 1))
    found = zip(np.ravel(km).tolist(), np.ravel(at).tolist(), strict=True)
    return [(far / _METRES, others[position]) for far, position in found]


def _tie(place: Place, km: float, unit: str, other: str) -> Switch:
    blocks = [block.ids for block in place.whole.problem.blocks if {unit, other} & set(block.ids)]
    units = {*place.units, *(one for block in blocks for one in block)}
    joined = place.whole.within(units)
    ties = joined.graph.graph.copy()
    ties.add_edge(unit, other, km=max(km, 1e-3), border_km=0.0, kind="link", reason="asked")
    graph = replace(joined.graph, graph=ties, _cache={})
    labels = place.whole.territory.labels
    far = f" ({spell(round(km, 1), 'km')})" if joined.graph.places is not None else ""
    words = f"a tie between {labels[unit]} and {labels[other]}{far}"
    question = replace(joined, graph=graph)
    return Switch("graph.links", (), words, question, tuple(sorted((unit, other))))
