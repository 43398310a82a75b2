"""Check that the section `scorecard` of a scenario names only what there is to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, name_some
from amalgamation.measure.catalogue import indicator_measures
from amalgamation.measure.context import Context
from amalgamation.scenario.nearest import nearest
from amalgamation.scenario.schema import ScorecardSection

if TYPE_CHECKING:
    from collections.abc import Collection

    from amalgamation.graph import UnitGraph
    from amalgamation.territory import Territory

__all__ = ["check_scorecard"]


def check_scorecard(
    parameters: ScorecardSection, territory: Territory, graph: UnitGraph
) -> tuple[Finding, ...]:
    """Check every attribute and every measure that the scorecard's parameters name.

    What the defaults name and a territory lacks is no mistake: it is not measured, and the
    scorecard says so.

    Returns
    -------
    tuple of Finding
        Errors, each with the nearest name.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import ScorecardSection
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> wrong = ScorecardSection.model_validate({"fiscal": {"tax_base": "tax_bse"}})
    >>> check_scorecard(wrong, territory, build_graph(territory))[0].remedy
    'did you mean tax_base?'
    """
    context = Context.from_territory(territory, graph, parameters)
    known = [measure.name for measure in indicator_measures(context)]
    attributes = [
        _unknown("attribute", key, name, territory.attributes, f"territory {territory.name}")
        for key, name in _attributes(parameters)
        if name not in territory.attributes
    ]
    measures = [
        _unknown("measure", key, name, known, "the scorecard")
        for key, name in _measures(parameters)
        if name not in known
    ]
    return (*attributes, *measures)


def _attributes(parameters: ScorecardSection) -> list[tuple[str, str]]:
    """Return key and attribute wherever they differ from the default."""
    default = ScorecardSection()
    named = [
        ("fiscal.tax_base", parameters.fiscal.tax_base, default.fiscal.tax_base),
        ("fiscal.own_revenue", parameters.fiscal.own_revenue, default.fiscal.own_revenue),
        (
            "running_cost.attribute",
            parameters.running_cost.attribute,
            default.running_cost.attribute,
        ),
        ("bodies", parameters.bodies, default.bodies),
    ]
    if parameters.services != default.services:
        named += [
            (f"services[{at}].attribute", service.attribute, "")
            for at, service in enumerate(parameters.services)
        ]
    return [(f"scorecard.{key}", name) for key, name, usual in named if name and name != usual]


def _measures(parameters: ScorecardSection) -> list[tuple[str, str]]:
    if isinstance(parameters.capability, str):
        return []
    return [
        (f"scorecard.capability.indicators[{at}].measure", indicator.measure)
        for at, indicator in enumerate(parameters.capability.indicators)
    ]


def _unknown(kind: str, key: str, name: str, known: Collection[str], held: str) -> Finding:
    close = nearest(name, known)
    return Finding(
        f"unknown-{kind}",
        key,
        f"{kind} {name}, unknown to {held}",
        f"one of {name_some(sorted(known))}" if known else f"a {kind}, but {held} has none",
        f"did you mean {' or '.join(close)}?" if close else "correct the name",
        subjects=(name,),
    )
