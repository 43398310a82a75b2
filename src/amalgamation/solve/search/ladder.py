"""A ladder: from one plan down and up to the next numbers of municipalities.

The country asks of each block what every number costs. Each rung merges the two parts
whose union scores least, or splits the part whose halves do, and walks down from there
with the number held.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.solve.search.moves import Move

if TYPE_CHECKING:
    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.state import Search

__all__ = ["climb_ladder"]


def climb_ladder(search: Search, draft: Draft, least: float, most: float) -> None:
    """Meet plans at the numbers around that of a plan; the search's bests keep them.

    Parameters
    ----------
    search, draft
        Where to begin; the draft is not changed.
    least, most
        Numbers at which to turn back.
    """
    for step, end in ((_merge, least), (_split, most)):
        rung = draft.copy()
        while rung.number != end and not search.stop():
            move = step(search, rung)
            if move is None:
                break
            fresh = rung.replace(move.names, move.parts)
            number = rung.number
            held = replace(search.score, least=number, most=number)
            search.bests.take(rung)
            search.descend(rung, dirty=fresh, score=held)
            if rung.lacking or rung.number != number:
                break


def _merge(search: Search, draft: Draft) -> Move | None:
    """Return the admitted merger that costs least, or the one that lacks least."""
    score = search.score
    best, least = None, math.inf
    for name in sorted(draft.parts):
        for other in draft.neighbours(name):
            if other < name or draft.parts[name].is_outside or draft.parts[other].is_outside:
                continue
            pair = draft.parts[name], draft.parts[other]
            union = search.values.union(*pair)
            value = score.of_part(union) - score.of_parts(pair)
            if value < least:
                best, least = Move((name, other), (union,), -value), value
    return best


def _split(search: Search, draft: Draft) -> Move | None:
    """Return the split that costs least; None where nothing splits without lack."""
    score = search.score
    best, least = None, math.inf
    for name in sorted(draft.parts):
        part = draft.parts[name]
        halves = search.splitter.halves(part)
        if halves is None:
            continue
        value = score.of_parts(halves) - score.of_part(part)
        if value < least:
            best, least = Move((name,), halves, -value), value
    return best
