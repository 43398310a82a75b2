"""Greedy plans: soon at hand, at many numbers, and places to start from.

Every unit begins alone and the plan walks down: units join, change sides and part again
for as long as something lacks or a move gains. Merging alone would not do: whoever is
left over would be added to a neighbour that is whole already, again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.solve.search.ladder import climb_ladder
from amalgamation.solve.search.state import Search
from amalgamation.solve.task import BlockTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Block, Problem

__all__ = ["merge_greedily"]


def merge_greedily(
    problem: Problem,
    block: Block,
    stop: Callable[[], bool] = lambda: False,
    *,
    ladder: bool = True,
) -> dict[int, dict[int, int]]:
    """Draw plans from units that stand alone, at as many numbers as there is a way to.

    Parameters
    ----------
    problem, block
        Rules judge, aims value.
    stop
        Asked often; True ends with what was found.
    ladder
        Whether to go on to the numbers around that of the first plan.

    Returns
    -------
    dict
        Number of municipalities -> unit -> seat (positions); empty where no plan was
        found at all.
    """
    position = next(k for k, each in enumerate(problem.blocks) if each is block)
    search = Search(problem, BlockTask(position), stop)
    draft = search.draft()
    search.descend(draft)
    draft = search.mend(draft)
    if ladder:
        climb_ladder(search, draft, 1, len(block))
    return {answer.number: dict(answer.seat_of) for answer in search.bests.draw()}
