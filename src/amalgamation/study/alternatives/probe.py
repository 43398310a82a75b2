"""Probe: one tie of a block decided otherwise, until a plan or a bound tells.

A tie that all plans found decide alike is only likely to be certain. It is proven where the
opposite, added as a rule, costs more than the budget whatever else the plan does: where the
bound of that question lies above the budget, or no plan keeps the rules at all.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.rules.wishes import Apart, Together
from amalgamation.solve.engines import choose_engine, solve_block
from amalgamation.solve.search import improve_block
from amalgamation.solve.task import BlockAnswer, BlockTask, cost_of
from amalgamation.status import Status
from amalgamation.study.alternatives.votes import keeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem

__all__ = ["Probe", "is_proven", "probe"]

# Search alone looks for a plan first, since most ties can be decided otherwise: for a share of
# the time at most, and with so many corners taken down and grown anew per unit.
_SEARCH_SHARE = 0.25
_SHAKES = 3.0
# A bound must lie above the budget by more than the rounding of the two, relative or not.
_CLEARLY = (1e-6, 1e-9)


@dataclass(frozen=True)
class Probe(BlockTask):
    """Ask whether a tie can be decided otherwise within the budget.

    Parameters
    ----------
    tie
        Position among the block's ties.
    kept
        Whether the plans found keep it.
    budget
        Most that the plan may cost.
    """

    tie: int = 0
    kept: bool = True
    budget: float = math.inf


@dataclass
class _Trial:
    """What is known so far of one probe."""

    problem: Problem
    task: Probe
    stop: Callable[[], bool]
    answer: BlockAnswer = field(init=False)

    def __post_init__(self) -> None:
        self.answer = BlockAnswer(self.task, Status.NO_PLAN)

    @property
    def is_settled(self) -> bool:
        return bool(self.answer.seat_of) or is_proven(self.answer)

    def is_over(self) -> bool:
        return self.is_settled or self.stop()

    def hear(self, answer: BlockAnswer) -> None:
        """Keep the bound, and the plan if it does what was asked."""
        bound = max(self.answer.bound, answer.bound)
        self.answer = replace(self.answer, bound=bound)
        if self._does(answer):
            cost = cost_of(self.problem, self.task.block, answer.seat_of)
            self.answer = replace(
                self.answer, status=Status.FEASIBLE, seat_of=answer.seat_of, cost=cost
            )

    def _does(self, answer: BlockAnswer) -> bool:
        task = self.task
        if not answer.seat_of or not task.admits(answer.number) or answer.cost > task.budget:
            return False
        kept = keeps(self.problem.blocks[task.block], answer.seat_of)
        return bool(kept[task.tie]) is not task.kept


def probe(problem: Problem, task: Probe, stop: Callable[[], bool]) -> BlockAnswer:
    """Decide a tie otherwise, if that can be done within the budget.

    Parameters
    ----------
    problem, task
        What is asked; ``start`` is the plan that there is.
    stop
        Asked often; True ends with what is known.

    Returns
    -------
    BlockAnswer
        With a plan where it can be done; without, ``bound`` is that of doing it, infinite
        where no plan of the rules does it at all (`is_proven`).
    """
    trial = _Trial(problem, task, stop)
    forced = _force(problem, task)
    deadline = time.monotonic() + task.seconds
    effort = {
        "seconds": _SEARCH_SHARE * task.seconds,
        "shakes": _SHAKES * len(forced.blocks[task.block]),
    }
    for answer in improve_block(forced, task, task.start, **effort, stop=trial.is_over):
        trial.hear(answer)
    if not trial.is_over():
        engine = choose_engine(forced, task.block, "auto")[0]
        left = max(0.1, deadline - time.monotonic())
        asked = replace(task, engine=engine, start={}, seconds=left)
        last = solve_block(forced, asked, trial.is_over, trial.hear)
        impossible = last.status is Status.INFEASIBLE
        trial.hear(replace(last, bound=math.inf) if impossible else last)
    return trial.answer


def is_proven(answer: BlockAnswer) -> bool:
    """Say whether a probe's answer proves that the tie is certain within the budget."""
    task = answer.task
    assert isinstance(task, Probe)  # noqa: S101 - answers of probes have no other
    relative, absolute = _CLEARLY
    return answer.bound > task.budget + relative * abs(task.budget) + absolute


def _force(problem: Problem, task: Probe) -> Problem:
    """Return the problem in which the tie's two units must be apart, or together."""
    block = problem.blocks[task.block]
    codes = tuple(block.ids[unit] for unit in block.ties[task.tie].tolist())
    rule = Apart(codes) if task.kept else Together(codes)
    admitted = np.asarray(rule.admits(block, block.pairs))
    # two units that both stay outside share no municipality: together means inside
    inside = () if task.kept else block.ties[task.tie].tolist()
    leavable = tuple(unit for unit in block.leavable if unit not in inside)
    own = replace(block, pairs=block.pairs.only(admitted), leavable=leavable)
    blocks = (*problem.blocks[: task.block], own, *problem.blocks[task.block + 1 :])
    return replace(problem, blocks=blocks, rules=(*problem.rules, rule))
