"""Overrides of one run: dotted keys and values -> a tree to lay over the scenario.

Comes in: a mapping from Python, or `key=value` from a command line. Goes out: a tree as a
file would give it, and what is wrong with the overrides.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amalgamation.errors import ScenarioError
from amalgamation.findings import Finding
from amalgamation.scenario.merge import merge
from amalgamation.scenario.parse import parse_yaml
from amalgamation.scenario.tree import Document, Node, Place, dotted, node_at, quoted, shown, where

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["from_overrides", "override_from_text"]

_LABEL = "override"


def override_from_text(text: str) -> tuple[str, Any]:
    """Convert ``key=value`` to a dotted key and its value, read as YAML 1.2.

    Raises
    ------
    ScenarioError
        If there is no ``=`` or the value is not YAML.

    Examples
    --------
    >>> override_from_text("rules.walls=[oblast]")
    ('rules.walls', ['oblast'])
    """
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        expected = "key=value, such as rules.population.min=3000"
        raise ScenarioError([Finding("override", _LABEL, quoted(text), expected, "write both")])
    document = Document(f"{_LABEL}, {key.strip()}", Path(), Path())
    root, findings = parse_yaml(f"value: {value}", document)
    if findings:
        raise ScenarioError(findings)
    return key.strip(), root.plain()["value"]


def from_overrides(
    overrides: Mapping[str, Any], base: Node, document: Document
) -> tuple[Node, list[Finding]]:
    """Convert dotted keys and values to a tree to lay over the base, with what is wrong."""
    place = Place(document)
    root, findings = Node({}, base.place), []
    for key in sorted(overrides):
        complaint = _check_key(key, overrides, base)
        if complaint:
            findings.append(Finding("override", f"{document.label}, {key}", *complaint))
            continue
        value, trouble = _from_python(overrides[key], place)
        if trouble:
            findings.append(Finding("override", f"{document.label}, {key}", *trouble))
            continue
        for part in reversed(key.split(".")):
            value = Node({part: value}, place)
        root = merge(root, replace(value, place=base.place))
    return root, findings


def _check_key(key: str, overrides: Mapping[str, Any], base: Node) -> tuple[str, str, str] | None:
    parts = tuple(key.split("."))
    if not all(parts):
        return "an empty part in the key", "a dotted key such as rules.population.min", "correct it"
    for length in range(1, len(parts)):
        above = parts[:length]
        if ".".join(above) in overrides:
            found = f"{dotted(above)} overridden as well"
            return found, "each key overridden once", f"put {key} into {dotted(above)}"
        node = node_at(base, above)
        if node is not None and node.value is not None and not isinstance(node.value, dict):
            found = f"{dotted(above)} is {shown(node)} ({where(node.place)})"
            return (
                found,
                "a section, to override a key of it",
                f"override {dotted(above)} as a whole",
            )
    return None


def _from_python(value: Any, place: Place) -> tuple[Node, tuple[str, str, str] | None]:
    if isinstance(value, dict):
        return _from_dict(value, place)
    if isinstance(value, list | tuple):
        pairs = [_from_python(item, place) for item in value]
        trouble = next((trouble for _, trouble in pairs if trouble), None)
        return Node(tuple(node for node, _ in pairs), place), trouble
    return Node(value, place, str(value)), _check_scalar(value)


def _from_dict(value: dict[Any, Any], place: Place) -> tuple[Node, tuple[str, str, str] | None]:
    pairs = {str(key): _from_python(item, place) for key, item in value.items()}
    trouble = next((trouble for _, trouble in pairs.values() if trouble), None)
    if not all(isinstance(key, str) for key in value):
        trouble = ("a key that is not text", "text as key", "write the key as text")
    return Node({key: node for key, (node, _) in pairs.items()}, place), trouble


def _check_scalar(value: Any) -> tuple[str, str, str] | None:
    if not isinstance(value, str | int | float | bool | None):
        kind = type(value).__name__
        return (
            f"a value of type {kind}",
            "text, a number, true, false, a list or a section",
            "convert it",
        )
    if isinstance(value, float) and not math.isfinite(value):
        return f"the number {value}", "a finite number", "write the number itself"
    return None
