"""The frontier: cost against number of municipalities, between bound and best plan known."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.language import find_speech
from amalgamation.show.chart import dress_axes, own_axes
from amalgamation.show.labels import FONT
from amalgamation.show.numerals import Figures, Numerals
from amalgamation.show.words import INK, draw_footer, draw_head
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from amalgamation.language import Speech
    from amalgamation.status import FrontierPoint
    from amalgamation.territory import Territory

__all__ = ["plot_frontier"]

_SIZE_INCHES = (11.0, 7.0)
_PLACE = (0.085, 0.195, 0.885, 0.68)
# Blue and orange of Paul Tol's "bright" and "high-contrast" schemes, apart for all eyes.
_BAND = "#cfe0f0"
_BOUND = "#33658a"
_CHOSEN = "#cc6311"


def plot_frontier(
    frontier: Sequence[FrontierPoint],
    territory: Territory,
    *,
    chosen: int | None = None,
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    language: str | None = None,
) -> Figure:
    """Draw cost and bound at every number of municipalities.

    The band reaches from the bound, that no plan can go below, to the best plan known:
    the narrower, the surer. Numbers without a known plan have a bound alone, those that
    are proven impossible have nothing. What is synthetic is called so on the picture.

    Parameters
    ----------
    frontier
        Two points at least, in the order of their numbers; costs without unit.
    territory
        Named as the source.
    chosen
        Number of municipalities of the plan to mark; default: none.
    title, subtitle
        Lines above the picture. Default subtitle: what is drawn.
    ax
        Axes to draw on; default: a figure of its own, 11 x 7 inches at 150 dpi.
    language
        Of words, numbers and names, as for `plot_plan`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that it stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    DataError
        If there are fewer than two points, or no figure at any of them.
    InputError
        If there is no catalogue of the language.

    Examples
    --------
    >>> from amalgamation.status import FrontierPoint
    >>> from amalgamation.territory import grid_territory
    >>> points = [FrontierPoint(3, 2.4, 2.2), FrontierPoint(4, 2.0, 2.0)]
    >>> figure = plot_frontier(points, grid_territory(3, 4), chosen=4)
    >>> figure.axes[0].get_xlabel()
    'Number of municipalities'
    """
    numbers, costs, bounds = _series(frontier)
    if len(frontier) < 2 or np.isnan([costs, bounds]).all():  # noqa: PLR2004 - a line has two ends
        raise DataError([_no_line(frontier)])
    speech = find_speech(language)
    ax = own_axes(_SIZE_INCHES, _PLACE) if ax is None else ax
    _dress(ax, numbers, np.concatenate([costs, bounds]), speech)
    _draw(ax, numbers, (costs, bounds), speech)
    point = next((p for p in frontier if p.number == chosen and math.isfinite(p.cost)), None)
    if point is not None:
        _mark(ax, point, speech)
    ax.legend(frameon=False, labelcolor=INK, prop={"family": FONT, "size": 9.5})
    subtitle = subtitle or speech.say("picture.frontier.subtitle")
    draw_head(ax, title, subtitle, base=1.03, step=0.05)
    bare = np.isnan(costs) & ~np.isnan(bounds)
    words = [speech.say("picture.source", name=territory.name)]
    words += [speech.say("picture.frontier.reading")] * bool(point)
    words += [speech.say("picture.frontier.bare")] * bool(bare.any())
    draw_footer(ax, territory, " ".join(words), base=-0.14, step=0.032, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _no_line(frontier: Sequence[FrontierPoint]) -> Finding:
    found = f"{count_of(len(frontier), 'point')}"
    remedy = "ask for a range of rules.municipalities, not for one number or numbers per parent"
    return Finding("no-frontier", "frontier", found, "two points at least, with figures", remedy)


def _series(
    frontier: Sequence[FrontierPoint],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return every number from first to last, with costs and bounds; NaN where unknown."""
    by_number = {point.number: point for point in frontier}
    numbers = np.arange(min(by_number, default=0), max(by_number, default=-1) + 1)
    known = [by_number.get(number) for number in numbers.tolist()]
    costs = np.array([math.nan if point is None else point.cost for point in known])
    bounds = np.array([math.nan if point is None else point.bound for point in known])
    return numbers, _finite(costs), _finite(bounds)


def _finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(values), values, np.nan)


def _dress(
    ax: Axes, numbers: NDArray[np.int64], values: NDArray[np.float64], speech: Speech
) -> None:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    span = (high - low) or abs(high) or 1.0
    # room below the lowest bound, where the chosen number is named
    ax.set_ylim(low - 0.16 * span, high + 0.06 * span)
    aside = max(0.6, 0.02 * len(numbers))
    ax.set_xlim(numbers[0] - aside, numbers[-1] + aside)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(Figures(speech, ",.0f"))
    ax.yaxis.set_major_formatter(Numerals(speech))
    ax.set_xlabel(speech.say("frontier.x"), color=INK, fontfamily=FONT)
    ax.set_ylabel(speech.say("picture.frontier.y"), color=INK, fontfamily=FONT)
    dress_axes(ax, "y")


def _draw(
    ax: Axes,
    numbers: NDArray[np.int64],
    values: tuple[NDArray[np.float64], NDArray[np.float64]],
    speech: Speech,
) -> None:
    """Draw each number as a step of its own: between two whole numbers there is no plan."""
    (costs, bounds), said = values, partial(_word, speech)
    edges = np.column_stack([numbers - 0.5, numbers + 0.5]).ravel()
    top, base = np.repeat(costs, 2), np.repeat(bounds, 2)
    ax.fill_between(edges, base, top, color=_BAND, linewidth=0, label=said("gap"))
    ax.plot(edges, base, color=_BOUND, linewidth=1.3, label=said("bound"))
    size = float(np.clip(60 / len(numbers), 1.4, 5.0))
    ax.plot(numbers, costs, "o", color=INK, markersize=size, label=said("best"))


def _word(speech: Speech, key: str) -> str:
    return speech.say(f"picture.frontier.{key}")


def _mark(ax: Axes, point: FrontierPoint, speech: Speech) -> None:
    low, _high = ax.get_ylim()
    left, right = ax.get_xlim()
    ax.axhline(point.cost, color=_CHOSEN, linewidth=1.0, linestyle=":", zorder=1.5)
    ax.plot([point.number] * 2, [low, point.cost], color=_CHOSEN, linewidth=0.9, zorder=1.5)
    counted = speech.say("count.municipalities", n=point.number)
    cost = speech.number(point.cost, ".5g")
    words = speech.say("picture.frontier.mark", municipalities=counted, cost=cost)
    chosen = _word(speech, "chosen")
    ax.scatter(point.number, point.cost, 64, _CHOSEN, marker="D", zorder=5, label=chosen)
    rightward = point.number < (left + right) / 2
    ax.annotate(
        words,
        (point.number, low),
        xytext=(6 if rightward else -6, 7),
        textcoords="offset points",
        ha="left" if rightward else "right",
        color=_CHOSEN,
        fontsize=10,
        fontfamily=FONT,
        fontweight="bold",
    )
