"""The parts in which municipalities must lie, and what each part holds.

In: a scenario whose names all exist, its territory and graph. Out: parts, totals, seats.

Every municipality is connected, crosses no wall and mixes no like category, so it lies in
one component of the graph without the ties across walls and such categories. Frozen units,
and oversize ones that must stand alone, are municipalities of their own: without them a
component may fall into smaller parts, and every other municipality lies in one of these.
All claims about parts rest on this.

Units that are left out of every plan are in no part. Of the others some may be left out:
a claim that something must be holds only for those that stay (`staying`); a claim that
something can be at most so much counts them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from amalgamation.explain.slack import certainly_above, certainly_below
from amalgamation.findings import Finding, name_some
from amalgamation.model import build_left_out
from amalgamation.scenario.schema import Range
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.model import LeftOut
    from amalgamation.scenario.schema import AttributeRange, Rules, Scenario
    from amalgamation.territory.territory import Territory

__all__ = ["Ground", "Part"]

Part = tuple[str, ...]
"""Units in which whole municipalities lie, sorted."""

_SHOWN = 5


@dataclass(frozen=True)
class Ground:
    """Hold a scenario with the parts of its territory.

    Parameters
    ----------
    scenario, territory, graph
        The question and what it is asked of; `check_references` finds nothing in them.
    """

    scenario: Scenario
    territory: Territory
    graph: UnitGraph

    @property
    def rules(self) -> Rules:
        """Rules of the scenario."""
        return self.scenario.rules

    @cached_property
    def left_out(self) -> LeftOut:
        """Units that are, or may be, outside every municipality."""
        return build_left_out(self.rules, self.territory, self.graph)

    @cached_property
    def governed(self) -> tuple[str, ...]:
        """Units that may be in a municipality, sorted."""
        return tuple(unit for unit in self.territory.ids if unit not in self.left_out.always)

    def staying(self, units: Iterable[str]) -> tuple[str, ...]:
        """Return those of some units that are in a municipality in every plan."""
        free = self.left_out.may | self.left_out.always
        return tuple(unit for unit in units if unit not in free)

    @cached_property
    def parents(self) -> dict[str, dict[str, str]]:
        """Tier -> unit -> parent's code."""
        tiers = {*self.rules.walls, *self.rules.municipalities.per_parent}
        return {
            tier: {str(unit): str(code) for unit, code in self.territory.units[tier].items()}
            for tier in sorted(tiers)
        }

    @cached_property
    def values(self) -> dict[str, dict[str, float]]:
        """Attribute -> unit -> value, for all attributes."""
        return {
            name: {str(unit): float(value) for unit, value in self.territory.values(name).items()}
            for name in self.territory.attributes
        }

    @cached_property
    def categories(self) -> dict[str, dict[str, str]]:
        """Category -> unit -> value, of the categories that rules compare."""
        classes = {rule.by for rule in self.rules.ranges.values() if rule.by is not None}
        return {
            name: {str(unit): value for unit, value in self.territory.category(name).items()}
            for name in sorted({*self.rules.like, *classes})
        }

    @cached_property
    def sides(self) -> list[dict[str, str]]:
        """Unit -> side, of each wall and each like category."""
        walls = [self.parents[tier] for tier in self.rules.walls]
        return [*walls, *(self.categories[name] for name in self.rules.like)]

    @cached_property
    def oversize(self) -> dict[str, tuple[str, ...]]:
        """Attribute -> units that alone exceed the maximum of their own class."""
        return {name: self._oversize(name, rule) for name, rule in self.rules.ranges.items()}

    def _oversize(self, name: str, rule: AttributeRange) -> tuple[str, ...]:
        classes = self._classes(rule)
        most = {value: rule.of_class(value).max for value in sorted(set(classes.values()))}
        return tuple(
            unit
            for unit in self.governed
            if (limit := most[classes[unit]]) is not None and self.values[name][unit] > limit
        )

    def _classes(self, rule: AttributeRange) -> dict[str, str]:
        """Return unit -> class, where it is the seat; all alike where there are no classes."""
        if rule.by is None:
            return dict.fromkeys(self.territory.ids, "")
        return self.categories[rule.by]

    @cached_property
    def alone(self) -> dict[str, str]:
        """Unit that must be a municipality by itself -> why."""
        reasons = {
            unit: f"oversize in {name}"
            for name, units in self.oversize.items()
            if self.rules.ranges[name].oversize == "alone"
            for unit in units
        }
        frozen = [unit for unit in self.rules.frozen if unit not in self.left_out.always]
        return reasons | dict.fromkeys(frozen, "frozen")

    @cached_property
    def walled(self) -> nx.Graph[str]:
        """The unit graph without ties across walls and like categories, nor units left out."""
        graph = self.graph.graph.subgraph(self.governed).copy()
        severed = [(a, b) for a, b in graph.edges if any(s[a] != s[b] for s in self.sides)]
        graph.remove_edges_from(severed)
        return graph

    @cached_property
    def piece_of(self) -> dict[str, int]:
        """Unit -> number of the component in which its municipality lies, whoever stands alone."""
        pieces = enumerate(nx.connected_components(self.walled))
        return {unit: number for number, piece in pieces for unit in piece}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Parts of the territory, ordered by first unit."""
        rest = self.walled.subgraph(sorted(set(self.governed) - set(self.alone)))
        free = [tuple(sorted(part)) for part in nx.connected_components(rest)]
        return tuple(sorted([*free, *((unit,) for unit in self.alone)]))

    @cached_property
    def part_of(self) -> dict[str, Part]:
        """Unit -> its part."""
        return {unit: part for part in self.parts for unit in part}

    @cached_property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """Groups kept together; groups that share a unit are one."""
        bonds: nx.Graph[str] = nx.Graph()
        for group in self.rules.keep_together:
            nx.add_path(bonds, group.units)
        groups = (tuple(sorted(group)) for group in nx.connected_components(bonds))
        return tuple(sorted(group for group in groups if len(group) > 1))

    @cached_property
    def fixed(self) -> frozenset[str]:
        """Units that are seats in every plan."""
        return frozenset(self.rules.seats.fixed) if self.rules.seats else frozenset()

    @cached_property
    def eligible(self) -> frozenset[str]:
        """Units that may be seats of more than themselves."""
        rule = self.rules.seats
        if rule is None or not (rule.types or rule.or_population_min is not None):
            return frozenset(self.territory.ids)
        seats = set(rule.fixed)
        if rule.types:
            types = self.territory.units["type"].astype(str)
            seats |= set(types.index[types.isin(rule.types)])
        if rule.or_population_min is not None:
            least = rule.or_population_min
            people = self.values["population"].items()
            seats |= {unit for unit, count in people if not certainly_below(count, least)}
        return frozenset(seats)

    def seats_in(self, part: Part) -> tuple[str, ...]:
        """Return the units that may be seats in a part."""
        if part[0] in self.alone:
            return part
        return tuple(unit for unit in part if unit in self.eligible)

    def loosest(self, rule: AttributeRange, part: Part) -> Range:
        """Return a range so wide that every municipality of a part is held to it, or to less."""
        if rule.by is None:
            return rule
        classes = self.categories[rule.by]
        ranges = [rule.of_class(v) for v in sorted({classes[u] for u in self.seats_in(part)})]
        least = [limits.min for limits in ranges if limits.min is not None]
        most = [limits.max for limits in ranges if limits.max is not None]
        return Range(
            min=min(least) if least and len(least) == len(ranges) else None,
            max=max(most) if most and len(most) == len(ranges) else None,
        )

    def adds_up(self, attribute: str) -> bool:
        """Return whether no value is negative, so that a larger set never has a smaller sum."""
        return attribute not in self._negative

    @cached_property
    def _negative(self) -> frozenset[str]:
        """Attributes of which some unit has less than nothing."""
        return frozenset(
            name for name, values in self.values.items() if min(values.values(), default=0.0) < 0
        )

    def total(self, attribute: str, units: Iterable[str]) -> float:
        """Return the sum of an attribute over units."""
        values = self.values[attribute]
        return float(np.sum([values[unit] for unit in units]))

    def can_be_excused(self, rule: AttributeRange, part: Part) -> bool:
        """Return whether some municipality of a part might meet the exception of a minimum.

        A sum of values that are not negative is at most the part's total and at least its
        smallest value: an exception beyond these is out of reach for every municipality.
        """
        return bool(rule.unless) and all(
            self._can_meet(name, inner.min, inner.max, part) for name, inner in rule.unless.items()
        )

    def _can_meet(self, name: str, low: float | None, high: float | None, part: Part) -> bool:
        if not self.adds_up(name):
            return True
        smallest = min(self.values[name][unit] for unit in part)
        short = low is not None and certainly_below(self.total(name, part), low)
        return not short and not (high is not None and certainly_above(smallest, high))

    def key(self, attribute: str) -> str:
        """Return the key of a range in the scenario file."""
        return f"rules.{'sums.' if attribute in self.rules.sums else ''}{attribute}"

    def labels(self, units: Sequence[str]) -> str:
        """Return the way messages name units."""
        return name_some([self.territory.labels[unit] for unit in units], _SHOWN)

    def place(self, part: Part) -> str:
        """Return the way messages name a part."""
        if part[0] in self.alone:
            return f"unit {self.labels(part)}, which stands alone ({self.alone[part[0]]})"
        beside = sorted({v for u in part for v in self.walled[u] if v in self.alone})
        behind = f", cut off by {self.labels(beside)} standing alone" if beside else ""
        inside = "".join(
            f", {tier} {self.territory.parent_name(tier, self.parents[tier][part[0]])}"
            for tier in self.rules.walls
        )
        inside += "".join(
            f", {name} {self.categories[name][part[0]] or 'blank'}" for name in self.rules.like
        )
        units = "unit" if len(part) == 1 else f"the {len(part):,} connected units"
        return f"{units} {self.labels(part)}{inside}{behind}"

    def amount(self, number: float, attribute: str) -> str:
        """Return a sum of an attribute as messages show it."""
        return spell(number, self.territory.attributes.get(attribute, ""))

    def impossible(
        self,
        key: str,
        where: str,
        found: str,
        expected: str,
        remedy: str,
        units: Iterable[str] = (),
    ) -> Finding:
        """Return the finding that no plan can keep a rule.

        Parameters
        ----------
        key
            The rule in the scenario file.
        where
            Units or parts, by name.
        found, expected, remedy
            The arithmetic, and what would help.
        units
            Units concerned.
        """
        place = f"{key}, {where}" if where else key
        return Finding(key, place, found, expected, remedy, subjects=tuple(sorted(units)))
