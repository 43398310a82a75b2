"""The question, as a file: read, checked, resolved, written back.

Comes in: a scenario file (YAML 1.2) or the name of a bundled one. Goes out: a frozen
`Scenario` that every other room asks, and that imports none of them.
"""

from amalgamation.scenario.json_schema import json_schema
from amalgamation.scenario.layers import scenario_names
from amalgamation.scenario.nearest import nearest
from amalgamation.scenario.overrides import override_from_text
from amalgamation.scenario.read import (
    ScenarioFile,
    read_scenario,
    read_variants,
    scenario_from_text,
)
from amalgamation.scenario.schema import Scenario
from amalgamation.scenario.skeleton import new_scenario_text
from amalgamation.scenario.write import write_scenario_text

__all__ = [
    "Scenario",
    "ScenarioFile",
    "json_schema",
    "nearest",
    "new_scenario_text",
    "override_from_text",
    "read_scenario",
    "read_variants",
    "scenario_from_text",
    "scenario_names",
    "write_scenario_text",
]
