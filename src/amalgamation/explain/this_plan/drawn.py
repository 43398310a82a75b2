"""A plan drawn into its problem: municipalities as rules judge them and aims value them.

In: a problem, a plan that stays within its blocks, territory and graph. Out: for any
municipality its units, its neighbours, and a block that knows every distance among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.graph import distances_between
from amalgamation.model import Municipality, Pairs, build_problem, use_yardstick

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from amalgamation.graph import UnitGraph
    from amalgamation.model import Block, Problem
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Scenario
    from amalgamation.status import Certificate
    from amalgamation.territory import Territory

__all__ = ["Drawn", "draw", "draw_plan"]


@dataclass(frozen=True)
class Drawn:
    """Hold a plan together with the problem that it answers.

    Parameters
    ----------
    problem
        Rules judge, aims value.
    plan
        Each of its municipalities lies in one block (`draw_plan` sees to it).
    territory, graph
        Names, units of attributes, and distances beyond the reach.
    cost
        Of the plan, without unit: what a change is told in per cent of.
    """

    problem: Problem
    plan: Plan
    territory: Territory
    graph: UnitGraph
    cost: float

    @cached_property
    def block_of(self) -> Mapping[str, int]:
        """Unit id -> position of its block."""
        return {unit: b for b, block in enumerate(self.problem.blocks) for unit in block.ids}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Number of municipalities of each block."""
        seats = [self.block_of[seat] for seat in self.plan.seat_of.values()]
        return tuple(seats.count(b) for b in range(len(self.problem.blocks)))

    def block(self, unit: str) -> Block:
        """Return the block of a unit."""
        return self.problem.blocks[self.block_of[unit]]

    def label(self, municipality: str) -> str:
        """Return a municipality as messages name it: by its seat."""
        return self.territory.labels[self.plan.seat_of[municipality]]

    def neighbours(self, units: Iterable[str]) -> tuple[str, ...]:
        """Return the other municipalities of the block that are tied to some units, sorted."""
        inside, found = set(units), set()
        for unit in inside:
            block = self.block(unit)
            tied = {block.ids[at] for at in block.neighbours[block.index[unit]]} - inside
            found |= {self.plan.municipality_of.get(other, "") for other in tied}
        own = {self.plan.municipality_of.get(unit, "") for unit in inside}
        return tuple(sorted(found - own - {""}))

    def surroundings(self, units: Collection[str]) -> Block:
        """Return the block of some units, with every distance among these and their neighbours.

        The block of a problem knows distances within reach alone; what breaks the reach must
        be told by how much. "Neighbours" are whole municipalities, as in `neighbours`.
        """
        block = self.block(min(units))
        if not any(rule.key.startswith("rules.reach") for rule in self.problem.rules):
            return block
        members = self.plan.municipalities
        near = {unit for name in self.neighbours(units) for unit in members[name]} | set(units)
        ids = sorted(near)
        found = distances_between(self.graph, ids)
        at = np.array([block.index[unit] for unit in ids], dtype=np.int64)
        return replace(block, distances=Pairs(at[found.unit], at[found.seat], found.value))

    def cost_of_block(self, position: int) -> float:
        """Return what the plan costs in one block, without unit."""
        block, plan = self.problem.blocks[position], self.plan
        names = sorted({plan.municipality_of[u] for u in block.ids if u in plan.municipality_of})
        left = [at for at, unit in enumerate(block.ids) if unit not in plan.municipality_of]
        inside = self.problem.cost([self.municipality(name, block) for name in names])
        return inside + self.problem.cost_outside(block, left)

    def municipality(self, name: str, block: Block) -> Municipality:
        """Return a municipality of the plan, in its block or one of the same units."""
        members = tuple(block.positions(self.plan.municipalities[name]))
        return Municipality(block, members, block.index[self.plan.seat_of[name]])


def draw(
    scenario: Scenario,
    territory: Territory,
    graph: UnitGraph,
    plan: Plan,
    certificate: Certificate,
) -> Drawn:
    """Draw a plan into the problem of its scenario, measured as its certificate has it.

    Raises
    ------
    InputError
        If a municipality crosses blocks.
    """
    problem = use_yardstick(build_problem(scenario, territory, graph), certificate.aims)
    return draw_plan(problem, plan, territory, graph, certificate.cost)


def draw_plan(
    problem: Problem, plan: Plan, territory: Territory, graph: UnitGraph, cost: float
) -> Drawn:
    """Draw a plan into a problem.

    Parameters
    ----------
    problem, plan, territory, graph, cost
        As `Drawn` holds them.

    Raises
    ------
    InputError
        If a municipality crosses blocks: walls and water leave it no reasons to tell.
    """
    drawn = Drawn(problem, plan, territory, graph, cost)
    torn = [
        name
        for name, units in plan.municipalities.items()
        if len({drawn.block_of.get(unit) for unit in units}) > 1
    ]
    if torn:
        raise InputError([_torn(drawn, name) for name in torn])
    return drawn


def _torn(drawn: Drawn, name: str) -> Finding:
    return Finding(
        "across-blocks",
        f"municipality of {drawn.label(name)}",
        "units on both sides of a wall, or without a way of ties between them",
        "a plan that keeps walls and contiguity, to say what a change of it would cost",
        "explain a plan that was solved for",
        subjects=drawn.plan.municipalities[name],
    )
