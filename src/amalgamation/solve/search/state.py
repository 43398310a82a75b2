"""The search of one block: what is asked, what is known, and the steps that it can take."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from amalgamation.solve.search.bests import Bests
from amalgamation.solve.search.descend import descend
from amalgamation.solve.search.draft import Draft
from amalgamation.solve.search.ruin import choose_corner, dissolve
from amalgamation.solve.search.score import LEAST_GAIN, Score
from amalgamation.solve.search.split import Splitter
from amalgamation.solve.search.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from amalgamation.model import Problem
    from amalgamation.solve.task import BlockTask

__all__ = ["Search"]

# Shakes around what lacks, before search gives a start up; and parts of such a corner.
_MENDING = 200
_MENDED = 6


@dataclass
class Search:
    """Hold the search of one block.

    Parameters
    ----------
    problem, task
        What is asked: the number's range, the price, the seed.
    stop
        Asked often; True ends every step early.
    shakes_left
        So many shakes are left before search is tired: a measure of work that, unlike
        time, is the same on every machine.
    """

    problem: Problem
    task: BlockTask
    stop: Callable[[], bool] = lambda: False
    shakes_left: float = math.inf
    values: Values = field(init=False)
    splitter: Splitter = field(init=False)
    score: Score = field(init=False)
    bests: Bests = field(init=False)
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.values = Values(self.problem, self.task.block)
        self.splitter = Splitter(self.values)
        self.score = Score.of_task(self.task)
        self.bests = Bests(self.problem, self.task, self.values)
        self.random = Random(self.task.seed)  # noqa: S311 - seeded, no secret

    @property
    def is_tired(self) -> bool:
        """Whether nothing more should be begun."""
        return self.shakes_left <= 0 or self.stop()

    def draft(self, start: Mapping[int, int] | None = None) -> Draft:
        """Return a plan to work on; without a start every unit stands alone."""
        if start:
            draft = Draft.of_plan(self.values, start)
        else:
            alone = [self.values.alone(unit) for unit in range(len(self.values.block))]
            draft = Draft(self.values.block, alone)
        self.bests.take(draft)
        return draft

    def descend(
        self, draft: Draft, *, dirty: Iterable[int] | None = None, score: Score | None = None
    ) -> None:
        """Walk down to where no move gains, in place."""
        descend(
            draft,
            self.values,
            self.splitter,
            score or self.score,
            dirty=dirty,
            stop=self.stop,
            after=self.bests.take,
        )

    def shake(self, draft: Draft, most: int, centre: int | None = None) -> Draft:
        """Return a plan with a corner of at most so many parts taken down and grown anew."""
        if centre is None:
            centre = draft.part_of[self.random.randrange(len(draft.part_of))]
        shaken = draft.copy()
        names = choose_corner(shaken, self.random, most, centre)
        dirty = dissolve(shaken, self.values, names)
        self.random.shuffle(dirty)
        self.descend(shaken, dirty=dirty)
        return shaken

    def mend(self, draft: Draft) -> Draft:
        """Return a plan that lacks nothing, if shaking what lacks finds one."""
        least = self.score.of_draft(draft)
        for _ in range(min(_MENDING, 4 * len(draft.part_of))):
            lacking = [name for name in sorted(draft.parts) if draft.parts[name].lack]
            if not lacking or len(draft.parts) == 1 or self.stop():
                break
            shaken = self.shake(draft, _MENDED, self.random.choice(lacking))
            value = self.score.of_draft(shaken)
            if value <= least + LEAST_GAIN:
                draft, least = shaken, value
        return draft
