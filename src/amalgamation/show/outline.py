"""Outlines for a screen: borders simplified, quantised, and each held once.

In: polygons of the units. Out: arcs between junctions and, for each unit, the arcs that go
round it. What two neighbours share is one arc, so that no gap can open between them, and
the border of any group of units is known without a union: the arcs with one side in it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Outline", "build_outline"]

_POINTS = 90_000
"""Most vertices of all polygons together: what a page draws smoothly."""
_CELLS = 100_000
"""Cells of the grid across the longer side: 30 m for a country of 3,000 km."""
_FINEST = 4000
"""Parts of the longer side that the first, gentlest simplification may lose."""
_LEAST_RING = 3

_Point = tuple[int, int]
_Ring = list[_Point]


@dataclass(frozen=True)
class Outline:
    """Hold the outlines of units on a grid of whole numbers.

    Parameters
    ----------
    west, north
        Place of the grid's corner, in metres of the polygons' CRS.
    step
        Metres of one cell; x counts eastward, y southward.
    size
        Cells from west to east and from north to south.
    arcs
        Each a sequence of points; no two go the same way.
    shapes
        For each unit, in order, its rings; each a sequence of numbers of arcs, where -1 - n
        is arc n backwards.
    """

    west: float
    north: float
    step: float
    size: _Point
    arcs: tuple[tuple[_Point, ...], ...]
    shapes: tuple[tuple[tuple[int, ...], ...], ...]

    def to_cells(self, places: np.ndarray) -> np.ndarray:
        """Convert places in metres, shape (n, 2), to cells of the grid."""
        corner = np.array([self.west, self.north])
        cells: np.ndarray = np.rint((places - corner) * [1 / self.step, -1 / self.step])
        return cells.astype(np.int64)

    def to_metres(self, arc: tuple[_Point, ...]) -> np.ndarray:
        """Convert points of an arc to places in metres, shape (n, 2)."""
        places: np.ndarray = np.array(arc) * [self.step, -self.step] + [self.west, self.north]
        return places

    def sides(self) -> list[list[int]]:
        """Return for each arc the positions of the units beside it: one at the outer border."""
        found: list[list[int]] = [[] for _ in self.arcs]
        for unit, rings in enumerate(self.shapes):
            for number in itertools.chain.from_iterable(rings):
                found[number if number >= 0 else -1 - number].append(unit)
        return found

    def to_json(self) -> dict[str, object]:
        """Return the outline as JSON holds it: each arc a first point, then steps."""
        return {
            "step": self.step,
            "size": self.size,
            "arcs": [_deltas(arc) for arc in self.arcs],
            "shapes": self.shapes,
        }


def build_outline(polygons: gpd.GeoSeries, most_points: int = _POINTS) -> Outline:
    """Build the outline of units, simplified as far as a screen asks for.

    Shared borders are simplified together (Visvalingam and Whyatt 1993, as GEOS does it for
    a coverage), the more the more vertices there are, then every vertex moves to the nearest
    corner of one grid: those that were shared stay shared.

    Parameters
    ----------
    polygons
        In a projected CRS, in metres.
    most_points
        Vertices of all polygons together that are left as they are.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> outline = build_outline(grid_territory(1, 2).geometry)
    >>> len(outline.arcs), [len(rings) for rings in outline.shapes]
    (3, [1, 1])
    """
    west, south, east, north = (float(edge) for edge in polygons.total_bounds)
    longer = max(east - west, north - south)
    step = longer / _CELLS
    bare = Outline(west, north, step, (0, 0), (), ())
    shapes = _simplify(shapely.force_2d(polygons.to_numpy()), most_points, longer / _FINEST)
    rings = [_rings(bare, shape) for shape in shapely.orient_polygons(shapes)]
    arcs, numbered = _cut(rings)
    size = (round((east - west) / step), round((north - south) / step))
    return Outline(west, north, step, size, arcs, numbered)


def _simplify(shapes: np.ndarray, most_points: int, tolerance: float) -> np.ndarray:
    """Simplify ever more, until few enough vertices are left or nothing more is to be had."""
    simpler, before = shapes, shapely.get_num_coordinates(shapes).sum()
    while before > most_points:
        simpler = shapely.coverage_simplify(shapes, tolerance)
        left = shapely.get_num_coordinates(simpler).sum()
        if left >= before and tolerance > 0:
            break
        before, tolerance = left, 1.5 * tolerance
    return simpler


def _rings(grid: Outline, shape: shapely.Geometry) -> list[_Ring]:
    rings = shapely.get_rings(shapely.get_parts(shape))
    cells = (grid.to_cells(shapely.get_coordinates(ring)).tolist() for ring in rings)
    tidy = [_without_doubles([(x, y) for x, y in ring]) for ring in cells]
    return [ring for ring in tidy if len(set(ring)) >= _LEAST_RING]


def _without_doubles(ring: _Ring) -> _Ring:
    """Drop repeated points, and the last one, which closes the ring."""
    return [point for point, next_one in itertools.pairwise(ring) if point != next_one]


def _cut(
    shapes: list[list[_Ring]],
) -> tuple[tuple[tuple[_Point, ...], ...], tuple[tuple[tuple[int, ...], ...], ...]]:
    junctions = _junctions([ring for rings in shapes for ring in rings])
    numbers: dict[tuple[_Point, ...], int] = {}
    numbered = tuple(
        tuple(
            tuple(_number(piece, numbers) for piece in _pieces(ring, junctions)) for ring in rings
        )
        for rings in shapes
    )
    return tuple(numbers), numbered


def _junctions(rings: list[_Ring]) -> set[_Point]:
    """Find the points where rings part: those whose neighbours differ from ring to ring."""
    beside: dict[_Point, frozenset[_Point]] = {}
    junctions: set[_Point] = set()
    for ring in rings:
        for at, point in enumerate(ring):
            around = frozenset((ring[at - 1], ring[(at + 1) % len(ring)]))
            if beside.setdefault(point, around) != around:
                junctions.add(point)
    return junctions


def _pieces(ring: _Ring, junctions: set[_Point]) -> list[tuple[_Point, ...]]:
    """Cut a ring at its junctions; one without any starts at its least point."""
    cuts = [at for at, point in enumerate(ring) if point in junctions]
    cuts = cuts or [min(range(len(ring)), key=ring.__getitem__)]
    turned = [*ring[cuts[0] :], *ring[: cuts[0]], ring[cuts[0]]]
    ends = [*(at - cuts[0] for at in cuts), len(ring)]
    return [tuple(turned[start : end + 1]) for start, end in itertools.pairwise(ends)]


def _number(piece: tuple[_Point, ...], numbers: dict[tuple[_Point, ...], int]) -> int:
    backwards = piece[::-1]
    if backwards in numbers:
        return -1 - numbers[backwards]
    return numbers.setdefault(piece, len(numbers))


def _deltas(arc: tuple[_Point, ...]) -> list[int]:
    points = np.array(arc)
    return [int(n) for n in np.vstack([points[:1], np.diff(points, axis=0)]).ravel()]
