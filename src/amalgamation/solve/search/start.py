"""First plans of a block, as answers like any engine's."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.solve.search.merge import merge_greedily
from amalgamation.solve.task import BlockAnswer, BlockTask, cost_of
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem

__all__ = ["start_block"]


def start_block(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool] = lambda: False,
    *,
    ladder: bool = True,
) -> list[BlockAnswer]:
    """Return greedy plans of a block, one per number within the task's range.

    Parameters
    ----------
    problem, task
        What is asked.
    stop
        True ends with what was found.
    ladder
        Whether to look at the numbers around that of the first plan as well.
    """
    began = time.monotonic()
    deadline = began + task.seconds if ladder else math.inf

    def late() -> bool:
        return stop() or time.monotonic() > deadline

    block = problem.blocks[task.block]
    answers = []
    for number, seat_of in merge_greedily(problem, block, late, ladder=ladder).items():
        if task.admits(number):
            cost = cost_of(problem, task.block, seat_of)
            answers.append(BlockAnswer(task, Status.FEASIBLE, seat_of, cost))
    if answers:
        # One walk found them all: its time is told once.
        answers[0] = replace(answers[0], seconds=time.monotonic() - began)
    return answers
