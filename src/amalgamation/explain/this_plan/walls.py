"""Walls beside a municipality: neighbours that no plan may join to it, and why.

What such a change would cost is not told: across a wall the aims count nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.model import Block

__all__ = ["Walled", "find_walled"]


@dataclass(frozen=True, slots=True)
class Walled:
    """Name a neighbour behind a wall.

    Parameters
    ----------
    unit, neighbour
        Codes of two tied units, one on each side.
    key
        The rule that parts them.
    sides
        What is on the two sides, such as the names of two oblasts.
    """

    unit: str
    neighbour: str
    key: str
    sides: tuple[str, str]


def find_walled(drawn: Drawn, units: Iterable[str]) -> tuple[Walled, ...]:
    """Return the ties of some units that a wall or an unmixed category cuts, in order."""
    found = []
    for unit in sorted(units):
        for other in sorted(drawn.graph.graph[unit]):
            if drawn.block_of.get(other, drawn.block_of[unit]) != drawn.block_of[unit]:
                found += _walls_between(drawn, unit, other)[:1]
    return tuple(found)


def _walls_between(drawn: Drawn, unit: str, other: str) -> list[Walled]:
    found = []
    for rule in drawn.problem.rules:
        for name in (*getattr(rule, "tiers", ()), *getattr(rule, "categories", ())):
            here, there = (_side(drawn, drawn.block(u), name, u) for u in (unit, other))
            if here != there:
                found.append(Walled(unit, other, rule.key, (here, there)))
    return found


def _side(drawn: Drawn, block: Block, name: str, unit: str) -> str:
    at = block.index[unit]
    if name in block.parents:
        return drawn.territory.parent_name(name, block.parents[name][at])
    return block.categories[name][at] or "blank"
