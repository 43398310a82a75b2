"""An independent brute force: every partition of a small territory, judged from the definitions.

Where a scenario lets units stay outside, every choice of these is gone through as well.

Nothing of the package's model, solver, judge or distances is used here, only its nouns, so
that an agreement between the two says something. Up to 9 units.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import networkx as nx

from amalgamation.scenario.schema import BalanceAim, TiesCutAim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amalgamation.graph import UnitGraph
    from amalgamation.scenario.schema import (
        AttributeRange,
        NumberRange,
        Range,
        RatioRange,
        Scenario,
    )
    from amalgamation.territory import Territory

__all__ = [
    "all_partitions",
    "all_seats",
    "brute_force",
    "every_plan",
    "every_seated_plan",
    "units_left_out",
]

MOST_UNITS = 9

Municipality = tuple[str, ...]


def brute_force(
    scenario: Scenario,
    territory: Territory,
    graph: UnitGraph,
    scales: Mapping[str, float],
    targets: Mapping[str, float],
) -> tuple[float, dict[str, str] | None]:
    """Return the least cost and a plan (unit -> seat) that has it; (inf, None) without a plan.

    Units that the plan does not name stay outside.

    `scales`: aim name -> reference, for every aim with a weight above 0. `targets`:
    attribute -> target, for balance aims whose target the scenario leaves open.
    """
    best: tuple[float, dict[str, str] | None] = (math.inf, None)
    for cost, plan in every_plan(scenario, territory, graph, scales, targets):
        if cost < best[0]:
            best = (cost, plan)
    return best


def every_plan(
    scenario: Scenario,
    territory: Territory,
    graph: UnitGraph,
    scales: Mapping[str, float],
    targets: Mapping[str, float],
) -> Iterator[tuple[float, dict[str, str]]]:
    """Give each admitted partition once, with its cheapest seats and its cost."""
    if len(territory.ids) > MOST_UNITS:
        msg = f"{len(territory.ids)} units: brute force takes at most {MOST_UNITS}"
        raise ValueError(msg)
    world = _World(scenario, territory, graph, dict(scales), dict(targets))
    best_seat = {}
    governed = tuple(unit for unit in territory.ids if unit not in world.always)
    for members in _subsets(governed):
        seat = world.best_seat(members)
        if seat is not None:
            best_seat[members] = seat
    for partition in _partitions(governed, list(best_seat), world.may):
        if partition and world.admits_numbers(partition):
            plan = {unit: best_seat[members][1] for members in partition for unit in members}
            left = sum(world.cost_outside(unit) for unit in governed if unit not in plan)
            yield sum(best_seat[members][0] for members in partition) + left, plan


def every_seated_plan(
    scenario: Scenario, territory: Territory, graph: UnitGraph, targets: Mapping[str, float]
) -> Iterator[tuple[dict[str, float], dict[str, str]]]:
    """Give every admitted plan with every choice of seats: raw value of each aim, unit -> seat.

    Aims of weight 0 are valued too. For limits on one aim a seat that costs more may be
    needed, so that `every_plan` does not do. Up to 6 units: there are many.
    """
    world = _World(scenario, territory, graph, {}, dict(targets))
    governed = tuple(unit for unit in territory.ids if unit not in world.always)
    options = {}
    for members in _subsets(governed):
        seats = [
            s for s in members if world.admits_units(members) and world.admits_seat(s, members)
        ]
        if seats:
            options[members] = [(s, world.raws(s, members)) for s in seats]
    for partition in _partitions(governed, list(options), world.may):
        if partition and world.admits_numbers(partition):
            for chosen in product(*(options[members] for members in partition)):
                pairs = zip(partition, chosen, strict=True)
                plan = {unit: seat for members, (seat, _) in pairs for unit in members}
                left = [world.raws_outside(unit) for unit in governed if unit not in plan]
                yield _sum_up([*(raws for _, raws in chosen), *left]), plan


def _sum_up(parts):
    names = dict.fromkeys(name for raws in parts for name in raws)
    return {name: sum(raws.get(name, 0.0) for raws in parts) for name in names}


def all_partitions(units):
    """Give every partition of some units, as lists."""
    if not units:
        yield []
        return
    for rest in all_partitions(units[1:]):
        yield [[units[0]], *rest]
        for place, group in enumerate(rest):
            yield [*rest[:place], [units[0], *group], *rest[place + 1 :]]


def all_seats(groups):
    """Give every choice of a seat for each group, as unit -> seat."""
    if not groups:
        yield {}
        return
    for rest in all_seats(groups[1:]):
        for seat in groups[0]:
            yield rest | dict.fromkeys(groups[0], seat)


def _subsets(units: tuple[str, ...]) -> Iterator[Municipality]:
    for chosen in range(1, 2 ** len(units)):
        yield tuple(unit for place, unit in enumerate(units) if chosen >> place & 1)


def _partitions(
    units: tuple[str, ...], admitted: list[Municipality], may: set[str]
) -> Iterator[list[Municipality]]:
    if not units:
        yield []
        return
    if units[0] in may:
        yield from _partitions(units[1:], admitted, may)
    for members in admitted:
        if members[0] == units[0] and set(members) <= set(units):
            rest = tuple(unit for unit in units if unit not in members)
            for others in _partitions(rest, admitted, may):
                yield [members, *others]


def units_left_out(
    scenario: Scenario, territory: Territory, graph: UnitGraph
) -> tuple[set[str], set[str]]:
    """Return the units that are outside in every plan, and those that may be."""
    rules, rule = scenario.rules, scenario.rules.leave_out
    if rule is None:
        return set(), set()
    always, may = set(rule.units), set()
    for unit in territory.ids:
        row = territory.units.loc[unit]
        known = {name: row[name] for name in territory.attributes}
        if row["population"] == 0:
            known["density"] = 0.0
        else:
            known["density"] = row["population"] / row["area_km2"]
        near = [tie["km"] for tie in graph.graph[unit].values()]
        known["nearest_km"] = min(near, default=math.inf)
        if _meets_any(rule.always, known):
            always.add(unit)
        if rule.may == "any" or _meets_any(rule.may, known):
            may.add(unit)
    bound = {*rules.frozen, *(rules.seats.fixed if rules.seats else [])}
    bound |= {unit for group in rules.keep_together for unit in group.units}
    return always, may - always - bound


def _meets_any(alternatives, known):
    return any(
        all(
            (limits.min is None or known[name] >= limits.min)
            and (limits.max is None or known[name] <= limits.max)
            for name, limits in conditions.items()
        )
        for conditions in alternatives
    )


@dataclass
class _World:
    scenario: Scenario
    territory: Territory
    graph: UnitGraph
    scales: dict[str, float]
    targets: dict[str, float]

    def __post_init__(self):
        self.rules = self.scenario.rules
        self.aims = self.scenario.aims
        frame = self.territory.units
        self.value = {name: frame[name].to_dict() for name in self.territory.attributes}
        self.parent = {tier: frame[tier].to_dict() for tier in self.territory.tiers}
        self.type = frame["type"].to_dict() if "type" in frame.columns else {}
        self.category = {
            name: frame[name].fillna("").to_dict()
            for name in frame.columns
            if name not in self.territory.attributes
        }
        self.oversize = {
            name: [
                unit
                for unit in self.territory.ids
                if self.value[name][unit] > self.threshold(rule, "max", unit, math.inf)
            ]
            for name, rule in self.rules.ranges.items()
        }
        self.alone = [
            unit
            for name, units in self.oversize.items()
            if self.rules.ranges[name].oversize == "alone"
            for unit in units
        ]
        self.distance = self.all_distances()
        self.always, self.may = units_left_out(self.scenario, self.territory, self.graph)

    # --- distances --------------------------------------------------------------------

    def all_distances(self) -> dict[str, dict[str, float]]:
        """Unit -> seat -> distance; a pair without a way is absent."""
        ids = self.graph.ids
        if self.graph.distance == "along_ties":
            return dict(nx.all_pairs_dijkstra_path_length(self.graph.graph, weight="km"))
        if self.graph.distance == "straight":
            places = {u: self.graph.places[i] for i, u in enumerate(ids)}
            return {u: {s: math.dist(places[u], places[s]) / 1000 for s in ids} for u in ids}
        given = self.graph.matrix.tocoo()
        table = {unit: {unit: 0.0} for unit in ids}
        for i, j, far in zip(given.row, given.col, given.data, strict=True):
            if i != j:
                table[ids[i]][ids[j]] = float(far)
        return table

    # --- rules ------------------------------------------------------------------------

    def total(self, name: str, members: Municipality) -> float:
        return sum(self.value[name][unit] for unit in members)

    def threshold(self, rule: AttributeRange, end: str, seat: str, free: float) -> float:
        """Return the end of a range that counts at a seat: its class's, or else the general."""
        own = rule.classes.get(self.category[rule.by][seat]) if rule.by else None
        for limits in (own, rule):
            if limits is not None and getattr(limits, end) is not None:
                return getattr(limits, end)
        return free

    def differ(self, members: Municipality) -> bool:
        """Say whether a wall, or a category that must be like, runs between the units."""
        sides = [self.parent[tier] for tier in self.rules.walls]
        sides += [self.category[name] for name in self.rules.like]
        return any(len({side[unit] for unit in members}) > 1 for side in sides)

    def admits_units(self, members: Municipality) -> bool:
        rules = self.rules
        if not nx.is_connected(self.graph.graph.subgraph(members)):
            return False
        if self.differ(members):
            return False
        if rules.max_units is not None and len(members) > rules.max_units:
            return False
        ratios = (self.admits_ratio(rule, members) for rule in rules.ratios.values())
        return self.admits_wishes(members) and all(ratios)

    def admits_ratio(self, rule: RatioRange, members: Municipality) -> bool:
        """Judge without division: whole numbers and halves, so that no equality is lost."""
        of, to = self.total(rule.of, members), self.total(rule.to, members)
        if rule.min is not None and of < rule.min * to:
            return False
        return rule.max is None or of <= rule.max * to

    def admits_wishes(self, members: Municipality) -> bool:
        rules = self.rules
        if len(members) > 1 and any(u in self.alone or u in rules.frozen for u in members):
            return False
        for group in rules.keep_together:
            inside = [unit in members for unit in group.units]
            if any(inside) and not all(inside):
                return False
        return all(sum(u in members for u in set(g.units)) < 2 for g in rules.keep_apart)

    def admits_sum(self, name: str, rule: AttributeRange, members: Municipality, seat: str) -> bool:
        total = self.total(name, members)
        if total > self.threshold(rule, "max", seat, math.inf):
            large = any(unit in self.oversize[name] for unit in members)
            if rule.oversize == "refuse" or not large:
                return False
            if rule.oversize == "alone" and len(members) > 1:
                return False
        if total < self.threshold(rule, "min", seat, -math.inf):
            return bool(rule.unless) and all(
                self.lies_in(inner, self.total(other, members))
                for other, inner in rule.unless.items()
            )
        return True

    def lies_in(self, rule: Range, total: float) -> bool:
        if rule.min is not None and total < rule.min:
            return False
        return rule.max is None or total <= rule.max

    def admits_seat(self, seat: str, members: Municipality) -> bool:
        rules = self.rules
        limit = rules.reach_km or rules.reach_minutes
        for unit in members:
            if seat not in self.distance[unit]:
                return False
            if limit is not None and self.distance[unit][seat] > limit.max:
                return False
        ranges = rules.ranges.items()
        if not all(self.admits_sum(name, rule, members, seat) for name, rule in ranges):
            return False
        if rules.seats is None:
            return True
        if any(unit in rules.seats.fixed and unit != seat for unit in members):
            return False
        return self.is_eligible(seat)

    def is_eligible(self, seat: str) -> bool:
        rule = self.rules.seats
        if seat in rule.fixed or seat in self.rules.frozen or seat in self.alone:
            return True
        if not rule.types and rule.or_population_min is None:
            return True
        if rule.types and self.type[seat] in rule.types:
            return True
        least = rule.or_population_min
        return least is not None and self.value["population"][seat] >= least

    def admits_numbers(self, partition: list[Municipality]) -> bool:
        rule = self.rules.municipalities
        if not self.is_count_in(rule, len(partition)):
            return False
        for tier, numbers in rule.per_parent.items():
            homes = [self.parent[tier][members[0]] for members in partition]
            if any(not self.is_count_in(n, homes.count(code)) for code, n in numbers.items()):
                return False
        return True

    def is_count_in(self, rule: NumberRange, count: int) -> bool:
        if rule.exactly is not None:
            return count == rule.exactly
        return (rule.min is None or count >= rule.min) and (rule.max is None or count <= rule.max)

    # --- cost -------------------------------------------------------------------------

    def best_seat(self, members: Municipality) -> tuple[float, str] | None:
        """Return the cheapest cost of a municipality and the seat that gives it."""
        if not self.admits_units(members):
            return None
        seats = [seat for seat in members if self.admits_seat(seat, members)]
        return min(((self.cost(seat, members), seat) for seat in seats), default=None)

    def cost(self, seat: str, members: Municipality) -> float:
        cost = 0.0
        for name, weight, raw in self.terms(seat, members):
            if weight > 0:
                cost += weight * raw() / self.scales[name]
        return cost

    def terms(self, seat, members):
        aims = self.aims
        yield "access", aims.access, lambda: self.access(seat, members)
        for name, aim in aims.balance.items():
            weight = aim.weight if isinstance(aim, BalanceAim) else aim
            own = aim.target if isinstance(aim, BalanceAim) else None
            target = own if own is not None else self.targets.get(name, math.nan)
            deviation = abs(self.total(name, members) - target)
            yield f"balance.{name}", weight, lambda deviation=deviation: deviation
        cut = aims.ties_cut
        by_count = isinstance(cut, TiesCutAim) and cut.by == "count"
        weight = cut.weight if isinstance(cut, TiesCutAim) else cut
        yield "ties_cut", weight, lambda: self.ties_cut(members, by_count=by_count)
        for tier, weight in aims.crossings.items():
            yield f"crossings.{tier}", weight, lambda tier=tier: self.moved(tier, seat, members)
        for name, weight in aims.heterogeneity.items():
            yield f"heterogeneity.{name}", weight, lambda name=name: self.moved(name, seat, members)
        if aims.wishes is not None:
            yield "wishes", aims.wishes.weight, lambda: self.unmet(members)
        if aims.number is not None:
            few = aims.number.prefer == "few"
            raw = 1 if few else len(members) - 1
            yield f"number.{aims.number.prefer}", aims.number.weight, lambda: raw

    def raws(self, seat: str, members: Municipality) -> dict[str, float]:
        return {name: raw() for name, _, raw in self.terms(seat, members)} | {"left_out": 0.0}

    def raws_outside(self, unit: str) -> dict[str, float]:
        cut = self.aims.ties_cut
        by_count = isinstance(cut, TiesCutAim) and cut.by == "count"
        raws = {"left_out": self.value["population"][unit]}
        raws["ties_cut"] = self.ties_cut((unit,), by_count=by_count)
        return raws | ({"wishes": self.unmet((unit,))} if self.aims.wishes is not None else {})

    def cost_outside(self, unit: str) -> float:
        """Return what a unit costs that stays outside by choice: residents, ties, wishes."""
        cut = self.aims.ties_cut
        by_count = isinstance(cut, TiesCutAim) and cut.by == "count"
        weight = cut.weight if isinstance(cut, TiesCutAim) else cut
        cost = 0.0
        if self.aims.left_out > 0:
            people = self.value["population"][unit]
            cost += self.aims.left_out * people / self.scales["left_out"]
        if weight > 0:
            cost += weight * self.ties_cut((unit,), by_count=by_count) / self.scales["ties_cut"]
        if self.aims.wishes is not None and self.aims.wishes.weight > 0:
            cost += self.aims.wishes.weight * self.unmet((unit,)) / self.scales["wishes"]
        return cost

    def access(self, seat: str, members: Municipality) -> float:
        return sum(self.value["population"][u] * self.distance[u][seat] for u in members)

    def ties_cut(self, members: Municipality, *, by_count: bool) -> float:
        """Half of each tie that leaves the municipality: the neighbour pays the other half."""
        cut = 0.0
        for a, b, tie in self.graph.graph.edges(data=True):
            walled = self.differ((a, b)) or a in self.always or b in self.always
            if (a in members) != (b in members) and not walled:
                cut += (1.0 if by_count else tie["border_km"]) / 2
        return cut

    def moved(self, name: str, seat: str, members: Municipality) -> float:
        """Residents whose parent or category is not the seat's."""
        side = {**self.category, **self.parent}[name]
        return sum(self.value["population"][u] for u in members if side[u] != side[seat])

    def unmet(self, members: Municipality) -> float:
        """Weights of unmet wishes: half of those `with`, whole of those `against`."""
        inner = self.graph.graph.copy()
        inner.remove_edges_from([pair for pair in inner.edges if self.differ(pair)])
        inner.remove_nodes_from(self.always)
        unmet = 0.0
        for wish in self.aims.wishes.wishes:
            other = wish.with_ or wish.against
            if {wish.unit, other} & self.always or not nx.has_path(inner, wish.unit, other):
                continue  # no plan can change it
            inside = (wish.unit in members) + (other in members)
            if wish.with_ and inside == 1:
                unmet += wish.weight / 2
            if wish.against and inside == 2:
                unmet += wish.weight
        return unmet
