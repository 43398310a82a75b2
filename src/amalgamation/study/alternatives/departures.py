"""Departures: plan after plan, each unlike all before it, in every block at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from amalgamation.study.alternatives.depart import Departure, depart, starting_weight
from amalgamation.study.alternatives.votes import cast_votes, keeps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from amalgamation.solve.task import BlockAnswer
    from amalgamation.solve.workers import Workers
    from amalgamation.study.alternatives.near import Near

__all__ = ["Departures"]

# After the plans' own votes brought nothing new, votes are drawn at random so many times: a
# method that finds other plans than Hop, Skip and Jump does ([chang1982]_).
_RETRIES = 3


@dataclass
class Departures:
    """Hold the plans that were found, block by block.

    Parameters
    ----------
    near
        The plan to depart from, and how far.
    seed
        Of everything random.
    kept
        Block -> for each plan found, the first plan included: which ties it keeps.
    """

    near: Near
    seed: int
    kept: list[list[NDArray[np.bool_]]] = field(init=False)
    _weights: list[float] = field(init=False)
    _known: list[list[tuple[int, ...]]] = field(init=False)

    def __post_init__(self) -> None:
        near = self.near
        self.kept = [
            [keeps(block, answer.seat_of)]
            for block, answer in zip(near.problem.blocks, near.base, strict=True)
        ]
        self._weights = [
            starting_weight(answer.cost, budget, cast_votes(kept))
            for answer, budget, kept in zip(near.base, near.budgets, self.kept, strict=True)
        ]
        self._known = [_groups(near.base)]

    def walk(
        self, workers: Workers, number: int, seconds: Callable[[], float]
    ) -> Iterator[tuple[BlockAnswer, ...]]:
        """Give one plan after the other, as answers of all blocks, until none is new.

        Parameters
        ----------
        workers
            Who looks, block by block.
        number
            Most plans.
        seconds
            Time for the next plan; 0 ends.
        """
        retries, random = 0, Random(self.seed)  # noqa: S311 - seeded, no secret
        while len(self._known) <= number and retries <= _RETRIES:
            left = seconds()
            if left <= 0:
                return
            drawn = random if retries else None
            tasks = [self._ask(block, left, workers.processes, drawn) for block in self._blocks]
            answers = tuple(workers.ask(depart, "depart", tasks))
            if self.learn(answers):
                retries = 0
                yield answers
            else:
                retries += 1

    @property
    def _blocks(self) -> range:
        return range(len(self.near.base))

    def _ask(
        self, position: int, seconds: float, processes: int, random: Random | None
    ) -> Departure:
        near, base = self.near, self.near.base[position]
        votes, weight = cast_votes(self.kept[position]), self._weights[position]
        if random is not None:
            votes = tuple(random.choice((-1, 1)) for _ in votes)
            weight = starting_weight(base.cost, near.budgets[position], votes)
        units = [len(block) for block in near.problem.blocks]
        part = min(1.0, processes * units[position] / sum(units))
        return Departure(
            position,
            number=near.numbers[position],
            seconds=seconds * part,
            seed=self.seed + len(self._known),
            start=base.seat_of,
            votes=votes,
            budget=near.budgets[position],
            weight=weight,
        )

    def learn(self, answers: Sequence[BlockAnswer]) -> bool:
        """Let a plan vote if it is new, and say whether it is."""
        groups = _groups(answers)
        if groups in self._known:
            return False
        self._known.append(groups)
        for position, answer in enumerate(answers):
            self.kept[position].append(keeps(self.near.problem.blocks[position], answer.seat_of))
            if isinstance(answer.task, Departure):
                # with one vote more for each tie, a vote is worth less
                plans = len(self.kept[position])
                self._weights[position] = answer.task.weight * (plans - 1) / plans
        return True


def _groups(answers: Sequence[BlockAnswer]) -> list[tuple[int, ...]]:
    """Return who is with whom, whatever the seats: (block, units) of each municipality, sorted."""
    groups = []
    for position, answer in enumerate(answers):
        members: dict[int, list[int]] = {}
        for unit, seat in sorted(answer.seat_of.items()):
            members.setdefault(seat, []).append(unit)
        groups += [(position, *units) for units in members.values()]
    return sorted(groups)
