"""The problem: independent blocks, what binds them together, rules and aims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from amalgamation.model.aims import Aim, build_aims, value_outside
from amalgamation.model.blocks import build_blocks
from amalgamation.model.caps import Cap, SeatsWithin, build_caps
from amalgamation.model.compact import CompactModel
from amalgamation.model.leave_out import build_left_out
from amalgamation.model.reference import (
    build_reference,
    build_reference_plan,
    reference_number,
)
from amalgamation.model.rules import Rule, build_rules
from amalgamation.model.shares import Shares, add_shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.graph import UnitGraph
    from amalgamation.model.block import Block, Municipality
    from amalgamation.scenario import Scenario
    from amalgamation.territory import Territory

__all__ = ["NumberLimit", "Problem", "build_problem"]


@dataclass(frozen=True)
class NumberLimit:
    """Bound the number of municipalities over some blocks together.

    Parameters
    ----------
    key
        Place in the scenario file.
    blocks
        Positions of the blocks that count.
    least, most
        Range; None is free.
    """

    key: str
    blocks: tuple[int, ...]
    least: int | None
    most: int | None

    def admits(self, numbers: Sequence[int]) -> bool:
        """Say whether these numbers per block (of all blocks) keep the limit."""
        count = sum(numbers[block] for block in self.blocks)
        return (self.least is None or count >= self.least) and (
            self.most is None or count <= self.most
        )


@dataclass(frozen=True)
class Problem:
    """Hold what an engine needs to know, and nothing of files or geometry.

    Parameters
    ----------
    blocks
        Independent pieces; they meet only in ``limits``.
    rules, aims
        The scenario's, as objects.
    references
        Aim name -> raw value at the reference plan, of aims and of capped ones.
    limits
        Numbers of municipalities over sets of blocks.
    seat_matters
        False where no rule and no aim asks which unit is the seat.
    left_out
        Ids of the units that stand outside in every plan, sorted; they are in no block.
    caps
        The most that aims may come to over all blocks.
    on_plan
        Rules on the plan as a whole, where all blocks are joined into one (`join_blocks`):
        the caps, and limits on the number in a part. The engine that has them as rows is
        the compact one.
    """

    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...]
    aims: tuple[Aim, ...]
    references: Mapping[str, float]
    limits: tuple[NumberLimit, ...]
    seat_matters: bool = True
    left_out: tuple[str, ...] = ()
    caps: tuple[Cap, ...] = ()
    on_plan: tuple[Cap | SeatsWithin, ...] = ()

    def keeps_plan(
        self, block: int, municipalities: Sequence[Municipality], outside: Sequence[int]
    ) -> bool:
        """Say whether a plan of a block keeps the rules on the plan as a whole."""
        own = self.blocks[block]
        return all(rule.keeps(own, municipalities, outside) for rule in self.on_plan)

    def cost(self, municipalities: Sequence[Municipality]) -> float:
        """Return the cost of some municipalities: a sum, by the second law of the house."""
        return sum(
            aim.weight / self.references[aim.name] * sum(aim.value(m) for m in municipalities)
            for aim in self.aims
        )

    def cost_outside(self, block: Block, units: Sequence[int]) -> float:
        """Return the cost of leaving out some units of a block, given as positions."""
        return sum(
            aim.weight / self.references[aim.name] * value_outside(aim, block, units)
            for aim in self.aims
        )

    def shares(self, block: int) -> Shares:
        """Return the aims of one block taken apart, each weighed as in `cost`."""
        own = self.blocks[block]
        parts = [(aim.weight / self.references[aim.name], aim.shares(own)) for aim in self.aims]
        return add_shares(own, parts)

    def build_model(
        self,
        block: int,
        number: tuple[int | None, int | None] = (None, None),
        price: float = 0.0,
    ) -> CompactModel:
        """Build the compact model of one block.

        Parameters
        ----------
        block
            Position of the block.
        number
            Least and greatest number of municipalities in it.
        price
            Cost of each municipality on top of the aims.
        """
        return CompactModel(
            self.blocks[block],
            self.rules,
            self.aims,
            self.references,
            number,
            price,
            self.on_plan,
        )

    def own_range(self, block: int) -> tuple[int | None, int | None]:
        """Return the range of the number that concerns this block alone."""
        least: int | None = None
        most: int | None = None
        for limit in self.limits:
            if limit.blocks != (block,):
                continue
            if limit.least is not None:
                least = limit.least if least is None else max(least, limit.least)
            if limit.most is not None:
                most = limit.most if most is None else min(most, limit.most)
        return least, most

    def _facts(self) -> dict[str, Any]:
        return {
            "blocks": len(self.blocks),
            "units": sum(len(block) for block in self.blocks),
            "largest_block": max(len(block) for block in self.blocks),
            "pairs": sum(len(block.pairs) for block in self.blocks),
            "rules": [rule.explain() for rule in self.rules],
            "aims": [f"{aim.name} (weight {aim.weight:g})" for aim in self.aims],
        }

    def __repr__(self) -> str:
        facts = self._facts()
        aims = ", ".join(aim.name for aim in self.aims) or "none"
        return (
            f"<Problem: {facts['units']:,} units in {facts['blocks']} blocks (largest "
            f"{facts['largest_block']}), {facts['pairs']:,} pairs, {len(self.rules)} rules, "
            f"aims {aims}>"
        )


def build_problem(scenario: Scenario, territory: Territory, graph: UnitGraph) -> Problem:
    """Build the problem of a scenario.

    Parameters
    ----------
    scenario
        The question.
    territory, graph
        Units and ties; every code and attribute that the scenario names must exist
        (`amalgamation.explain.check_references` says which do not).
    """
    left = build_left_out(scenario.rules, territory, graph)
    governed = territory.only(set(territory.ids) - left.always) if left.always else territory
    rules = build_rules(scenario.rules, governed)
    matters = _seat_matters(scenario)
    blocks = build_blocks(
        scenario.rules, governed, graph, rules, seat_matters=matters, leavable=left.may
    )
    number = reference_number(scenario.rules, governed)
    aims = build_aims(scenario.aims, governed, number, graph.distance_unit)
    caps = build_caps(scenario, governed, number, graph.distance_unit)
    capped = {aim.name: aim for cap in caps for aim, _ in cap.terms}
    every = tuple((capped | {aim.name: aim for aim in aims}).values())
    references = build_reference(every, blocks, build_reference_plan(blocks, number))
    limits = _build_limits(scenario, blocks)
    outside = tuple(sorted(left.always))
    sized = tuple(replace(cap, size=cap.most or references[cap.terms[0][0].name]) for cap in caps)
    return Problem(blocks, rules, aims, references, limits, matters, outside, sized)


def _seat_matters(scenario: Scenario) -> bool:
    rules, aims = scenario.rules, scenario.aims
    kinds = {name.partition(".")[0] for name in rules.at_most.amounts}
    return bool(
        kinds & {"access", "crossings", "heterogeneity"}
        or aims.access
        or any(aims.crossings.values())
        or any(aims.heterogeneity.values())
        or any(limits.classes for limits in rules.ranges.values())
        or rules.reach_km
        or rules.reach_minutes
        or rules.seats
    )


def _build_limits(scenario: Scenario, blocks: Sequence[Block]) -> tuple[NumberLimit, ...]:
    wanted = scenario.rules.municipalities
    every = tuple(range(len(blocks)))
    limits = []
    least = wanted.lowest
    if least is None and not any(block.fewest for block in blocks):
        # Every unit may be left out, yet a plan of no municipality is none.
        least = 1
    if least is not None or wanted.highest is not None:
        limits.append(NumberLimit("rules.municipalities", every, least, wanted.highest))
    for tier, ranges in sorted(wanted.per_parent.items()):
        for code, numbers in sorted(ranges.items()):
            inside = tuple(b for b in every if blocks[b].parents[tier][0] == code)
            key = f"rules.municipalities.per_parent.{tier}.{code}"
            limits.append(NumberLimit(key, inside, numbers.lowest, numbers.highest))
    return tuple(limits)
