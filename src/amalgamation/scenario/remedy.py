"""What to do about a value that the schema does not take: the likeliest mistake first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from amalgamation.scenario.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.scenario.tree import Node

__all__ = ["remedy_for"]

_FORM = "write it in the expected form"
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}([ _'’,\u00a0\u202f][0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
_PER_CENT = re.compile(r"([0-9.]+)\s*%")
_TRUTHS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def remedy_for(node: Node, members: Sequence[dict[str, Any]]) -> str:
    """Return what to do about a value where one of the members was expected."""
    if node.value is None:
        return "give it a value, or remove the key"
    kinds = {member.get("type") for member in members}
    words = [str(word) for member in members for word in member.get("enum", ())]
    if isinstance(node.value, str):
        return _for_text(node.value, kinds, words)
    if isinstance(node.value, bool | int | float):
        return _for_number(node, kinds, words)
    return "write as many items as that" if _is_list(node, kinds) else _FORM


def _is_list(node: Node, kinds: set[Any]) -> bool:
    return "array" in kinds and isinstance(node.value, tuple)


def _for_text(text: str, kinds: set[Any], words: list[str]) -> str:
    near = nearest(text, words, most=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if words:
        return "choose one of these words"
    if kinds & {"number", "integer"}:
        return _for_spelt_number(text.strip())
    if not text:
        return "write the text"
    if "boolean" in kinds:
        return f"write {_TRUTHS.get(text.lower(), 'true or false')}"
    return f'write it as a list: ["{text}"]' if "array" in kinds else _FORM


def _for_spelt_number(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f"write it without quotes: {text}"
    if _GROUPED.fullmatch(text):
        return f"write {re.sub('[^0-9]', '', text)}, without marks between the digits"
    if _DECIMAL_COMMA.fullmatch(text):
        return f"write {text.replace(',', '.')}, with a decimal point"
    per_cent = _PER_CENT.fullmatch(text)
    return f"write {per_cent[1]}, without the sign" if per_cent else "write a number"


def _for_number(node: Node, kinds: set[Any], words: list[str]) -> str:
    if words:
        return "choose one of these words"
    if kinds & {"number", "integer"} and not isinstance(node.value, bool):
        whole = isinstance(node.value, float) and node.value.is_integer()
        return f"write {node.value:.0f}" if whole and kinds == {"integer"} else "correct the number"
    if "string" in kinds:
        return f'write it in quotes: "{node.text}"'
    return f'write it as a list: ["{node.text}"]' if "array" in kinds else _FORM
