"""What a given plan costs: its aims beside the same reference as any other plan's."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.model import build_problem
from amalgamation.provenance import versions
from amalgamation.scenario.schema import Aims
from amalgamation.status import AimValue, Certificate, Status
from amalgamation.verify import plan_values

if TYPE_CHECKING:
    from amalgamation.graph import UnitGraph
    from amalgamation.plan import Plan
    from amalgamation.scenario import Scenario
    from amalgamation.territory import Territory

__all__ = ["build_certificate"]


def build_certificate(
    plan: Plan, scenario: Scenario, territory: Territory, graph: UnitGraph
) -> Certificate:
    """Build the certificate of a plan that was not solved for.

    Its cost is ``sum of weight * raw / reference`` as for every plan, so that it may be set
    beside that of a solved one; 0 where the scenario has no aims, infinite where a resident
    cannot reach the seat. It has no bound.

    Parameters
    ----------
    plan
        A plan of exactly the territory's units; it need not keep any rule.
    scenario, territory, graph
        What it is valued by.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "two", "territory": {"dataset": "toy"}, "aims": {"ties_cut": 1.0},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c01"})
    >>> certificate = build_certificate(plan, scenario, territory, build_graph(territory))
    >>> certificate.status, certificate.aims[0].raw
    (<Status.MEASURED: 'measured'>, 10.0)
    """
    aims = _value_aims(plan, scenario, territory, graph)
    cost = math.fsum(aim.cost for aim in aims)
    return Certificate(Status.MEASURED, cost, -math.inf, aims, versions=versions())


def _value_aims(
    plan: Plan, scenario: Scenario, territory: Territory, graph: UnitGraph
) -> tuple[AimValue, ...]:
    if scenario.aims == Aims():  # the problem of a whole country takes a while to build
        return ()
    problem = build_problem(scenario, territory, graph)
    targets = {aim.name: getattr(aim, "target", None) for aim in problem.aims}
    known = {
        name.removeprefix("balance."): target
        for name, target in targets.items()
        if target is not None
    }
    raws = plan_values(plan, scenario, territory, graph, known)
    return tuple(
        AimValue(
            aim.name,
            aim.unit,
            raws[aim.name],
            problem.references[aim.name],
            aim.weight,
            targets[aim.name],
        )
        for aim in problem.aims
    )
