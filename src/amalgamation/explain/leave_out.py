"""Check what a scenario says of units left out: names first, then contradictions.

In: a scenario, its territory and graph. Out: findings of `check_references`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, name_some
from amalgamation.graph import DERIVED
from amalgamation.model import bound_units, build_left_out
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.scenario.schema import Conditions, Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["attributes_in_conditions", "check_left_out"]


def attributes_in_conditions(scenario: Scenario, territory: Territory) -> list[tuple[str, str]]:
    """Return (key, attribute) for each attribute that the conditions ask for.

    A derived condition asks for the attributes that it is made of.
    """
    rule = scenario.rules.leave_out
    if rule is None:
        return []
    lists: dict[str, list[Conditions]] = {"always": rule.always}
    if rule.may != "any":
        lists["may"] = rule.may
    return [
        (f"rules.leave_out.{word}[{number}].{name}", attribute)
        for word, alternatives in lists.items()
        for number, conditions in enumerate(alternatives)
        for name in conditions
        for attribute in _asked(name, territory)
    ]


def _asked(name: str, territory: Territory) -> tuple[str, ...]:
    return (name,) if name in territory.attributes else DERIVED.get(name, (name,))


def check_left_out(
    scenario: Scenario, territory: Territory, graph: UnitGraph
) -> tuple[Finding, ...]:
    """Check that some unit stays in, and that none is left out which another rule binds.

    Parameters
    ----------
    scenario, territory, graph
        All names in the scenario exist.
    """
    always = build_left_out(scenario.rules, territory, graph).always
    findings = []
    bound = sorted(always & bound_units(scenario.rules))
    if bound:
        labels = name_some([territory.labels[unit] for unit in bound])
        findings.append(
            Finding(
                "left-out-and-bound",
                "rules.leave_out",
                f"{count_of(len(bound), 'unit')} left out of every plan, yet a fixed seat, "
                f"frozen or kept together: {labels}",
                "units that no other rule names",
                "name them in one of the two, or narrow rules.leave_out.always",
                subjects=tuple(bound),
            )
        )
    if len(always) == len(territory.ids):
        findings.append(
            Finding(
                "all-left-out",
                "rules.leave_out",
                f"all {len(always):,} units left out of every plan",
                "at least one unit that may be in a municipality",
                "narrow rules.leave_out.always or rules.leave_out.units",
            )
        )
    return tuple(findings)
