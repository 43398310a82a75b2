"""The search engine: a plan by search, a bound by the compact model's relaxation.

It proves less than the other engines and finds plans sooner; on a block that fits into one
window it proves as much, since the window is then the whole block.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from amalgamation.solve.compact import measure_prices
from amalgamation.solve.one_program import solve_by_program
from amalgamation.solve.search.improve import improve_draft
from amalgamation.solve.search.state import Search
from amalgamation.solve.task import BlockAnswer, BlockTask
from amalgamation.status import Status, is_within, relative_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from amalgamation.model import Problem

__all__ = ["search_block"]

# Up to so many units, the compact engine proves the whole block at once.
_WHOLE = 20
# Part of the time that the bound may take.
_BOUND_SHARE = 0.3


@dataclass
class _Record:
    """The best plan that the task admits, and the bound."""

    task: BlockTask
    report: Callable[[BlockAnswer], None]
    offer: Callable[[BlockAnswer], None]
    best: BlockAnswer = field(init=False)
    bound: float = -math.inf
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.best = BlockAnswer(self.task, Status.NO_PLAN)

    def take(self, answers: Iterable[BlockAnswer]) -> bool:
        """Keep what is better; say whether the gap is met."""
        for answer in answers:
            self.offer(answer)
            if self.task.admits(answer.number) and answer.priced_cost < self.best.priced_cost:
                self.best = answer
                self.report(self.answer(Status.FEASIBLE))
            if self.is_met():
                return True
        return self.is_met()

    def is_met(self) -> bool:
        gap = relative_gap(self.best.priced_cost, self.bound)
        return bool(self.best.seat_of) and is_within(gap, self.task.gap)

    def answer(self, status: Status) -> BlockAnswer:
        seconds = time.monotonic() - self.began
        return replace(
            self.best,
            task=self.task,
            status=status,
            bound=self.bound,
            seconds=seconds,
            raw="search",
        )


def search_block(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[BlockAnswer], None] = lambda _: None,
    offer: Callable[[BlockAnswer], None] = lambda _: None,
) -> BlockAnswer:
    """Solve one block by search.

    Parameters
    ----------
    problem, task
        What is asked.
    stop
        Asked often; True ends with the best plan and bound so far.
    report
        Called with the answer so far whenever plan or bound moves.
    offer
        Called with each plan that is the best of its number so far, also outside the
        task's range: what is known of the block's curve.
    """
    if len(problem.blocks[task.block]) <= _WHOLE:
        return solve_by_program(problem, task, stop, report)
    record = _Record(task, report, offer)
    deadline = record.began + task.seconds
    search = Search(problem, task, lambda: stop() or time.monotonic() > deadline)
    draft = search.draft(task.start)
    search.descend(draft)
    draft = search.mend(draft)
    record.take(search.bests.draw())
    record.bound = _measure_bound(problem, task, search.stop)
    report(record.answer(Status.FEASIBLE if record.best.seat_of else Status.NO_PLAN))
    met = record.is_met() or record.take(improve_draft(search, draft))
    return record.answer(_status(record, met=met, stopped=stop()))


def _measure_bound(problem: Problem, task: BlockTask, stop: Callable[[], bool]) -> float:
    """Return the value of the relaxation; minus infinity where time does not suffice."""
    asked = replace(task, seconds=_BOUND_SHARE * task.seconds)
    look = measure_prices(problem, asked, [task.price], stop)
    return max((tangent.value for tangent in look.tangents), default=-math.inf)


def _status(record: _Record, *, met: bool, stopped: bool) -> Status:
    if met:
        gap = relative_gap(record.best.priced_cost, record.bound)
        return Status.OPTIMAL if gap == 0 else Status.WITHIN_GAP
    if stopped:
        return Status.INTERRUPTED
    return Status.FEASIBLE if record.best.seat_of else Status.NO_PLAN
