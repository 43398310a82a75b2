"""A small map as text: inline SVG for notebooks, too coarse for anything but a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

__all__ = ["to_sketch"]

_WIDTH = 420
_TALLEST = 320
_PLAIN = "#d9e2e9"
_INK = "#56646f"
_LINE = 0.5


def to_sketch(polygons: gpd.GeoSeries, colours: Iterable[str] | None = None) -> str:
    """Convert polygons to a small inline SVG, simplified to a pixel, borders still shared.

    Parameters
    ----------
    polygons
        In a projected CRS; at least one.
    colours
        ``#rrggbb`` of each polygon; default: one light colour.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> to_sketch(grid_territory(1, 2).geometry)[:39]
    '<svg xmlns="http://www.w3.org/2000/svg"'
    """
    west, south, east, north = polygons.total_bounds
    metres = max((east - west) / _WIDTH, (north - south) / _TALLEST)
    shapes = _simplified(polygons.to_numpy(), metres)
    fills = [_PLAIN] * len(shapes) if colours is None else list(colours)
    paths = [
        f'<path d="{_rings(shape, west, north, metres)}" fill="{fill}"/>'
        for shape, fill in zip(shapes, fills, strict=True)
    ]
    wide, tall = ((east - west) / metres, (north - south) / metres)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" '
        f'viewBox="-1 -1 {wide + 2:.0f} {tall + 2:.0f}" fill-rule="evenodd" stroke="{_INK}" '
        f'stroke-width="{_LINE}" stroke-linejoin="round">{"".join(paths)}</svg>'
    )


def _simplified(shapes: np.ndarray, metres: float) -> np.ndarray:
    if shapely.coverage_is_valid(shapes):
        return np.asarray(shapely.coverage_simplify(shapes, metres))
    return np.asarray(shapely.simplify(shapes, metres))


def _rings(shape: shapely.Geometry, west: float, north: float, metres: float) -> str:
    """Return the rings as moves and lines, in pixels from the upper left corner."""
    drawn = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        places = (shapely.get_coordinates(ring) - (west, north)) / (metres, -metres)
        drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places[:-1]) + "Z")
    return "".join(drawn)
