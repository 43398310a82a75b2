"""Moves between neighbours: one unit changes sides, two units swap, two parts merge.

A unit that is left out is a part by itself: to move a unit there makes a municipality of
the two, to merge it with a neighbour takes it in. The way out is a move of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.solve.search.score import LEAST_GAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.score import Score
    from amalgamation.solve.search.values import Part, Values

__all__ = ["Move", "best_departure", "best_swap", "best_transfer"]


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
    best: Move | None = None
    least = LEAST_GAIN
    for other, own, theirs in draft.borders(name):
        neighbour = draft.parts[other]
        now = score.of_part(part) + score.of_part(neighbour)
        union = values.union(part, neighbour)
        merged = part.is_outside + neighbour.is_outside - 1
        gain = now - score.of_part(union) + _spared(draft, score, merged)
        if gain > least:
            best, least = Move((name, other), (union,), gain), gain + LEAST_GAIN
        for rest, grown in (
            *_shifts(values, part, neighbour, own),
            *_shifts(values, neighbour, part, theirs),
        ):
            founded = part.is_outside + neighbour.is_outside
            gain = now - score.of_part(rest) - score.of_part(grown)
            gain += _spared(draft, score, founded)
            if gain > least:
                best, least = Move((name, other), (rest, grown), gain), gain + LEAST_GAIN
    return best


def _spared(draft: Draft, score: Score, more: int) -> float:
    """Return by how much the penalty of the number falls with so many municipalities more."""
    return score.of_number(draft.number) - score.of_number(draft.number + more) if more else 0.0


def best_departure(draft: Draft, values: Values, score: Score, name: int) -> Move | None:
    """Return the best way to leave out a unit of a part, or all of it; None if none gains.

    Parameters
    ----------
    draft, values, score
        The plan, what its parts are worth, and what counts.
    name
        The part that units leave; one that is left out may stand alone instead.
    """
    part = draft.parts[name]
    now = score.of_part(part)
    best: Move | None = None
    least = LEAST_GAIN
    for parts in _departures(values, part):
        more = sum(not each.is_outside for each in parts) - (not part.is_outside)
        gain = now - score.of_parts(parts) + _spared(draft, score, more)
        if gain > least:
            best, least = Move((name,), parts, gain), gain + LEAST_GAIN
    return best


def _departures(values: Values, part: Part) -> Iterator[tuple[Part, ...]]:
    members = part.members
    if part.is_outside:
        yield (values.alone(members[0]),)
        return
    free = [unit for unit in members if unit in values.leavable]
    if len(free) == len(members):
        yield tuple(values.outside(unit) for unit in free)
    for unit in free:
        rest = values.rest(part, unit)
        if rest is not None:
            yield rest, values.outside(unit)


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
        if part.is_outside or neighbour.is_outside:
            continue
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
