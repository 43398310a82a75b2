"""What all charts have in common: a figure of their own, and quiet axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from amalgamation.show.figure import OwnFigure
from amalgamation.show.labels import FONT
from amalgamation.show.words import INK, SOFT_INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["dress_axes", "own_axes"]

_DPI = 150
_GRID = "#e6e9ec"


def own_axes(inches: tuple[float, float], place: tuple[float, float, float, float]) -> Axes:
    """Return axes on a figure of their own, which shows itself in Jupyter.

    Parameters
    ----------
    inches
        Width and height of the figure, at 150 dpi.
    place
        Left, bottom, width and height of the axes, as shares of the figure.

    Examples
    --------
    >>> own_axes((4.0, 3.0), (0.1, 0.1, 0.8, 0.8)).figure.get_dpi()
    150
    """
    return OwnFigure(figsize=inches, dpi=_DPI, facecolor="white").add_axes(place)


def dress_axes(ax: Axes, grid: Literal["both", "y", "none"] = "both") -> None:
    """Draw axes so that what stands between them is seen first.

    Parameters
    ----------
    ax
        Axes, with limits and formatters of their own.
    grid
        Which lines run behind what is drawn.

    Examples
    --------
    >>> ax = own_axes((4.0, 3.0), (0.1, 0.1, 0.8, 0.8))
    >>> dress_axes(ax)
    >>> ax.spines["top"].get_visible()
    False
    """
    ax.tick_params(which="both", colors=SOFT_INK, labelcolor=INK, labelfontfamily=FONT)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(SOFT_INK)
    if grid != "none":
        ax.grid(axis=grid, color=_GRID, linewidth=0.8)
    ax.set_axisbelow(True)
