"""The ground of the comparison: one block, as each rival wants to be given it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from amalgamation.graph import distances_between

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from benchmarks.territories import Land

__all__ = ["Ground", "build_ground"]

PLACES = ("x_km", "y_km")


@dataclass(frozen=True)
class Ground:
    """Hold one block in arrays, in the order of its units.

    Parameters
    ----------
    land
        Units and ties.
    people
        (n) residents.
    neighbours
        Per unit, the positions of its neighbours, sorted.
    km
        (n x n) distances along ties; of one block only, never of a country.
    threshold
        Least residents of a municipality.
    reach
        Farthest that a unit may be from its seat, km.
    """

    land: Land
    people: NDArray[np.float64]
    neighbours: tuple[tuple[int, ...], ...]
    km: NDArray[np.float64]
    threshold: float
    reach: float

    def __len__(self) -> int:
        return len(self.people)

    @property
    def places(self) -> NDArray[np.float64]:
        """(n x 2) places in km."""
        return self.land.units[list(PLACES)].to_numpy(np.float64)

    def to_frame(self) -> gpd.GeoDataFrame:
        """Return a frame of points with residents and places, as spopt wants it."""
        import geopandas as gpd  # noqa: PLC0415 - only the rivals need it

        units = self.land.units.reset_index()
        return gpd.GeoDataFrame(units, geometry=gpd.points_from_xy(units["x_km"], units["y_km"]))

    def to_weights(self) -> Any:
        """Return the ties as `libpysal.weights.W`, by position."""
        from libpysal.weights import W  # noqa: PLC0415 - only the rivals need it

        return W({at: list(beside) for at, beside in enumerate(self.neighbours)})


def build_ground(land: Land, graph: Any, threshold: float, reach: float) -> Ground:
    """Build the ground of one block from its land and its `UnitGraph`.

    Raises
    ------
    ValueError
        If the block is in several pieces.
    """
    between = distances_between(graph, graph.ids)
    km = np.full((len(graph.ids),) * 2, np.inf)
    km[between.unit, between.seat] = between.value
    if not np.isfinite(km).all():
        msg = f"{land.name}: units that no tie joins; expected one connected block"
        raise ValueError(msg)
    beside = [tuple(sorted(graph.index[b] for b in graph.graph[a])) for a in graph.ids]
    people = land.units["population"].to_numpy(np.float64)
    return Ground(land, people, tuple(beside), km, threshold, reach)
