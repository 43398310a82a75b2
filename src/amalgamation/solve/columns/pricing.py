"""Pricing: for each seat, the admitted municipality that gains most at given duals.

Exact with contiguity: the compiled search (`branch`) bounds by a knapsack on the tree of
gates and branches until the best set hangs together; the rules then judge it, and what
they refuse is branched away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from amalgamation.model.rules.ranges import AttributeRule
from amalgamation.solve.columns.branch import CLOSED, LEAF, Ask, Nodes, explore
from amalgamation.solve.columns.carried import Carried, Grains, carried_ways, grain_values
from amalgamation.solve.columns.region import Region, build_regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from amalgamation.model import Block, Problem, Valuer
    from amalgamation.model.shares import Link
    from amalgamation.solve.columns.compiled import Flags, Ints, Reals

__all__ = ["Column", "Duals", "Effort", "Priced", "Pricer"]


@dataclass(frozen=True)
class Column:
    """An admitted municipality as a variable of the master.

    Parameters
    ----------
    members
        Positions in the block, sorted.
    seat
        One of them.
    cost
        Without any price.
    """

    members: tuple[int, ...]
    seat: int
    cost: float


@dataclass(frozen=True)
class Duals:
    """What the master says a municipality is worth.

    Parameters
    ----------
    unit
        Worth of covering each unit, shape (n,).
    each
        Cost of each municipality on top: its price less the dual of the number.
    triples
        Subset rows, shape (t, 3).
    penalty
        What each costs a municipality that holds two of its units, shape (t,).
    """

    unit: Reals
    each: float
    triples: Ints
    penalty: Reals


@dataclass(frozen=True)
class Effort:
    """How hard to search.

    Parameters
    ----------
    states
        About so many states of the knapsack.
    nodes
        Nodes per seat.
    first
        Whether to stop at the first set that gains.
    every
        Whether to find every set that counts, not only the best.
    """

    states: int
    nodes: int
    first: bool = False
    every: bool = False


@dataclass(frozen=True)
class Priced:
    """What pricing one seat gave.

    Parameters
    ----------
    bound
        No admitted municipality of the seat has a smaller reduced cost.
    columns
        Those found with a negative reduced cost.
    exact
        Whether the search ended by itself.
    nodes
        Nodes of the search.
    """

    bound: float
    columns: tuple[Column, ...]
    exact: bool
    nodes: int


class _Room:
    """Arrays that all searches of a block share, as large as the largest has needed."""

    def __init__(self) -> None:
        self._flat: dict[str, NDArray[Any]] = {}

    def take(self, name: str, rows: int, columns: int, kind: type) -> NDArray[Any]:
        """Return room for a table; what stands in it is of no account."""
        flat = self._flat.get(name)
        if flat is None or flat.size < rows * columns:
            flat = self._flat[name] = np.empty(rows * columns, dtype=kind)
        return flat[: rows * columns].reshape(rows, columns)


@dataclass
class _Search:
    """One way of one seat at given duals, as the compiled search takes it."""

    ask: Ask
    nodes: Nodes
    cutoff: float
    effort: Effort
    start: tuple[int, int, int] = (0, -1, -1)

    def run(self) -> tuple[int, int, float, Flags]:
        """Search on; return how it ended, the node, the bound and the sets found."""
        limits = (self.effort.nodes, self.effort.first)
        code, node, count, bound, found = explore(
            self.ask, self.nodes, self.start, self.cutoff, limits
        )
        self.start = (count, -1, -1)
        return code, node, bound, found

    def branch(self, node: int) -> None:
        """Branch where there is nothing to mend: on a unit of the set, else on one beside it."""
        states, chosen, values, *_ = self.nodes
        free, inside = states[node] == 0, chosen[node]
        units = np.flatnonzero(inside & free)
        if not len(units):
            sources = np.repeat(inside, np.diff(self.ask.ptr))
            beside = self.ask.adj[sources]
            units = beside[free[beside]]
        if len(units):
            self.start = (self.start[0], node, int(units[0]))
        else:
            values[node] = np.inf


class Pricer:
    """Price the seats of one block.

    Parameters
    ----------
    problem
        Rules judge, aims value.
    block
        Position of the block in the problem.
    valuer
        The block's.
    scale
        Factor on all costs, so that the solver's tolerances mean little.
    """

    def __init__(self, problem: Problem, block: int, valuer: Valuer, scale: float) -> None:
        self._block: Block = problem.blocks[block]
        self._valuer = valuer
        self._scale = scale
        shares = problem.shares(block)
        self._each = shares.each * scale
        self._deviations = tuple(replace(d, rate=d.rate * scale) for d in shares.deviations)
        self.regions = build_regions(self._block, shares)
        self._ways = [
            carried_ways(problem, self._block, region.seat, self._deviations)
            for region in self.regions
        ]
        self._joined = _pairs_of(shares.joined)
        self._joined_cost = np.array([link.value * scale for link in shares.joined])
        self._exempt = _exempt_units(problem, self._block)
        self._grains: dict[tuple[int, int, int], Grains] = {}
        self._room = _Room()

    def price(self, position: int, duals: Duals, effort: Effort, cutoff: float) -> Priced:
        """Search the region of one seat.

        Parameters
        ----------
        position
            Of the region.
        duals, effort
            At what duals, and how hard.
        cutoff
            Only municipalities whose reduced cost is smaller count.
        """
        results = [
            self._price_way(position, way, duals, effort, cutoff)
            for way in range(len(self._ways[position]))
        ]
        columns = {column.members: column for result in results for column in result.columns}
        return Priced(
            min(result.bound for result in results),
            tuple(columns[members] for members in sorted(columns)),
            all(result.exact for result in results),
            sum(result.nodes for result in results),
        )

    def _price_way(
        self, position: int, way: int, duals: Duals, effort: Effort, cutoff: float
    ) -> Priced:
        region = self.regions[position]
        search = self._prepare(position, way, duals, effort, cutoff)
        columns: dict[tuple[int, ...], Column] = {}
        while True:
            code, node, bound, found = search.run()
            for mask in found:
                self._keep(region, mask, columns)
            admitted = code == LEAF and self._keep(region, search.nodes.chosen[node], columns)
            if code != LEAF or effort.first or (admitted and not effort.every):
                exact = code == CLOSED or admitted
                return Priced(bound, tuple(columns.values()), exact, search.start[0])
            search.branch(node)

    def _keep(self, region: Region, mask: Flags, columns: dict[tuple[int, ...], Column]) -> bool:
        """Keep a set as a column if the rules admit it; return whether they do."""
        members = tuple(sorted(region.units[mask].tolist()))
        if members in columns:
            return True
        if not self._valuer.admits(members, region.seat):
            return False
        columns[members] = Column(members, region.seat, self._valuer.cost(members, region.seat))
        return True

    def _prepare(
        self, position: int, way: int, duals: Duals, effort: Effort, cutoff: float
    ) -> _Search:
        region, carried = self.regions[position], self._ways[position][way]
        grains = self._grains_of(position, way, effort.states)
        base, below = region.cost * self._scale - duals.unit[region.units], 0.0
        for deviation in self._deviations:
            if deviation.attribute in carried.below:
                # On this side of the target the deviation is a straight line.
                base -= deviation.rate * self._values(deviation.attribute, region)
                below += deviation.rate * deviation.target
        each = self._each + duals.each
        ask = Ask(
            region.ptr,
            region.adj,
            region.tie * self._scale,
            grains.weight,
            base,
            *self._local_triples(region, duals),
            *self._deviation_inputs(region),
            each,
            grains.terminal + (each + below),
            grains.over,
            self._values(carried.attribute, region),
            carried.least,
            self._most(region, carried),
        )
        return _Search(ask, self._nodes(len(region.units), effort, grains), cutoff, effort)

    def _nodes(self, units: int, effort: Effort, grains: Grains) -> Nodes:
        """Return room for a search, with the root as its only node: the seat is in."""
        states = self._room.take("states", effort.nodes, units, np.int8)
        states[0] = 0
        states[0, 0] = 1
        return Nodes(
            states,
            self._room.take("chosen", effort.nodes, units, np.bool_),
            self._room.take("values", 1, effort.nodes, np.float64)[0],
            self._room.take("root", 1, 1, np.float64)[0],
            self._room.take("table", units + 1, len(grains.terminal), np.float64),
        )

    def _grains_of(self, position: int, way: int, states: int) -> Grains:
        key = (position, way, states)
        if key not in self._grains:
            region, carried = self.regions[position], self._ways[position][way]
            self._grains[key] = grain_values(
                self._values(carried.attribute, region),
                carried,
                [d for d in self._deviations if d.attribute == carried.attribute],
                states,
                free=self._is_free(region, carried),
            )
        return self._grains[key]

    def _is_free(self, region: Region, carried: Carried) -> bool:
        exempt = self._exempt.get(carried.attribute or "")
        return exempt is not None and bool(exempt[region.units].any())

    def _most(self, region: Region, carried: Carried) -> float:
        return math.inf if self._is_free(region, carried) else carried.most

    def _values(self, attribute: str | None, region: Region) -> Reals:
        if attribute is None:
            return np.zeros(len(region.units))
        return self._block.attributes[attribute][region.units]

    def _local_triples(self, region: Region, duals: Duals) -> tuple[Ints, Reals]:
        """Return the subset rows that the region can meet, in local numbers.

        Two units that cost for being in one municipality are a row of two.
        """
        local = region.local[duals.triples].reshape(-1, 3)
        pairs = region.local[self._joined]
        local = np.vstack([local, np.column_stack([pairs, np.full(len(pairs), -1)])])
        met = (local >= 0).sum(axis=1) >= 2  # noqa: PLR2004 - two make a row count
        return local[met], np.concatenate([duals.penalty, self._joined_cost])[met]

    def _deviation_inputs(self, region: Region) -> tuple[Reals, Reals, Reals]:
        values = np.zeros((len(self._deviations), len(region.units)))
        for row, deviation in zip(values, self._deviations, strict=True):
            row[:] = self._values(deviation.attribute, region)
        targets = np.array([d.target for d in self._deviations], dtype=np.float64)
        return values, targets, np.array([d.rate for d in self._deviations], dtype=np.float64)


def _exempt_units(problem: Problem, block: Block) -> dict[str, Flags]:
    """Return, per attribute, the units whose municipality knows no maximum."""
    exempt = {}
    for rule in problem.rules:
        if isinstance(rule, AttributeRule) and rule.oversize(block):
            exempt[rule.attribute] = np.zeros(len(block), dtype=bool)
            exempt[rule.attribute][rule.exempt(block)] = True
    return exempt


def _pairs_of(links: Sequence[Link]) -> Ints:
    """Return the ends of links, shape (k, 2)."""
    return np.array([(link.first, link.second) for link in links], dtype=np.int64).reshape(-1, 2)
