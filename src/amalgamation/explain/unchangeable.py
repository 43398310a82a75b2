"""Wishes that no plan can change, because no municipality can hold both units.

In: the ground. Out: notes: the aim leaves such wishes out, as it would only count a constant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import Finding, Severity

if TYPE_CHECKING:
    from amalgamation.explain.ground import Ground

__all__ = ["note_wishes"]


def note_wishes(ground: Ground) -> list[Finding]:
    """Note wishes between units that walls, like categories or water hold apart in every plan."""
    aim = ground.scenario.aims.wishes
    wishes = enumerate(aim.wishes if aim is not None else [])
    pairs = [(number, wish, str(wish.with_ or wish.against)) for number, wish in wishes]
    return [
        _note(ground, number, [wish.unit, other], is_met=wish.against is not None)
        for number, wish, other in pairs
        if ground.piece_of.get(wish.unit, wish.unit) != ground.piece_of.get(other, other)
    ]


def _note(ground: Ground, number: int, units: list[str], *, is_met: bool) -> Finding:
    what = "against" if is_met else "with"
    first, second = (ground.labels([unit]) for unit in units)
    return Finding(
        "unchangeable-wish",
        f"aims.wishes.wishes[{number}]",
        f"a wish of {first} {what} {second}, which no municipality can hold together: "
        f"{'met' if is_met else 'unmet'} in every plan, and left out of the aim",
        severity=Severity.NOTE,
        subjects=tuple(sorted(units)),
    )
