"""Check that the scenario names only what the territory has.

In: a scenario, its territory and graph. Out: findings with the nearest names. These are
errors of input; while there are any, the arithmetic of impossibility cannot be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.leave_out import attributes_in_conditions, check_left_out
from amalgamation.explain.weights import check_weights
from amalgamation.findings import Finding, Severity, errors_in, name_some
from amalgamation.graph import DERIVED
from amalgamation.scenario.nearest import nearest
from amalgamation.scenario.schema import PlanByTier

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.scenario.schema import Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["check_references"]


def check_references(
    scenario: Scenario, territory: Territory, graph: UnitGraph
) -> tuple[Finding, ...]:
    """Check every unit, attribute, tier, category, parent and type that rules and aims name.

    Parameters
    ----------
    scenario, territory, graph
        The question, and what it is asked of.

    Returns
    -------
    tuple of Finding
        Errors with the nearest names; warnings for unit types, and values of categories,
        that no unit of the data has.

    Examples
    --------
    >>> from pathlib import Path
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Scenario
    >>> from amalgamation.territory.grid import grid_territory
    >>> scenario = Scenario.model_validate({
    ...     "scenario": "typo", "territory": {"dataset": "toy"}, "rules": {"walls": ["oblst"]},
    ... })
    >>> territory = grid_territory(1, 2)
    >>> graph = build_graph(territory, scenario.graph, Path())
    >>> check_references(scenario, territory, graph)[0].remedy
    'did you mean oblast?'
    """
    checks = (
        _check_attributes,
        _check_tiers,
        _check_categories,
        _check_classes,
        _check_parents,
        _check_units,
        _check_seats,
    )
    found = [finding for check in checks for finding in check(scenario, territory)]
    broken = (*found, *_check_doubles(scenario), *_check_reach(scenario, graph))
    if errors_in(broken):
        return broken
    more = (check_left_out, check_weights)
    return (*broken, *(one for check in more for one in check(scenario, territory, graph)))


def _unknown(
    key: str, kind: str, names: Iterable[str], known: Collection[str], held: str
) -> list[Finding]:
    absent = sorted(set(names) - set(known))
    return [_unknown_name(key, kind, name, known, held) for name in absent]


def _unknown_name(key: str, kind: str, name: str, known: Collection[str], held: str) -> Finding:
    close = nearest(name, known)
    remedy = f"did you mean {' or '.join(close)}?" if close else "correct the name"
    expected = f"one of {name_some(sorted(known))}" if known else f"a {kind}, but {held} has none"
    return Finding(
        f"unknown-{kind}",
        key,
        f"{kind} {name}, unknown to {held}",
        expected,
        remedy,
        subjects=(name,),
    )


def _check_attributes(scenario: Scenario, territory: Territory) -> list[Finding]:
    keys = [*_attributes_in_rules(scenario), *_attributes_in_aims(scenario)]
    known = list(territory.attributes)
    asked = [(key, attribute, known) for key, attribute in keys]
    conditions = attributes_in_conditions(scenario, territory)
    asked += [(key, attribute, [*known, *DERIVED]) for key, attribute in conditions]
    return [
        finding
        for key, attribute, names in asked
        for finding in _unknown(key, "attribute", [attribute], names, f"territory {territory.name}")
    ]


def _attributes_in_rules(scenario: Scenario) -> list[tuple[str, str]]:
    rules = scenario.rules
    keys = []
    for attribute, rule in rules.ranges.items():
        key = _range_key(scenario, attribute)
        keys.append((key, attribute))
        keys += [(f"{key}.unless.{name}", name) for name in rule.unless]
    for name, ratio in rules.ratios.items():
        keys += [(f"rules.ratios.{name}.of", ratio.of), (f"rules.ratios.{name}.to", ratio.to)]
    if rules.seats is not None and rules.seats.or_population_min is not None:
        keys.append(("rules.seats.or_population_min", "population"))
    return keys


def _attributes_in_aims(scenario: Scenario) -> list[tuple[str, str]]:
    aims = scenario.aims
    keys = [(f"aims.balance.{attribute}", attribute) for attribute in aims.balance]
    if aims.left_out:
        keys.append(("aims.left_out", "population"))
    if aims.access:
        keys.append(("aims.access", "population"))
    moved = {f"crossings.{tier}": weight for tier, weight in aims.crossings.items()}
    moved |= {f"heterogeneity.{name}": weight for name, weight in aims.heterogeneity.items()}
    keys += [(f"aims.{name}", "population") for name, weight in moved.items() if weight]
    return keys + _attributes_at_most(scenario)


def _attributes_at_most(scenario: Scenario) -> list[tuple[str, str]]:
    counted = ("access", "crossings", "heterogeneity", "left_out")
    return [
        (f"rules.at_most.{name}", "population")
        for name in scenario.rules.at_most.amounts
        if name.partition(".")[0] in counted
    ]


def _range_key(scenario: Scenario, attribute: str) -> str:
    return f"rules.{'sums.' if attribute in scenario.rules.sums else ''}{attribute}"


def _check_tiers(scenario: Scenario, territory: Territory) -> list[Finding]:
    keys = {"rules.walls": scenario.rules.walls}
    keys["rules.municipalities.per_parent"] = list(scenario.rules.municipalities.per_parent)
    keys["aims.crossings"] = list(scenario.aims.crossings)
    keys["rules.at_most.crossings"] = list(scenario.rules.at_most.crossings)
    keys["plan.tier"] = [scenario.plan.tier] if isinstance(scenario.plan, PlanByTier) else []
    held = f"territory {territory.name}"
    return [
        finding
        for key, tiers in keys.items()
        for finding in _unknown(key, "tier", tiers, territory.tiers, held)
    ]


def _check_categories(scenario: Scenario, territory: Territory) -> list[Finding]:
    keys = {"rules.like": scenario.rules.like}
    for attribute, rule in scenario.rules.ranges.items():
        if rule.by is not None:
            keys[f"{_range_key(scenario, attribute)}.by"] = [rule.by]
    keys["aims.heterogeneity"] = list(scenario.aims.heterogeneity)
    keys["rules.at_most.heterogeneity"] = list(scenario.rules.at_most.heterogeneity)
    held = f"territory {territory.name}"
    return [
        finding
        for key, names in keys.items()
        for finding in _unknown(key, "category", names, territory.categories, held)
    ]


def _check_classes(scenario: Scenario, territory: Territory) -> list[Finding]:
    return [
        _as_warning(finding)
        for attribute, rule in scenario.rules.ranges.items()
        if rule.by is not None and rule.by in territory.categories
        for finding in _unknown(
            f"{_range_key(scenario, attribute)}.classes",
            rule.by,
            rule.classes,
            _known_values(rule.by, territory),
            "any unit",
        )
    ]


def _known_values(category: str, territory: Territory) -> list[str]:
    """Return the values of a category; a part of the data need not have every type."""
    here = set(territory.units[category].dropna().astype(str))
    return sorted(here | set(territory.types) if category == "type" else here)


def _check_parents(scenario: Scenario, territory: Territory) -> list[Finding]:
    return [
        finding
        for tier, numbers in scenario.rules.municipalities.per_parent.items()
        if tier in territory.tiers
        for finding in _unknown(
            f"rules.municipalities.per_parent.{tier}",
            "parent",
            numbers,
            sorted(set(territory.units[tier].astype(str))),
            f"tier {tier}",
        )
    ]


def _check_units(scenario: Scenario, territory: Territory) -> list[Finding]:
    rules = scenario.rules
    keys = {f"rules.keep_together[{i}]": g.units for i, g in enumerate(rules.keep_together)}
    keys |= {f"rules.keep_apart[{i}]": g.units for i, g in enumerate(rules.keep_apart)}
    keys["rules.frozen"] = rules.frozen
    keys["rules.leave_out.units"] = rules.leave_out.units if rules.leave_out is not None else []
    keys["rules.seats.fixed"] = rules.seats.fixed if rules.seats is not None else []
    wishes = scenario.aims.wishes.wishes if scenario.aims.wishes is not None else []
    for number, wish in enumerate(wishes):
        keys[f"aims.wishes.wishes[{number}]"] = [wish.unit, str(wish.with_ or wish.against)]
    held = f"territory {territory.name}"
    return [
        finding
        for key, units in keys.items()
        for finding in _unknown(key, "unit", units, territory.ids, held)
    ]


def _check_seats(scenario: Scenario, territory: Territory) -> list[Finding]:
    types = scenario.rules.seats.types if scenario.rules.seats is not None else []
    if not types:
        return []
    if "type" not in territory.units.columns:
        remedy = "name the column in territory.type, or leave the types out"
        found = f"types {name_some(sorted(types))}, while the units have no types"
        return [Finding("no-types", "rules.seats.types", found, "units with types", remedy)]
    known = _known_values("type", territory)
    return [_as_warning(f) for f in _unknown("rules.seats.types", "type", types, known, "any unit")]


def _as_warning(finding: Finding) -> Finding:
    """Soften: a scenario for several territories may name a type that one does not have."""
    parts = (finding.check, finding.where, finding.found, finding.expected, finding.remedy)
    return Finding(*parts, Severity.WARNING, finding.subjects)


def _check_doubles(scenario: Scenario) -> list[Finding]:
    findings = []
    for number, group in enumerate(scenario.rules.keep_apart):
        twice = sorted({unit for unit in group.units if group.units.count(unit) > 1})
        if twice:
            key, found = f"rules.keep_apart[{number}]", f"{name_some(twice)} named twice"
            remedy = "name each unit once"
            findings.append(Finding("named-twice", key, found, "different units", remedy))
    return findings


def _check_reach(scenario: Scenario, graph: UnitGraph) -> list[Finding]:
    limits = {"km": scenario.rules.reach_km, "minutes": scenario.rules.reach_minutes}
    return [
        Finding(
            "reach-unit",
            f"rules.reach_{unit}",
            f"a reach in {unit}, while distances are in {graph.distance_unit}",
            f"a reach in {graph.distance_unit}",
            f"use rules.reach_{graph.distance_unit}, or distances in {unit} (graph.distance)",
        )
        for unit, limit in limits.items()
        if limit is not None and unit != graph.distance_unit
    ]
