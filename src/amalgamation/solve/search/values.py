"""Values: what a set of units costs and lacks as a municipality, asked many thousand times.

In: a problem and a block. Out: the set with its cheapest seat, kept for the next question.
A set that differs from a known one by a unit is valued by that difference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model import OUTSIDE, Municipality, Valuer
from amalgamation.solve.search.lack import Lacks
from amalgamation.solve.search.masks import is_connected, mask_of, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.model import Problem

__all__ = ["Part", "Values"]

# Sets that are remembered; a full memory is emptied.
_MEMORY = 300_000
_DETAILS = 20_000
# Up to so many units of a block, costs at a seat are a list; beyond, only what may go there.
_DENSE = 2_000
# Totals are sums of floats: a whole number of missing pairs may come out a hair too small.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """A connected set of units with the seat that costs least.

    Parameters
    ----------
    mask
        The units, as bits.
    seat
        One of them; -1 where none can be the seat of all.
    cost
        Without unit, without any price.
    lack
        How far it is from what the rules ask; 0 where they are kept. Each unit that
        cannot go to the seat counts 1.
    is_outside
        Whether it is no municipality but a unit that is left out.
    """

    mask: int
    seat: int
    cost: float
    lack: float
    is_outside: bool = False

    @property
    def members(self) -> list[int]:
        """Positions in the block, sorted."""
        return units_of(self.mask)

    @property
    def stands_alone(self) -> bool:
        """Whether it is a single unit."""
        return self.mask & (self.mask - 1) == 0


class _Sparse(dict[int, float]):
    """What each unit costs at one seat of a large block, where most may not go there."""

    def __init__(self, otherwise: float) -> None:
        super().__init__()
        self._otherwise = otherwise

    def __missing__(self, _: int) -> float:
        return self._otherwise


@dataclass(frozen=True, slots=True)
class _Detail:
    """What valuing a part's relatives needs.

    Parameters
    ----------
    units
        Sorted.
    totals
        What each unit would cost as the seat of all.
    sums
        Of the attributes that are asked for.
    severed
        Half of each severed tie.
    """

    units: list[int]
    totals: list[float]
    sums: list[float]
    severed: float


class Values(Valuer):
    """Value connected sets of units of one block, and remember.

    Parameters
    ----------
    problem
        Rules and aims.
    block
        Position of the block in the problem.
    """

    def __init__(self, problem: Problem, block: int) -> None:
        super().__init__(problem, block)
        self.leavable = frozenset(self.block.leavable)
        self.around = [mask_of(near) for near in self.block.neighbours]
        # More than all pairs of a plan together, so that a total tells how many pairs lack.
        self._far = 1.0 + sum(max(row.values(), default=0.0) for row in self._cost_at)
        self._column = self._build_columns()
        self._lacks = Lacks(problem.rules, self.block)
        names = [*self._lacks.attributes, *(each.attribute for each, _ in self._deviations)]
        self._amounts = [self.block.attributes[name].tolist() for name in names]
        self._shapes = [each for each, _ in self._deviations]
        self._parts: dict[int, Part | None] = {}
        self._details: dict[int, _Detail] = {}
        self._verdicts: dict[int, bool] = {}

    # --- parts ---------------------------------------------------------------------------

    def part(self, mask: int) -> Part | None:
        """Return a set as a part of a plan; None where it does not hang together."""
        if mask in self._parts:
            return self._parts[mask]
        if not is_connected(mask, self.around):
            self._parts[mask] = None
            return None
        return self._keep(mask, self._build(mask))

    def alone(self, unit: int) -> Part:
        """Return a unit as a part of its own."""
        return self._build(1 << unit)

    def outside(self, unit: int) -> Part:
        """Return a unit as a part that is left out; the unit must be one that may be."""
        return Part(1 << unit, OUTSIDE, self.cost_outside(unit), 0.0, is_outside=True)

    def torn(self, units: Iterable[int], seat: int) -> Part:
        """Return a set in pieces, as a part that lacks a whole rule."""
        mask = mask_of(units)
        return Part(mask, seat, self.cost(units_of(mask), seat), 1.0)

    def grown(self, part: Part, unit: int) -> Part:
        """Return a part with a unit that touches it."""
        mask = part.mask | 1 << unit
        known = self._parts.get(mask)
        return known or self._keep(mask, self._changed(part, mask, more=unit))

    def rest(self, part: Part, unit: int) -> Part | None:
        """Return a part without a unit; None where that leaves pieces, or nothing."""
        mask = part.mask ^ 1 << unit
        if mask in self._parts:
            return self._parts[mask]
        if not mask or not is_connected(mask, self.around):
            self._parts[mask] = None
            return None
        return self._keep(mask, self._changed(part, mask, less=unit))

    def swapped(self, part: Part, less: int, more: int) -> Part | None:
        """Return a part with one unit in the place of another; None where that leaves pieces."""
        mask = part.mask ^ 1 << less | 1 << more
        if mask in self._parts:
            return self._parts[mask]
        if not is_connected(mask, self.around):
            self._parts[mask] = None
            return None
        return self._keep(mask, self._changed(part, mask, less, more))

    def union(self, first: Part, second: Part) -> Part:
        """Return two parts that touch, as one."""
        mask = first.mask | second.mask
        return self._parts.get(mask) or self._keep(mask, self._build(mask))

    def amounts(self, unit: int) -> list[float]:
        """Return what a unit adds to the sums that `lack` asks for."""
        return [amount[unit] for amount in self._amounts]

    def lack(self, mask: int, sums: Sequence[float]) -> float:
        """Return what a set lacks at the least, whatever its seat; its sums are known."""
        kinds = self._lacks.kinds
        if not kinds:
            return self._lacks.measure(sums, mask, mask.bit_length() - 1)
        seats = {kinds[unit]: unit for unit in units_of(mask)}
        return min(self._lacks.measure(sums, mask, seat) for seat in seats.values())

    def pair(self, unit: int, seat: int) -> float:
        """Return what a unit costs at a seat; infinite where it may not go there."""
        return self._cost_at[unit].get(seat, math.inf)

    def confirms(self, part: Part) -> bool:
        """Say whether every rule's own judge admits a part; what is left out has none."""
        if part.is_outside:
            return True
        known = self._verdicts.get(part.mask)
        if known is None:
            municipality = Municipality(self.block, tuple(part.members), part.seat)
            known = part.seat >= 0 and all(rule.judge(municipality) is None for rule in self._rules)
            self._verdicts[part.mask] = known
        return known

    # --- how they are valued ---------------------------------------------------------------

    def _build_columns(self) -> list[list[float] | _Sparse | None]:
        """Return, per unit, what each unit would cost there; None where there is no seat."""
        size = len(self.block)
        columns: list[list[float] | _Sparse | None] = [None] * size
        for seat in self.block.pairs.seats:
            columns[seat] = [self._far] * size if size <= _DENSE else _Sparse(self._far)
        for unit, row in enumerate(self._cost_at):
            for seat, cost in row.items():
                columns[seat][unit] = cost  # type: ignore[index]  # every pair has a seat
        return columns

    def _total(self, seat: int, units: Sequence[int]) -> float:
        """Return what some units cost at a seat; each that may not go there costs `_far`."""
        column = self._column[seat]
        if column is None:
            return self._far * len(units)
        return sum(map(column.__getitem__, units))

    def _keep(self, mask: int, part: Part) -> Part:
        if len(self._parts) > _MEMORY:
            self._parts.clear()
        self._parts[mask] = part
        return part

    def _build(self, mask: int) -> Part:
        """Value a set from nothing."""
        detail = self._detail(mask)
        least, seat = self._best_seat(mask, detail.units, detail.totals, detail.sums)
        return self._finish(mask, least, seat, detail.sums, detail.severed)

    def _changed(self, part: Part, mask: int, less: int = -1, more: int = -1) -> Part:
        """Value a set by its difference from a part."""
        detail = self._detail(part.mask)
        units, totals = detail.units, detail.totals
        sums, severed = detail.sums, detail.severed
        if less >= 0:
            row = self._cost_at[less].get
            totals = [
                total - row(unit, self._far)
                for unit, total in zip(units, totals, strict=True)
                if unit != less
            ]
            units = [unit for unit in units if unit != less]
            sums = [total - amount[less] for total, amount in zip(sums, self._amounts, strict=True)]
            severed -= self._change_of_severed(mask if more < 0 else mask ^ 1 << more, less)
        if more >= 0:
            row = self._cost_at[more].get
            totals = [total + row(u, self._far) for u, total in zip(units, totals, strict=True)]
            units = [*units, more]
            totals.append(self._total(more, units))
            sums = [total + amount[more] for total, amount in zip(sums, self._amounts, strict=True)]
            severed += self._change_of_severed(mask, more)
        least, seat = self._best_seat(mask, units, totals, sums)
        return self._finish(mask, least, seat, sums, severed)

    def _best_seat(
        self, mask: int, units: Sequence[int], totals: Sequence[float], sums: Sequence[float]
    ) -> tuple[float, int]:
        """Return (what all cost there, seat): where least lacks, and of these what costs least."""
        kinds = self._lacks.kinds
        if not kinds:
            least = min(totals)
            return least, units[totals.index(least)]
        best: dict[tuple[str, ...], tuple[float, int]] = {}
        for total, unit in zip(totals, units, strict=True):
            best[kinds[unit]] = min(best.get(kinds[unit], (math.inf, -1)), (total, unit))

        def lacking(each: tuple[float, int]) -> float:
            return self._missing(each[0]) + self._lacks.measure(sums, mask, each[1])

        return min(best.values(), key=lambda each: (lacking(each), each))

    def _missing(self, total: float) -> int:
        """Return how many units may not go to a seat where all cost this."""
        return int(total / self._far + _ROUNDING)

    def _finish(
        self, mask: int, least: float, seat: int, sums: Sequence[float], severed: float
    ) -> Part:
        missing = self._missing(least)
        cost = least - missing * self._far + self._each + severed
        if self._shapes:
            for shape, total in zip(self._shapes, sums[-len(self._shapes) :], strict=True):
                cost += shape.value(total)
        lack = missing + self._lacks.measure(sums, mask, seat)
        return Part(mask, -1 if missing else seat, cost, lack)

    def _detail(self, mask: int) -> _Detail:
        if mask not in self._details:
            if len(self._details) > _DETAILS:
                self._details.clear()
            units = units_of(mask)
            totals = [self._total(seat, units) for seat in units]
            severed = sum(
                half
                for unit in units
                for other, half in self._half_ties[unit]
                if not mask >> other & 1
            )
            self._details[mask] = _Detail(units, totals, self._sums(units), severed)
        return self._details[mask]

    def _sums(self, units: Sequence[int]) -> list[float]:
        return [sum(map(amount.__getitem__, units)) for amount in self._amounts]

    def _change_of_severed(self, mask: int, unit: int) -> float:
        """Return by how much more is severed with a unit than without, in a set with or without."""
        return sum(-half if mask >> other & 1 else half for other, half in self._half_ties[unit])
