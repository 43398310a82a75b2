"""Why there is no plan, said before any solve.

In: scenario, territory, graph. Out: findings in names and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.arithmetic import check_arithmetic
from amalgamation.explain.references import check_references
from amalgamation.findings import errors_in

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.scenario.schema import Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["explain_impossible"]


def explain_impossible(
    scenario: Scenario, territory: Territory, graph: UnitGraph
) -> tuple[Finding, ...]:
    """Say why no plan can keep the rules, as far as names and arithmetic prove it.

    Parameters
    ----------
    scenario, territory, graph
        The question and what it is asked of.

    Returns
    -------
    tuple of Finding
        Names that do not exist (then nothing else can be read), else proofs that there
        is no plan. Warnings may stand among them; empty says nothing was found.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory.grid import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "vast", "territory": {"dataset": "toy"},
    ...     "rules": {"area_km2": {"min": 1000}},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> graph = build_graph(territory, scenario.graph, Path())
    >>> print(explain_impossible(scenario, territory, graph)[0].found)
    200 km2 in all
    """
    references = check_references(scenario, territory, graph)
    if errors_in(references):
        return references
    return (*references, *check_arithmetic(scenario, territory, graph))
