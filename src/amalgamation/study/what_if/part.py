"""A part of a problem: some of its blocks, with what the limits on numbers leave them.

Blocks meet only in the number of municipalities. So a question about some of them may be
asked of these alone: where no limit ties them to others, for good; where one does, for as
long as the others keep the number that they have.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.model import NumberLimit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from amalgamation.model import Problem

__all__ = ["blocks_of", "take_part", "tied_to"]


def blocks_of(problem: Problem, units: Collection[str]) -> tuple[int, ...]:
    """Return the positions of the blocks that hold some units, sorted."""
    return tuple(
        b for b, block in enumerate(problem.blocks) if not set(units).isdisjoint(block.ids)
    )


def tied_to(problem: Problem, blocks: Collection[int]) -> tuple[int, ...]:
    """Return the other blocks that a limit on numbers binds together with some, sorted."""
    chosen = set(blocks)
    binding = [set(limit.blocks) for limit in problem.limits if chosen & set(limit.blocks)]
    return tuple(sorted(set().union(*binding) - chosen))


def take_part(problem: Problem, blocks: Sequence[int], numbers: Sequence[int]) -> Problem:
    """Return the problem of some blocks while all others keep their numbers.

    Parameters
    ----------
    problem
        The whole.
    blocks
        Positions of the blocks that stay.
    numbers
        Number of municipalities of every block of the whole in a plan that keeps the limits.
    """
    limits = [_narrow(limit, blocks, numbers) for limit in problem.limits]
    return replace(
        problem,
        blocks=tuple(problem.blocks[b] for b in blocks),
        limits=tuple(limit for limit in limits if limit.blocks),
        left_out=(),
    )


def _narrow(limit: NumberLimit, blocks: Sequence[int], numbers: Sequence[int]) -> NumberLimit:
    taken = sum(numbers[b] for b in limit.blocks if b not in blocks)
    inside = tuple(at for at, b in enumerate(blocks) if b in limit.blocks)
    least = None if limit.least is None else max(0, limit.least - taken)
    most = None if limit.most is None else limit.most - taken
    return NumberLimit(limit.key, inside, least, most)
