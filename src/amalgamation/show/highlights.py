"""The map of a reason: some units stand out by the part that they play in it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from amalgamation.language import find_speech
from amalgamation.measure.polygons import dissolve
from amalgamation.show.frame import set_limits
from amalgamation.show.labels import FONT, draw_labels
from amalgamation.show.legend import BORDER
from amalgamation.show.map import check_geometry, own_axes
from amalgamation.show.paint import draw_tier
from amalgamation.show.scale import draw_scale
from amalgamation.show.seats import places_of
from amalgamation.show.shapes import draw_lines, line_width, to_path, to_rings
from amalgamation.show.words import INK, draw_footer, draw_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.territory import Territory

__all__ = ["Highlights", "plot_highlights"]

_COLOURS = ("#e58a62", "#7d6aa8", "#9dbcd8", "#ddd6bd")
"""Of the parts, in their order: also apart from each other in grey, and for the colour-blind."""

_OTHERS = "#f1f2f3"
_RED = "#a33b20"
_LABELS = 30
_LETTERS = 150  # in a line of the sentence
_LINES = 3
_STEP = 0.0225  # heights of the map: three lines and a title find room above it


@dataclass(frozen=True)
class Highlights:
    """Hold what a map of a reason shows.

    Parameters
    ----------
    title, sentence
        Lines above the map.
    roles
        (part, units) in order; the first are the units that it is all about. A part without
        units is not shown; at most four have a colour of their own.
    walls
        Tiers whose borders are drawn.
    links
        Pairs of units to join by a dashed line.
    link_words
        What the lines are.
    """

    title: str
    sentence: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    walls: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    link_words: str = "a tie that would help"


def plot_highlights(
    highlights: Highlights, territory: Territory, *, language: str | None = None
) -> Figure:
    """Draw the units of a reason with their neighbours and names, as near as they fill the map.

    Parameters
    ----------
    highlights
        Units by their part; all of the territory.
    territory
        With geometry; drawn in its own projected CRS.
    language
        Code of the language of all words; default: English.

    Returns
    -------
    matplotlib.figure.Figure
        14 x 9 inches at 150 dpi; it shows itself in Jupyter.

    Raises
    ------
    DataError
        If the territory has no geometry.
    InputError
        If there is no such language.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> roles = (("no plan here", ("r00c00",)), ("neighbour", ("r00c01", "r01c00")))
    >>> figure = plot_highlights(Highlights("Why", "too small", roles), grid_territory(3, 4))
    >>> [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ['no plan here', 'neighbour']
    """
    check_geometry(territory)
    speech = find_speech(language)
    ax = own_axes()
    shown = [unit for _, units in highlights.roles for unit in units]
    ax.set_axis_off()
    set_limits(ax, territory.geometry.loc[shown], rows=1)
    _fill(ax, territory.geometry, highlights)
    draw_lines(
        ax, to_rings(territory.geometry), colour="white", width=line_width(len(shown)), order=2
    )
    for tier in highlights.walls:
        draw_tier(ax, territory, tier, order=3)
    _outline(ax, territory.geometry, highlights.roles[0][1])
    _join(ax, territory, highlights.links)
    _name(ax, territory, shown)
    draw_scale(ax, colour=INK, size=8.5, speech=speech)
    _explain(ax, highlights, speech)
    _head(ax, highlights, speech)
    source = speech.say("picture.source", name=territory.name)
    draw_footer(ax, territory, source, base=-0.026, step=0.023, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _fill(ax: Axes, shapes: gpd.GeoSeries, highlights: Highlights) -> None:
    colours = dict.fromkeys(shapes.index, _OTHERS)
    for (_, units), colour in zip(highlights.roles, _COLOURS, strict=False):
        colours |= dict.fromkeys(units, colour)
    ax.add_collection(
        PathCollection(
            [to_path(shape) for shape in shapes],
            facecolors=list(colours.values()),
            edgecolors="none",
            zorder=1,
        ),
        autolim=False,
    )


def _outline(ax: Axes, shapes: gpd.GeoSeries, units: Sequence[str]) -> None:
    """Draw the border of the units that it is all about: here it is cut."""
    whole = dissolve(shapes, {"all": list(units)})
    draw_lines(ax, to_rings(whole), colour=_RED, width=2.2, order=4)


def _join(ax: Axes, territory: Territory, links: Sequence[tuple[str, str]]) -> None:
    places = places_of(territory)
    for pair in links:
        ends = places.loc[list(pair)]
        ax.plot(ends["x"], ends["y"], color=INK, linewidth=1.1, linestyle=(0, (4, 3)), zorder=5)


def _name(ax: Axes, territory: Territory, units: Sequence[str]) -> None:
    places = places_of(territory).loc[list(units)]
    ax.scatter(places["x"], places["y"], s=9, color=INK, linewidths=0, zorder=8)
    named = list(places[["x", "y", "name"]].itertuples(index=False, name=None))
    dots = places[["x", "y"]].head(_LABELS).to_numpy().tolist()
    draw_labels(ax, named, most=_LABELS, size=8.5, colour=INK, avoid=dots)


def _explain(ax: Axes, highlights: Highlights, speech: Speech) -> None:
    handles: list[Patch | Line2D] = [
        Patch(facecolor=colour, edgecolor=BORDER, linewidth=0.4, label=speech.tell(part))
        for (part, units), colour in zip(highlights.roles, _COLOURS, strict=False)
        if units
    ]
    handles += [
        Line2D([], [], color=INK, linewidth=1.2, label=speech.tell(f"wall of {tier}"))
        for tier in highlights.walls
    ]
    if highlights.links:
        dashes = {"color": INK, "linewidth": 1.1, "linestyle": (0, (4, 3))}
        handles.append(Line2D([], [], label=speech.tell(highlights.link_words), **dashes))  # type: ignore[arg-type]
    ax.legend(
        handles=handles,
        loc="lower right",
        ncols=len(handles),
        framealpha=0.85,
        edgecolor="none",
        prop={"family": FONT, "size": 8.5},
        labelcolor=INK,
        borderaxespad=0.2,
    )


def _head(ax: Axes, highlights: Highlights, speech: Speech) -> None:
    lines = textwrap.wrap(speech.tell(highlights.sentence), _LETTERS)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1] + " …"]
    for number, line in enumerate(reversed(lines)):
        draw_head(ax, "", line, base=1.012 + number * _STEP, step=0.0)
    base = 1.012 + (len(lines) - 1) * _STEP
    draw_head(ax, speech.tell(highlights.title), "", base=base, step=0.03)
