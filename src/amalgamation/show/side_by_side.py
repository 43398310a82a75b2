"""Several plans side by side: where their borders differ, and whose municipality changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from amalgamation.language import find_speech
from amalgamation.measure.polygons import dissolve
from amalgamation.show.figure import OwnFigure
from amalgamation.show.frame import set_limits
from amalgamation.show.labels import FONT
from amalgamation.show.legend import BORDER, OUTSIDE
from amalgamation.show.map import check_geometry
from amalgamation.show.outline import build_outline
from amalgamation.show.paint import metres_per_dot
from amalgamation.show.scale import draw_scale
from amalgamation.show.scene import simplify
from amalgamation.show.seats import draw_seats, locate_seats
from amalgamation.show.shapes import draw_lines, line_width, to_path
from amalgamation.show.words import INK, draw_footer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.territory import Territory

__all__ = ["MOST_MAPS", "plot_side_by_side"]

MOST_MAPS = 9
"""More maps than these are too small to be read."""

_DPI = 150
_WIDTH = 16.0  # inches, as all that follows
_EDGE, _HEAD, _TOP, _FOOT = 0.25, 0.4, 0.62, 1.05
_BARE = 0.1  # above the maps where there is no title
_SCALE = 0.45  # below a map, for its scale
_LOWEST, _HIGHEST = 0.45, 1.25  # height over width of a map
_STAYS, _CHANGES = "#f3f1ea", "#f6d9a8"
# Red and blue of Paul Tol's "high-contrast" and "bright" schemes, apart for all eyes.
_NEW, _GONE = "#b5222f", "#2166ac"
_LABELS = (10, 6, 4)
_TITLE = 17.0


@dataclass(frozen=True)
class _Arcs:
    """Hold borders as they are drawn, each with the units beside it."""

    lines: tuple[np.ndarray, ...]
    sides: tuple[tuple[str, ...], ...]
    outer: tuple[bool, ...]

    def parting(self, plan: Plan) -> frozenset[int]:
        """Return which borders part two municipalities of a plan."""
        homes = plan.municipality_of
        return frozenset(
            at
            for at, beside in enumerate(self.sides)
            if len(beside) > 1 and len({homes.get(unit, f"outside:{unit}") for unit in beside}) > 1
        )

    def drawn(self, numbers: Collection[int]) -> list[np.ndarray]:
        """Return the lines of some borders, in their order."""
        return [self.lines[at] for at in sorted(numbers)]


def plot_side_by_side(
    plans: Mapping[str, Plan],
    territory: Territory,
    *,
    changing: Mapping[str, Collection[str]] | None = None,
    title: str = "",
    language: str | None = None,
) -> Figure:
    """Draw plans of one territory side by side, with the borders that differ from the first.

    On every map but the first, red borders are new and blue ones are the first's that are gone;
    on the first, blue ones are gone on another map at least. Units that change municipality are
    shaded. What is synthetic is called so below the maps.

    Parameters
    ----------
    plans
        Label -> plan of the territory's units; two to nine. The first is what the others are
        held against.
    territory
        With geometry; all maps have its extent.
    changing
        Label -> units to shade on that map; default: none.
    title
        Line above all maps.
    language
        Of words, numbers and names, as for `plot_plan`.

    Returns
    -------
    matplotlib.figure.Figure
        16 inches wide at 150 dpi, as high as the maps need; it shows itself in Jupyter.

    Raises
    ------
    DataError
        If the territory has no geometry.
    InputError
        If there is no catalogue of the language.
    ValueError
        If there are no plans, or more than nine.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> rows = Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    >>> figure = plot_side_by_side({"today": build_today(territory), "rows": rows}, territory)
    >>> [ax.get_title(loc="left") for ax in figure.axes[:2]]
    ['today: 6 municipalities', 'rows: 2 municipalities']
    """
    check_geometry(territory)
    if not 1 <= len(plans) <= MOST_MAPS:
        msg = f"{len(plans)} plans side by side: expected 1 to {MOST_MAPS}"
        raise ValueError(msg)
    speech = find_speech(language)
    figure, axes = _lay_out(len(plans), territory.geometry, _TOP if title else _BARE)
    set_limits(axes[0], territory.geometry, rows=1)
    units = simplify(territory.geometry, metres_per_dot(axes[0]))
    arcs = _build_arcs(units, territory)
    first, *others = (arcs.parting(plan) for plan in plans.values())
    kept = first.intersection(*others)
    pairs = [(first - kept, frozenset[int]()), *((first - own, own - first) for own in others)]
    for ax, (label, plan), own, differ in zip(
        axes, plans.items(), [first, *others], pairs, strict=True
    ):
        _fill(ax, units, plan, set((changing or {}).get(label, ())))
        _draw_borders(ax, arcs, own, *differ, municipalities=len(plan.seat_of))
        _draw_words(ax, label, plan, territory, speech)
    _draw_title(figure, title)
    outside = any(plan.outside for plan in plans.values())
    _draw_legend(figure, territory.outermost, speech, outside=outside, shaded=bool(changing))
    words = [
        speech.say("picture.source", name=territory.name),
        speech.say("picture.side_by_side.reading", first=next(iter(plans))),
    ]
    _draw_foot(figure, territory, " ".join(words), speech)
    return figure


def _lay_out(maps: int, units: gpd.GeoSeries, top: float) -> tuple[Figure, list[Axes]]:
    """Return a figure and axes in rows, each as high as the territory asks for."""
    west, south, east, north = units.total_bounds
    columns = maps if maps <= 3 else math.ceil(math.sqrt(maps))  # noqa: PLR2004 - one row
    rows = math.ceil(maps / columns)
    width = (_WIDTH - _EDGE * (columns + 1)) / columns
    shape = min(max((north - south) / (east - west), _LOWEST), _HIGHEST)
    height = width * shape + _SCALE
    whole = top + rows * (_HEAD + height) + _FOOT
    figure = OwnFigure(figsize=(_WIDTH, whole), dpi=_DPI, facecolor="white")
    places = [divmod(at, columns) for at in range(maps)]
    boxes = [
        (
            (_EDGE + column * (width + _EDGE)) / _WIDTH,
            1 - (top + (row + 1) * (_HEAD + height)) / whole,
            width / _WIDTH,
            height / whole,
        )
        for row, column in places
    ]
    axes = [figure.add_axes(box) for box in boxes]
    for ax in axes:
        ax.set_axis_off()
        set_limits(ax, units, rows=1)
    return figure, axes


def _build_arcs(units: gpd.GeoSeries, territory: Territory) -> _Arcs:
    outline = build_outline(units, most_points=int(units.count_coordinates().sum()))
    ids = [str(unit) for unit in units.index]
    tier = territory.outermost
    parents = dict(territory.units[tier]) if tier else dict.fromkeys(ids, "")
    sides = tuple(tuple(ids[at] for at in beside) for beside in outline.sides())
    outer = tuple(len(one) == 1 or len({parents[unit] for unit in one}) > 1 for one in sides)
    return _Arcs(tuple(outline.to_metres(arc) for arc in outline.arcs), sides, outer)


def _fill(ax: Axes, units: gpd.GeoSeries, plan: Plan, changing: Collection[str]) -> None:
    """Fill units that stay, that change, and those outside, each kind as one shape."""
    kinds: dict[str, list[str]] = {"stays": [], "changes": [], "outside": []}
    outside = set(plan.outside)
    for unit in map(str, units.index):
        kind = "outside" if unit in outside else "changes" if unit in changing else "stays"
        kinds[kind].append(unit)
    shapes = dissolve(units, {kind: inside for kind, inside in kinds.items() if inside})
    looks: dict[str, dict[str, Any]] = {
        "stays": {"facecolor": _STAYS},
        "changes": {"facecolor": _CHANGES},
        "outside": OUTSIDE,
    }
    for kind, shape in shapes.items():
        path = to_path(shape)
        drawn = PathCollection([path], **looks[str(kind)], linewidths=0.0, zorder=1)
        ax.add_collection(drawn, autolim=False)


def _draw_borders(
    ax: Axes,
    arcs: _Arcs,
    own: frozenset[int],
    gone: frozenset[int],
    new: frozenset[int],
    *,
    municipalities: int,
) -> None:
    thin = line_width(municipalities)
    draw_lines(ax, arcs.drawn(own - gone - new), colour=BORDER, width=0.75 * thin, order=3)
    outer = [at for at, one in enumerate(arcs.outer) if one]
    draw_lines(ax, arcs.drawn(outer), colour=INK, width=1.0, order=4)
    draw_lines(ax, arcs.drawn(gone), colour=_GONE, width=1.3 * thin, order=5)
    draw_lines(ax, arcs.drawn(new), colour=_NEW, width=1.5 * thin, order=6)


def _draw_words(ax: Axes, label: str, plan: Plan, territory: Territory, speech: Speech) -> None:
    """Write what the map shows above it, name its greatest seats, and draw the scale."""
    counts = speech.say("count.municipalities", n=len(plan.seat_of))
    head = ax.set_title(f"{label}: {counts}", loc="left", color=INK, fontfamily=FONT, fontsize=11)
    # a label is text, whatever dollar signs it holds
    head.set_parse_math(False)
    seats = locate_seats(plan, territory, speech)
    wide = ax.get_window_extent().width / _DPI
    labels = (
        _LABELS[0] if wide > _WIDTH / 2.2 else _LABELS[1] if wide > _WIDTH / 3.3 else _LABELS[2]
    )
    draw_seats(ax, seats, size=2.2 * line_width(len(seats)), labels=labels)
    draw_scale(ax, colour=INK, size=8.0, speech=speech)


def _draw_title(figure: Figure, title: str) -> None:
    height = figure.get_size_inches()[1]
    letters = 6.3 * (_WIDTH - 2 * _EDGE)
    size = min(_TITLE, _TITLE * letters / max(1, len(title)))
    text = figure.text(_EDGE / _WIDTH, 1 - 0.42 / height, title, fontsize=size, color=INK)
    text.set(fontfamily=FONT, fontweight="bold", parse_math=False)


def _draw_legend(figure: Figure, tier: str, speech: Speech, *, outside: bool, shaded: bool) -> None:
    new, gone, kept, changes = (
        speech.say(f"picture.side_by_side.{kind}") for kind in ("new", "gone", "kept", "changes")
    )
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=_NEW, linewidth=1.6, label=new),
        Line2D([], [], color=_GONE, linewidth=1.6, label=gone),
        Line2D([], [], color=BORDER, linewidth=0.9, label=kept),
    ]
    if shaded:
        handles.append(Patch(facecolor=_CHANGES, label=changes))
    if outside:
        handles.append(Patch(**OUTSIDE, linewidth=0.0, label=speech.say("picture.outside")))
    if tier:
        handles.append(Line2D([], [], color=INK, linewidth=1.4, label=speech.noun(tier)))
    height = figure.get_size_inches()[1]
    figure.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1 - _EDGE / _WIDTH, 0.78 / height),
        ncols=len(handles),
        frameon=False,
        prop={"family": FONT, "size": 9},
        labelcolor=INK,
        borderaxespad=0.0,
    )


def _draw_foot(figure: Figure, territory: Territory, words: str, speech: Speech) -> None:
    """Write below the maps, across the whole figure."""
    height = figure.get_size_inches()[1]
    foot = figure.add_axes((_EDGE / _WIDTH, 0.0, 1 - 2 * _EDGE / _WIDTH, _FOOT / height))
    foot.set_axis_off()
    draw_footer(foot, territory, words, base=0.5, step=0.165, speech=speech)
