"""What the schema expects at a key, in plain words; taken from the JSON Schema itself.

Comes in: the place of an error as pydantic names it. Goes out: the user's own key, and
what belongs there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.scenario.json_schema import section_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.scenario.tree import KeyPath

__all__ = ["Choice", "Spot", "expected", "known_keys", "members", "name_keys", "spot_of"]

_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "above",
    "maximum": "at most",
    "exclusiveMaximum": "below",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where one of several things may be written, such as a number or a section.

    Parameters
    ----------
    path
        The user's keys.
    schemas
        What may be written.
    tried
        The one of them that pydantic tried.
    """

    path: KeyPath
    schemas: list[dict[str, Any]]
    tried: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the schema.

    Parameters
    ----------
    path
        The user's keys, without pydantic's names for the members of a choice.
    schema
        What belongs there.
    choices
        The choices above, the outermost first.
    """

    path: KeyPath
    schema: dict[str, Any]
    choices: tuple[Choice, ...] = ()


def spot_of(location: KeyPath) -> Spot:
    """Return the spot that pydantic's location of an error means."""
    spot = Spot((), section_schema())
    for step in location:
        schemas = members(spot.schema)
        if len(schemas) > 1:  # the step names the member that was tried, not a key
            tried = _member(str(step), schemas)
            spot = Spot(spot.path, tried, (*spot.choices, Choice(spot.path, schemas, tried)))
        else:
            spot = Spot((*spot.path, step), _below(schemas[0], step), spot.choices)
    return spot


def members(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a schema allows, one by one, references resolved and null left out."""
    if "$ref" in schema:
        return members(section_schema()["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" not in schema:
        return [schema]
    found = [member for choice in schema["anyOf"] for member in members(choice)]
    return [member for member in found if member.get("type") != "null"]


def _member(tag: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    # a section with validators of its own is tagged function-after[_check(), Section]
    name = tag.rstrip("]").rpartition(", ")[2]
    titled = [choice for choice in choices if choice.get("title") == name]
    plain = [choice for choice in choices if "properties" not in choice]
    return (titled or plain or choices)[0]


def _below(schema: dict[str, Any], step: str | int) -> dict[str, Any]:
    if isinstance(step, int):
        return dict(schema.get("items", {}))
    if step in schema.get("properties", {}):
        return dict(schema["properties"][step])
    other = schema.get("additionalProperties")
    return dict(other) if isinstance(other, dict) else {}


def expected(schema: dict[str, Any]) -> str:
    """Return what a schema expects, in plain words."""
    return ", or ".join(_expected_one(member) for member in members(schema))


def _expected_one(schema: dict[str, Any]) -> str:
    if not schema:
        return "any value"
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    kind = str(schema.get("type"))
    return {"string": _text, "array": _list, "object": _section}.get(kind, _number)(schema)


def _text(schema: dict[str, Any]) -> str:
    if "pattern" in schema:
        return f"a {str(schema['description']).rstrip('.').lower()}"
    return "text, not empty" if schema.get("minLength") else "text"


def _number(schema: dict[str, Any]) -> str:
    if schema.get("type") == "boolean":
        return "true or false"
    noun = "a whole number" if schema.get("type") == "integer" else "a number"
    bounds = [f"{word} {schema[key]:,.12g}" for key, word in _BOUNDS.items() if key in schema]
    joined = " and ".join(bounds)
    return f"{noun} {'of ' if joined.startswith('at') else ''}{joined}".rstrip()


def _list(schema: dict[str, Any]) -> str:
    least, most = schema.get("minItems"), schema.get("maxItems")
    count = "" if least is None else f" of at least {least}"
    if least is not None and least == most:
        count = f" of exactly {least}"
    return f"a list{count}, each item {expected(schema['items'])}"


def _section(schema: dict[str, Any]) -> str:
    if "properties" in schema:
        return f"a section with {name_keys(list(schema['properties']))}"
    return "a section of names, each with " + expected(schema["additionalProperties"])


def name_keys(keys: list[str]) -> str:
    """Return the keys of a section as a message names them."""
    return f"the key {keys[0]}" if len(keys) == 1 else "the keys " + ", ".join(keys)


def known_keys() -> dict[str, list[KeyPath]]:
    """Return every fixed key of the schema and where it belongs."""
    keys: dict[str, list[KeyPath]] = {}
    for path in _walk(section_schema(), ()):
        keys.setdefault(str(path[-1]), []).append(path)
    return keys


def _walk(schema: dict[str, Any], path: KeyPath) -> Iterator[KeyPath]:
    for member in members(schema):
        for key, below in member.get("properties", {}).items():
            yield (*path, key)
            yield from _walk(below, (*path, key))
