"""Greedy merging: what a person would try first, and a plan to start from.

Every unit begins alone. As long as some municipality breaks a rule, the smallest such one
joins the neighbour where the plan then costs least; afterwards neighbours merge as long as
that lowers the cost with the price of a municipality, or the number must come down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amalgamation.model import Municipality

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Block, Problem

__all__ = ["merge_greedily"]


@dataclass(frozen=True)
class _Part:
    """A set of units with the seat that costs least, and what stands against it."""

    members: tuple[int, ...]
    seat: int
    cost: float
    admitted: bool


@dataclass
class _Map:
    """The parts so far, and what merging two of them would give."""

    problem: Problem
    block: Block
    parts: dict[int, _Part] = field(default_factory=dict)
    part_of: dict[int, int] = field(default_factory=dict)
    known: dict[tuple[int, int], _Part | None] = field(default_factory=dict)
    fresh: int = 0

    def add(self, part: _Part) -> None:
        self.parts[self.fresh] = part
        self.part_of.update(dict.fromkeys(part.members, self.fresh))
        self.fresh += 1

    def neighbours(self, name: int) -> list[int]:
        around = {
            self.part_of[other]
            for unit in self.parts[name].members
            for other in self.block.neighbours[unit]
        }
        return sorted(around - {name})

    def union(self, first: int, second: int) -> _Part | None:
        """Return the part that two parts would make; None where no unit can be its seat."""
        key = (min(first, second), max(first, second))
        if key not in self.known:
            members = self.parts[first].members + self.parts[second].members
            self.known[key] = _best_part(self.problem, self.block, tuple(sorted(members)))
        return self.known[key]

    def merge(self, first: int, second: int) -> None:
        part = self.union(first, second)
        if part is None:
            return
        del self.parts[first], self.parts[second]
        self.add(part)


def merge_greedily(
    problem: Problem,
    block: Block,
    *,
    most: int | None = None,
    price: float = 0.0,
    stop: Callable[[], bool] = lambda: False,
) -> dict[int, int]:
    """Merge units until every rule is kept.

    Parameters
    ----------
    problem, block
        Rules judge, aims value.
    most
        Greatest number of municipalities; None is free.
    price
        Cost of each municipality on top of the aims.
    stop
        Asked often; True gives up.

    Returns
    -------
    dict
        Unit -> seat, positions; empty where merging found no way.
    """
    plan = _begin(problem, block)
    while plan is not None and not stop():
        pair = _mend(plan) or _improve(plan, price, most)
        if pair is None:
            return _read(plan, most)
        plan.merge(*pair)
    return {}


def _begin(problem: Problem, block: Block) -> _Map:
    """Let every unit stand alone, and declared groups together."""
    plan = _Map(problem, block)
    for unit in range(len(block)):
        part = _best_part(problem, block, (unit,))
        plan.add(part if part is not None else _Part((unit,), unit, 0.0, admitted=False))
    return plan


def _best_part(problem: Problem, block: Block, members: tuple[int, ...]) -> _Part | None:
    admitted = block.pairs.distance_of
    seats = [
        seat
        for seat in members
        if (seat, seat) in admitted and all((unit, seat) in admitted for unit in members)
    ]
    parts = []
    for seat in seats:
        municipality = Municipality(block, members, seat)
        keeps = all(rule.judge(municipality) is None for rule in problem.rules)
        parts.append(_Part(members, seat, problem.cost([municipality]), keeps))
    return min(parts, key=lambda part: (not part.admitted, part.cost, part.seat), default=None)


def _mend(plan: _Map) -> tuple[int, int] | None:
    """Return the cheapest merger of the smallest municipality that breaks a rule."""
    broken = [
        (len(part.members), part.members, name)
        for name, part in plan.parts.items()
        if not part.admitted
    ]
    for _, _, name in sorted(broken):
        options = [
            (not union.admitted, union.cost - plan.parts[other].cost, other)
            for other in plan.neighbours(name)
            if (union := plan.union(name, other)) is not None
        ]
        if options:
            return name, min(options)[2]
    return None


def _improve(plan: _Map, price: float, most: int | None) -> tuple[int, int] | None:
    """Return the merger that lowers the cost most, or raises it least if there are too many."""
    too_many = most is not None and len(plan.parts) > most
    best: tuple[float, int, int] | None = None
    for name, part in plan.parts.items():
        for other in plan.neighbours(name):
            union = plan.union(name, other) if name < other else None
            if union is None or not union.admitted:
                continue
            change = union.cost - part.cost - plan.parts[other].cost - price
            if best is None or (change, name, other) < best:
                best = (change, name, other)
    if best is None or (best[0] >= 0 and not too_many):
        return None
    return best[1], best[2]


def _read(plan: _Map, most: int | None) -> dict[int, int]:
    if not all(part.admitted for part in plan.parts.values()):
        return {}
    if most is not None and len(plan.parts) > most:
        return {}
    return {unit: part.seat for part in plan.parts.values() for unit in part.members}
