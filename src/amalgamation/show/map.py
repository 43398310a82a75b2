"""The map of a plan: the picture that one shows to those who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.measure.polygons import build_municipality_polygons, dissolve
from amalgamation.show.colours import HUES, PALETTE, colour_neighbours
from amalgamation.show.figure import OwnFigure
from amalgamation.show.labels import FONT, draw_labels
from amalgamation.show.scale import draw_scale
from amalgamation.show.words import INK, draw_footer, draw_head
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["plot_plan"]

_SIZE_INCHES = (14.0, 9.0)
_DPI = 150
_BORDER = "#56646f"
_LABELS = 22
_MARGIN = 1.02
_STRIP = 0.06
_OUTSIDE: dict[str, Any] = {"facecolor": "#eceeef", "edgecolor": "#a4acb3", "hatch": "////"}


def plot_plan(
    plan: Plan,
    territory: Territory,
    *,
    title: str = "",
    subtitle: str = "",
    labels: int = _LABELS,
    ax: Axes | None = None,
) -> Figure:
    """Draw the municipalities of a plan.

    Neighbouring municipalities never share a colour; colours mean nothing else. Thin
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

    Returns
    -------
    matplotlib.figure.Figure
        The figure that the map stands on; one of its own shows itself in Jupyter.

    Raises
    ------
    DataError
        If the territory has no geometry.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(3, 4)
    >>> figure = plot_plan(build_today(territory), territory, title="Today")
    >>> figure.axes[0].get_aspect()
    1.0
    """
    if not territory.has_geometry:
        raise DataError([_no_geometry(territory)])
    ax = _own_axes() if ax is None else ax
    polygons = build_municipality_polygons(territory.geometry, plan)
    _frame(ax, territory.geometry)
    _fill(ax, polygons)
    _hatch(ax, territory.geometry.loc[list(plan.outside)])
    _lines(ax, territory.geometry, colour="white", width=_width(len(territory.units)) / 2, order=2)
    _lines(ax, polygons, colour=_BORDER, width=_width(len(polygons)), order=3)
    _tier_borders(ax, territory)
    _seats(ax, plan, territory, labels)
    draw_scale(ax, colour=INK, size=8.5)
    _legend(ax, plan, territory)
    facts = plan._facts()  # noqa: SLF001 - the noun's own summary, as its repr has it
    units, municipalities = facts["units"], facts["municipalities"]
    default = f"{count_of(units, 'unit')} in {count_of(municipalities, 'municipality')}"
    if plan.outside:
        default += f", {count_of(len(plan.outside), 'unit')} outside"
    draw_head(ax, title, subtitle or default, base=1.018, step=0.036)
    source = f"Source: {territory.name}. Colours only tell neighbours apart."
    draw_footer(ax, territory, source, base=-0.026, step=0.023)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def _no_geometry(territory: Territory) -> Finding:
    remedy = "give territory.units a vector file, or leave png out of write"
    return Finding("no-geometry", territory.name, "a table of units", "polygons to draw", remedy)


def _own_axes() -> Axes:
    figure = OwnFigure(figsize=_SIZE_INCHES, dpi=_DPI, facecolor="white")
    return figure.add_axes((0.025, 0.07, 0.95, 0.83))


def _frame(ax: Axes, units: gpd.GeoSeries) -> None:
    """Set limits that keep the shape of the axes, so that words have the full width."""
    ax.set_axis_off()
    limits = _limits(ax, units.total_bounds, strip=0.0)
    west, south, east, north = limits
    wide, top = east - west, south + _STRIP * (north - south)
    scale = shapely.box(west, south, west + 0.19 * wide, top)
    legend = shapely.box(east - 0.24 * wide, south, east, top)
    # scale and legend stand in the lower corners; where the map fills these, it moves up
    if units.intersects(scale | legend).any():
        limits = _limits(ax, units.total_bounds, strip=_STRIP)
    ax.set_xlim(limits[0], limits[2])
    ax.set_ylim(limits[1], limits[3])
    ax.set_aspect("equal", adjustable="box")


def _limits(ax: Axes, bounds: np.ndarray, strip: float) -> tuple[float, float, float, float]:
    """Return the limits in metres that leave a share of the height free below the map."""
    box = ax.get_window_extent()
    west, south, east, north = bounds
    free = box.height * (1 - strip)
    metres = max((east - west) / box.width, (north - south) / free) * _MARGIN
    left = (west + east - metres * box.width) / 2
    base = (south + north - metres * box.height * (1 + strip)) / 2
    return left, base, left + metres * box.width, base + metres * box.height


def _fill(ax: Axes, polygons: gpd.GeoSeries) -> None:
    numbers = colour_neighbours(polygons, HUES)
    colours = [PALETTE[number % len(PALETTE)] for number in numbers]
    paths = [_path(shape) for shape in polygons]
    ax.add_collection(
        PathCollection(paths, facecolors=colours, edgecolors=colours, linewidths=0.2, zorder=1),
        autolim=False,
    )


def _hatch(ax: Axes, units: gpd.GeoSeries) -> None:
    """Draw units that belong to no municipality in a grey that no municipality has."""
    if units.empty:
        return
    paths = [_path(shape) for shape in units]
    ax.add_collection(
        PathCollection(paths, **_OUTSIDE, linewidths=0.0, zorder=1),
        autolim=False,
    )


def _path(shape: shapely.Geometry) -> Path:
    """Convert a polygon with its holes, whose rings turn the other way, to one path."""
    ordered = shapely.orient_polygons(shape, exterior_cw=False)
    rings = shapely.get_rings(shapely.get_parts(ordered))
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def _lines(ax: Axes, shapes: gpd.GeoSeries, *, colour: str, width: float, order: int) -> None:
    rings = shapely.get_rings(shapely.get_parts(shapes.to_numpy()))
    lines = [shapely.get_coordinates(ring) for ring in rings]
    ax.add_collection(
        LineCollection(lines, colors=colour, linewidths=width, zorder=order, joinstyle="round"),
        autolim=False,
    )


def _width(shapes: int) -> float:
    """Return a line width in points: the more shapes there are, the finer their borders."""
    return float(np.clip(12 / np.sqrt(max(1, shapes)), 0.5, 1.1))


def _tier_borders(ax: Axes, territory: Territory) -> None:
    tier = _outermost(territory)
    key = territory.units[tier] if tier else pd.Series("all", territory.units.index)
    groups = {str(code): list(units) for code, units in key.groupby(key).groups.items()}
    _lines(ax, dissolve(territory.geometry, groups), colour=INK, width=1.2, order=4)


def _outermost(territory: Territory) -> str:
    """Return the tier with the fewest parents, or nothing where there are no tiers."""
    counts = {tier: territory.units[tier].nunique() for tier in territory.tiers}
    return min(counts, key=lambda tier: (counts[tier], tier), default="")


def _seats(ax: Axes, plan: Plan, territory: Territory, labels: int) -> None:
    seats = _places(territory).loc[list(plan.seat_of.values())]
    size = 11 * _width(len(seats)) ** 1.5
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


def _places(territory: Territory) -> pd.DataFrame:
    units = territory.units
    inside = territory.geometry.representative_point()
    weight = "population" if "population" in territory.attributes else None
    return pd.DataFrame(
        {
            "x": units.get("seat_x", inside.x),
            "y": units.get("seat_y", inside.y),
            "name": units["name"].astype(str),
            "weight": units[weight] if weight else 0.0,
        }
    )


def _legend(ax: Axes, plan: Plan, territory: Territory) -> None:
    tier = _outermost(territory)
    handles: list[Artist] = [
        Line2D([], [], color=INK, marker="o", markersize=3.5, linestyle="", label="seat"),
        Line2D([], [], color=_BORDER, linewidth=0.9, label="municipality"),
    ]
    if plan.outside:
        handles.append(Patch(**_OUTSIDE, linewidth=0.0, label="outside"))
    if tier:
        handles.append(Line2D([], [], color=INK, linewidth=1.4, label=tier))
    ax.legend(
        handles=handles,
        loc="lower right",
        ncols=len(handles),
        frameon=False,
        prop={"family": FONT, "size": 8.5},
        labelcolor=INK,
        borderaxespad=0.2,
    )
