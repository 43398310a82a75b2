"""Bests: the best plan met at each number of municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.solve.search.score import LEAST_GAIN
from amalgamation.solve.task import BlockAnswer, BlockTask, cost_of
from amalgamation.status import Status

if TYPE_CHECKING:
    from amalgamation.model import Problem
    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.values import Part, Values

__all__ = ["Bests"]


class Bests:
    """Keep the cheapest plan of each number, whatever the search was after.

    Parameters
    ----------
    problem, task
        What is asked; answers name the task.
    values
        Confirms by the rules' own judges.
    """

    def __init__(self, problem: Problem, task: BlockTask, values: Values) -> None:
        self._problem, self._task, self._values = problem, task, values
        self._known: dict[int, tuple[float, list[Part]]] = {}
        self._fresh: set[int] = set()

    def take(self, draft: Draft) -> None:
        """Keep a plan if it lacks nothing and costs less than the best of its number."""
        if draft.lacking:
            return
        parts = [draft.parts[name] for name in sorted(draft.parts)]
        cost = sum(part.cost for part in parts)
        known = self._known.get(draft.number)
        if known is None or cost < known[0] - LEAST_GAIN:
            self._known[draft.number] = cost, parts
            self._fresh.add(draft.number)

    def costs(self) -> dict[int, float]:
        """Return number -> cost of the best plan met."""
        return {number: cost for number, (cost, _) in sorted(self._known.items())}

    def parts(self, number: int) -> list[Part]:
        """Return the best plan of a number that was met."""
        return self._known[number][1]

    def draw(self) -> list[BlockAnswer]:
        """Return the plans that were found since the last call, by number."""
        fresh, self._fresh = sorted(self._fresh), set()
        answers = (self.answer(number) for number in fresh)
        return [answer for answer in answers if answer is not None]

    def answer(self, number: int) -> BlockAnswer | None:
        """Return the best plan of a number; None where a rule's judge refuses it after all."""
        parts = self.parts(number)
        if not all(self._values.confirms(part) for part in parts):
            return None
        seat_of = {unit: part.seat for part in parts for unit in part.members}
        cost = cost_of(self._problem, self._task.block, seat_of)
        return BlockAnswer(self._task, Status.FEASIBLE, seat_of, cost)
