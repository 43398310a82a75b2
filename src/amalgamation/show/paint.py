"""Areas and lines of a plan on axes: what the map and its insets have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.collections import PathCollection

from amalgamation.measure.polygons import dissolve
from amalgamation.show.frame import scale_of
from amalgamation.show.legend import BORDER, OUTSIDE
from amalgamation.show.shapes import draw_lines, line_width, to_path, to_rings
from amalgamation.show.words import INK

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

    from amalgamation.show.scene import Scene
    from amalgamation.territory import Territory

__all__ = ["draw_tier", "fill", "metres_per_dot", "paint_scene"]


def metres_per_dot(ax: Axes) -> float:
    """Return the metres that a dot of the picture shows: what a border may lose unseen."""
    return scale_of(ax) / ax.get_figure(root=True).dpi  # type: ignore[union-attr]


def paint_scene(ax: Axes, scene: Scene, colours: pd.Series[str], *, share: float) -> None:
    """Fill municipalities, and draw the borders of units, municipalities and parents.

    Parameters
    ----------
    ax
        Axes whose limits are final.
    scene
        What is drawn.
    colours
        ``#rrggbb`` of each municipality, by its id.
    share
        How wide lines are: 1 is usual.
    """
    fill(ax, scene.municipalities, colours)
    _hatch(ax, scene.outside)
    thin = 0.7 * line_width(len(scene.units)) * share
    thick = line_width(len(scene.municipalities)) * share
    inner, between, outer = scene.borders
    draw_lines(ax, inner, colour="white", width=thin, order=2)
    draw_lines(ax, between, colour=BORDER, width=thick, order=3)
    draw_lines(ax, outer, colour=INK, width=1.2, order=4)


def draw_tier(ax: Axes, territory: Territory, tier: str, *, order: int = 4) -> None:
    """Draw the borders of a tier's parents; of no tier, the outline of all units."""
    parents = territory.units[tier].astype(str) if tier else pd.Series("all", territory.units.index)
    groups = {str(code): list(units) for code, units in parents.groupby(parents).groups.items()}
    whole = dissolve(territory.geometry, groups)
    draw_lines(ax, to_rings(whole), colour=INK, width=1.2, order=order)


def fill(ax: Axes, polygons: gpd.GeoSeries, colours: pd.Series[str]) -> None:
    """Fill polygons, each in its ``#rrggbb``, below all lines."""
    paths = [to_path(shape) for shape in polygons]
    own = colours.loc[polygons.index].to_list()
    ax.add_collection(
        PathCollection(paths, facecolors=own, edgecolors=own, linewidths=0.2, zorder=1),
        autolim=False,
    )


def _hatch(ax: Axes, units: gpd.GeoSeries) -> None:
    """Draw units that belong to no municipality in a grey that no municipality has."""
    if units.empty:
        return
    paths = [to_path(shape) for shape in units]
    ax.add_collection(
        PathCollection(paths, **OUTSIDE, linewidths=0.0, zorder=1),
        autolim=False,
    )
