"""The map of a plan: the picture that one shows to those who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely
from matplotlib.collections import PathCollection

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.language import find_speech
from amalgamation.measure.polygons import build_municipality_polygons, dissolve
from amalgamation.show.figure import OwnFigure
from amalgamation.show.fills import Fills, tell_apart
from amalgamation.show.labels import draw_labels
from amalgamation.show.legend import BORDER, OUTSIDE, draw_legend
from amalgamation.show.scale import draw_scale
from amalgamation.show.shapes import draw_lines, line_width, to_path
from amalgamation.show.words import INK, draw_footer, draw_head

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["check_geometry", "draw_plan", "plot_plan"]

_SIZE_INCHES = (14.0, 9.0)
_DPI = 150
_LABELS = 22
_MARGIN = 1.02
_USUAL = 13.3  # inches across
_ROW = 0.45  # inches that a row of the legend needs
_LEGEND = (3.2, 9.5)  # inches across, of one row and of the row of classes above it


def plot_plan(  # noqa: PLR0913 - what a picture may be asked for
    plan: Plan,
    territory: Territory,
    *,
    title: str = "",
    subtitle: str = "",
    labels: int = _LABELS,
    ax: Axes | None = None,
    fills: Fills | None = None,
    language: str | None = None,
) -> Figure:
    """Draw the municipalities of a plan.

    Neighbouring municipalities never share a colour; colours mean nothing else, unless
    ``fills`` shades by a measure, which the legend then explains. Thin
    white lines are the units' borders, thick ones those of the outermost tier, dots the
    seats. Units that the plan leaves outside are hatched in grey. What is synthetic is
    called so on the map itself.

    Parameters
    ----------
    plan
        A plan of the territory's units.
    territory
        With geometry; drawn in its own projected CRS.
    title, subtitle
        Lines above the map. Default subtitle: how many units make how many
        municipalities.
    labels
        At most this many names, of the most populous seats.
    ax
        Axes to draw on; default: a figure of its own, 14 x 9 inches at 150 dpi.
    fills
        Colours of the municipalities, such as by a measure (`shade`); default:
        neighbours told apart.
    language
        Of words, numbers and, where the data have them, names of units; default: English,
        and the names that the scenario chose.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that the map stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    DataError
        If the territory has no geometry.
    InputError
        If there is no catalogue of the language.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(3, 4)
    >>> figure = plot_plan(build_today(territory), territory, title="Today")
    >>> figure.axes[0].get_aspect()
    1.0
    """
    check_geometry(territory)
    speech = find_speech(language)
    ax = _own_axes() if ax is None else ax
    fills = fills or tell_apart(build_municipality_polygons(territory.geometry, plan))
    draw_plan(ax, plan, territory, fills, labels, speech)
    draw_head(ax, title, subtitle or _counts(plan, speech), base=1.018, step=0.036)
    shaded = speech.say("picture.shaded", what=fills.title)
    meaning = shaded if fills.title else speech.say("picture.apart")
    source = f"{speech.say('picture.source', name=territory.name)} {meaning}"
    draw_footer(ax, territory, source, base=-0.026, step=0.023, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def draw_plan(
    ax: Axes, plan: Plan, territory: Territory, fills: Fills, labels: int, speech: Speech
) -> None:
    """Draw a plan on axes, with scale and legend and no words around it."""
    _frame(ax, territory.geometry, rows=2 if fills.classes else 1)
    _fill(ax, fills)
    _hatch(ax, territory.geometry.loc[list(plan.outside)])
    thin = line_width(len(territory.units)) / 2 * _share(ax)
    thick = line_width(len(fills.polygons)) * _share(ax)
    draw_lines(ax, territory.geometry, colour="white", width=thin, order=2)
    draw_lines(ax, fills.polygons, colour=BORDER, width=thick, order=3)
    _tier_borders(ax, territory)
    _seats(ax, plan, territory, labels, speech)
    draw_scale(ax, colour=INK, size=8.5, speech=speech)
    draw_legend(ax, plan, _outermost(territory), fills, speech)


def _counts(plan: Plan, speech: Speech) -> str:
    facts = plan._facts()  # noqa: SLF001 - the noun's own summary, as its repr has it
    units = speech.say("count.units", n=facts["units"])
    words = speech.say("count.in", n=facts["municipalities"], units=units)
    outside = speech.say("count.outside", n=len(plan.outside))
    return f"{words}, {outside}" if plan.outside else words


def check_geometry(territory: Territory) -> None:
    """Refuse a territory without polygons.

    Raises
    ------
    DataError
        If the territory has no geometry.
    """
    if territory.has_geometry:
        return
    remedy = "give territory.units a vector file, or leave png and svg out of write"
    found, expected = "a table of units", "polygons to draw"
    raise DataError([Finding("no-geometry", territory.name, found, expected, remedy)])


def _own_axes() -> Axes:
    figure = OwnFigure(figsize=_SIZE_INCHES, dpi=_DPI, facecolor="white")
    return figure.add_axes((0.025, 0.07, 0.95, 0.83))


def _frame(ax: Axes, units: gpd.GeoSeries, rows: int) -> None:
    """Set limits that keep the shape of the axes, so that words have the full width."""
    ax.set_axis_off()
    strip = _ROW * rows / _inches(ax)[1]
    limits = _limits(ax, units.total_bounds, strip=0.0)
    # scale and legend stand in the lower corners; where the map fills these, it moves up
    if units.intersects(_corners(ax, limits, strip, rows)).any():
        limits = _limits(ax, units.total_bounds, strip=strip)
    ax.set_xlim(limits[0], limits[2])
    ax.set_ylim(limits[1], limits[3])
    ax.set_aspect("equal", adjustable="box")


def _corners(
    ax: Axes, limits: tuple[float, float, float, float], strip: float, rows: int
) -> shapely.Geometry:
    west, south, east, north = limits
    inch = (east - west) / _inches(ax)[0]
    top = south + strip * (north - south)
    scale = shapely.box(west, south, west + 0.19 * (east - west), top)
    legend = shapely.box(east - _LEGEND[rows - 1] * inch, south, east, top)
    return scale | legend


def _share(ax: Axes) -> float:
    """Return how much finer than usual lines are on a map smaller than usual."""
    return min(1.0, _inches(ax)[0] / _USUAL)


def _inches(ax: Axes) -> tuple[float, float]:
    box = ax.get_window_extent()
    dpi = ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width / dpi, box.height / dpi


def _limits(ax: Axes, bounds: np.ndarray, strip: float) -> tuple[float, float, float, float]:
    """Return the limits in metres that leave a share of the height free below the map."""
    box = ax.get_window_extent()
    west, south, east, north = bounds
    free = box.height * (1 - strip)
    metres = max((east - west) / box.width, (north - south) / free) * _MARGIN
    left = (west + east - metres * box.width) / 2
    base = (south + north - metres * box.height * (1 + strip)) / 2
    return left, base, left + metres * box.width, base + metres * box.height


def _fill(ax: Axes, fills: Fills) -> None:
    paths = [to_path(shape) for shape in fills.polygons]
    colours = fills.colours.to_list()
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


def _tier_borders(ax: Axes, territory: Territory) -> None:
    tier = _outermost(territory)
    key = territory.units[tier] if tier else pd.Series("all", territory.units.index)
    groups = {str(code): list(units) for code, units in key.groupby(key).groups.items()}
    draw_lines(ax, dissolve(territory.geometry, groups), colour=INK, width=1.2, order=4)


def _outermost(territory: Territory) -> str:
    """Return the tier with the fewest parents, or nothing where there are no tiers."""
    counts = {tier: territory.units[tier].nunique() for tier in territory.tiers}
    return min(counts, key=lambda tier: (counts[tier], tier), default="")


def _seats(ax: Axes, plan: Plan, territory: Territory, labels: int, speech: Speech) -> None:
    seats = _places(territory, speech).loc[list(plan.seat_of.values())]
    size = 11 * line_width(len(seats)) ** 1.5 * _share(ax) ** 2
    ax.scatter(seats["x"], seats["y"], s=size, color=INK, linewidths=0, zorder=8)
    first = seats.sort_values("weight", ascending=False, kind="stable")
    shown = first.head(3 * labels)
    ax.scatter(
        shown["x"].head(labels),
        shown["y"].head(labels),
        s=13,
        color=INK,
        edgecolors="white",
        linewidths=0.6,
        zorder=9,
    )
    named = list(shown[["x", "y", "name"]].itertuples(index=False, name=None))
    draw_labels(
        ax,
        named,
        most=labels,
        size=8.5,
        colour=INK,
        avoid=shown[["x", "y"]].head(labels).to_numpy().tolist(),
    )


def _places(territory: Territory, speech: Speech) -> pd.DataFrame:
    units = territory.units
    inside = territory.geometry.representative_point()
    weight = "population" if "population" in territory.attributes else None
    return pd.DataFrame(
        {
            "x": units.get("seat_x", inside.x),
            "y": units.get("seat_y", inside.y),
            "name": speech.names(units),
            "weight": units[weight] if weight else 0.0,
        }
    )
