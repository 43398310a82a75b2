"""The valuer: what a set of units costs as a municipality, at the seat where it is least.

It reads the same aims and rules as everything else, taken apart once per block so that a
search can ask thousands of times a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.model.block import Municipality
from amalgamation.model.shares import outside_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.model.block import Block
    from amalgamation.model.problem import Problem
    from amalgamation.model.shares import Link

__all__ = ["Valued", "Valuer"]


@dataclass(frozen=True)
class Valued:
    """A set of units with the seat that was chosen for it.

    Parameters
    ----------
    members
        Positions in the block, sorted.
    seat
        One of them.
    cost
        Without unit, without any price.
    admitted
        Whether every rule admits it.
    """

    members: tuple[int, ...]
    seat: int
    cost: float
    admitted: bool


class Valuer:
    """Value sets of units of one block.

    Parameters
    ----------
    problem
        Rules judge, aims value.
    block
        Position of the block in the problem.
    """

    def __init__(self, problem: Problem, block: int) -> None:
        self.block: Block = problem.blocks[block]
        self._rules = problem.rules
        shares = problem.shares(block)
        self._cost_at: list[dict[int, float]] = [{} for _ in range(len(self.block))]
        pairs = self.block.pairs
        for unit, seat, cost in zip(
            pairs.unit.tolist(), pairs.seat.tolist(), shares.pair.tolist(), strict=True
        ):
            self._cost_at[unit][seat] = cost
        self._half_ties: list[list[tuple[int, float]]] = [[] for _ in range(len(self.block))]
        for (first, second), value in zip(
            self.block.ties.tolist(), shares.tie.tolist(), strict=True
        ):
            if value:
                self._half_ties[first].append((second, value / 2))
                self._half_ties[second].append((first, value / 2))
        for link in shares.apart:
            self._add_halves(link, link.value / 2)
        for link in shares.joined:
            # together = half of (one in) + half of (other in) - half of (one without the other)
            for unit in (link.first, link.second):
                at = self._cost_at[unit]
                at.update({seat: cost + link.value / 2 for seat, cost in at.items()})
            self._add_halves(link, -link.value / 2)
        self._outside = outside_values(self.block, shares).tolist()
        self._each = shares.each
        self._deviations = [
            (deviation, self.block.attributes[deviation.attribute].tolist())
            for deviation in shares.deviations
        ]

    def _add_halves(self, link: Link, half: float) -> None:
        self._half_ties[link.first].append((link.second, half))
        self._half_ties[link.second].append((link.first, half))

    def value(self, members: Iterable[int]) -> Valued | None:
        """Return a set with its best seat: an admitted one if there is, else the cheapest.

        Parameters
        ----------
        members
            Positions in the block.

        Returns
        -------
        Valued or None
            None where none of the units can be the seat of all.
        """
        units = tuple(sorted(members))
        ranked = self._rank_seats(units)
        if not ranked:
            return None
        common = self._cost_of_set(units)
        for cost, seat in ranked:
            if self.admits(units, seat):
                return Valued(units, seat, cost + common, admitted=True)
        cost, seat = ranked[0]
        return Valued(units, seat, cost + common, admitted=False)

    def cost(self, members: Sequence[int], seat: int) -> float:
        """Return what a municipality costs; every unit must be admitted at the seat."""
        return self._cost_of_set(members) + sum(self._cost_at[unit][seat] for unit in members)

    def cost_outside(self, unit: int) -> float:
        """Return what a unit costs where it is left out."""
        return float(self._outside[unit])

    def admits(self, members: tuple[int, ...], seat: int) -> bool:
        """Say whether every rule admits a municipality whose pairs are admitted."""
        municipality = Municipality(self.block, members, seat)
        return all(rule.judge(municipality) is None for rule in self._rules)

    def _rank_seats(self, units: tuple[int, ...]) -> list[tuple[float, int]]:
        """Return (cost of the pairs, seat) for each seat that all units may go to."""
        ranked = []
        for seat in units:
            total = 0.0
            for unit in units:
                cost = self._cost_at[unit].get(seat)
                if cost is None:
                    break
                total += cost
            else:
                ranked.append((total, seat))
        return sorted(ranked)

    def _cost_of_set(self, units: Sequence[int]) -> float:
        inside = set(units)
        cost = self._each
        for unit in units:
            for other, half in self._half_ties[unit]:
                if other not in inside:
                    cost += half
        for deviation, values in self._deviations:
            cost += deviation.value(sum(values[unit] for unit in units))
        return cost
