"""The frame of a map: which metres its axes show, so that words around it have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from matplotlib.axes import Axes

__all__ = [
    "Limits",
    "fit_limits",
    "inches_of",
    "metres_per_inch",
    "move_into",
    "scale_of",
    "set_limits",
    "show_limits",
]

Limits = tuple[float, float, float, float]
"""West, south, east, north, in metres."""

_MARGIN = 1.02
_ROW = 0.45  # inches that a row of the legend needs
_LEGEND = (3.2, 9.5)  # inches across, of one row and of the row of classes above it


def set_limits(ax: Axes, units: gpd.GeoSeries, rows: int) -> None:
    """Set limits that keep the shape of the axes, with scale and legend beside the units.

    Parameters
    ----------
    ax
        Axes whose size is final.
    units
        What is drawn, in metres.
    rows
        Of the legend.
    """
    size = inches_of(ax)
    strip = _ROW * rows / size[1]
    limits = fit_limits(units.total_bounds, size)
    # scale and legend stand in the lower corners; where the map fills these, it moves up
    if units.intersects(_corners(size, limits, strip, rows)).any():
        limits = fit_limits(units.total_bounds, size, strip=strip)
    show_limits(ax, limits)


def show_limits(ax: Axes, limits: Limits) -> None:
    """Show so many metres, as long to the north as to the east."""
    ax.set_xlim(limits[0], limits[2])
    ax.set_ylim(limits[1], limits[3])
    ax.set_aspect("equal", adjustable="box")


def inches_of(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes."""
    box = ax.get_window_extent()
    dpi = ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width / dpi, box.height / dpi


def scale_of(ax: Axes) -> float:
    """Return the metres that an inch of axes shows."""
    west, east = ax.get_xlim()
    return (east - west) / inches_of(ax)[0]


def metres_per_inch(bounds: np.ndarray, size: tuple[float, float]) -> float:
    """Return the scale at which bounds fit into so many inches, with a margin."""
    west, south, east, north = bounds
    return float(max((east - west) / size[0], (north - south) / size[1]) * _MARGIN)


def fit_limits(bounds: np.ndarray, size: tuple[float, float], *, strip: float = 0.0) -> Limits:
    """Return the limits that show bounds in their middle, a share of the height free below."""
    west, south, east, north = bounds
    metres = metres_per_inch(bounds, (size[0], size[1] * (1 - strip)))
    left = (west + east - metres * size[0]) / 2
    base = (south + north - metres * size[1] * (1 + strip)) / 2
    return left, base, left + metres * size[0], base + metres * size[1]


def move_into(limits: Limits, bounds: np.ndarray) -> Limits:
    """Move limits so that they lie within bounds; where they are longer, to the middle.

    Examples
    --------
    >>> import numpy as np
    >>> move_into((-5.0, 2.0, 5.0, 12.0), np.array([0.0, 0.0, 40.0, 6.0]))
    (0.0, -2.0, 10.0, 8.0)
    """
    moved = []
    for low, high, least, most in zip(limits[:2], limits[2:], bounds[:2], bounds[2:], strict=True):
        longest = high - low
        if longest > most - least:
            moved.append((least + most - longest) / 2)
        else:
            moved.append(min(max(low, least), most - longest))
    west, south = map(float, moved)
    return west, south, west + limits[2] - limits[0], south + limits[3] - limits[1]


def _corners(
    size: tuple[float, float], limits: Limits, strip: float, rows: int
) -> shapely.Geometry:
    west, south, east, north = limits
    inch = (east - west) / size[0]
    top = south + strip * (north - south)
    scale = shapely.box(west, south, west + 0.19 * (east - west), top)
    legend = shapely.box(east - _LEGEND[rows - 1] * inch, south, east, top)
    return scale | legend
