"""Areas and lines of a plan on axes: what the map and its insets have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.collections import PathCollection

from amalgamation.show.frame import scale_of
from amalgamation.show.legend import BORDER, OUTSIDE
from amalgamation.show.shapes import draw_lines, line_width, to_path
from amalgamation.show.words import INK

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes

    from amalgamation.show.scene import Scene

__all__ = ["dot_loss", "paint_scene"]

_DOT = 0.5


def dot_loss(ax: Axes) -> float:
    """Return half a dot of the picture in metres: what a border may lose and nobody sees."""
    return _DOT * scale_of(ax) / ax.get_figure(root=True).dpi  # type: ignore[union-attr]


def paint_scene(ax: Axes, scene: Scene, *, share: float) -> None:
    """Fill municipalities, and draw the borders of units, municipalities and parents.

    Parameters
    ----------
    ax
        Axes whose limits are final.
    scene
        What is drawn.
    share
        How wide lines are: 1 is usual.
    """
    _fill(ax, scene)
    _hatch(ax, scene.units[scene.units.index.isin(scene.plan.outside)])
    thin = line_width(len(scene.units)) / 2 * share
    thick = line_width(len(scene.municipalities)) * share
    draw_lines(ax, scene.units, colour="white", width=thin, order=2)
    draw_lines(ax, scene.municipalities, colour=BORDER, width=thick, order=3)
    draw_lines(ax, scene.parents, colour=INK, width=1.2, order=4)


def _fill(ax: Axes, scene: Scene) -> None:
    paths = [to_path(shape) for shape in scene.municipalities]
    colours = scene.fills.colours.loc[scene.municipalities.index].to_list()
    ax.add_collection(
        PathCollection(paths, facecolors=colours, edgecolors=colours, linewidths=0.2, zorder=1),
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
