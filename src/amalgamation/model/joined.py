"""Blocks joined into one, so that what binds them together can stand as rows of one program."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.model.block import Block, Pairs
from amalgamation.model.caps import SeatsWithin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from amalgamation.model.problem import Problem

__all__ = ["join_blocks"]


def join_blocks(problem: Problem) -> Problem:
    """Return the same question with one block, caps and limits as rules on the plan.

    No pair and no tie leads from one former block to another, so every plan of the joined
    block is a plan of each, and the reverse.

    Examples
    --------
    >>> from amalgamation.model import build_problem
    >>> from amalgamation.road import prepare
    >>> ground = prepare("toy", overrides={"rules.walls": ["rayon"]})
    >>> problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    >>> [len(block) for block in problem.blocks], len(join_blocks(problem).blocks[0])
    ([6, 6], 12)
    """
    starts = [0, *accumulate(len(block) for block in problem.blocks)]
    within = tuple(
        SeatsWithin(
            limit.key,
            frozenset(chain(*(range(starts[b], starts[b + 1]) for b in limit.blocks))),
            limit.least,
            limit.most,
        )
        for limit in problem.limits
    )
    # a block without any unit outside has a municipality: so have all of them together
    return replace(
        problem,
        blocks=(_join(problem.blocks, starts),),
        limits=(),
        caps=(),
        on_plan=(*problem.caps, *within),
    )


def _join(blocks: Sequence[Block], starts: Sequence[int]) -> Block:
    first = blocks[0]
    return Block(
        name=first.name if len(blocks) == 1 else f"{len(blocks)} blocks as one",
        ids=tuple(chain(*(block.ids for block in blocks))),
        labels=tuple(chain(*(block.labels for block in blocks))),
        attributes={
            name: np.concatenate([block.attributes[name] for block in blocks])
            for name in first.attributes
        },
        parents={t: tuple(chain(*(b.parents[t] for b in blocks))) for t in first.parents},
        types=tuple(chain(*(block.types for block in blocks))),
        ties=_shifted((block.ties for block in blocks), starts).reshape(-1, 2),
        border_km=np.concatenate([block.border_km for block in blocks]),
        distances=_pairs(blocks, starts, lambda block: block.distances),
        pairs=_pairs(blocks, starts, lambda block: block.pairs),
        distance_unit=first.distance_unit,
        categories={
            name: tuple(chain(*(block.categories[name] for block in blocks)))
            for name in first.categories
        },
        leavable=tuple(
            start + unit
            for start, block in zip(starts, blocks, strict=False)
            for unit in block.leavable
        ),
    )


def _pairs(blocks: Sequence[Block], starts: Sequence[int], of: Callable[[Block], Pairs]) -> Pairs:
    every = [of(block) for block in blocks]
    return Pairs(
        _shifted((pairs.unit for pairs in every), starts),
        _shifted((pairs.seat for pairs in every), starts),
        np.concatenate([pairs.distance for pairs in every]),
    )


def _shifted(positions: Iterable[NDArray[np.int64]], starts: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate([own + start for own, start in zip(positions, starts, strict=False)])
