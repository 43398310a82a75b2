"""The arithmetic of impossibility: what no plan can keep, before any solve.

In: a scenario whose names all exist, its territory and graph. Out: findings, of which each
error is a proof that there is no plan. No finding does not mean that there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.counts import (
    check_number_against_minimum,
    check_number_against_parts,
    check_window,
)
from amalgamation.explain.ground import Ground
from amalgamation.explain.pockets import check_pockets
from amalgamation.explain.ratios import check_ratios
from amalgamation.explain.seats import check_catchments, check_reach, check_seats
from amalgamation.explain.sizes import check_minima, check_refused
from amalgamation.explain.unchangeable import note_wishes
from amalgamation.explain.wishes import (
    check_apart,
    check_group_sizes,
    check_group_units,
    check_scattered,
    check_two_seats,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.findings import Finding
    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.scenario.schema import Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["CHECKS", "check_arithmetic"]

CHECKS: dict[str, Callable[[Ground], list[Finding]]] = {
    "refused": check_refused,
    "minima": check_minima,
    "pockets": check_pockets,
    "seats": check_seats,
    "scattered": check_scattered,
    "group-sizes": check_group_sizes,
    "group-units": check_group_units,
    "apart": check_apart,
    "two-seats": check_two_seats,
    "reach": check_reach,
    "catchments": check_catchments,
    "window": check_window,
    "number-against-minimum": check_number_against_minimum,
    "number-against-parts": check_number_against_parts,
    "ratios": check_ratios,
}
"""The catalogue of proofs; each takes the ground and returns findings."""


def check_arithmetic(
    scenario: Scenario, territory: Territory, graph: UnitGraph
) -> tuple[Finding, ...]:
    """Prove by arithmetic that there is no plan, where that is possible.

    Parameters
    ----------
    scenario, territory, graph
        The question and what it is asked of; `check_references` must find no error.

    Returns
    -------
    tuple of Finding
        Errors, of which each alone proves that no plan keeps the rules; and notes of what
        is settled whatever the plan.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory.grid import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "many", "territory": {"dataset": "toy"},
    ...     "rules": {"municipalities": {"min": 3}},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> graph = build_graph(territory, scenario.graph, Path())
    >>> print(check_arithmetic(scenario, territory, graph)[0].found)
    at most 2 municipalities possible (2 in the largest part: 2 units)
    """
    ground = Ground(scenario, territory, graph)
    proofs = [finding for check in CHECKS.values() for finding in check(ground)]
    return (*proofs, *note_wishes(ground))
