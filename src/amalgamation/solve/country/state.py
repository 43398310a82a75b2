"""What is known so far on the country: a curve for each block, and what was asked of it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from amalgamation.solve.allocate import Allocation, choose_numbers
from amalgamation.solve.compact import Tangent
from amalgamation.solve.task import BlockTask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model import NumberLimit, Problem
    from amalgamation.solve.allocate import Curve
    from amalgamation.solve.engines import Choice
    from amalgamation.solve.interrupt import StopSignal
    from amalgamation.solve.task import BlockAnswer
    from amalgamation.solve.workers import Workers

__all__ = ["Country"]

# Share of the time left that one round of settling may take.
_ASK_SHARE = 0.7


@dataclass
class Country:
    """What is known so far on the whole."""

    problem: Problem
    gap: float
    seconds: float
    seed: int
    points: int
    presolve: bool
    workers: Workers
    stop: StopSignal
    engines: list[Choice]
    limits: list[NumberLimit]
    curves: list[Curve]
    answers: list[list[BlockAnswer]]
    tried: list[set[int]]
    proved: list[set[int]]
    peak_mb: float = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        """Time that is left."""
        return self.seconds - (time.monotonic() - self.began)

    def best(self) -> Allocation | None:
        """Return the best plan at hand."""
        return choose_numbers([curve.costs() for curve in self.curves], self.limits)

    def floor(self) -> Allocation | None:
        """Return the least that any plan can cost."""
        return choose_numbers([curve.bounds() for curve in self.curves], self.limits)

    def task(self, block: int, seconds: float) -> BlockTask:
        """Return a task that begins with nothing."""
        return BlockTask(
            block,
            self.problem.own_range(block),
            seed=self.seed,
            seconds=seconds,
            cuts=self.curves[block].cuts,
            engine=self.engines[block][0],
            presolve=self.presolve,
        )

    def solve_task(self, block: int, seconds: float, **changes: Any) -> BlockTask:
        """Return a task that starts from the best plan known of its block."""
        # Where a number is shared out, part of the gap is left to how it is shared.
        gap = self.gap / 2 if self.limits else self.gap
        task = replace(self.task(block, seconds), gap=gap, **changes)
        return replace(task, start=self.curves[block].start(task))

    def ask_at(self, wanted: Sequence[tuple[int, int]]) -> list[BlockTask]:
        """Return tasks for (block, number), and remember that these were asked for."""
        seconds = self.share_time([b for b, _ in wanted], self.seconds_left * _ASK_SHARE)
        for b, k in wanted:
            self.proved[b].add(k)
        return [self.solve_task(b, seconds[b], number=(k, k)) for b, k in wanted]

    def learn(self, answers: Sequence[BlockAnswer]) -> None:
        """Take in answers of blocks: plans, bounds, proofs that there is none."""
        for answer in answers:
            block = answer.task.block
            self.curves[block].learn(answer)
            self.answers[block].append(answer)
            least, most = answer.task.number
            if math.isfinite(answer.bound) and (least, most) == self.problem.own_range(block):
                tangent = Tangent(answer.bound, answer.task.price, float(answer.number))
                self.curves[block].tangents.append(tangent)

    def share_time(self, blocks: Sequence[int], seconds: float) -> dict[int, float]:
        """Share out time by size: blocks run side by side, and large ones are harder."""
        processes = max(1, min(self.workers.processes, len(blocks)))
        weights = {b: float(len(self.problem.blocks[b])) ** 1.5 for b in blocks}
        total = sum(weights.values())
        return {
            b: max(0.05, seconds * min(1.0, processes * weight / total))
            for b, weight in weights.items()
        }
