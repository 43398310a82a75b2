"""What every check of a plan looks at: the plan joined to its territory, graph and rules.

In: plan, scenario, territory, graph and, where there is one, the certificate. Out: sums
per municipality, distances per unit, and the words by which findings name things.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.findings import Finding
from amalgamation.graph import distance_to_seat, find_units_that_meet
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Conditions, Scenario
    from amalgamation.status import Certificate
    from amalgamation.territory.territory import Territory

__all__ = ["View"]

_REMEDY = "repair the assignment, or change the rule in the scenario"


@dataclass(frozen=True)
class View:
    """Join a plan to what it is judged by.

    Units that the territory does not know are left out here; `check_partition` names them.

    Parameters
    ----------
    plan, scenario, territory, graph
        What is judged, and by what.
    certificate
        What the run claims; None where nothing is claimed.
    """

    plan: Plan
    scenario: Scenario
    territory: Territory
    graph: UnitGraph
    certificate: Certificate | None = None

    @cached_property
    def municipality_of(self) -> pd.Series[str]:
        """Municipality of each known unit, indexed by unit id."""
        known = set(self.territory.ids)
        rows = {u: m for u, m in self.plan.municipality_of.items() if u in known}
        return pd.Series(rows, dtype="object", name="municipality_id")

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Municipality id -> its known units, both sorted; none is empty."""
        known = set(self.territory.ids)
        kept = {
            municipality: tuple(unit for unit in units if unit in known)
            for municipality, units in self.plan.municipalities.items()
        }
        return {municipality: units for municipality, units in kept.items() if units}

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """Known units that the plan leaves outside every municipality, sorted."""
        known = set(self.territory.ids)
        return tuple(unit for unit in self.plan.outside if unit in known)

    @cached_property
    def out_always(self) -> frozenset[str]:
        """Units that the scenario leaves out of every plan."""
        rule = self.scenario.rules.leave_out
        if rule is None:
            return frozenset()
        return frozenset([*rule.units, *self._meeting(rule.always)])

    @cached_property
    def out_by_choice(self) -> frozenset[str]:
        """Units that meet a condition under which a plan may leave them out."""
        rule = self.scenario.rules.leave_out
        if rule is None:
            return frozenset()
        return frozenset(self.territory.ids if rule.may == "any" else self._meeting(rule.may))

    def _meeting(self, alternatives: Sequence[Conditions]) -> tuple[str, ...]:
        return find_units_that_meet(alternatives, self.territory, self.graph)

    @cached_property
    def seat_of_unit(self) -> dict[str, str]:
        """Unit id -> unit id of its seat, for units whose seat is known."""
        known = set(self.territory.ids)
        pairs = ((u, self.plan.seat_of[m]) for u, m in self.municipality_of.items())
        return {str(unit): seat for unit, seat in pairs if seat in known}

    @cached_property
    def distances(self) -> pd.Series[float]:
        """Distance from each unit to its seat, in the graph's unit; absent pairs are infinite."""
        found = distance_to_seat(self.graph, self.seat_of_unit)
        return found.astype(float).fillna(float("inf"))

    def sums(self, attribute: str) -> dict[str, float]:
        """Return the sum of an attribute in each municipality: id -> sum."""
        values = self.territory.values(attribute).to_dict()
        return {
            municipality: math.fsum(values[unit] for unit in units)
            for municipality, units in self.members.items()
        }

    def parents(self, tier: str) -> dict[str, str]:
        """Return the parent's code of each unit in a tier."""
        return {str(unit): str(code) for unit, code in self.territory.units[tier].items()}

    def category(self, name: str) -> dict[str, str]:
        """Return the value of each unit in a category; blank where it has none."""
        return {str(unit): str(value) for unit, value in self.territory.category(name).items()}

    @cached_property
    def sides(self) -> list[dict[str, str]]:
        """Unit -> side, for each wall and each category that no municipality mixes."""
        rules = self.scenario.rules
        walls = [self.parents(tier) for tier in rules.walls]
        return [*walls, *(self.category(name) for name in rules.like)]

    def differ(self, first: str, second: str) -> bool:
        """Return whether a wall, or a category that is not mixed, runs between two units."""
        return any(side[first] != side[second] for side in self.sides)

    def label(self, unit: str) -> str:
        """Return the way messages name a unit."""
        return self.territory.labels.get(unit, unit)

    def labels(self, units: Iterable[str]) -> list[str]:
        """Return the way messages name units, in the order of their ids."""
        return [self.label(unit) for unit in sorted(units)]

    def place(self, municipality: str) -> str:
        """Return the way messages name a municipality."""
        return (
            f"municipality {municipality} with seat {self.label(self.plan.seat_of[municipality])}"
        )

    def amount(self, number: float, attribute: str) -> str:
        """Return a sum of an attribute as messages show it."""
        return spell(number, self.territory.attributes.get(attribute, ""))

    def breach(
        self,
        rule: str,
        found: str,
        expected: str,
        municipality: str | None = None,
        subjects: Sequence[str] = (),
    ) -> Finding:
        """Return the finding that a plan breaks a rule, under the rule's name.

        Parameters
        ----------
        rule
            Key in the scenario file, such as ``"rules.population.min"``.
        found, expected
            The number found and the number expected, with units.
        municipality
            Where; None for the plan as a whole.
        subjects
            Units concerned; the municipality is added.
        """
        place = "plan" if municipality is None else self.place(municipality)
        named = {*subjects} if municipality is None else {municipality, *subjects}
        subjects = tuple(sorted(named))
        return Finding(rule, f"{rule}, {place}", found, expected, _REMEDY, subjects=subjects)
