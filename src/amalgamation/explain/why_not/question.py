"""A question: rules asked of some units; smaller, looser and wider ones are made of it.

In: scenario, territory, graph. Out: the same of a part of the units, or with other rules.
Aims never make a question impossible, so that they are left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amalgamation.model import build_problem
from amalgamation.scenario.schema import Aims, LeaveOut, Municipalities

if TYPE_CHECKING:
    from collections.abc import Collection

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.model import Problem
    from amalgamation.scenario.schema import NumberRange, Rules, Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["Question"]


@dataclass(frozen=True)
class Question:
    """Ask for any plan of a territory that keeps some rules.

    Parameters
    ----------
    scenario
        Its rules are what is asked.
    territory, graph
        Units and ties; always the whole of both, as ways may lead through units that the
        rules leave out.
    """

    scenario: Scenario
    territory: Territory
    graph: UnitGraph

    @classmethod
    def of(cls, scenario: Scenario, territory: Territory, graph: UnitGraph) -> Question:
        """Return the question of a scenario, without aims.

        One trace of them stays: residents whose way is to be counted must have one, which a
        matrix of distances may lack.
        """
        counted = scenario.aims.access and graph.distance == "matrix"
        aims = Aims(access=1.0) if counted else Aims()
        bare = scenario.model_copy(update={"aims": aims, "plan": None})
        return cls(bare, territory, graph)

    @property
    def rules(self) -> Rules:
        """Rules that a plan must keep."""
        return self.scenario.rules

    @cached_property
    def problem(self) -> Problem:
        """The question in numbers."""
        return build_problem(self.scenario, self.territory, self.graph)

    def asking(self, rules: Rules) -> Question:
        """Return the same question with other rules."""
        return replace(self, scenario=self.scenario.model_copy(update={"rules": rules}))

    def changing(self, **sections: Any) -> Question:
        """Return the same question with some rules changed."""
        return self.asking(self.rules.model_copy(update=sections))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Units that may be in a municipality, sorted."""
        return tuple(sorted(unit for block in self.problem.blocks for unit in block.ids))

    def values(self, attribute: str) -> list[float]:
        """Return an attribute of the units that may be in a municipality."""
        return self.territory.values(attribute).loc[list(self.units)].to_list()

    def within(self, units: Collection[str]) -> Question:
        """Return what the rules ask of some units by themselves: all others are left out.

        Groups keep their places in the scenario's lists, so that messages name the right
        one; of those kept together only the whole ones count, of those kept apart what is
        inside. A number of municipalities counts only where all units that it counts over
        are inside.

        Parameters
        ----------
        units
            Whole blocks, so that nothing outside bears on them but numbers.
        """
        inside = set(units)
        if inside >= set(self.units):
            return self
        rules = self.rules
        together = [
            group if inside >= set(group.units) else group.model_copy(update={"units": []})
            for group in rules.keep_together
        ]
        apart = [
            group.model_copy(update={"units": [unit for unit in group.units if unit in inside]})
            for group in rules.keep_apart
        ]
        seats = rules.seats
        if seats is not None:
            fixed = [unit for unit in seats.fixed if unit in inside]
            seats = seats.model_copy(update={"fixed": fixed})
        left = rules.leave_out or LeaveOut()
        others = [unit for unit in self.territory.ids if unit not in inside]
        return self.changing(
            keep_together=together,
            keep_apart=apart,
            frozen=[unit for unit in rules.frozen if unit in inside],
            seats=seats,
            leave_out=left.model_copy(update={"units": others}),
            municipalities=self._numbers_within(inside),
        )

    def _numbers_within(self, inside: set[str]) -> Municipalities:
        """Return the numbers of parents that have no unit elsewhere."""
        kept: dict[str, dict[str, NumberRange]] = {}
        for tier, numbers in self.rules.municipalities.per_parent.items():
            codes = self.territory.units[tier].astype(str).loc[list(self.units)]
            torn = {code for unit, code in codes.items() if unit not in inside}
            own = {code: number for code, number in numbers.items() if code not in torn}
            kept |= {tier: own} if own else {}
        return Municipalities(per_parent=kept)
