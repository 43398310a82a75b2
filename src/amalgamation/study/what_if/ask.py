"""From a scenario to one that asks more: wishes become rules, a key another value."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from amalgamation.road import build_ground
from amalgamation.scenario import write_scenario_text
from amalgamation.scenario.schema import KeepApart, KeepTogether, Rules, Scenario, Seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.road import Ground
    from amalgamation.study.what_if.requirement import Requirement

__all__ = ["ask_instead", "with_key", "with_requirements"]

_LONGEST_NAME = 64
_ENDING = "-what-if"


def with_requirements(scenario: Scenario, requirements: Sequence[Requirement]) -> Scenario:
    r"""Return a scenario with wishes as rules, under a name of its own.

    ``keep X alone`` freezes X, ``X with Y`` keeps them together, ``X not with Y`` apart, and
    ``seat at X`` fixes the seat.

    Examples
    --------
    >>> from amalgamation.scenario import scenario_from_text
    >>> from amalgamation.study.what_if.requirement import Requirement
    >>> scenario = scenario_from_text("scenario: small\nterritory: {dataset: toy}")
    >>> asked = with_requirements(scenario, [Requirement("alone", ("r00c00",), "keep it alone")])
    >>> asked.scenario, asked.rules.frozen
    ('small-what-if', ['r00c00'])
    """
    rules = scenario.rules
    for one in requirements:
        rules = rules.model_copy(update=_update(rules, one))
    name = scenario.scenario.removesuffix(_ENDING)[: _LONGEST_NAME - len(_ENDING)] + _ENDING
    wished = "; ".join(one.text for one in requirements)
    title = f"{scenario.title or scenario.scenario}: {wished}"
    return scenario.model_copy(update={"rules": rules, "scenario": name, "title": title})


def _update(rules: Rules, asked: Requirement) -> dict[str, Any]:
    units, reason = list(asked.units), asked.text
    if asked.kind == "alone":
        return {"frozen": list(dict.fromkeys([*rules.frozen, *units]))}
    if asked.kind == "together":
        group = KeepTogether(units=units, reason=reason)
        return {"keep_together": [*rules.keep_together, group]}
    if asked.kind == "apart":
        return {"keep_apart": [*rules.keep_apart, KeepApart(units=units, reason=reason)]}
    seats = rules.seats or Seats()
    fixed = list(dict.fromkeys([*seats.fixed, *units]))
    return {"seats": seats.model_copy(update={"fixed": fixed})}


def with_key(scenario: Scenario, key: str, value: object) -> Scenario:
    r"""Return a scenario with another value at one dotted key.

    Examples
    --------
    >>> from amalgamation.scenario import scenario_from_text
    >>> text = "scenario: small\nterritory: {dataset: toy}\nrules: {population: {min: 5}}"
    >>> with_key(scenario_from_text(text), "rules.population.min", 4.0).rules.population.min
    4.0
    """
    tree = scenario.model_dump(mode="json", by_alias=True)
    *sections, last = key.split(".")
    below = tree
    for section in sections:
        below = below[section]
    below[last] = value
    return Scenario.model_validate_json(json.dumps(tree))


def ask_instead(ground: Ground, scenario: Scenario) -> Ground:
    """Return the ground of another question about the same territory and graph.

    Raises
    ------
    ScenarioError
        If the question contradicts itself.
    """
    text = write_scenario_text(scenario)
    file = replace(ground.file, scenario=scenario, text=text)
    return build_ground(file, ground.territory, ground.graph)
