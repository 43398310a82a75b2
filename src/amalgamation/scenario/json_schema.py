"""The JSON Schema of scenario files, for editors: generated from the schema itself.

Goes out: a draft 2020-12 schema. A file with ``extends`` is a difference, so in it no key
is required and null removes one. What a JSON Schema cannot say (min <= max, one source
of units) is left to `read_scenario`.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from amalgamation.scenario.schema import Scenario

__all__ = ["json_schema", "section_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE = "#/$defs/"
_VARIANT = "_variant"


class _WithoutTitles(GenerateJsonSchema):
    """Leave out titles that only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


@cache
def section_schema() -> dict[str, Any]:
    """Return the schema of a complete scenario, as pydantic states it; not to be changed."""
    return Scenario.model_json_schema(schema_generator=_WithoutTitles)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file.

    Examples
    --------
    >>> json_schema()["title"]
    'Scenario of amalgamation'
    """
    whole = deepcopy(section_schema())
    sections = whole.pop("$defs") | {"Scenario": whole}
    whole["properties"] = {"extends": {"not": {}}} | whole["properties"]
    variants = {name + _VARIANT: _loosen(section) for name, section in sections.items()}
    variants["Scenario" + _VARIANT]["properties"]["extends"] = _extends()
    return {
        "$schema": _DIALECT,
        "$id": "urn:amalgamation:scenario:1",
        "title": "Scenario of amalgamation",
        "description": whole["description"],
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"{_REFERENCE}Scenario{_VARIANT}"},
        "else": {"$ref": f"{_REFERENCE}Scenario"},
        "$defs": dict(sorted((sections | variants).items())),
    }


def _extends() -> dict[str, Any]:
    return {
        "type": "string",
        "minLength": 1,
        "description": "Base that this file changes: a bundled name, or a path to a .yaml file.",
    }


def _loosen(section: dict[str, Any]) -> dict[str, Any]:
    """Return a section as a variant may state it: no key required, null removes one."""
    loose = {key: value for key, value in section.items() if key != "required"}
    if "properties" in section:
        loose["properties"] = {key: _or_null(value) for key, value in section["properties"].items()}
    if isinstance(section.get("additionalProperties"), dict):
        loose["additionalProperties"] = _or_null(section["additionalProperties"])
    if "anyOf" in section:
        loose["anyOf"] = [_loosen(member) for member in section["anyOf"]]
    if "$ref" in section:
        loose["$ref"] = section["$ref"] + _VARIANT
    return loose


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    loose = _loosen(schema)
    described = {key: loose.pop(key) for key in ("description", "default") if key in loose}
    return described | {"anyOf": [loose, {"type": "null"}]}
