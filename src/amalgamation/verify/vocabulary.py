"""Check that the scenario and the territory speak of the same things.

In: a view. Out: findings; while there are any, the other checks cannot be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, name_some
from amalgamation.graph import DERIVED
from amalgamation.scenario.schema import PlanByTier
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.verify.view import View

__all__ = ["check_vocabulary"]

_PLURAL = {
    "unit": "units",
    "attribute": "attributes",
    "tier": "tiers",
    "category": "categories",
}


def check_vocabulary(view: View) -> list[Finding]:
    """Check that every unit, attribute, tier and category that the scenario names exists."""
    units = _absent(view.territory.ids, _units_named(view))
    attributes = _absent(view.territory.attributes, _attributes_named(view))
    tiers = _absent(view.territory.tiers, _tiers_named(view))
    categories = _absent(view.territory.categories, _categories_named(view))
    return [
        *_unknown(view, "unit", units),
        *_unknown(view, "attribute", attributes),
        *_unknown(view, "tier", tiers),
        *_unknown(view, "category", categories),
        *_check_graph(view),
        *_check_distance_unit(view),
    ]


def _absent(known: Iterable[str], named: Iterable[str]) -> list[str]:
    return sorted(set(named) - set(known))


def _units_named(view: View) -> list[str]:
    rules = view.scenario.rules
    groups = [group.units for group in rules.keep_together]
    groups += [group.units for group in rules.keep_apart]
    groups.append(rules.leave_out.units if rules.leave_out else [])
    fixed = rules.seats.fixed if rules.seats else []
    wished = view.scenario.aims.wishes.wishes if view.scenario.aims.wishes else []
    groups += [[wish.unit, str(wish.with_ or wish.against)] for wish in wished]
    return [unit for group in groups for unit in group] + list(rules.frozen) + list(fixed)


def _attributes_named(view: View) -> list[str]:
    rules, aims = view.scenario.rules, view.scenario.aims
    exceptions = [name for rule in rules.ranges.values() for name in rule.unless]
    by_residents = rules.seats is not None and rules.seats.or_population_min is not None
    ratios = [name for rule in rules.ratios.values() for name in (rule.of, rule.to)]
    moved = (*aims.crossings.values(), *aims.heterogeneity.values())
    capped = {name.partition(".")[0] for name in rules.at_most.amounts}
    counted = bool(aims.access or aims.left_out) or any(moved) or by_residents
    counted |= bool(capped & {"access", "crossings", "heterogeneity", "left_out"})
    people = ["population"] if counted else []
    return [*rules.ranges, *exceptions, *ratios, *_conditions(view), *aims.balance, *people]


def _conditions(view: View) -> list[str]:
    """Return the attributes that conditions on units ask for."""
    rule = view.scenario.rules.leave_out
    if rule is None:
        return []
    alternatives = [*rule.always, *([] if rule.may == "any" else rule.may)]
    named = {name for conditions in alternatives for name in conditions}
    own = view.territory.attributes
    return [
        attribute
        for name in sorted(named)
        for attribute in ([name] if name in own else DERIVED.get(name, (name,)))
    ]


def _tiers_named(view: View) -> list[str]:
    rules, given = view.scenario.rules, view.scenario.plan
    measured = [given.tier] if isinstance(given, PlanByTier) else []
    crossed = view.scenario.aims.crossings
    capped = rules.at_most.crossings
    return [*rules.walls, *rules.municipalities.per_parent, *crossed, *capped, *measured]


def _categories_named(view: View) -> list[str]:
    rules = view.scenario.rules
    classes = [rule.by for rule in rules.ranges.values() if rule.by is not None]
    mixed = [*view.scenario.aims.heterogeneity, *rules.at_most.heterogeneity]
    return [*rules.like, *classes, *mixed]


def _unknown(view: View, kind: str, names: list[str]) -> list[Finding]:
    if not names:
        return []
    return [
        Finding(
            f"unknown-{kind}",
            f"scenario {view.scenario.scenario}",
            f"unknown {kind}: {name_some(names)}",
            f"{_PLURAL[kind]} of the territory {view.territory.name}",
            "correct the name in the scenario",
            subjects=tuple(names),
        )
    ]


def _check_graph(view: View) -> list[Finding]:
    apart = sorted(set(view.graph.ids) ^ set(view.territory.ids))
    if not apart:
        return []
    return [
        Finding(
            "graph-of-another-territory",
            f"graph of {view.territory.name}",
            f"{count_of(len(apart), 'unit')} in only one of graph and territory: "
            f"{name_some(apart)}",
            "the same units in both",
            "build the graph from this territory",
            subjects=tuple(apart),
        )
    ]


def _check_distance_unit(view: View) -> list[Finding]:
    rules, unit = view.scenario.rules, view.graph.distance_unit
    limits = {"km": rules.reach_km, "minutes": rules.reach_minutes}
    return [
        view.breach(f"rules.reach_{name}", f"distances in {unit}", f"distances in {name}")
        for name, limit in limits.items()
        if limit is not None and name != unit
    ]
