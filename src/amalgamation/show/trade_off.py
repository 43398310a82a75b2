"""Trade-off: plans by two measures, and those of them that no other one beats."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from amalgamation.language import find_speech
from amalgamation.show.chart import dress_axes, own_axes
from amalgamation.show.labels import FONT, draw_labels
from amalgamation.show.numerals import Numerals
from amalgamation.show.words import INK, draw_foot, draw_head

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech

__all__ = ["plot_trade_off"]

_SIZE_INCHES = (11.0, 7.0)
_PLACE = (0.085, 0.195, 0.885, 0.68)
# Blue and orange of Paul Tol's "high-contrast" scheme, as on the frontier.
_SET = "#33658a"
_BEATEN = "#cc6311"
_NAMES = 40
_ROOM = 0.09
_STEPS = 60
_LETTERS = (100, 60)  # of a line along each axis


def plot_trade_off(
    points: pd.DataFrame,
    words: tuple[str, str],
    higher_is_better: tuple[bool, bool],
    *,
    title: str = "",
    notice: str = "",
    ax: Axes | None = None,
    language: str | None = None,
) -> Figure:
    """Draw plans by two measures, the Pareto set marked and joined.

    Beyond the line, seen from its better side, lies what some plan of the set beats.

    Parameters
    ----------
    points
        Indexed by plan: ``x``, ``y`` and ``pareto``.
    words
        What each axis measures, with its unit.
    higher_is_better
        Of each axis.
    title
        Line above the picture.
    notice
        That data are made up, said below it.
    ax
        Axes to draw on; default: a figure of its own, 11 x 7 inches at 150 dpi.
    language
        Of words and numbers.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that it stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    InputError
        If there is no catalogue of the language.

    Examples
    --------
    >>> import pandas as pd
    >>> points = pd.DataFrame({"x": [1.0, 2.0], "y": [5.0, 6.0], "pareto": [True, False]})
    >>> plot_trade_off(points, ("km", "cost"), (False, False)).axes[0].get_xlabel()
    'km: lower is better'
    """
    speech = find_speech(language)
    ax = own_axes(_SIZE_INCHES, _PLACE) if ax is None else ax
    _dress(ax, points, words, higher_is_better, speech)
    stairs = _stairs(points[points["pareto"]], higher_is_better)
    ax.plot(*zip(*stairs, strict=True), color=_SET, linewidth=1.2, zorder=2)
    _dot(ax, points, speech)
    _name(ax, points, stairs)
    draw_head(ax, title, speech.say("picture.trade_off.subtitle"), base=1.025, step=0.045)
    ax.legend(frameon=False, labelcolor=INK, prop={"family": FONT, "size": 9.5})
    reading = speech.say("picture.trade_off.reading")
    told = speech.tell(notice) if notice else ""
    draw_foot(ax, told, reading, base=-0.14, step=0.032)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _dress(
    ax: Axes,
    points: pd.DataFrame,
    words: tuple[str, str],
    higher_is_better: tuple[bool, bool],
    speech: Speech,
) -> None:
    for at, (name, axis) in enumerate((("x", ax.xaxis), ("y", ax.yaxis))):
        values = points[name].to_numpy(np.float64)
        span = float(np.ptp(values)) or abs(float(values[0])) or 1.0
        room = _ROOM * span
        ax.set(**{f"{name}lim": (values.min() - room, values.max() + room)})
        way = speech.say(f"picture.trade_off.{'higher' if higher_is_better[at] else 'lower'}")
        axis.set_label_text(textwrap.fill(f"{words[at]}: {way}", _LETTERS[at]))
        # a title is text, whatever dollar signs it holds
        axis.label.set(color=INK, fontfamily=FONT, parse_math=False)
        axis.set_major_formatter(Numerals(speech))
    dress_axes(ax)


def _stairs(best: pd.DataFrame, higher_is_better: tuple[bool, bool]) -> list[tuple[float, float]]:
    """Return the corners of the line that parts what the set beats from what it does not."""
    ways = [not higher for higher in higher_is_better]
    ordered = best.sort_values(["x", "y"], ascending=ways, kind="stable")
    corners: list[tuple[float, float]] = []
    for x, y in ordered[["x", "y"]].itertuples(index=False, name=None):
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    return corners


def _dot(ax: Axes, points: pd.DataFrame, speech: Speech) -> None:
    best = points[points["pareto"]]
    beaten = points[~points["pareto"]]
    words = speech.say("picture.trade_off.pareto")
    ax.scatter(best["x"], best["y"], 46, _SET, marker="D", zorder=5, label=words)
    if len(beaten):
        looks: dict[str, Any] = {"facecolors": "white", "edgecolors": _BEATEN, "linewidths": 1.4}
        words = speech.say("picture.trade_off.beaten")
        ax.scatter(beaten["x"], beaten["y"], 40, zorder=4, label=words, **looks)


def _name(ax: Axes, points: pd.DataFrame, stairs: list[tuple[float, float]]) -> None:
    """Write the names, those of the set first; none over a dot or over the line."""
    ordered = points.sort_values("pareto", ascending=False, kind="stable")
    places = [(x, y, str(name)) for name, x, y in ordered[["x", "y"]].itertuples(name=None)]
    along = [
        (float(x), float(y))
        for (x0, y0), (x1, y1) in itertools.pairwise(stairs)
        for x, y in zip(np.linspace(x0, x1, _STEPS), np.linspace(y0, y1, _STEPS), strict=True)
    ]
    avoid = [*(place[:2] for place in places), *along]
    draw_labels(ax, places, most=_NAMES, size=9, colour=INK, avoid=avoid)
