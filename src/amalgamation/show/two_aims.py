"""Two aims: plans as points, and the region below them that no plan can reach."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.language import find_speech
from amalgamation.show.chart import dress_axes, own_axes
from amalgamation.show.labels import FONT
from amalgamation.show.numerals import Figures
from amalgamation.show.words import INK, SOFT_INK, draw_footer, draw_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.territory import Territory

__all__ = ["plot_two_aims"]

_SIZE_INCHES = (11.0, 7.0)
_PLACE = (0.105, 0.195, 0.865, 0.68)
# Colours of `plot_frontier`: bound blue, plans orange.
_EMPTY = "#cfe0f0"
_BOUND = "#33658a"
_PLAN = "#cc6311"
_MARGIN = 0.08


def plot_two_aims(  # noqa: PLR0913 - what is drawn, and how
    points: Sequence[tuple[float, float, bool]],
    corners: Sequence[tuple[float, float]],
    least: float,
    territory: Territory,
    *,
    labels: tuple[str, ...],
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    language: str | None = None,
) -> Figure:
    """Draw plans by two aims; left of and below the line no plan can be: proven.

    Parameters
    ----------
    points
        (x, y, dominated) of each plan, in the units of the labels; a dominated one is hollow.
    corners
        (x, bound on y for all plans up to that x), from small to great; the last x may be
        infinite.
    least
        No plan has a smaller x.
    territory
        Named as the source.
    labels
        Of the two axes.
    title, subtitle
        Lines above the picture. Default subtitle: what is drawn.
    ax
        Axes to draw on; default: a figure of its own, 11 x 7 inches at 150 dpi.
    language
        Of words and numbers, as for `plot_plan`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that it stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    DataError
        If there is no point.
    InputError
        If there is no catalogue of the language.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> points, corners = [(1.0, 5.0, False), (3.0, 2.0, False)], [(1.0, 4.5), (math.inf, 2.0)]
    >>> figure = plot_two_aims(points, corners, 1.0, grid_territory(3, 4), labels=("a", "b"))
    >>> figure.axes[0].get_xlabel()
    'a'
    """
    if not points:
        remedy = "ask for at least two points"
        raise DataError([Finding("no-points", "frontier", "no point", "one or more", remedy)])
    speech = find_speech(language)
    ax = own_axes(_SIZE_INCHES, _PLACE) if ax is None else ax
    _dress(ax, points, corners, least, speech)
    ax.set_xlabel(labels[0], color=INK, fontfamily=FONT)
    ax.set_ylabel(labels[1], color=INK, fontfamily=FONT)
    _draw_empty(ax, corners, least, speech)
    _draw_plans(ax, points, speech)
    ax.legend(frameon=False, labelcolor=INK, prop={"family": FONT, "size": 9.5})
    draw_head(ax, title, subtitle or speech.say("picture.two_aims.subtitle"), base=1.03, step=0.05)
    words = [speech.say("picture.source", name=territory.name)]
    words.append(speech.say("picture.two_aims.reading"))
    draw_footer(ax, territory, " ".join(words), base=-0.14, step=0.032, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _dress(
    ax: Axes,
    points: Sequence[tuple[float, float, bool]],
    corners: Sequence[tuple[float, float]],
    least: float,
    speech: Speech,
) -> None:
    across = [x for x, _, _ in points] + [least]
    up = [y for _, y, _ in points] + [y for _, y in corners if math.isfinite(y)]
    for values, put in ((across, ax.set_xlim), (up, ax.set_ylim)):
        low, high = min(values), max(values)
        aside = _MARGIN * ((high - low) or abs(high) or 1.0)
        # no aim is negative
        put(max(0.0, low - aside) if low >= 0 else low - aside, high + aside)
    ax.xaxis.set_major_formatter(Figures(speech, ",.12g"))
    ax.yaxis.set_major_formatter(Figures(speech, ",.12g"))
    dress_axes(ax, "none")


def _draw_empty(
    ax: Axes, corners: Sequence[tuple[float, float]], least: float, speech: Speech
) -> None:
    """Fill what is proven empty: left of the least x, and below each step of the bounds."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    xs, ys = [left, least], [high, high]
    begun = least
    for most, bound in corners:
        end = min(most, right)
        if end > begun:
            xs += [begun, end]
            ys += [bound, bound]
            begun = end
    ax.fill_between(
        xs, low, ys, color=_EMPTY, linewidth=0, label=speech.say("picture.two_aims.empty")
    )
    ax.plot(xs, ys, color=_BOUND, linewidth=1.3, label=speech.say("picture.two_aims.bound"))


def _draw_plans(ax: Axes, points: Sequence[tuple[float, float, bool]], speech: Speech) -> None:
    kinds = {False: ("plan", _PLAN, _PLAN), True: ("dominated", "white", SOFT_INK)}
    for dominated, (word, face, edge) in kinds.items():
        chosen = [(x, y) for x, y, worse in points if worse is dominated]
        if chosen:
            xs, ys = zip(*chosen, strict=True)
            label = speech.say(f"picture.two_aims.{word}")
            ax.scatter(xs, ys, 46, face, edgecolors=edge, zorder=5, label=label)
