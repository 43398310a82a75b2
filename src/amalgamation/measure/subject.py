"""What every measure looks at: a plan on its territory, with each unit's way to its seat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from amalgamation.graph import distance_to_seat
from amalgamation.measure.parents import find_parent_seats
from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.plan import Plan

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from amalgamation.graph import UnitGraph
    from amalgamation.territory import Territory

__all__ = ["Subject", "build_today"]


def build_today(territory: Territory) -> Plan:
    """Build the plan in which every unit is a municipality by itself, and its own seat.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> build_today(grid_territory(2, 2))
    <Plan: 4 units in 4 municipalities>
    """
    return Plan.from_seats({unit: unit for unit in territory.ids})


@dataclass(frozen=True)
class Subject:
    """Hold a plan with the territory and the graph that it lies on.

    Parameters
    ----------
    plan
        A plan of units of the territory; units that it does not name are outside.
    territory
        The units and their attributes.
    graph
        Ties, and the distances along them.
    is_today
        Whether this is the division as it stands, which every plan is held against.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c00", "r00c02": "r00c02"})
    >>> Subject(plan, territory, build_graph(territory)).total_of("area_km2")
    municipality_id
    r00c00    200.0
    r00c02    100.0
    Name: area_km2, dtype: float64
    """

    plan: Plan
    territory: Territory
    graph: UnitGraph
    is_today: bool = False

    @cached_property
    def today(self) -> Self:
        """The division as it stands: each unit a municipality by itself."""
        if self.is_today:
            return self
        return type(self)(build_today(self.territory), self.territory, self.graph, is_today=True)

    @cached_property
    def index(self) -> pd.Index[str]:
        """Municipality ids, sorted: the index of every measure."""
        return pd.Index(list(self.plan.seat_of), name="municipality_id", dtype="str")

    @cached_property
    def seats(self) -> pd.Series[str]:
        """Unit id of each municipality's seat, on the municipality index."""
        return pd.Series(list(self.plan.seat_of.values()), index=self.index, name="seat_id")

    @cached_property
    def positions(self) -> NDArray[np.intp]:
        """Position in ``index`` of each unit's municipality, in the order of the units.

        -1 where the plan leaves the unit outside every municipality.
        """
        found = pd.Series(self.plan.municipality_of, dtype="str").reindex(
            self.territory.units.index
        )
        return self.index.get_indexer(pd.Index(found))

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Whether each unit belongs to a municipality, in the order of the units."""
        return self.positions >= 0

    @cached_property
    def distance(self) -> pd.Series[float]:
        """Distance of each unit inside to its seat, indexed by unit id, in ``distance_unit``.

        Infinite where the seat cannot be reached.
        """
        plan = self.plan
        seats = {unit: plan.seat_of[home] for unit, home in plan.municipality_of.items()}
        return distance_to_seat(self.graph, seats)

    @cached_property
    def homes(self) -> NDArray[np.intp]:
        """Number of the group that each unit belongs to: its municipality, or itself outside.

        In the order of the units; below ``len(index)`` it is the municipality's position.
        """
        alone = len(self.index) + np.arange(len(self.positions))
        return np.where(self.inside, self.positions, alone)

    @cached_property
    def polygons(self) -> gpd.GeoSeries:
        """Polygons of the municipalities, on the municipality index, in the territory's CRS."""
        if self.is_today:
            return self.territory.geometry.set_axis(self.index)
        return build_municipality_polygons(self.territory.geometry, self.plan)

    @cached_property
    def parent_seats(self) -> dict[str, dict[str, str]]:
        """Tier -> parent's code -> its seat today, as `find_parent_seats` takes it."""
        return {tier: find_parent_seats(self.territory, tier) for tier in self.territory.tiers}

    @cached_property
    def ways_to_parents(self) -> dict[str, NDArray[np.float64]]:
        """Tier -> distance of each unit to its parent's seat today, in their order."""
        return {tier: self._ways_to(tier) for tier in self.territory.tiers}

    def _ways_to(self, tier: str) -> NDArray[np.float64]:
        parents = self.territory.units[tier]
        seats = [self.parent_seats[tier][str(code)] for code in parents]
        ways = distance_to_seat(self.graph, dict(zip(self.territory.ids, seats, strict=True)))
        return np.asarray(ways, dtype=np.float64)

    @property
    def distance_unit(self) -> str:
        """``"km"`` or ``"minutes"``."""
        return self.graph.distance_unit

    def has(self, attribute: str) -> bool:
        """Say whether the territory has an attribute."""
        return attribute in self.territory.attributes

    def values(self, attribute: str) -> NDArray[np.float64]:
        """Return an attribute of the units, in their order."""
        return np.asarray(self.territory.values(attribute), dtype=np.float64)

    def sum_of(self, values: NDArray[np.float64], name: str | None = None) -> pd.Series[float]:
        """Sum a figure of the units, in their order, over each municipality."""
        inside = self.inside
        sums = np.bincount(self.positions[inside], values[inside], minlength=len(self.index))
        return pd.Series(sums, index=self.index, name=name)

    def count_different(self, codes: NDArray[np.intp], name: str | None = None) -> pd.Series[int]:
        """Count the different codes of the units, in their order, in each municipality."""
        inside = self.inside
        pairs = np.unique(np.column_stack([self.positions, codes])[inside], axis=0)
        counts = np.bincount(pairs[:, 0], minlength=len(self.index))
        return pd.Series(counts, index=self.index, name=name)

    def total_of(self, attribute: str) -> pd.Series[float]:
        """Return the attribute's sum per municipality; NaN where a unit has no value."""
        return self.sum_of(self.values(attribute), attribute)

    def ways(self) -> NDArray[np.float64]:
        """Return the distance of each unit to its seat, in their order; NaN outside."""
        ways = self.distance.reindex(self.territory.units.index)
        return np.asarray(ways, dtype=np.float64)
