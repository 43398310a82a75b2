"""The legend of a map, in its lower right corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from amalgamation.language import ENGLISH
from amalgamation.show.labels import FONT
from amalgamation.show.words import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.show.fills import Fills

__all__ = ["BORDER", "OUTSIDE", "draw_legend", "draw_row"]

BORDER = "#56646f"
OUTSIDE: dict[str, Any] = {"facecolor": "#eceeef", "edgecolor": "#a4acb3", "hatch": "////"}

_SIZE = 8.5
_ABOVE = 0.27  # inches from the row of lines to the row of classes


def draw_legend(ax: Axes, plan: Plan, tier: str, fills: Fills, speech: Speech = ENGLISH) -> None:
    """Explain lines and dots in one row and, where colours mean something, these above it.

    Parameters
    ----------
    ax
        Axes whose size is final.
    plan
        Says whether units stay outside.
    tier
        Whose borders are drawn thick; empty where there is none.
    fills
        Classes and what is shaded.
    speech
        Names lines and dots.
    """
    lines = draw_row(ax, _lines(plan, tier, speech), 0.0)
    if fills.classes:
        ax.add_artist(lines)  # else the second legend would take its place
        classes = [
            Patch(facecolor=colour, edgecolor=BORDER, linewidth=0.4, label=words)
            for colour, words in fills.classes
        ]
        draw_row(ax, classes, _ABOVE, title=fills.title)


def _lines(plan: Plan, tier: str, speech: Speech) -> list[Artist]:
    seat, municipality = speech.say("picture.seat"), speech.say("picture.municipality")
    handles: list[Artist] = [
        Line2D([], [], color=INK, marker="o", markersize=3.5, linestyle="", label=seat),
        Line2D([], [], color=BORDER, linewidth=0.9, label=municipality),
    ]
    if plan.outside:
        handles.append(Patch(**OUTSIDE, linewidth=0.0, label=speech.say("picture.outside")))
    if tier:
        handles.append(Line2D([], [], color=INK, linewidth=1.4, label=speech.noun(tier)))
    return handles


def draw_row(ax: Axes, handles: Sequence[Artist], inches: float, title: str = "") -> Artist:
    """Draw handles in a row, so many inches above the lower edge; a later row takes its place.

    ``ax.add_artist`` of what is returned keeps it.
    """
    figure = ax.get_figure(root=True)
    assert figure is not None  # noqa: S101 - axes to draw on always stand on one
    height = ax.get_window_extent().height / figure.dpi
    legend = ax.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, inches / height),
        ncols=len(handles),
        frameon=False,
        prop={"family": FONT, "size": _SIZE},
        title=title or None,
        title_fontproperties={"family": FONT, "size": _SIZE},
        alignment="right",
        labelcolor=INK,
        borderaxespad=0.2,
    )
    legend.get_title().set(color=INK, parse_math=False)
    return legend
