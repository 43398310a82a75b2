"""A scenario file as a tree whose every node knows where it was written.

Comes in: what the parser, a base or an override says. Goes out: nodes that can be merged
without forgetting their file and line, so that an error always names both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Document",
    "KeyPath",
    "Node",
    "Place",
    "dotted",
    "node_at",
    "place_of",
    "quoted",
    "shortened",
    "shown",
    "where",
]

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of the file down to a node."""

Scalar = str | int | float | bool | None

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Document:
    """Name a text that states keys: a file, or the overrides of one run.

    Parameters
    ----------
    label
        Name for messages, as the user gave it.
    folder
        Folder from which its relative paths start.
    root
        Folder that its paths may not leave.
    """

    label: str
    folder: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Point into a document; lines count from 1, and 0 stands for no line."""

    document: Document
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """Hold one value of a scenario file, and where it stands.

    Parameters
    ----------
    value
        A scalar, a tuple of nodes (a list) or a dict of nodes (a section).
    place
        Where it was written: its key's place where it has a key.
    text
        A scalar as written.
    quoted
        Whether a scalar was written in quotes.
    size, height
        Nodes below and including this one, and levels below it; aliases counted in full.
    """

    value: Scalar | tuple[Node, ...] | dict[str, Node]
    place: Place
    text: str = ""
    quoted: bool = False
    size: int = 1
    height: int = 0

    def plain(self) -> Any:
        """Return the value as plain Python data."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value


def node_at(root: Node, path: KeyPath) -> Node | None:
    """Return the node at a path, or None where the file says nothing."""
    node: Node | None = root
    for step in path:
        node = None if node is None else _child(node, step)
    return node


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(str(step))
    if isinstance(node.value, tuple) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def place_of(root: Node, path: KeyPath) -> Place:
    """Return the place of a path, or of the nearest section above it that exists."""
    for length in range(len(path), -1, -1):
        node = node_at(root, path[:length])
        if node is not None:
            return node.place
    return root.place


def where(place: Place, path: KeyPath = ()) -> str:
    """Return file, line and dotted key, as far as they are known."""
    line = [f"line {place.line}"] if place.line else []
    key = [dotted(path)] if path else []
    return ", ".join([place.document.label, *line, *key])


def dotted(path: KeyPath) -> str:
    """Return a path as users write it; positions in lists count from 1.

    Examples
    --------
    >>> dotted(("graph", "links", 0, "km"))
    'graph.links[item 1].km'
    """
    text = ""
    for step in path:
        text += f"[item {step + 1}]" if isinstance(step, int) else f".{_shown_key(step)}"
    return text.removeprefix(".")


def _shown_key(key: str) -> str:
    tame = key.isprintable() and 0 < len(key) <= _LONGEST_SHOWN
    return key if tame else quoted(key)


def quoted(text: str) -> str:
    """Return a text in quotes, shortened, with every invisible character escaped."""
    raw = json.dumps(text, ensure_ascii=False)
    return shortened("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in raw))


def shortened(text: str) -> str:
    """Return a text cut to what a message can bear."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def shown(node: Node) -> str:
    """Return a node as a message shows it, with the type that it was read as."""
    if isinstance(node.value, dict):
        keys = ", ".join(_shown_key(key) for key in node.value)
        return f"a section with the keys {shortened(keys)}" if keys else "an empty section"
    if isinstance(node.value, tuple):
        return f"a list of {len(node.value)}"
    if node.value is None:
        return "nothing (null)"
    if isinstance(node.value, str):
        return f"the text {quoted(node.value)}"
    kind = "the truth value" if isinstance(node.value, bool) else "the number"
    return f"{kind} {shortened(node.text)}"
