"""A variant is a difference: sections merge, lists and values are replaced, null removes.

Comes in: the trees of a base and of what changes. Goes out: one tree in which every node
still knows the file and line that stated it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amalgamation.scenario.tree import Node

__all__ = ["merge"]


def merge(base: Node, change: Node) -> Node:
    """Return the base with the change laid over it.

    A null removes the key if the base has it; otherwise it stays, so that a misspelt key
    is still found.
    """
    if not isinstance(base.value, dict) or not isinstance(change.value, dict):
        return change
    merged = dict(base.value)
    for key, node in change.value.items():
        if key not in merged:
            merged[key] = node
        elif node.value is None:
            del merged[key]
        else:
            merged[key] = merge(merged[key], node)
    return replace(change, value=merged)
