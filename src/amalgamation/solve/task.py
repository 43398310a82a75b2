"""What an engine is asked of one block, and what it answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amalgamation.model import OUTSIDE, Municipality

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import Block, Cut, Problem
    from amalgamation.status import Status

__all__ = [
    "BlockAnswer",
    "BlockTask",
    "cost_of",
    "keeps_plan",
    "municipalities_of",
    "number_of",
    "units_outside",
]


@dataclass(frozen=True)
class BlockTask:
    """Ask for a plan of one block.

    Parameters
    ----------
    block
        Position of the block in the problem.
    number
        Least and greatest number of municipalities; None is free.
    price
        Cost of each municipality on top of the aims.
    seconds
        Time for this block.
    gap
        Relative gap (of the cost with prices) at which to stop.
    seed
        Seed of the solver.
    start
        Unit -> seat of a plan to start from; empty without one.
    cuts
        Inequalities that earlier solves of the block found.
    engine
        ``"compact"``, ``"columns"`` or ``"search"``.
    looks
        Most times that the solver of the compact engine may look up: a limit of work, which
        unlike time is the same on every machine.
    presolve
        False lets the compact engine do without the solver's presolve: a second way to a
        proof that was found with it.
    """

    block: int
    number: tuple[int | None, int | None] = (None, None)
    price: float = 0.0
    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 1
    start: Mapping[int, int] = field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()
    engine: str = "compact"
    looks: float = math.inf
    presolve: bool = True

    def admits(self, number: int) -> bool:
        """Say whether a number of municipalities lies in the task's range."""
        least, most = self.number
        return (least is None or number >= least) and (most is None or number <= most)


@dataclass(frozen=True)
class BlockAnswer:
    """Hold what an engine found for one block.

    Parameters
    ----------
    task
        What was asked.
    status
        In our words.
    seat_of
        Unit -> seat, positions in the block; `OUTSIDE` for a unit left out; empty without
        a plan.
    cost
        Cost of the plan without prices; infinite without a plan.
    bound
        Proven lower bound on cost plus price times number, over all plans of the block
        whose number lies in the task's range.
    floors
        Number -> proven lower bound on the cost at that number, without prices; for the
        numbers about which the engine knows more than ``bound`` says.
    rounds, cuts, columns, nodes
        Work done: rounds of the solver, inequalities, columns, nodes of pricing.
    seconds
        Wall time.
    raw
        The solver's own words.
    """

    task: BlockTask
    status: Status
    seat_of: Mapping[int, int] = field(default_factory=dict)
    cost: float = math.inf
    bound: float = -math.inf
    rounds: int = 0
    cuts: int = 0
    seconds: float = 0.0
    raw: str = ""
    floors: Mapping[int, float] = field(default_factory=dict)
    columns: int = 0
    nodes: int = 0

    @property
    def number(self) -> int:
        """Number of municipalities of the plan."""
        return number_of(self.seat_of)

    @property
    def priced_cost(self) -> float:
        """Cost with the price of the municipalities: what ``bound`` bounds."""
        return self.cost + self.task.price * self.number


def municipalities_of(block: Block, seat_of: Mapping[int, int]) -> list[Municipality]:
    """Return the municipalities of an assignment, ordered by seat."""
    members: dict[int, list[int]] = {}
    for unit in sorted(seat_of):
        if seat_of[unit] != OUTSIDE:
            members.setdefault(seat_of[unit], []).append(unit)
    return [Municipality(block, tuple(units), seat) for seat, units in sorted(members.items())]


def units_outside(seat_of: Mapping[int, int]) -> list[int]:
    """Return the units that an assignment leaves out, sorted."""
    return sorted(unit for unit, seat in seat_of.items() if seat == OUTSIDE)


def number_of(seat_of: Mapping[int, int]) -> int:
    """Return the number of municipalities of an assignment."""
    return len(set(seat_of.values()) - {OUTSIDE})


def keeps_plan(problem: Problem, block: int, seat_of: Mapping[int, int]) -> bool:
    """Say whether an assignment keeps the rules on the plan as a whole."""
    if not problem.on_plan:
        return True
    municipalities = municipalities_of(problem.blocks[block], seat_of)
    return problem.keeps_plan(block, municipalities, units_outside(seat_of))


def cost_of(problem: Problem, block: int, seat_of: Mapping[int, int]) -> float:
    """Return the cost of an assignment: its municipalities and the units that it leaves out."""
    own = problem.blocks[block]
    inside = problem.cost(municipalities_of(own, seat_of))
    return inside + problem.cost_outside(own, units_outside(seat_of))
