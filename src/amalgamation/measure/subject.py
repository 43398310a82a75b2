"""What every measure looks at: a plan on its territory, with each unit's way to its seat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["Subject"]


@dataclass(frozen=True)
class Subject:
    """Hold a plan, its territory and the distances that go with it.

    Parameters
    ----------
    plan
        A plan of the territory's units, and of those ``outside``.
    territory
        The units in municipalities, and their attributes.
    distance
        Distance from each unit to its seat, indexed by unit id, in ``distance_unit``;
        infinite where the seat cannot be reached.
    distance_unit
        ``"km"`` or ``"minutes"``.
    outside
        The units that the plan leaves outside every municipality; None where there are
        none. No measure of municipalities sees them.

    Examples
    --------
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 3)
    >>> plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c00", "r00c02": "r00c02"})
    >>> Subject(plan, territory, pd.Series(0.0, territory.ids), "km").total_of("area_km2")
    municipality_id
    r00c00    200.0
    r00c02    100.0
    Name: area_km2, dtype: float64
    """

    plan: Plan
    territory: Territory
    distance: pd.Series[float]
    distance_unit: str = "km"
    outside: Territory | None = None

    @cached_property
    def index(self) -> pd.Index[str]:
        """Municipality ids, sorted: the index of every measure."""
        return pd.Index(list(self.plan.seat_of), name="municipality_id", dtype="str")

    @cached_property
    def seats(self) -> pd.Series[str]:
        """Unit id of each municipality's seat, on the municipality index."""
        return pd.Series(list(self.plan.seat_of.values()), index=self.index, name="seat_id")

    @cached_property
    def positions(self) -> np.ndarray:
        """Position in ``index`` of each unit's municipality, in the order of the units."""
        municipalities = [self.plan.municipality_of[unit] for unit in self.territory.ids]
        return self.index.get_indexer(pd.Index(municipalities, dtype="str"))

    def has(self, attribute: str) -> bool:
        """Say whether the territory has an attribute."""
        return attribute in self.territory.attributes

    def values(self, attribute: str) -> np.ndarray:
        """Return an attribute of the units, in their order."""
        return self.territory.values(attribute).to_numpy()

    def total_of(self, attribute: str) -> pd.Series[float]:
        """Return the attribute's sum per municipality; NaN where a unit has no value."""
        sums = np.bincount(self.positions, self.values(attribute), minlength=len(self.index))
        return pd.Series(sums, index=self.index, name=attribute)

    def ways(self) -> np.ndarray:
        """Return the distance of each unit to its seat, in the order of the units."""
        return self.distance.reindex(list(self.territory.ids)).to_numpy(np.float64)
