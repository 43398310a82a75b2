"""pydantic's errors -> findings in plain words, each at its file, line and key.

Comes in: a validation error and the tree that was validated. Goes out: one finding per
mistake; a mistake in a choice (a number or a section) is reported once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amalgamation.findings import Finding
from amalgamation.scenario.nearest import nearest
from amalgamation.scenario.remedy import remedy_for
from amalgamation.scenario.tree import KeyPath, Node, dotted, node_at, place_of, shown, where
from amalgamation.scenario.words import Spot, expected, known_keys, members, name_keys, spot_of

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["findings_from"]


def findings_from(error: ValidationError, root: Node) -> list[Finding]:
    """Convert a validation error to findings."""
    findings: dict[tuple[str, str], Finding] = {}
    for detail in error.errors(include_url=False, include_input=False):
        finding = _finding(detail, root)
        if finding is not None:
            findings.setdefault((finding.check, finding.where), finding)
    return list(findings.values())


def _finding(detail: Any, root: Node) -> Finding | None:
    if detail["loc"][-1:] == ("[key]",) and detail["type"] == "string_too_short":
        return _empty_key(root, spot_of(detail["loc"][:-1]))
    spot = spot_of(detail["loc"])
    for choice in spot.choices:
        chosen = node_at(root, choice.path)
        if chosen is None or not isinstance(chosen.value, dict):
            return _wrong(root, Spot(choice.path, {"anyOf": choice.schemas}))
        if choice.tried != _fitting(choice.schemas, chosen):
            return None  # a section was written, so only that section's own errors matter
    kinds = {"missing": _missing, "extra_forbidden": _unknown}
    if detail["type"] in kinds:
        return kinds[detail["type"]](root, spot)
    if "remedy" in detail.get("ctx", {}):
        return _contradiction(root, spot, detail["ctx"])
    return _version(root, spot) if spot.path == ("schema_version",) else _wrong(root, spot)


def _at(root: Node, path: KeyPath) -> str:
    return where(place_of(root, path), path)


def _missing(root: Node, spot: Spot) -> Finding:
    manual = spot.schema.get("description", "").rstrip(".")
    remedy = f"add `{dotted(spot.path[-1:])}:`" + (f" ({manual})" if manual else "")
    return Finding("missing-key", _at(root, spot.path), "nothing", expected(spot.schema), remedy)


def _unknown(root: Node, spot: Spot) -> Finding:
    key, siblings = str(spot.path[-1]), _siblings(root, spot)
    return Finding(
        "unknown-key",
        _at(root, spot.path),
        f"the unknown key `{dotted((key,))}`",
        f"one of {name_keys(siblings)}" if len(siblings) > 1 else name_keys(siblings),
        _suggestion(key, siblings),
    )


def _siblings(root: Node, spot: Spot) -> list[str]:
    schema: dict[str, Any] = spot_of(()).schema
    for at, step in enumerate(spot.path[:-1]):
        schema = _step(_fitting(members(schema), node_at(root, spot.path[:at])), step)
    return list(_fitting(members(schema), node_at(root, spot.path[:-1]))["properties"])


def _fitting(choices: list[dict[str, Any]], node: Node | None) -> dict[str, Any]:
    """Return the section of a choice that knows most of the keys that were written."""
    sections = [choice for choice in choices if choice.get("type") in {"object", "array"}]
    written = set(node.value) if node is not None and isinstance(node.value, dict) else set()
    return max(sections, key=lambda section: len(written & set(section.get("properties", ()))))


def _step(schema: dict[str, Any], step: str | int) -> dict[str, Any]:
    if isinstance(step, int):
        return dict(schema["items"])
    return dict(schema.get("properties", {}).get(step) or schema["additionalProperties"])


def _suggestion(key: str, siblings: list[str]) -> str:
    near = nearest(key, siblings, most=1)
    if near:
        return f"did you mean `{near[0]}`?"
    known = known_keys()
    elsewhere = [path for word in nearest(key, known, most=1, cutoff=0.85) for path in known[word]]
    if elsewhere:
        return "did you mean " + " or ".join(f"`{dotted(path)}`" for path in elsewhere[:3]) + "?"
    return "remove it"


def _contradiction(root: Node, spot: Spot, parts: dict[str, str]) -> Finding:
    path = spot.path + tuple(part for part in parts.get("key", "").split(".") if part)
    return Finding(
        "contradiction", _at(root, path), parts["found"], parts["expected"], parts["remedy"]
    )


def _empty_key(root: Node, spot: Spot) -> Finding:
    return Finding(
        "empty-key", _at(root, spot.path), "an empty key", "a name as key", "write the name"
    )


def _version(root: Node, spot: Spot) -> Finding:
    node = node_at(root, spot.path) or root
    newer = isinstance(node.value, int) and node.value > 1
    remedy = "upgrade amalgamation: it is older than this file" if newer else "write 1"
    found = f"schema version {node.text}" if newer else shown(node)
    return Finding("schema-version", _at(root, spot.path), found, "schema version 1", remedy)


def _wrong(root: Node, spot: Spot) -> Finding:
    node = node_at(root, spot.path) or root
    return Finding(
        "wrong-value",
        _at(root, spot.path),
        shown(node),
        expected(spot.schema),
        remedy_for(node, members(spot.schema)),
    )
