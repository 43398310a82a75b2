"""The judge: any labels in, the same figures out, whoever drew them.

A rival names no seats; each municipality gets the seat that costs it least among those
within reach of all its units (among all its units, where there is none).
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from amalgamation.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from benchmarks.rivals.ground import Ground

__all__ = ["Drawn", "Judge"]


@dataclass(frozen=True)
class Drawn:
    """Hold one judged plan.

    Parameters
    ----------
    number
        Municipalities.
    cost
        Access, person-km to the seats.
    largest, smallest
        Residents of the largest and smallest municipality, over the threshold.
    below, far, torn
        Municipalities below the threshold; units beyond reach of their seat;
        municipalities in several pieces.
    heterogeneity
        Sum over municipalities of the distances, city-block in km, between all pairs of
        their units: spopt's own measure of a plan, on places.
    plan
        With the seats chosen here.
    """

    number: int
    cost: float
    largest: float
    smallest: float
    below: int
    far: int
    torn: int
    heterogeneity: float
    plan: Plan

    @property
    def admitted(self) -> bool:
        """Whether it keeps every rule of the comparison."""
        return self.below == self.far == self.torn == 0


@dataclass
class Judge:
    """Judge plans on one ground, and keep the clock of whoever draws them.

    Parameters
    ----------
    ground
        The block.
    seconds
        Time that each rival gets.
    """

    ground: Ground
    seconds: float
    _graph: nx.Graph[int] = field(init=False)

    def __post_init__(self) -> None:
        ties = ((a, b) for a, some in enumerate(self.ground.neighbours) for b in some)
        self._graph = nx.Graph(ties)

    def draw_until(
        self, attempt: Callable[[int], Any], seeds: Iterable[int]
    ) -> tuple[list[Drawn], float]:
        """Call a rival with one seed after another until its time is over.

        An attempt that has begun is waited for, so a slow rival gets more time, never less.

        Parameters
        ----------
        attempt
            Seed -> labels (one per unit), or None where it found nothing.
        seeds
            As many as there are; the clock ends it.

        Returns
        -------
        tuple
            All plans in the order they were drawn, and the seconds used.
        """
        drawn, began = [], time.perf_counter()
        for seed in seeds:
            labels = attempt(seed)
            if labels is not None:
                drawn.append(self.judge(np.asarray(labels)))
            if time.perf_counter() - began >= self.seconds:
                break
        return drawn, time.perf_counter() - began

    def judge(self, labels: NDArray[Any]) -> Drawn:
        """Judge labels, one per unit: equal labels are one municipality."""
        ground = self.ground
        groups = [np.flatnonzero(labels == label) for label in np.unique(labels)]
        seats = [self.seat(group) for group in groups]
        people = np.array([ground.people[group].sum() for group in groups])
        apart = [ground.km[group, seat] for group, seat in zip(groups, seats, strict=True)]
        return Drawn(
            number=len(groups),
            cost=math.fsum(
                float(ground.people[group] @ km) for group, km in zip(groups, apart, strict=True)
            ),
            largest=float(people.max() / ground.threshold),
            smallest=float(people.min() / ground.threshold),
            below=int((people < ground.threshold).sum()),
            far=int(sum((km > ground.reach).sum() for km in apart)),
            torn=sum(not nx.is_connected(self._graph.subgraph(group.tolist())) for group in groups),
            heterogeneity=math.fsum(map(self._unlike, groups)),
            plan=self._plan(groups, seats),
        )

    def judge_plan(self, plan: Plan) -> Drawn:
        """Judge a plan by the same code, with seats chosen here as for everybody."""
        return self.judge(np.array([plan.municipality_of[unit] for unit in self._ids]))

    def seat(self, group: NDArray[np.intp]) -> int:
        """Return the cheapest seat of a municipality, within reach if one is."""
        between = self.ground.km[np.ix_(group, group)]
        cost = self.ground.people[group] @ between
        beyond = (between > self.ground.reach).any(axis=0)
        return int(group[np.lexsort((cost, beyond))[0]])

    def cost_of(self, group: NDArray[np.intp]) -> float:
        """Return the access cost of a municipality, person-km."""
        return float(self.ground.people[group] @ self.ground.km[group, self.seat(group)])

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self.ground.land.units.index)

    def _unlike(self, group: NDArray[np.intp]) -> float:
        places = self.ground.places[group]
        return float(np.abs(places[:, None, :] - places[None, :, :]).sum() / 2)

    def _plan(self, groups: list[NDArray[np.intp]], seats: list[int]) -> Plan:
        return Plan.from_seats(
            {
                self._ids[unit]: self._ids[seat]
                for group, seat in zip(groups, seats, strict=True)
                for unit in group.tolist()
            }
        )
