"""Repair: make a plan in pieces contiguous, so that the solver can start from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model import OUTSIDE, Municipality
from amalgamation.solve.task import municipalities_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import Block, Problem

__all__ = ["repair_plan"]


def repair_plan(problem: Problem, block: Block, seat_of: Mapping[int, int]) -> dict[int, int]:
    """Hand pieces that lost their seat to a neighbour, or leave them out where they may be.

    Empty where neither can be.

    Parameters
    ----------
    problem
        Rules judge the municipalities, aims choose between neighbours.
    block
        The block.
    seat_of
        Unit -> seat, positions; every municipality but for its pieces keeps the rules.
    """
    repaired = dict(seat_of)
    for piece in _loose_pieces(block, repaired):
        seat = _best_taker(problem, block, repaired, piece)
        if seat is None:
            return {}
        repaired.update(dict.fromkeys(piece, seat))
    return repaired if _is_admitted(problem, block, repaired) else {}


def _loose_pieces(block: Block, seat_of: Mapping[int, int]) -> list[list[int]]:
    members = _members(seat_of)
    loose = [
        piece
        for seat, units in sorted(members.items())
        if seat != OUTSIDE
        for piece in block.pieces(units)
        if seat not in piece
    ]
    return sorted(loose, key=lambda piece: (len(piece), piece))


def _members(seat_of: Mapping[int, int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for unit, seat in sorted(seat_of.items()):
        members.setdefault(seat, []).append(unit)
    return members


def _best_taker(
    problem: Problem, block: Block, seat_of: Mapping[int, int], piece: list[int]
) -> int | None:
    around = {seat_of[n] for unit in piece for n in block.neighbours[unit]}
    around -= {seat_of[piece[0]], OUTSIDE}
    members = _members(seat_of)
    costs = []
    if set(piece) <= set(block.leavable):
        costs.append((problem.cost_outside(block, piece), OUTSIDE))
    for seat in sorted(around):
        if all((unit, seat) in block.pairs.distance_of for unit in piece):
            joined = Municipality(block, tuple(sorted([*members[seat], *piece])), seat)
            costs.append((problem.cost([joined]) - _cost_now(problem, block, members, seat), seat))
    return min(costs)[1] if costs else None


def _cost_now(problem: Problem, block: Block, members: Mapping[int, list[int]], seat: int) -> float:
    return problem.cost([Municipality(block, tuple(members[seat]), seat)])


def _is_admitted(problem: Problem, block: Block, seat_of: Mapping[int, int]) -> bool:
    municipalities = municipalities_of(block, seat_of)
    return all(rule.judge(m) is None for m in municipalities for rule in problem.rules)
