"""Borders as arrays of straight segments: which are shared, exactly or nearly.

In: polygons in metres. Out: metres of border that each pair of polygons shares. Works on
segments rather than on pairs of polygons, so that the work grows with the length of the
borders and not with the square of the number of units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Segments", "measure_exact", "measure_near"]

_CHUNK = 250_000
"""Segments compared at a time: bounds the memory, not the result."""

_STEEPEST = 0.5
"""Sine of the greatest angle between two borders that run side by side: 30 degrees."""


@dataclass(frozen=True)
class Segments:
    """Hold the straight pieces of all borders.

    Parameters
    ----------
    start, end
        (n x 2) metres; the lesser end (by x, then y) comes first, so that the two sides
        of a shared border are equal.
    unit
        (n) position of the polygon that each piece belongs to.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    unit: NDArray[np.intp]

    @classmethod
    def from_polygons(cls, polygons: NDArray[np.object_]) -> Segments:
        """Convert polygons and multipolygons; rings of holes count as borders too."""
        parts, unit_of_part = shapely.get_parts(polygons, return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        points, ring = shapely.get_coordinates(rings, return_index=True)
        joined = (ring[:-1] == ring[1:]) & (points[:-1] != points[1:]).any(axis=1)
        one, other = points[:-1][joined], points[1:][joined]
        turned = (one[:, 0] > other[:, 0]) | (
            (one[:, 0] == other[:, 0]) & (one[:, 1] > other[:, 1])
        )
        start = np.where(turned[:, None], other, one)
        end = np.where(turned[:, None], one, other)
        return cls(start, end, unit_of_part[part_of_ring[ring[:-1][joined]]])

    def take(self, chosen: NDArray[np.bool_]) -> Segments:
        """Return some of the segments."""
        return Segments(self.start[chosen], self.end[chosen], self.unit[chosen])

    @property
    def length(self) -> NDArray[np.float64]:
        """Length of each segment in metres."""
        step = self.end - self.start
        return np.hypot(step[:, 0], step[:, 1])


def measure_exact(segments: Segments) -> tuple[pd.Series[float], Segments]:
    """Measure the borders whose vertices agree to the last bit on both sides.

    Returns
    -------
    tuple
        Metres by pair of units (index ``a`` < ``b``), and the segments left over: those
        that no other unit has, or more than one.
    """
    key = np.hstack([segments.start, segments.end])
    order = np.lexsort((segments.unit, *key.T))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (key[order][1:] != key[order][:-1]).any(axis=1)
    group = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    pairs = first[np.bincount(group, minlength=len(first)) == 2]  # noqa: PLR2004
    one, other = order[pairs], order[pairs + 1]
    apart = segments.unit[one] != segments.unit[other]
    one, other = one[apart], other[apart]
    left = np.ones(len(order), dtype=bool)
    left[one] = left[other] = False
    metres = _sum_by_pair(segments.unit[one], segments.unit[other], segments.length[one])
    return metres, segments.take(left)


def measure_near(segments: Segments, tolerance: float) -> pd.Series[float]:
    """Measure the borders that run within a tolerance of another unit's border.

    A piece of segment s counts where it lies beside a segment t of another unit (its foot
    falls on t) at no more than ``tolerance`` metres, and the two run in one direction,
    give or take 30 degrees: borders that meet at a corner do not share it. The two sides
    are averaged.

    Returns
    -------
    pandas.Series
        Metres by pair of units (index ``a`` < ``b``).
    """
    if len(segments.unit) == 0:
        return _sum_by_pair(segments.unit, segments.unit, segments.length)
    lines = shapely.linestrings(np.stack([segments.start, segments.end], axis=1))
    tree = shapely.STRtree(lines)
    parts = [
        _measure_chunk(segments, lines, tree, chunk, tolerance)
        for chunk in np.array_split(np.arange(len(lines)), len(lines) // _CHUNK + 1)
    ]
    sides = pd.concat(parts)
    one, other = sides["unit"].to_numpy(), sides["neighbour"].to_numpy()
    return _sum_by_pair(np.minimum(one, other), np.maximum(one, other), sides["metres"] / 2)


def _measure_chunk(
    segments: Segments,
    lines: NDArray[np.object_],
    tree: shapely.STRtree,
    chunk: NDArray[np.intp],
    tolerance: float,
) -> pd.DataFrame:
    found, other = tree.query(lines[chunk], predicate="dwithin", distance=tolerance)
    one = chunk[found]
    foreign = segments.unit[one] != segments.unit[other]
    one, other = one[foreign], other[foreign]
    low, high = _beside(segments, one, other, tolerance)
    covered = pd.DataFrame(
        {"segment": one, "neighbour": segments.unit[other], "low": low, "high": high}
    )
    covered = _without_doubles(covered[covered["high"] > covered["low"]])
    covered["unit"] = segments.unit[covered["segment"]]
    return covered.groupby(["unit", "neighbour"])["metres"].sum().reset_index()


def _beside(
    segments: Segments, one: NDArray[np.intp], other: NDArray[np.intp], tolerance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # Along segment `one`, x from 0 to its length: the interval within the rectangle of
    # width 2 * tolerance around segment `other`.
    length, reach = segments.length[one], segments.length[other]
    step = (segments.end[one] - segments.start[one]) / length[:, None]
    along = (segments.end[other] - segments.start[other]) / reach[:, None]
    gap = segments.start[one] - segments.start[other]
    low, high = np.zeros_like(length), length.copy()
    high[np.abs(_cross(step, along)) > _STEEPEST] = -1.0
    for offset, slope, least, most in (
        (_dot(gap, along), _dot(step, along), np.zeros_like(reach), reach),
        (_cross(gap, along), _cross(step, along), -tolerance, tolerance),
    ):
        enter, leave = _within(offset, slope, least, most)
        low, high = np.maximum(low, enter), np.minimum(high, leave)
    return low, high


def _within(
    offset: NDArray[np.float64],
    slope: NDArray[np.float64],
    least: NDArray[np.float64] | float,
    most: NDArray[np.float64] | float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # x with least <= offset + slope * x <= most; parallel lines are in or out for all x.
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (least - offset) / slope, (most - offset) / slope
    parallel = slope == 0
    inside = (least <= offset) & (offset <= most)
    enter = np.where(parallel, np.where(inside, -np.inf, np.inf), np.minimum(one, other))
    leave = np.where(parallel, np.where(inside, np.inf, -np.inf), np.maximum(one, other))
    return enter, leave


def _without_doubles(covered: pd.DataFrame) -> pd.DataFrame:
    # Intervals of one segment beside one neighbour may overlap: of each, only what lies
    # beyond all intervals before it counts.
    covered = covered.sort_values(["segment", "neighbour", "low", "high"], ignore_index=True)
    pair = [covered["segment"], covered["neighbour"]]
    before = covered.groupby(pair)["high"].cummax().groupby(pair).shift()
    start = np.maximum(covered["low"], before.fillna(-np.inf))
    return covered.assign(metres=np.maximum(0.0, covered["high"] - start))


def _dot(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    return one[:, 0] * other[:, 0] + one[:, 1] * other[:, 1]


def _cross(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    return one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]


def _sum_by_pair(a: NDArray[np.intp], b: NDArray[np.intp], metres: object) -> pd.Series[float]:
    pairs = pd.DataFrame({"a": a, "b": b, "metres": np.asarray(metres, dtype=np.float64)})
    return pairs.groupby(["a", "b"])["metres"].sum()
