"""Places for units of which nothing but the parent is known: about equal areas, by chance."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["place_evenly", "share_evenly"]

_SAMPLES = 200
"""Places of a grid per unit: a cell's area is then known to within a few percent."""

_FINEST = 8
"""How often the grid is halved where a parent is too thin for it."""


def place_evenly(
    parent: shapely.Geometry, count: int, code: str, *, seed: int = 1, rounds: int = 50
) -> NDArray[np.float64]:
    """Place points in a polygon so that their Voronoi cells have about equal areas.

    Points start at random places of a fine grid inside the polygon; in each round, each
    moves to the middle of the places that are nearest to it. References: Lloyd (1982),
    *IEEE Transactions on Information Theory* 28(2); Du, Faber and Gunzburger (1999),
    *SIAM Review* 41(4).

    Parameters
    ----------
    parent
        Polygon or multipolygon in metres.
    count
        Number of points, at least one.
    code
        The parent's code: each parent has random numbers of its own, so that what is
        drawn in one does not depend on the others.
    seed, rounds
        Seed of the start, and number of moves.

    Returns
    -------
    numpy.ndarray
        (count x 2) metres, each inside the polygon, ordered by x, then y.

    Examples
    --------
    >>> from shapely import box
    >>> place_evenly(box(0, 0, 2000, 1000), 2, "p").round(-2).tolist()
    [[500.0, 500.0], [1500.0, 500.0]]
    """
    samples = _grid(parent, count)
    chance = np.random.default_rng([seed, zlib.crc32(code.encode())])
    at = samples[chance.choice(len(samples), count, replace=False)]
    for _ in range(rounds):
        at = _moved(at, samples)
    _, inside = cKDTree(samples).query(at)
    at = samples[inside] if len(np.unique(inside)) == count else at
    return at[np.lexsort((at[:, 1], at[:, 0]))]


def share_evenly(total: float, count: int) -> NDArray[np.float64]:
    """Divide whole residents among units: equal shares, the first ones get the rest.

    Examples
    --------
    >>> share_evenly(10, 3).tolist()
    [4.0, 3.0, 3.0]
    """
    each, rest = divmod(round(total), count)
    return np.where(np.arange(count) < rest, each + 1.0, float(each))


def _grid(parent: shapely.Geometry, count: int) -> NDArray[np.float64]:
    west, south, east, north = parent.bounds
    step = float(np.sqrt(parent.area / (_SAMPLES * count)))
    shapely.prepare(parent)
    for _ in range(_FINEST):
        x, y = np.meshgrid(
            np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
        )
        places = np.column_stack([x.ravel(), y.ravel()])
        places = places[shapely.contains_xy(parent, places)]
        if len(places) >= _SAMPLES * count / 2:
            break
        step /= 2
    return places


def _moved(at: NDArray[np.float64], samples: NDArray[np.float64]) -> NDArray[np.float64]:
    _, nearest = cKDTree(at).query(samples)
    size = np.bincount(nearest, minlength=len(at))
    middle = np.column_stack(
        [np.bincount(nearest, samples[:, side], minlength=len(at)) for side in (0, 1)]
    )
    return np.where(size[:, None] > 0, middle / np.maximum(size, 1)[:, None], at)
