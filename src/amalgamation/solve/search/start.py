"""A first plan of a block, as an answer like any engine's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from amalgamation.solve.search.merge import merge_greedily
from amalgamation.solve.task import BlockAnswer, BlockTask, municipalities_of
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem

__all__ = ["start_block"]


def start_block(
    problem: Problem, task: BlockTask, stop: Callable[[], bool] = lambda: False
) -> BlockAnswer:
    """Return a greedy plan of a block within the task's range of the number, if one is found.

    Parameters
    ----------
    problem, task
        What is asked; ``task.price`` says when merging stops.
    stop
        True gives up.
    """
    began = time.monotonic()
    least, most = task.number
    block = problem.blocks[task.block]
    seat_of = merge_greedily(problem, block, most=most, price=task.price, stop=stop)
    municipalities = municipalities_of(block, seat_of)
    seconds = time.monotonic() - began
    if not seat_of or (least is not None and len(municipalities) < least):
        return BlockAnswer(task, Status.NO_PLAN, seconds=seconds)
    cost = problem.cost(municipalities)
    return BlockAnswer(task, Status.FEASIBLE, seat_of, cost, seconds=seconds)
