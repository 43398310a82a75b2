"""Ties that no plan can keep: those that lie in no block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model import build_problem

if TYPE_CHECKING:
    from amalgamation.graph import UnitGraph
    from amalgamation.measure import Reason
    from amalgamation.model import Problem
    from amalgamation.road import Ground

__all__ = ["find_ruled_ties", "ruled_ties"]


def find_ruled_ties(ground: Ground) -> dict[tuple[str, str], Reason]:
    """Return the ties of a ground that every plan cuts (`ruled_ties`)."""
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    return ruled_ties(problem, ground.graph)


def ruled_ties(problem: Problem, graph: UnitGraph) -> dict[tuple[str, str], Reason]:
    """Return the ties (a, b) that walls cut, or units that every plan leaves outside.

    Parameters
    ----------
    problem
        Its blocks hold the other ties.
    graph
        All ties.
    """
    inside = {
        (block.ids[a], block.ids[b]) for block in problem.blocks for a, b in block.ties.tolist()
    }
    ties = zip(graph.ties["a"], graph.ties["b"], strict=True)
    return {pair: "rule" for pair in ties if pair not in inside}
