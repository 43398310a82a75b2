"""A question: rules asked of some units; smaller, looser and wider ones are made of it.

In: scenario, territory, graph. Out: the same of a part of the units, or with other rules.
Aims never make a question impossible, so that they are left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from amalgamation.model import build_problem
from amalgamation.scenario.schema import Aims, AtMost, LeaveOut, Municipalities

if TYPE_CHECKING:
    from collections.abc import Collection

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.model import Problem
    from amalgamation.scenario.schema import (
        KeepApart,
        KeepTogether,
        NumberRange,
        Rules,
        Scenario,
        Seats,
    )
    from amalgamation.territory.territory import Territory

__all__ = ["Question"]

_S = TypeVar("_S", "KeepApart", "Seats")


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
        matrix of distances may lack. A limit on an aim (``rules.at_most``) is left out too.
        """
        counted = scenario.aims.access and graph.distance == "matrix"
        aims = Aims(access=1.0) if counted else Aims()
        rules = scenario.rules.model_copy(update={"at_most": AtMost()})
        bare = scenario.model_copy(update={"aims": aims, "plan": None, "rules": rules})
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
        rules, left = self.rules, self.rules.leave_out or LeaveOut()
        others = [unit for unit in self.territory.ids if unit not in inside]
        return self.changing(
            keep_together=[_whole_or_none(group, inside) for group in rules.keep_together],
            keep_apart=[_inside(group, "units", inside) for group in rules.keep_apart],
            frozen=[unit for unit in rules.frozen if unit in inside],
            seats=None if rules.seats is None else _inside(rules.seats, "fixed", inside),
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


def _whole_or_none(group: KeepTogether, inside: set[str]) -> KeepTogether:
    return group if inside >= set(group.units) else group.model_copy(update={"units": []})


def _inside(section: _S, name: str, inside: set[str]) -> _S:
    """Return a section of which a list of units is trimmed to those inside."""
    kept = [unit for unit in getattr(section, name) if unit in inside]
    return section.model_copy(update={name: kept})
