"""Polygons and lines as matplotlib draws them, each colour in one path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

__all__ = ["draw_lines", "line_width", "to_path", "to_rings"]


def to_path(shape: shapely.Geometry) -> Path:
    """Convert a polygon with its holes, whose rings turn the other way, to one path."""
    ordered = shapely.orient_polygons(shape, exterior_cw=False)
    rings = shapely.get_rings(shapely.get_parts(ordered))
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def to_rings(shapes: Iterable[shapely.Geometry]) -> list[np.ndarray]:
    """Convert polygons to their rings, each of shape (n, 2), for `draw_lines`."""
    parts = shapely.get_parts(np.asarray(list(shapes), dtype=object))
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]


def draw_lines(
    ax: Axes, lines: Sequence[np.ndarray], *, colour: str, width: float, order: int
) -> None:
    """Draw lines, each of shape (n, 2), in points of ``width``, as one path: a small file."""
    if not lines:
        return
    path = Path.make_compound_path(*(Path(line) for line in lines))
    look = {"edgecolor": colour, "linewidth": width, "capstyle": "round", "joinstyle": "round"}
    ax.add_artist(PathPatch(path, fill=False, zorder=order, **look))


def line_width(shapes: int) -> float:
    """Return a line width in points: the more shapes there are, the finer their borders."""
    return float(np.clip(12 / np.sqrt(max(1, shapes)), 0.5, 1.1))
