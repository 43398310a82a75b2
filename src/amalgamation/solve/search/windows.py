"""Windows: a few neighbouring municipalities, drawn anew at the least cost.

A window is a block of its own: the same rules and aims on fewer units, small enough for
the compact engine to prove its optimum. What is best inside is best for the whole, as
long as the rest stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model import OUTSIDE, Pairs
from amalgamation.solve.compact import solve_block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from amalgamation.model import Block, Problem
    from amalgamation.solve.task import BlockAnswer, BlockTask

__all__ = ["Window", "cut_window", "solve_window"]


@dataclass(frozen=True)
class Window:
    """Hold some units of a block as a problem of its own.

    Parameters
    ----------
    problem
        With one block, and without limits.
    units
        Positions in the whole block, sorted: what position k of the window is.
    """

    problem: Problem
    units: tuple[int, ...]


def cut_window(problem: Problem, block: int, units: Sequence[int]) -> Window:
    """Cut units out of a block; whole municipalities of a plan, so that no wish is torn.

    Parameters
    ----------
    problem, block
        Whose units.
    units
        Positions in the block, sorted.
    """
    own = _restrict(problem.blocks[block], np.array(units, dtype=np.int64))
    return Window(replace(problem, blocks=(own,), limits=()), tuple(units))


def solve_window(
    window: Window,
    task: BlockTask,
    start: Mapping[int, int],
    stop: Callable[[], bool] = lambda: False,
) -> BlockAnswer:
    """Solve a window by the compact engine.

    Parameters
    ----------
    window, task
        The task's number, price, time and seed are those of the window.
    start
        Unit -> seat or `OUTSIDE`, positions in the whole block: the plan as it is, or empty.
    stop
        True ends early.

    Returns
    -------
    BlockAnswer
        With positions of the whole block.
    """
    place = {unit: position for position, unit in enumerate(window.units)} | {OUTSIDE: OUTSIDE}
    inside = {place[unit]: place[start[unit]] for unit in window.units if unit in start}
    asked = replace(task, block=0, start=inside, cuts=())
    answer = solve_block(window.problem, asked, stop)
    seat_of = {
        window.units[unit]: seat if seat == OUTSIDE else window.units[seat]
        for unit, seat in sorted(answer.seat_of.items())
    }
    return replace(answer, task=task, seat_of=seat_of)


def _restrict(block: Block, units: NDArray[np.int64]) -> Block:
    """Return the block that these units make."""
    place = np.full(len(block), -1, dtype=np.int64)
    place[units] = np.arange(len(units))
    inside = (place[block.ties] >= 0).all(axis=1)
    listed = units.tolist()
    return replace(
        block,
        ids=tuple(block.ids[unit] for unit in listed),
        labels=tuple(block.labels[unit] for unit in listed),
        attributes={name: values[units] for name, values in block.attributes.items()},
        parents={tier: tuple(codes[u] for u in listed) for tier, codes in block.parents.items()},
        types=tuple(block.types[unit] for unit in listed),
        categories={
            name: tuple(values[u] for u in listed) for name, values in block.categories.items()
        },
        ties=place[block.ties[inside]],
        border_km=block.border_km[inside],
        distances=_inside(block.distances, place),
        pairs=_inside(block.pairs, place),
        leavable=tuple(place[[u for u in block.leavable if place[u] >= 0]].tolist()),
    )


def _inside(pairs: Pairs, place: NDArray[np.int64]) -> Pairs:
    """Return the pairs whose both ends lie in the window, by their positions there."""
    kept = pairs.only((place[pairs.unit] >= 0) & (place[pairs.seat] >= 0))
    return Pairs(place[kept.unit], place[kept.seat], kept.distance)
