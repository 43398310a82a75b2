"""The reference of scenario files, from the schema that editors and the reader use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from amalgamation.scenario.json_schema import section_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["scenario_reference"]

Schema = dict[str, Any]

_INTRODUCTION = """\
(scenario-reference)=
# Scenario files

Every key that a scenario file may have: what it takes, what stands if it is left out, and what
it means. The texts are those of the schema itself, which also reads the files; `amalgamation
schema` prints it for editors. A key that is not here is refused, with the nearest one.

A file may begin with `extends:`, the name of a bundled scenario or the path of another file:
then it states only what changes, and `null` removes a key of its base.
"""
_LIMITS = {
    "exclusiveMinimum": "above {}",
    "minimum": "at least {}",
    "exclusiveMaximum": "below {}",
    "maximum": "at most {}",
    "pattern": "as `{}`",
}
_WORDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "null": "nothing",
}


def scenario_reference() -> str:
    r"""Return the page: a section for each part of the file, in the order of the file.

    Examples
    --------
    >>> scenario_reference().partition("(scenario-solve)=")[2].split("\n")[1:4]
    ['## `solve`', '', 'When to stop, and how to run.']
    """
    schema = section_schema()
    parts = [_INTRODUCTION, _section("The file", "scenario-file", schema)]
    for name, places in _places(schema).items():
        first, *more = (f"`{place}`" for place in dict.fromkeys(places))
        also = f"Also at {', '.join(more)}." if more else ""
        parts.append(_section(first, _label(name), schema["$defs"][name], also))
    return "\n".join(parts)


def _places(schema: Schema) -> dict[str, list[str]]:
    """Return name of each section -> where it stands, in the order of the file."""
    places: dict[str, list[str]] = {}
    waiting = [*_inner("", schema)]
    while waiting:
        name, path = waiting.pop(0)
        if name not in places:
            waiting = [*_inner(path, schema["$defs"][name]), *waiting]
        places.setdefault(name, []).append(path)
    return places


def _inner(path: str, part: Schema) -> Iterator[tuple[str, str]]:
    """Yield the sections that the keys of a section hold, with where they stand."""
    for key, value in part["properties"].items():
        for name, step in _references(value, ""):
            yield name, f"{path}.{key}{step}".lstrip(".")


def _references(value: Schema, step: str) -> Iterator[tuple[str, str]]:
    if "$ref" in value:
        yield value["$ref"].rpartition("/")[2], step
    for one in value.get("anyOf", []):
        yield from _references(one, step)
    if isinstance(value.get("items"), dict):
        yield from _references(value["items"], f"{step}[]")
    if isinstance(value.get("additionalProperties"), dict):
        yield from _references(value["additionalProperties"], f"{step}.NAME")


def _label(name: str) -> str:
    return f"scenario-{name.removesuffix('Section').lower()}"


def _section(title: str, label: str, part: Schema, also: str = "") -> str:
    required = part.get("required", [])
    keys = [_key(key, value, key in required) for key, value in part["properties"].items()]
    return "\n".join(
        [f"({label})=", f"## {title}", "", f"{part['description']} {also}".strip(), "", *keys]
    )


def _key(key: str, value: Schema, required: bool) -> str:  # noqa: FBT001
    text = " ".join(_text(value).split())
    least = "**needed**" if required else f"default: {_default(value['default'])}"
    return f"`{key}`\n: {text} ({_kind(value)}; {least})\n"


def _text(value: Schema) -> str:
    """Return the manual of a key; pydantic drops it where it is that of the section behind."""
    if "description" in value:
        return str(value["description"])
    name = value["$ref"].rpartition("/")[2]
    return str(section_schema()["$defs"][name]["description"])


def _default(value: Any) -> str:
    if value is None or value in ([], {}, ""):
        return "none"
    if isinstance(value, dict | list) and _is_section(value):
        return "as its own keys say"
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _is_section(value: Any) -> bool:
    return isinstance(value, dict) or any(isinstance(one, dict) for one in value)


def _kind(value: Schema) -> str:
    """Say in words what a key takes."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[section]({_label(name)})"
    if "anyOf" in value:
        return " or ".join(_kind(one) for one in value["anyOf"] if one != {"type": "null"})
    if "enum" in value or "const" in value:
        return " or ".join(f"`{one}`" for one in value.get("enum", [value.get("const")]))
    return _limited(_plain(value), value)


def _plain(value: Schema) -> str:
    if "type" not in value:
        return "any value"
    if value["type"] == "array":
        return f"list of {_number(value)}: {_kind(value['items'])}".replace(" :", ":")
    if value["type"] == "object":
        inner = value.get("additionalProperties")
        return f"NAME: {_kind(inner if isinstance(inner, dict) else {})}"
    return _WORDS[value["type"]]


def _number(value: Schema) -> str:
    least, most = value.get("minItems"), value.get("maxItems")
    if least == most:
        return str(least or "")
    return f"at least {least}" if most is None else f"at most {most}"


def _limited(words: str, value: Schema) -> str:
    limits = [text.format(value[key]) for key, text in _LIMITS.items() if key in value]
    return f"{words} {', '.join(limits)}".strip() if limits else words
