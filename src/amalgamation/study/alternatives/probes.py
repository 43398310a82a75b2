"""Probes: which ties are asked whether they are certain, and what came of it."""

from __future__ import annotations

import math
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.study.alternatives.probe import Probe, probe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from amalgamation.solve.task import BlockAnswer
    from amalgamation.solve.workers import Workers
    from amalgamation.study.alternatives.near import Near

__all__ = ["ask_ties", "find_unanimous"]

Tie = tuple[int, int]
"""Block, and position among its ties."""


def find_unanimous(near: Near, kept: Sequence[Sequence[NDArray[np.bool_]]]) -> list[Tie]:
    """Return the ties that all plans decide alike, kept ones and cut ones by turns.

    Of each kind, those of the most residents come first. A tie concerns the residents of the
    smaller of its units: they are who could go elsewhere.

    Parameters
    ----------
    near
        Whose blocks.
    kept
        Block -> per plan, which ties it keeps.
    """
    kinds: dict[bool, list[tuple[float, int, int]]] = {True: [], False: []}
    for position, (block, plans) in enumerate(zip(near.problem.blocks, kept, strict=True)):
        alike = np.flatnonzero(np.all(np.equal(plans, plans[0]), axis=0))
        people = block.attributes.get("population", np.ones(len(block)))
        least = people[block.ties].min(axis=1, initial=math.inf)
        for tie in alike.tolist():
            kinds[bool(plans[0][tie])].append((-float(least[tie]), position, tie))
    turns = zip_longest(sorted(kinds[True]), sorted(kinds[False]))
    return [(each[1], each[2]) for turn in turns for each in turn if each is not None]


def ask_ties(
    near: Near,
    kept: Sequence[Sequence[NDArray[np.bool_]]],
    number: int,
    workers: Workers,
    seed: int,
    seconds: Callable[[], float],
) -> Iterator[BlockAnswer]:
    """Probe ties that all plans decide alike, as many at a time as there are processes.

    Parameters
    ----------
    near
        The plan, and how far others may go from it.
    kept
        As for `find_unanimous`. Whoever takes an answer adds the plan that it brings, and so
        spares the ties that this one decides otherwise.
    number
        Most ties.
    workers
        Who asks.
    seed
        Of everything random.
    seconds
        Time left for all; 0 ends.
    """
    asked: set[Tie] = set()
    while len(asked) < number and (left := seconds()) > 0:
        ties = [tie for tie in find_unanimous(near, kept) if tie not in asked]
        rounds = math.ceil(min(len(ties), number - len(asked)) / workers.processes)
        chosen = ties[: min(workers.processes, number - len(asked))]
        if not chosen:
            return
        asked.update(chosen)
        tasks = [_ask(near, tie, kept, seed, left / rounds) for tie in chosen]
        yield from workers.ask(probe, "probe", tasks)


def _ask(
    near: Near,
    tie: Tie,
    kept: Sequence[Sequence[NDArray[np.bool_]]],
    seed: int,
    seconds: float,
) -> Probe:
    position, place = tie
    return Probe(
        position,
        number=near.numbers[position],
        seconds=seconds,
        seed=seed,
        start=near.base[position].seat_of,
        tie=place,
        kept=bool(kept[position][0][place]),
        budget=near.budgets[position],
    )
