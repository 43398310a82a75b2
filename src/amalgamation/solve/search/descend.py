"""Descent: moves that gain, one after another, until no part has one left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.solve.search.moves import best_departure, best_swap, best_transfer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.moves import Move
    from amalgamation.solve.search.score import Score
    from amalgamation.solve.search.split import Splitter
    from amalgamation.solve.search.values import Values

__all__ = ["descend"]


def descend(
    draft: Draft,
    values: Values,
    splitter: Splitter,
    score: Score,
    *,
    dirty: Iterable[int] | None = None,
    stop: Callable[[], bool] = lambda: False,
    after: Callable[[Draft], None] = lambda _: None,
) -> None:
    """Change a draft for the better, in place, until nothing gains.

    Units are left out only after that: a unit that lacks what a rule asks would leave
    before its neighbours could take it in.

    Parameters
    ----------
    draft, values, splitter, score
        The plan, what its parts are worth, and what counts.
    dirty
        Parts to begin with, in this order; default all.
    stop
        Asked often; True ends early.
    after
        Called with the draft after each move.
    """

    def stay(name: int) -> Move | None:
        """Return a move that gains: cheap kinds first."""
        return (
            best_transfer(draft, values, score, name)
            or splitter.best_split(draft, score, name)
            or best_swap(draft, values, score, name)
        )

    def leave(name: int) -> Move | None:
        return best_departure(draft, values, score, name) or stay(name)

    queue = sorted(draft.parts) if dirty is None else list(dirty)
    seen = _walk(draft, queue, stay, stop, after)
    if values.leavable:
        _walk(draft, seen, leave, stop, after)


def _walk(
    draft: Draft,
    queue: list[int],
    best_move: Callable[[int], Move | None],
    stop: Callable[[], bool],
    after: Callable[[Draft], None],
) -> list[int]:
    """Make the moves that gain, part by part; return the parts that were left without one."""
    settled: dict[int, None] = {}
    while queue and not stop():
        name = queue.pop(0)
        if name not in draft.parts:
            continue
        move = best_move(name)
        if move is None:
            settled[name] = None
            continue
        fresh = draft.replace(move.names, move.parts)
        after(draft)
        waiting = set(queue)
        queue += [n for n in fresh if n not in waiting]
    return [name for name in settled if name in draft.parts]
