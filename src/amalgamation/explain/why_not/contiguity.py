"""Contiguity: whether it alone stands in the way of a plan.

Each unit is tied to every other on its side of the walls, at the distances that there are:
then a plan is any grouping, and the other rules are what they were.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy import sparse

from amalgamation.explain.why_not.seek import seek
from amalgamation.graph import UnitGraph, distances_between
from amalgamation.status import Status

if TYPE_CHECKING:
    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.question import Question

__all__ = ["has_loose_plan"]

# Of more units than this, the ties would be too many.
_MOST_UNITS = 100


def has_loose_plan(question: Question, budget: Budget) -> bool | None:
    """Say whether there would be a plan if municipalities need not hang together.

    Parameters
    ----------
    question
        There is no plan of it.
    budget
        Time and seed.

    Returns
    -------
    bool or None
        None where it was not settled, or the units are too many to ask.
    """
    if len(question.units) > _MOST_UNITS:
        return None
    sought = seek(replace(question, graph=_tie_all(question)), budget)
    return None if sought.status is Status.NO_PLAN else sought.is_possible


def _tie_all(question: Question) -> UnitGraph:
    units, count = question.units, len(question.graph.ids)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(question.graph.ids)
    graph.add_edges_from(combinations(units, 2), km=1.0, border_km=0.0, kind="link", reason="")
    found = distances_between(question.graph, units)
    place = np.array([question.graph.index[unit] for unit in units], dtype=np.intp)
    pairs = (place[found.unit], place[found.seat])
    matrix = sparse.csr_array((found.value, pairs), shape=(count, count))
    return UnitGraph(graph, "matrix", question.graph.distance_unit, matrix=matrix)
