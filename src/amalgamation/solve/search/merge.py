"""Greedy merging: what a person would try first, and plans to start from.

Every unit begins alone. As long as some municipality breaks a rule, the one with the
fewest ways out joins the neighbour where the plan then costs least; from there on the two
neighbours whose union costs least more merge, again and again. So each step gives a plan,
at each number of municipalities from the greatest that was found downwards.
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
    problem: Problem, block: Block, stop: Callable[[], bool] = lambda: False
) -> dict[int, dict[int, int]]:
    """Merge units until every rule is kept, and then on for as long as it can be.

    Parameters
    ----------
    problem, block
        Rules judge, aims value.
    stop
        Asked often; True ends with what was found.

    Returns
    -------
    dict
        Number of municipalities -> unit -> seat (positions); empty where merging found no
        plan at all.
    """
    plan = _begin(problem, block)
    while not stop():
        pair = _mend(plan)
        if pair is None:
            break
        plan.merge(*pair)
    found: dict[int, dict[int, int]] = {}
    while not stop() and all(part.admitted for part in plan.parts.values()):
        found[len(plan.parts)] = _read(plan)
        pair = _improve(plan)
        if pair is None:
            break
        plan.merge(*pair)
    return found


def _begin(problem: Problem, block: Block) -> _Map:
    """Let every unit stand alone."""
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
    """Return the cheapest merger of a municipality that breaks a rule: the least free first."""
    hardest: tuple[int, tuple[int, ...], int, int] | None = None
    for name, part in plan.parts.items():
        if part.admitted:
            continue
        options = _options(plan, name)
        if options:
            candidate = (len(options), part.members, name, min(options)[2])
            hardest = candidate if hardest is None else min(hardest, candidate)
    return None if hardest is None else hardest[2:]


def _options(plan: _Map, name: int) -> list[tuple[bool, float, int]]:
    return [
        (not union.admitted, union.cost - plan.parts[other].cost, other)
        for other in plan.neighbours(name)
        if (union := plan.union(name, other)) is not None
    ]


def _improve(plan: _Map) -> tuple[int, int] | None:
    """Return the admitted merger that lowers the cost most, or raises it least."""
    options = [
        (union.cost - part.cost - plan.parts[other].cost, name, other)
        for name, part in plan.parts.items()
        for other in plan.neighbours(name)
        if name < other and (union := plan.union(name, other)) is not None and union.admitted
    ]
    return min(options)[1:] if options else None


def _read(plan: _Map) -> dict[int, int]:
    return {unit: part.seat for part in plan.parts.values() for unit in part.members}
