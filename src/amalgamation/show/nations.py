"""Among nations: a plan's mean municipality beside those of 30 countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import LogLocator, NullFormatter

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.language import find_speech
from amalgamation.measure import nation_means, nearest_nations, read_nations
from amalgamation.show.chart import dress_axes, own_axes
from amalgamation.show.labels import FONT, draw_labels
from amalgamation.show.numerals import Figures
from amalgamation.show.words import INK, draw_footer, draw_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.measure import Scorecard
    from amalgamation.territory import Territory

__all__ = ["plot_nations"]

_SIZE_INCHES = (11.0, 8.0)
_PLACE = (0.085, 0.165, 0.885, 0.72)
_COUNTRY = "#8b98a5"
# Blue and orange of Paul Tol's schemes, as in the frontier: today and the plan.
_LOOKS = {"plan": ("#cc6311", "D"), "today": ("#33658a", "s")}
_WORDS = {"plan": "picture.nations.plan", "today": "today", "same": "picture.nations.same"}
_AREA = "mean_area_km2"
_STEPS = 60
_ROOM = 1.6


def plot_nations(
    scorecard: Scorecard,
    territory: Territory,
    *,
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    language: str | None = None,
) -> Figure:
    """Draw the plan and today among the municipalities of 30 countries.

    Both axes are logarithmic; thin lines lead from the plan to the three countries nearest
    to it. A name that finds no room is left out. What is synthetic is called so on the
    picture.

    Parameters
    ----------
    scorecard
        Gives the mean population and mean area of today and the plan.
    territory
        Named as the source.
    title, subtitle
        Lines above the picture. Default subtitle: what is drawn.
    ax
        Axes to draw on; default: a figure of its own, 11 x 8 inches at 150 dpi.
    language
        Of words, numbers and names, as for `plot_plan`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that it stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    DataError
        If a mean is not known, or is 0.
    InputError
        If there is no catalogue of the language.

    See Also
    --------
    amalgamation.measure.nearest_nations : which countries they are.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import build_today, measure_plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(3, 4)
    >>> card = measure_plan(build_today(territory), territory, build_graph(territory))
    >>> plot_nations(card, territory).axes[0].get_xscale()
    'log'
    """
    means = nation_means(scorecard.national)
    if not means:
        raise DataError([_no_means(territory)])
    speech = find_speech(language)
    ax = own_axes(_SIZE_INCHES, _PLACE) if ax is None else ax
    _dress(ax, means.values(), speech)
    _draw(ax, means, speech)
    subtitle = subtitle or speech.say("picture.nations.subtitle")
    draw_head(ax, title, subtitle, base=1.025, step=0.042)
    source = speech.say("picture.source", name=territory.name)
    source = f"{source} {speech.say('picture.nations.source')}"
    draw_footer(ax, territory, source, base=-0.125, step=0.028, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _no_means(territory: Territory) -> Finding:
    return Finding(
        "no-means",
        territory.name,
        "municipalities without a mean population or without a mean area",
        "both, above 0",
        "give every unit population and area_km2",
    )


def _dress(ax: Axes, means: Iterable[tuple[float, float]], speech: Speech) -> None:
    table = read_nations()
    people, area = (np.array(values) for values in zip(*means, strict=True))
    people = np.append(people, table["mean_population"])
    area = np.append(area, table[_AREA])
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(people.min() / _ROOM, people.max() * _ROOM)
    ax.set_ylim(area.min() / _ROOM, area.max() * _ROOM)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axis.set_major_formatter(Figures(speech, ",.12g"))
        axis.set_minor_formatter(NullFormatter())
    ax.set_xlabel(speech.say("picture.nations.x"), color=INK, fontfamily=FONT)
    ax.set_ylabel(speech.say("picture.nations.y"), color=INK, fontfamily=FONT)
    dress_axes(ax)


def _draw(ax: Axes, means: Mapping[str, tuple[float, float]], speech: Speech) -> None:
    table = read_nations()
    people, area = (table[name].to_numpy(np.float64) for name in ("mean_population", _AREA))
    names = [speech.country(name) for name in table.index]
    nations = list(zip(people.tolist(), area.tolist(), names, strict=True))
    ax.scatter(people, area, 26, _COUNTRY, zorder=3)
    for name, place in means.items():
        colour, marker = _LOOKS[name]
        ax.scatter(*place, 60, colour, marker=marker, zorder=5, edgecolors="white")
    lines = _lines_to_nearest(ax, means["plan"])
    ours = [(*means[name], speech.say(_WORDS[name])) for name in ("plan", "today")]
    if means["plan"] == means["today"]:
        ours = [(*means["plan"], speech.say(_WORDS["same"]))]
    places = [*ours, *nations]
    avoid = [*(place[:2] for place in places), *lines]
    draw_labels(ax, places, most=len(places), size=9, colour=INK, avoid=avoid)


def _lines_to_nearest(ax: Axes, plan: tuple[float, float]) -> list[tuple[float, float]]:
    """Draw the lines, and return places along them that no name may cover."""
    table = read_nations()
    along: list[tuple[float, float]] = []
    for country in nearest_nations(*plan):
        ends = zip(plan, table.loc[country, ["mean_population", _AREA]], strict=True)
        people, area = (np.geomspace(float(here), float(there), _STEPS) for here, there in ends)
        ax.plot(people, area, color=_LOOKS["plan"][0], linewidth=0.9, zorder=2)
        along += zip(people.tolist(), area.tolist(), strict=True)
    return along
