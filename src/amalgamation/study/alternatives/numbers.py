"""Numbers of municipalities: what each block may have, whatever the others have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model import Problem

__all__ = ["share_numbers"]


def share_numbers(problem: Problem, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return a range of the number for each block; any choice within them keeps every limit.

    Blocks meet in the number of municipalities alone. What a limit leaves free above and
    below the plan's own number is shared out by the blocks' own numbers, rounded down.

    Parameters
    ----------
    problem
        Its limits.
    numbers
        Of each block in the plan that there is; they keep the limits.
    """
    ranges = []
    for position, own in enumerate(numbers):
        least, most = min(own, problem.blocks[position].fewest), len(problem.blocks[position])
        for limit in problem.limits:
            if position not in limit.blocks:
                continue
            total = sum(numbers[block] for block in limit.blocks)
            if limit.most is not None:
                most = min(most, own + _part(limit.most - total, own, total))
            if limit.least is not None:
                least = max(least, own - _part(total - limit.least, own, total))
        ranges.append((least, most))
    return ranges


def _part(free: int, own: int, total: int) -> int:
    return free * own // total if total else 0
