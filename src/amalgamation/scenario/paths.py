"""Paths in a scenario: local, inside the scenario's folder, and never a machine's own.

A relative path starts at the folder of the file that states it. A path of a base is
rewritten to start at the folder of the scenario that was asked for, so that the resolved
scenario reads the same files and shows no machine's folders.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from amalgamation.findings import Finding
from amalgamation.scenario.tree import Document, KeyPath, Node, node_at, quoted, where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_path", "check_paths", "rebase_paths"]

_INLINE = re.compile(r"\s*[<{\[]|.*[\x00-\x1f\x7f-\x9f]", re.DOTALL)
_REMOTE = re.compile(r"[/\\]+vsi|[A-Za-z][A-Za-z0-9+.-]+:", re.IGNORECASE)


def check_paths(root: Node, *, allow_outside: bool = False) -> list[Finding]:
    """Return a finding for each path that is not a plain local one in the right folder."""
    findings = []
    for path, node in _path_nodes(root):
        complaint = check_path(str(node.value), node.place.document, allow_outside=allow_outside)
        if complaint:
            findings.append(Finding("unsafe-path", where(node.place, path), *complaint))
    return findings


def check_path(
    text: str, document: Document, *, allow_outside: bool = False
) -> tuple[str, str, str] | None:
    """Return found, expected and remedy if a path must not be opened, else None."""
    if not text.strip():
        return "an empty path", "a file's path", "write the path, or remove the key"
    if _INLINE.match(text):
        found = "inline content or control characters where a path belongs"
        return found, "a file's path", "save the content as a file and write its path"
    if _REMOTE.match(text):
        return (
            f"{quoted(text)}, a virtual, network or database path",
            "a plain path to a local file",
            "download or unpack the file beside the scenario and write its path",
        )
    if allow_outside or _inside(text, document):
        return None
    return (
        f"{quoted(text)}, which leads out of the scenario's folder",
        "a path inside the folder of the scenario file",
        "move the file there, or allow it by --allow-outside (allow_outside=True)",
    )


def _inside(text: str, document: Document) -> bool:
    windows = PureWindowsPath(text)  # splits at / and \\, and knows drives and UNC
    if windows.anchor or PurePosixPath(text).is_absolute():
        return False
    steps_up = "\\" in text and ".." in windows.parts
    # resolved, so that a symbolic link or `a/../..` cannot lead out
    return not steps_up and (document.folder / text).resolve().is_relative_to(
        document.root.resolve()
    )


def rebase_paths(root: Node, folder: Path) -> Node:
    """Return the tree with each base's relative paths rewritten to start at a folder."""
    for path, node in _path_nodes(root):
        home = node.place.document.folder
        text = str(node.value)
        if home != folder and not Path(text).is_absolute():
            moved = Path(os.path.relpath(home / text, folder)).as_posix()
            root = _replaced(root, path, replace(node, value=moved, text=moved))
    return root


def _replaced(root: Node, path: KeyPath, node: Node) -> Node:
    if not path:
        return node
    head, rest = path[0], path[1:]
    if isinstance(root.value, dict):
        key = str(head)
        return replace(root, value=root.value | {key: _replaced(root.value[key], rest, node)})
    items = list(root.value) if isinstance(root.value, tuple) else []
    items[int(head)] = _replaced(items[int(head)], rest, node)
    return replace(root, value=tuple(items))


def _path_nodes(root: Node) -> Iterator[tuple[KeyPath, Node]]:
    paths: list[KeyPath] = [
        ("territory", "units"),
        ("territory", "classifier", "path"),
        ("territory", "crosswalk", "file"),
        ("territory", "draw", "within", "file"),
        ("territory", "draw", "settlements", "file"),
        ("graph", "ties", "file"),
        ("graph", "barriers", "file"),
        ("graph", "distance", "matrix"),
        ("graph", "distance", "roads"),
        ("aims", "wishes", "file"),
        ("plan", "file"),
    ]
    tables = node_at(root, ("territory", "tables"))
    if tables is not None and isinstance(tables.value, tuple):
        paths += [("territory", "tables", item, "path") for item in range(len(tables.value))]
    for path in paths:
        node = node_at(root, path)
        if node is not None and isinstance(node.value, str):
            yield path, node
