"""Improve: iterated local search from a plan, for as long as there is time.

Descent by moves ends where no move gains. Then a corner of two to some municipalities is
taken down and grown anew, again and again; what comes out is kept if it is hardly worse
(Lourenço, Martin and Stützle 2003; ruin and recreate: Schrimpf et al. 2000). When that
brings nothing for a while, windows over the whole plan are solved exactly.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from amalgamation.solve.search.score import LEAST_GAIN
from amalgamation.solve.search.state import Search
from amalgamation.solve.search.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from amalgamation.model import Problem
    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.task import BlockAnswer, BlockTask

__all__ = ["improve_block", "improve_draft", "improve_start"]

# Most municipalities of a corner that is taken down.
_CORNER = 4
# By how much a plan may be worse, relative to the best, and still be gone on from.
_WORSE = 0.0005
# Shakes without gain, per unit of the block, after which windows are solved.
_PATIENCE = 4
# Most units of a window, in the first sweeps and in the later ones.
_WINDOWS = (36, 48)
# Shakes per unit, and part of the task's time, for a search ahead of another engine.
_START_SHAKES = 8
_START_SHARE = 0.2
# Times that search starts over from the best plan when nothing at all gains.
_RETURNS = 5


def improve_block(
    problem: Problem,
    task: BlockTask,
    start: Mapping[int, int],
    *,
    seconds: float,
    shakes: float = math.inf,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[BlockAnswer]:
    """Improve a plan of one block, and give each plan that is the best of its number so far.

    The same input and seed give the same plans, as far as the time reaches.

    Parameters
    ----------
    problem, task
        What is asked: the number's range, the price, the seed.
    start
        Unit -> seat of a plan, which need not keep the rules; empty lets search draw one.
    seconds
        Time; search ends before when it finds nothing more.
    shakes
        Most corners taken down and grown anew.
    stop
        Asked often; True ends the search.

    Yields
    ------
    BlockAnswer
        Without bound; its number may lie outside the task's range, where a plan was met
        on the way.
    """
    deadline = time.monotonic() + seconds
    search = Search(problem, task, lambda: stop() or time.monotonic() > deadline, shakes)
    draft = search.draft(start)
    search.descend(draft)
    yield from search.bests.draw()
    yield from improve_draft(search, search.mend(draft))


def improve_start(
    problem: Problem, task: BlockTask, stop: Callable[[], bool] = lambda: False
) -> Iterator[BlockAnswer]:
    """Improve the start of a task for a small part of its time, ahead of another engine.

    Parameters
    ----------
    problem, task, stop
        As in `improve_block`.

    Yields
    ------
    BlockAnswer
        As `improve_block` does.
    """
    return improve_block(
        problem,
        task,
        task.start,
        seconds=_START_SHARE * task.seconds,
        shakes=_START_SHAKES * len(problem.blocks[task.block]),
        stop=stop,
    )


def improve_draft(search: Search, draft: Draft) -> Iterator[BlockAnswer]:
    """Improve a plan until the search is stopped or nothing more is found.

    Parameters
    ----------
    search
        Carries what is asked and what was met.
    draft
        Where to begin; it is not changed.

    Yields
    ------
    BlockAnswer
        As `improve_block` does.
    """
    best, sweeps = draft.copy(), [Sweep(search, most) for most in _WINDOWS]
    for _ in range(_RETURNS):
        before = search.score.of_draft(best)
        gained = True
        while gained and not search.is_tired:
            for better in _shake_long(search, best):
                best = better
                yield from search.bests.draw()
            gained = not search.is_tired and any(sweep.improve(best) for sweep in sweeps)
            yield from search.bests.draw()
        if search.is_tired or search.score.of_draft(best) >= before - LEAST_GAIN:
            break


def _shake_long(search: Search, draft: Draft) -> Iterator[Draft]:
    """Shake until a while brought no gain; give each plan that is better than all before."""
    here, value = draft, search.score.of_draft(draft)
    least, idle, limit = value, 0, _PATIENCE * len(draft.part_of)
    while idle < limit and len(draft.part_of) > 1 and not search.is_tired:
        idle, search.shakes_left = idle + 1, search.shakes_left - 1
        shaken = search.shake(here, _CORNER)
        now = search.score.of_draft(shaken)
        if now <= max(value, least + _WORSE * abs(least)) + LEAST_GAIN:
            here, value = shaken, now
        if now < least - LEAST_GAIN:
            least, idle = now, 0
            yield shaken.copy()
