"""Near misses as flaws: where two borders run close to each other and tie nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from amalgamation.graph.ties import find_near_misses, find_ties
from amalgamation.scenario.schema import TieOptions
from amalgamation.territory import Flaw
from amalgamation.territory.words import figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

__all__ = ["draw_near_misses"]

_BESIDE = 20.0
"""In tolerances: as far apart as `find_near_misses` looks."""


def draw_near_misses(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], options: TieOptions | None = None
) -> list[Flaw]:
    """Find pairs of `find_near_misses`, and the piece of the first unit's border beside the other.

    Parameters
    ----------
    geometry
        Polygons in a projected CRS in metres, indexed by unit id.
    labels
        Unit id -> how messages name it.
    options
        The scenario's ``graph.ties``; None takes its defaults.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> cells = [box(0, 0, 1000, 1000), box(1012, 0, 2000, 1000)]
    >>> units = gpd.GeoSeries(cells, index=["a", "b"])
    >>> [flaw.named for flaw in draw_near_misses(units, {"a": "a", "b": "b"})]
    ['a - b (1.016 km, 12 m apart)']
    """
    options = options or TieOptions()
    ties = find_ties(geometry, options.min_border_m, options.tolerance_m)
    misses = find_near_misses(geometry, ties, options.min_border_m, options.tolerance_m)
    wide = _BESIDE * max(options.tolerance_m, 1e-3)
    flaws = []
    for a, b in zip(misses["a"], misses["b"], strict=True):
        beside = shapely.buffer(geometry[b], wide)
        line = shapely.intersection(shapely.boundary(geometry[a]), beside)
        metres = float(np.round(shapely.distance(geometry[a], geometry[b]), 3))
        size = f"{figure(line.length / 1000, 4)} km, {figure(metres, 3)} m apart"
        named = f"{labels[a]} - {labels[b]} ({size})"
        flaws.append(Flaw("near-miss", (a, b), named, line, width_m=metres))
    return flaws
