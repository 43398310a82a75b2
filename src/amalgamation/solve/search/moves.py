"""Moves between neighbours: one unit changes sides, two units swap, two parts merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.solve.search.score import LEAST_GAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.score import Score
    from amalgamation.solve.search.values import Part, Values

__all__ = ["Move", "best_swap", "best_transfer"]


@dataclass(frozen=True, slots=True)
class Move:
    """Replace some parts of a plan by others of the same units.

    Parameters
    ----------
    names
        Parts that go.
    parts
        Parts that come.
    gain
        How much the score falls.
    """

    names: tuple[int, ...]
    parts: tuple[Part, ...]
    gain: float


def best_transfer(draft: Draft, values: Values, score: Score, name: int) -> Move | None:
    """Return the best move of one unit from or to a part, or its best merger; None if none gains.

    Parameters
    ----------
    draft, values, score
        The plan, what its parts are worth, and what counts.
    name
        The part that takes part.
    """
    part = draft.parts[name]
    spare = score.of_number(len(draft)) - score.of_number(len(draft) - 1)
    best: Move | None = None
    least = LEAST_GAIN
    for other, own, theirs in draft.borders(name):
        neighbour = draft.parts[other]
        now = score.of_part(part) + score.of_part(neighbour)
        union = values.union(part, neighbour)
        gain = now - score.of_part(union) + spare
        if gain > least:
            best, least = Move((name, other), (union,), gain), gain + LEAST_GAIN
        for rest, grown in (
            *_shifts(values, part, neighbour, own),
            *_shifts(values, neighbour, part, theirs),
        ):
            gain = now - score.of_part(rest) - score.of_part(grown)
            if gain > least:
                best, least = Move((name, other), (rest, grown), gain), gain + LEAST_GAIN
    return best


def _shifts(
    values: Values, source: Part, target: Part, units: list[int]
) -> Iterator[tuple[Part, Part]]:
    """Move each of these units, which touch the target, over to it."""
    if source.stands_alone:
        return
    for unit in units:
        rest = values.rest(source, unit)
        if rest is not None:
            yield rest, values.grown(target, unit)


def best_swap(draft: Draft, values: Values, score: Score, name: int) -> Move | None:
    """Return the best swap of two units across a border of a part; None if none gains.

    Parameters
    ----------
    draft, values, score
        The plan, what its parts are worth, and what counts.
    name
        The part that takes part.
    """
    part = draft.parts[name]
    best: Move | None = None
    least = LEAST_GAIN
    for other, own, theirs in draft.borders(name):
        neighbour = draft.parts[other]
        now = score.of_part(part) + score.of_part(neighbour)
        for given, taken in ((g, t) for g in own for t in theirs):
            first = values.swapped(part, given, taken)
            second = values.swapped(neighbour, taken, given) if first is not None else None
            if first is None or second is None:
                continue
            gain = now - score.of_part(first) - score.of_part(second)
            if gain > least:
                best, least = Move((name, other), (first, second), gain), gain + LEAST_GAIN
    return best
