"""Labels: names of places that neither hide each other nor leave the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

__all__ = ["FONT", "draw_labels"]

FONT = "DejaVu Sans"
"""Ships with matplotlib and has the Kazakh letters."""

_AROUND = (
    (5, 0, "left", "center"),
    (-5, 0, "right", "center"),
    (0, 5, "center", "bottom"),
    (0, -5, "center", "top"),
    (4, 4, "left", "bottom"),
    (4, -4, "left", "top"),
    (-4, 4, "right", "bottom"),
    (-4, -4, "right", "top"),
)
_MARGIN = 1.04


def draw_labels(
    ax: Axes,
    places: Iterable[tuple[float, float, str]],
    *,
    most: int,
    size: float,
    colour: str,
    avoid: Sequence[Sequence[float]] = (),
    taken: Sequence[Bbox] = (),
) -> list[str]:
    """Write names beside their places, first come first served.

    Each name tries eight positions around its place; one that fits nowhere is left out.

    Parameters
    ----------
    ax
        Axes whose limits and figure size are final.
    places
        ``(x, y, name)`` in data coordinates, the most important first.
    most
        Stop after this many names.
    size
        Points.
    avoid
        Places whose dots no name may cover.
    taken
        Boxes that no name may cover, in pixels of the figure.

    Returns
    -------
    list of str
        The names written.
    """
    figure = cast("Figure", ax.get_figure(root=True))
    width, height = figure.get_size_inches() * figure.dpi
    # a renderer of our own: the figure may stand on a canvas that has none
    renderer = RendererAgg(width, height, figure.dpi)  # type: ignore[no-untyped-call]
    frame = ax.get_window_extent(renderer)
    dots = ax.transData.transform(np.asarray(avoid, dtype=float).reshape(-1, 2))
    covered = [*taken, *(Bbox.from_bounds(x - 4, y - 4, 8, 8) for x, y in dots)]
    written: list[str] = []
    for x, y, name in places:
        if len(written) == most:
            break
        box = _fit(ax, renderer, frame, covered, (x, y, name), (size, colour))
        if box is not None:
            covered.append(box)
            written.append(name)
    return written


def _fit(
    ax: Axes,
    renderer: RendererBase,
    frame: Bbox,
    taken: list[Bbox],
    place: tuple[float, float, str],
    look: tuple[float, str],
) -> Bbox | None:
    for around in _AROUND:
        label = _label(ax, place, around, look)
        box = label.get_window_extent(renderer).expanded(_MARGIN, _MARGIN)
        inside = frame.fully_containsx(box.x0) and frame.fully_containsx(box.x1)
        inside = inside and frame.fully_containsy(box.y0) and frame.fully_containsy(box.y1)
        if inside and not any(box.overlaps(other) for other in taken):
            return box
        label.remove()
    return None


def _label(
    ax: Axes,
    place: tuple[float, float, str],
    around: tuple[int, int, str, str],
    look: tuple[float, str],
) -> Annotation:
    x, y, name = place
    right, up, ha, va = around
    label = ax.annotate(
        name,
        (x, y),
        xytext=(right, up),
        textcoords="offset points",
        ha=ha,
        va=va,
        fontsize=look[0],
        color=look[1],
        fontfamily=FONT,
        zorder=10,
        path_effects=[withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
    )
    # a name is text, whatever dollar signs it holds
    label.set_parse_math(False)
    return label
