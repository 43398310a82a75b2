"""Weights so far apart that the smaller one is lost to rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, Severity
from amalgamation.model.aims import build_aims

if TYPE_CHECKING:
    from amalgamation.graph import UnitGraph
    from amalgamation.scenario.schema import Scenario
    from amalgamation.territory import Territory

__all__ = ["check_weights"]

_FARTHEST = 1e9
"""A solver keeps some nine digits of a cost: what is smaller decides nothing."""


def check_weights(scenario: Scenario, territory: Territory, graph: UnitGraph) -> list[Finding]:
    """Return a warning where the weight of one aim is lost beside that of another.

    Each aim is divided by its value at a reference plan, so that weights are what the
    aims cost there, and their ratio is that of the terms of the objective.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "far", "territory": {"dataset": "toy"},
    ...     "aims": {"access": 1.0, "ties_cut": 1e-12},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> check_weights(scenario, territory, build_graph(territory))[0].found
    'weights from 1e-12 (ties_cut) to 1 (access)'
    """
    aims = build_aims(scenario.aims, territory, 1, graph.distance_unit)
    ordered = sorted(aims, key=lambda aim: aim.weight)
    if not ordered or ordered[-1].weight <= _FARTHEST * ordered[0].weight:
        return []
    least, most = ordered[0], ordered[-1]
    return [
        Finding(
            "weights",
            "aims",
            f"weights from {least.weight:g} ({least.name}) to {most.weight:g} ({most.name})",
            "weights within a factor of 1e9",
            "the smaller aim decides nothing: raise its weight, or leave it out",
            Severity.WARNING,
            tuple(sorted((least.name, most.name))),
        )
    ]
