"""One program for a block: the compact model, and the list where units are few."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.solve import compact
from amalgamation.solve.listing import LISTED, list_block
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem
    from amalgamation.solve.task import BlockAnswer, BlockTask

__all__ = ["solve_by_program"]

# Of so few units that all municipalities can be listed (`LISTED`), the compact model gets so much
# work, some 2 s: on the toy, four municipalities of 11,500 keep it busy for over half a minute.
_LOOKS = 200


def solve_by_program(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[BlockAnswer], None] = lambda _: None,
) -> BlockAnswer:
    """Solve one block by the compact model; what it cannot settle of a few units is listed.

    Parameters are those of `amalgamation.solve.compact.solve_block`.
    """
    # The list knows no limit on the whole plan.
    if problem.on_plan or len(problem.blocks[task.block]) > LISTED:
        return compact.solve_block(problem, task, stop, report)
    answer = compact.solve_block(problem, replace(task, looks=_LOOKS), stop, report)
    left = task.seconds - answer.seconds
    if answer.status not in (Status.FEASIBLE, Status.NO_PLAN) or stop() or left <= 0:
        return replace(answer, task=task)
    listed = list_block(problem, replace(task, seconds=left), stop, report)
    if listed.status is Status.NO_PLAN:
        return replace(answer, task=task)
    return replace(
        listed,
        task=task,
        bound=max(listed.bound, answer.bound),
        rounds=answer.rounds + listed.rounds,
        cuts=answer.cuts,
        seconds=answer.seconds + listed.seconds,
        floors=answer.floors,
    )
