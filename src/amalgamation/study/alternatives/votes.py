"""Votes: the plans found so far, turned into an aim that asks for what none of them is.

Each plan found votes on each tie of a block: one that keeps the tie asks for it to be
severed, one that severs it asks for it to be kept. The less of these wishes are unmet that
count, the more ties a plan decides otherwise than those before it: Hop, Skip and Jump
([brill1982]_), with ties in the place of the variables that are not zero.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model import OUTSIDE
from amalgamation.model.aims.wishes import Wishes
from amalgamation.scenario.schema import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from amalgamation.model import Block, Problem

    Kept = NDArray[np.bool_]

__all__ = ["alikeness", "cast_votes", "keeps", "tilt"]

_NAME = "alike"


def keeps(block: Block, seat_of: Mapping[int, int]) -> Kept:
    """Say of each tie of a block whether a plan keeps its two units together."""
    seats = np.array([seat_of[unit] for unit in range(len(block))])
    first, second = seats[block.ties[:, 0]], seats[block.ties[:, 1]]
    return np.asarray((first == second) & (first != OUTSIDE))


def cast_votes(found: Sequence[Kept]) -> tuple[int, ...]:
    """Return for each tie how many more of the plans found keep it than sever it."""
    kept = np.array(found, dtype=np.int64).sum(axis=0)
    return tuple(np.asarray(2 * kept - len(found)).tolist())


def alikeness(votes: Sequence[int], kept: Kept) -> int:
    """Return how far a plan agrees with the votes: 0 where it meets every wish against them."""
    counts = np.asarray(votes)
    return int(np.maximum(counts, 0)[kept].sum() - np.minimum(counts, 0)[~kept].sum())


def tilt(problem: Problem, block: int, votes: Sequence[int], weight: float) -> Problem:
    """Return the problem with one more aim in a block: to be unlike the plans found.

    Parameters
    ----------
    problem, block
        Whose aims stay as they are.
    votes
        Per tie of the block, as `cast_votes` gives them.
    weight
        What one vote costs, beside the aims' own cost.
    """
    own = replace(problem.blocks[block])  # what is worked out of it goes with it
    blocks = (*problem.blocks[:block], own, *problem.blocks[block + 1 :])
    pairs = zip(own.ties.tolist(), votes, strict=True)
    wishes = tuple(_wish(own.ids[a], own.ids[b], vote) for (a, b), vote in pairs if vote)
    aim = Wishes(weight, wishes, unit="votes", name=_NAME)
    references = {**problem.references, _NAME: 1.0}
    return replace(problem, blocks=blocks, aims=(*problem.aims, aim), references=references)


def _wish(unit: str, other: str, vote: int) -> Wish:
    partner = {"against": other} if vote > 0 else {"with": other}
    return Wish.model_validate({"unit": unit, "weight": abs(vote), **partner})
