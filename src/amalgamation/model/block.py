"""A block: a piece of the territory that walls and water make independent of the rest.

Everything that rules and aims ask of the units stands here as arrays in the order of
``ids``, so that neither knows where the data came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["OUTSIDE", "Block", "Municipality", "Pairs"]

OUTSIDE = -1
"""What stands for the seat of a unit that is left outside every municipality."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Pairs:
    """Hold pairs (unit, seat) with their distance, ordered by unit, then seat.

    Parameters
    ----------
    unit, seat
        Positions in the block, one entry per pair.
    distance
        From unit to seat, in the graph's distance unit.
    """

    unit: NDArray[np.int64]
    seat: NDArray[np.int64]
    distance: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.unit)

    def only(self, mask: NDArray[np.bool_]) -> Pairs:
        """Return the pairs where the mask holds."""
        return Pairs(self.unit[mask], self.seat[mask], self.distance[mask])

    @cached_property
    def distance_of(self) -> dict[tuple[int, int], float]:
        """(unit, seat) -> distance."""
        keys = zip(self.unit.tolist(), self.seat.tolist(), strict=True)
        return dict(zip(keys, self.distance.tolist(), strict=True))

    @cached_property
    def units_of_seat(self) -> dict[int, list[int]]:
        """Seat -> units that may go to it."""
        return _grouped(self.seat, self.unit)

    @cached_property
    def seats_of_unit(self) -> dict[int, list[int]]:
        """Unit -> seats that it may go to."""
        return _grouped(self.unit, self.seat)

    @cached_property
    def seats(self) -> list[int]:
        """Units that may be seats: those paired with themselves."""
        return sorted(self.unit[self.unit == self.seat].tolist())


def _grouped(keys: NDArray[np.int64], values: NDArray[np.int64]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for key, value in zip(keys.tolist(), values.tolist(), strict=True):
        groups.setdefault(key, []).append(value)
    return groups


@dataclass(frozen=True)
class Block:
    """Hold one block's units, ties, pairs and attributes.

    Parameters
    ----------
    name
        For progress lines and reports.
    ids, labels
        Unit ids (sorted) and how messages name them.
    attributes
        Attribute -> values, shape (n,).
    parents
        Tier -> parent's code of each unit.
    categories
        Category -> value of each unit, ``""`` where it is blank.
    types
        Unit types; empty strings where there are none.
    ties
        Positions of tied units, shape (m, 2), each row ordered.
    border_km
        Shared border of each tie, shape (m,).
    distances
        All pairs within reach, before any rule but reach.
    pairs
        The pairs that the rules admit.
    distance_unit
        ``"km"`` or ``"minutes"``.
    leavable
        Positions of the units that may be left outside every municipality, sorted.
    """

    name: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    attributes: Mapping[str, NDArray[np.float64]]
    parents: Mapping[str, tuple[str, ...]]
    types: tuple[str, ...]
    ties: NDArray[np.int64]
    border_km: NDArray[np.float64]
    distances: Pairs
    pairs: Pairs
    distance_unit: str = "km"
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leavable: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def fewest(self) -> int:
        """The least number of municipalities: none only where every unit may be left out."""
        return 0 if len(self.leavable) == len(self) else 1

    @cached_property
    def index(self) -> dict[str, int]:
        """Unit id -> position."""
        return {unit: position for position, unit in enumerate(self.ids)}

    @cached_property
    def graph(self) -> nx.Graph[int]:
        """The block's ties as a graph over positions."""
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(self)))
        graph.add_edges_from(map(tuple, self.ties.tolist()))
        return graph

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """Tied units of each unit, sorted."""
        return tuple(tuple(sorted(self.graph[unit])) for unit in range(len(self)))

    @cached_property
    def part(self) -> tuple[int, ...]:
        """Which connected part each unit lies in: one, but where blocks are joined."""
        part = [0] * len(self)
        for number, units in enumerate(nx.connected_components(self.graph)):
            for unit in units:
                part[unit] = number
        return tuple(part)

    def recall(self, owner: object, build: Callable[[Block], _T]) -> _T:
        """Return what an owner, such as a rule, works out of this block: once, then from memory.

        An owner keeps one thing only, and must stand by it: rules and aims are frozen.
        """
        known: tuple[object, _T] | None = self._recalled.get(id(owner))
        if known is None or known[0] is not owner:
            known = self._recalled[id(owner)] = (owner, build(self))
        return known[1]

    @cached_property
    def _recalled(self) -> dict[int, tuple[object, Any]]:
        """Identity of the owner -> (owner, what it keeps): the owner guards its identity."""
        return {}

    def positions(self, codes: Iterable[str]) -> list[int]:
        """Return the positions of those codes that lie in this block, sorted."""
        return sorted(self.index[code] for code in codes if code in self.index)

    def pieces(self, members: Iterable[int]) -> list[list[int]]:
        """Return the connected pieces of a set of units, each sorted, ordered by first unit."""
        inside = set(members)
        pieces = []
        while inside:
            piece = self.flood(min(inside), inside)
            inside -= piece
            pieces.append(sorted(piece))
        return sorted(pieces)

    def flood(self, start: int, inside: set[int]) -> set[int]:
        """Return the units of ``inside`` that ``start`` reaches along ties within it."""
        reached, front = {start}, [start]
        while front:
            fresh = [
                unit
                for unit in self.neighbours[front.pop()]
                if unit in inside and unit not in reached
            ]
            reached.update(fresh)
            front.extend(fresh)
        return reached

    def _facts(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "units": len(self),
            "ties": len(self.ties),
            "seats": len(self.pairs.seats),
            "pairs": len(self.pairs),
        }

    def __repr__(self) -> str:
        facts = self._facts()
        return (
            f"<Block {facts['name']}: {facts['units']} units, {facts['ties']} ties, "
            f"{facts['seats']} possible seats, {facts['pairs']:,} pairs>"
        )


@dataclass(frozen=True)
class Municipality:
    """Name a set of units of a block and its seat: what rules judge and aims value."""

    block: Block
    members: Sequence[int]
    seat: int

    def total(self, attribute: str) -> float:
        """Return the sum of an attribute over the members."""
        return float(self.block.attributes[attribute][list(self.members)].sum())

    @property
    def label(self) -> str:
        """The municipality as messages name it: by its seat."""
        return f"municipality of {self.block.labels[self.seat]}"
