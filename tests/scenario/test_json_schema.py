"""The published JSON Schema says to editors what the reader says to users."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from amalgamation.bundled import bundled_folder
from amalgamation.scenario import json_schema, new_scenario_text, scenario_names
from amalgamation.scenario.schema import Scenario

GOOD = "scenario: small\nterritory: {dataset: toy}\n"


def complaints(text: str) -> list[Any]:
    document = YAML(typ="safe", pure=True).load(text)
    return list(Draft202012Validator(json_schema()).iter_errors(document))


def test_it_is_a_schema_of_draft_2020_12_with_a_name():
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:amalgamation:")
    assert schema["title"]


def test_every_key_carries_its_manual_since_editors_show_it():
    silent = [
        f"{name}.{key}"
        for name, section in json_schema()["$defs"].items()
        for key, value in section.get("properties", {}).items()
        if "description" not in value
        and "$ref" not in value
        and value != {"not": {}}
        and not any("$ref" in member for member in value.get("anyOf", []))
    ]
    assert silent == []


def test_it_can_be_changed_without_changing_the_next_one():
    json_schema()["$defs"]["Scenario"]["properties"].clear()
    assert "rules" in json_schema()["$defs"]["Scenario"]["properties"]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        new_scenario_text("s", "toy"),
        GOOD + "rules: {population: {min: 5000, unless: {area_km2: {min: 9000}}}}\n",
        GOOD + "aims: {ties_cut: {weight: 1, by: count}, balance: {tax: 1}}\n",
        "extends: base\n",
        "extends: base.yaml\naims: {number: {prefer: many}}\n",
        "extends: base\nterritory: {dataset: null, units: u.csv}\nrules: null\n",
        "extends: base\nrules: {sums: {tax: null}}\n",
        "extends: base\nrules: {municipalities: {per_parent: {o: {'1': null}}}}\n",
    ],
)
def test_it_accepts_what_the_reader_accepts(text):
    assert complaints(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "title: neither scenario nor territory\n",
        GOOD + "populaton: 1\n",
        GOOD + "rules: {populaton: {min: 1}}\n",
        GOOD + "rules: {population: {mn: 1}}\n",
        GOOD + "rules: {walls: null}\n",
        GOOD + "rules: {frozen: [110000000]}\n",
        GOOD + "aims: {number: {prefer: many}}\n",
        GOOD + "solve: {minutes: 0}\n",
        GOOD + "schema_version: 2\n",
        "extends: base\nrules: {populaton: {min: 1}}\n",
        "extends: base\nrules: {keep_apart: [{units: [a]}]}\n",
        "extends: 5\n",
    ],
)
def test_it_refuses_what_the_reader_refuses(text):
    assert complaints(text)


@pytest.mark.parametrize("name", scenario_names())
def test_it_accepts_every_bundled_scenario(name):
    path = bundled_folder("scenarios") / f"{name}.yaml"
    assert complaints(path.read_text(encoding="utf-8")) == []


def test_every_section_of_the_scenario_is_in_it():
    assert set(Scenario.model_fields) < set(json_schema()["$defs"]["Scenario"]["properties"])
