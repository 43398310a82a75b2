"""Recompute the raw value of every aim, from its definition.

In: a plan, a scenario, a territory and a graph. Out: aim name -> raw value, in the aim's
unit (person-km, the attribute's unit, km or ties, residents, municipalities or units).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from amalgamation.scenario.schema import BalanceAim, TiesCutAim
from amalgamation.verify.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Aims, Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["aim_weights", "balance_targets", "plan_values", "view_value", "view_values"]


def plan_values(
    plan: Plan,
    scenario: Scenario,
    territory: Territory,
    graph: UnitGraph,
    balance_targets: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Compute the raw value of every aim that the scenario weighs.

    Parameters
    ----------
    plan, scenario, territory, graph
        What is valued, and by what.
    balance_targets
        Attribute -> target (in the attribute's unit), for balance aims whose target the
        scenario leaves open; the scenario's own targets go before.

    Returns
    -------
    dict
        Aim name (``access``, ``balance.population``, ``ties_cut``, ``crossings.rayon``,
        ``heterogeneity.natural_zone``, ``wishes``, ``left_out``, ``number.few``,
        ``number.many``) -> raw value. A balance aim without any target is absent.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory.grid import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "two", "territory": {"dataset": "toy"},
    ...     "aims": {"ties_cut": {"weight": 1.0, "by": "count"}},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> graph = build_graph(territory, scenario.graph, Path())
    >>> plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c01"})
    >>> plan_values(plan, scenario, territory, graph)
    {'ties_cut': 1.0}
    """
    return view_values(View(plan, scenario, territory, graph), balance_targets or {})


def view_values(view: View, targets: Mapping[str, float]) -> dict[str, float]:
    """Compute the raw value of every aim of a view; targets as in `plan_values`."""
    aims = view.scenario.aims
    known = {**targets, **balance_targets(aims)}
    values: dict[str, float] = {}
    for name in aim_weights(aims):
        value = view_value(view, name, known)
        if value is not None:
            values[name] = value
    return values


def view_value(view: View, name: str, targets: Mapping[str, float]) -> float | None:
    """Compute the raw value of one aim, whatever its weight; None for a balance without target."""
    kind, _, detail = name.partition(".")
    if kind != "balance":
        return _VALUES[kind](view, detail)
    return _balance(view, detail, targets[detail]) if detail in targets else None


def aim_weights(aims: Aims) -> dict[str, float]:
    """Return the aims that cost anything: name -> weight above 0."""
    weights = {"access": aims.access}
    for attribute, aim in aims.balance.items():
        weights[f"balance.{attribute}"] = aim.weight if isinstance(aim, BalanceAim) else aim
    cut = aims.ties_cut
    weights["ties_cut"] = cut.weight if isinstance(cut, TiesCutAim) else cut
    weights["left_out"] = aims.left_out
    weights |= {f"crossings.{tier}": weight for tier, weight in aims.crossings.items()}
    weights |= {f"heterogeneity.{name}": weight for name, weight in aims.heterogeneity.items()}
    if aims.wishes is not None:
        weights["wishes"] = aims.wishes.weight
    if aims.number is not None:
        weights[f"number.{aims.number.prefer}"] = aims.number.weight
    return {name: weight for name, weight in weights.items() if weight > 0}


def balance_targets(aims: Aims) -> dict[str, float]:
    """Return the targets that the scenario itself gives: attribute -> target."""
    return {
        attribute: aim.target
        for attribute, aim in aims.balance.items()
        if isinstance(aim, BalanceAim) and aim.target is not None
    }


def _access(view: View, _: str) -> float:
    """Sum residents times distance to the seat."""
    distances = view.distances
    residents = view.territory.values("population").loc[distances.index]
    # a unit without residents costs nothing, however far it lies
    costs = np.where(residents > 0, residents * distances, 0.0)
    return float(costs.sum())


def _balance(view: View, attribute: str, target: float) -> float:
    """Sum the deviations of the municipalities' sums from the target."""
    return math.fsum(abs(found - target) for found in view.sums(attribute).values())


def _ties_cut(view: View, _: str) -> float:
    """Sum the ties that hold no two units of one municipality together.

    Ties that every plan severs do not count: across a wall, or to a unit that is left out
    of every plan.
    """
    aim = view.scenario.aims.ties_cut
    by_count = isinstance(aim, TiesCutAim) and aim.by == "count"
    home = view.municipality_of.to_dict()
    return float(
        sum(
            1.0 if by_count else tie["border_km"]
            for a, b, tie in view.graph.graph.edges(data=True)
            if (home.get(a) != home.get(b) or a not in home)
            and not view.differ(a, b)
            and not {a, b} & view.out_always
        )
    )


def _crossings(view: View, tier: str) -> float:
    """Sum the residents of units whose parent differs from their seat's."""
    return _residents_elsewhere(view, view.parents(tier))


def _heterogeneity(view: View, category: str) -> float:
    """Sum the residents of units whose value of a category differs from their seat's."""
    return _residents_elsewhere(view, view.category(category))


def _residents_elsewhere(view: View, side: Mapping[str, str]) -> float:
    residents = view.territory.values("population")
    moved = [unit for unit, seat in view.seat_of_unit.items() if side[unit] != side[seat]]
    return float(residents.loc[moved].sum())


def _wishes(view: View, _: str) -> float:
    """Sum the weights of unmet wishes, leaving out those that no plan can change.

    Two units between which walls, unmixed categories or water leave no way are in two
    municipalities in every plan, and so is a unit that every plan leaves outside. Two units
    outside are not together.
    """
    aim = view.scenario.aims.wishes
    home = {str(unit): name for unit, name in view.municipality_of.items()}
    inner = view.graph.to_networkx()
    inner.remove_edges_from([(a, b) for a, b in inner.edges if view.differ(a, b)])
    inner.remove_edges_from(list(inner.edges(view.out_always)))
    unmet = [
        wish.weight
        for wish in (aim.wishes if aim is not None else [])
        if nx.has_path(inner, wish.unit, other := str(wish.with_ or wish.against))
        and _together(home, wish.unit, other) == (wish.against is not None)
    ]
    return math.fsum(unmet)


def _together(home: Mapping[str, str], first: str, second: str) -> bool:
    return first in home and home[first] == home.get(second)


def _number(view: View, prefer: str) -> float:
    """Count the municipalities, or the units in them that lost their own."""
    count = len(view.members)
    return float(count if prefer == "few" else len(view.municipality_of) - count)


def _left_out(view: View, _: str) -> float:
    """Sum the residents of the units outside that the scenario does not leave out anyway."""
    residents = view.territory.values("population")
    return float(residents.loc[sorted(set(view.outside) - view.out_always)].sum())


_VALUES = {
    "access": _access,
    "ties_cut": _ties_cut,
    "crossings": _crossings,
    "heterogeneity": _heterogeneity,
    "wishes": _wishes,
    "left_out": _left_out,
    "number": _number,
}
