"""Polygons as matplotlib draws them: paths with holes, lines of a width that suits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.collections import LineCollection
from matplotlib.path import Path

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

__all__ = ["draw_lines", "line_width", "to_path"]


def to_path(shape: shapely.Geometry) -> Path:
    """Convert a polygon with its holes, whose rings turn the other way, to one path."""
    ordered = shapely.orient_polygons(shape, exterior_cw=False)
    rings = shapely.get_rings(shapely.get_parts(ordered))
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def draw_lines(ax: Axes, shapes: gpd.GeoSeries, *, colour: str, width: float, order: int) -> None:
    """Draw the borders of polygons, holes and all, in points of ``width``."""
    rings = shapely.get_rings(shapely.get_parts(shapes.to_numpy()))
    lines = [shapely.get_coordinates(ring) for ring in rings]
    ax.add_collection(
        LineCollection(lines, colors=colour, linewidths=width, zorder=order, joinstyle="round"),
        autolim=False,
    )


def line_width(shapes: int) -> float:
    """Return a line width in points: the more shapes there are, the finer their borders."""
    return float(np.clip(12 / np.sqrt(max(1, shapes)), 0.5, 1.1))
