"""The map of certainty: which borders stand in every plan, and which are a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from amalgamation.graph import build_borders
from amalgamation.language import find_speech
from amalgamation.show.frame import set_limits
from amalgamation.show.legend import BORDER, draw_row
from amalgamation.show.map import check_geometry, own_axes
from amalgamation.show.paint import draw_tier, fill
from amalgamation.show.scale import draw_scale
from amalgamation.show.shapes import draw_lines, to_rings
from amalgamation.show.words import INK, draw_footer, draw_head

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.measure import Certainty
    from amalgamation.territory import Territory

__all__ = ["plot_certainty"]

# From light to dark, after the scheme PuBu of Brewer, C. A., ColorBrewer 2.0: the order is seen
# in grey and by the colour-blind as well. Each begins where the one before ends.
_FILLS = (
    (50.0, "#f7f3f8", "less than half"),
    (75.0, "#dcd9ea", "half to 3 in 4"),
    (100.0, "#a9bedb", "3 in 4 or more"),
    (np.inf, "#6f9fc4", "every plan"),
)
# Least share of the plans that a border stands in, width in points, colour, words.
_LINES = (
    (100.0, 1.5, "#3d1c02", "every plan"),
    (50.0, 1.1, "#c2540a", "half or more"),
    (1e-9, 0.7, "#f3a35c", "fewer"),
)
_SHADED = "A unit is with its own municipality in"
_BORDERS = "A border stands in"
_ROWS = 2
_THIN = 0.3  # points, of the units' own borders


def plot_certainty(
    certainty: Certainty,
    territory: Territory,
    *,
    title: str = "",
    subtitle: str = "",
    language: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw how often each border stands, and how often each unit stays with its own.

    The darker and thicker a border, the more plans have it; a border that no plan has is not
    drawn. The darker a unit, the surer its company. What is synthetic is called so on the map
    itself.

    Parameters
    ----------
    certainty
        Of plans of the territory's units.
    territory
        With geometry; drawn in its own projected CRS.
    title, subtitle
        Lines above the map. Default subtitle: how many ties are certain.
    language
        Code of the language of all words; default: English.
    ax
        Axes to draw on; default: a figure of its own, 14 x 9 inches at 150 dpi.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that the map stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    DataError
        If the territory has no geometry.
    InputError
        If there is no such language.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.measure import build_certainty, build_today
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> plans = [build_today(territory)]
    >>> certainty = build_certainty(plans, territory, build_graph(territory))
    >>> plot_certainty(certainty, territory).axes[0].get_aspect()
    1.0
    """
    check_geometry(territory)
    speech = find_speech(language)
    ax = own_axes() if ax is None else ax
    ax.set_axis_off()
    set_limits(ax, territory.geometry, rows=_ROWS)
    fill(ax, territory.geometry, _colours(certainty.units["stays_percent"]))
    draw_lines(ax, to_rings(territory.geometry), colour="white", width=_THIN, order=2)
    _draw_borders(ax, certainty, territory.geometry)
    draw_tier(ax, territory, territory.outermost)
    draw_scale(ax, colour=INK, size=8.5, speech=speech)
    _draw_legend(ax, speech)
    head = speech.tell(subtitle or _summary(certainty))
    draw_head(ax, speech.tell(title), head, base=1.018, step=0.036)
    compared = speech.tell(f"{certainty.plans:,} plans compared.")
    source = f"{speech.say('picture.source', name=territory.name)} {compared}"
    draw_footer(ax, territory, source, base=-0.026, step=0.023, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _summary(certainty: Certainty) -> str:
    counts, total = certainty.counts(), max(1, len(certainty.open_ties))
    shares = [f"{100 * counts[verdict] / total:.0f} %" for verdict in ("together", "apart")]
    choice = f"{100 * counts['choice'] / total:.0f} %"
    return (
        f"{certainty.plans:,} plans: {shares[0]} of the ties are kept in all, {shares[1]} cut in "
        f"all, {choice} are a choice"
    )


def _colours(stays: pd.Series[float]) -> pd.Series[str]:
    tops = np.array([top for top, _, _ in _FILLS])
    # the upper limit belongs to the next class, so that "every plan" is just that
    places = np.searchsorted(tops, stays.to_numpy(), side="right")
    return pd.Series([_FILLS[place][1] for place in places.tolist()], stays.index)


def _draw_borders(ax: Axes, certainty: Certainty, units: gpd.GeoSeries) -> None:
    stands = 100.0 - certainty.ties["together_percent"]
    borders = build_borders(units, certainty.ties)
    most = np.inf
    for order, (least, width, colour, _) in enumerate(_LINES):
        chosen = borders[(stands >= least) & (stands < most)]
        lines = [shapely.get_coordinates(line) for line in shapely.get_parts(chosen.to_numpy())]
        drawn = LineCollection(
            lines, colors=colour, linewidths=width, capstyle="round", zorder=6 - order
        )
        ax.add_collection(drawn, autolim=False)
        most = least


def _draw_legend(ax: Axes, speech: Speech) -> None:
    lines = [
        Line2D([], [], color=colour, linewidth=width, label=speech.tell(words))
        for _, width, colour, words in _LINES
    ]
    patches = [
        Patch(facecolor=colour, edgecolor=BORDER, linewidth=0.4, label=speech.tell(words))
        for _, colour, words in _FILLS
    ]
    ax.add_artist(draw_row(ax, lines, 0.0, title=speech.tell(_BORDERS)))
    draw_row(ax, patches, 0.47, title=speech.tell(_SHADED))
