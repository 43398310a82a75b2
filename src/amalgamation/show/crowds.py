"""Where a map is crowded: municipalities too small to be told apart, in great number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.ndimage import convolve

from amalgamation.show.frame import move_into

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from amalgamation.show.frame import Limits

__all__ = ["find_crowds"]

_SMALL = 0.15
"""Inches: the side of a municipality that is not larger than two letters of a name."""
_LEAST = 12
"""So few small municipalities need no map of their own."""
_CELLS = 9
"""Cells across a window, of the grid on which it is sought; odd, so that it has a middle."""


def find_crowds(
    municipalities: gpd.GeoSeries, scale: float, window: tuple[float, float], most: int
) -> list[Limits]:
    """Find the windows that hold the most small municipalities, and do not overlap.

    Parameters
    ----------
    municipalities
        In metres.
    scale
        Metres that an inch of the map shows.
    window
        Width and height of a window, in inches of the map.
    most
        At most so many windows.

    Returns
    -------
    list of tuple
        West, south, east and north in metres, the most crowded first; empty where nothing is
        crowded.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> polygons = grid_territory(4, 4).geometry  # sides of 10 km
    >>> find_crowds(polygons, scale=10_000.0, window=(1.0, 1.0), most=2)
    []
    >>> (west, south, east, north), *_ = find_crowds(polygons, 100_000.0, (1.0, 1.0), most=2)
    >>> east - west, north - south
    (100000.0, 100000.0)
    """
    small = municipalities[np.sqrt(municipalities.area) < _SMALL * scale]
    if len(small) < _LEAST:
        return []
    places = shapely.get_coordinates(small.representative_point().to_numpy())
    corner, size = places.min(axis=0), np.array(window) * scale
    score = _score(((places - corner) * _CELLS / size).astype(np.int64))
    crowds: list[Limits] = []
    while len(crowds) < most:
        best = np.unravel_index(score.argmax(), score.shape)
        middle = corner + (np.array(best) + 0.5) * size / _CELLS
        limits = _onto(municipalities, _around(middle, size))
        clash = any(_overlap(limits, other) for other in crowds)
        if clash or _count_inside(places, limits) < _LEAST:
            break
        crowds.append(limits)
        near = tuple(slice(max(0, at - _CELLS + 1), at + _CELLS) for at in best)
        score[near] = 0.0
    return crowds


def _score(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Count the places around each cell, those near to it for more: it shall be the middle."""
    counts = np.zeros(cells.max(axis=0) + 1)
    np.add.at(counts, tuple(cells.T), 1.0)
    tent = np.minimum(np.arange(1, _CELLS + 1), np.arange(_CELLS, 0, -1))
    return np.asarray(convolve(counts, np.outer(tent, tent).astype(float), mode="constant"))


def _around(middle: NDArray[np.float64], size: NDArray[np.float64]) -> Limits:
    (west, south), (east, north) = middle - size / 2, middle + size / 2
    return float(west), float(south), float(east), float(north)


def _onto(municipalities: gpd.GeoSeries, limits: Limits) -> Limits:
    """Move limits off the blank ground beside the municipalities that they show."""
    seen = municipalities[municipalities.intersects(shapely.box(*limits))]
    return move_into(limits, seen.total_bounds)


def _overlap(one: Limits, other: Limits) -> bool:
    beside = one[2] <= other[0] or other[2] <= one[0]
    above = one[3] <= other[1] or other[3] <= one[1]
    return not (beside or above)


def _count_inside(places: NDArray[np.float64], limits: Limits) -> int:
    west, south, east, north = limits
    inside = (places >= (west, south)) & (places <= (east, north))
    return int(inside.all(axis=1).sum())
