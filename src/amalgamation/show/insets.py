"""Insets: crowded places of a map once more beside it, larger, with frames to find them by."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.language import ENGLISH
from amalgamation.scenario.nearest import nearest
from amalgamation.show.crowds import find_crowds
from amalgamation.show.frame import fit_limits, metres_per_inch, move_into, scale_of, show_limits
from amalgamation.show.labels import FONT
from amalgamation.show.paint import metres_per_dot, paint_scene
from amalgamation.show.scale import draw_scale
from amalgamation.show.scene import build_scene
from amalgamation.show.seats import draw_seats, locate_seats, within
from amalgamation.show.words import INK
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    import pandas as pd
    from matplotlib.axes import Axes

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.show.frame import Limits
    from amalgamation.territory import Territory

__all__ = ["INSET", "choose_windows", "draw_frames", "draw_inset"]

INSET = (3.4, 3.6)
"""Width and height of an inset, in inches."""

_TIMES = 3
_MOST = 2
_LABELS = 9
_SEAT = 8.0  # square points
_LETTER = 26  # pixels
_HALO = [withStroke(linewidth=2.6, foreground="white", alpha=0.9)]
_CORNERS = ((0.0, 0.9, 0.16, 0.1), (0.0, 0.0, 0.32, 0.12))  # of letter and of scale bar


def choose_windows(
    inset: bool | Iterable[str],  # noqa: FBT001 - a word of `plot_plan`, handed on
    territory: Territory,
    municipalities: gpd.GeoSeries,
    size: tuple[float, float],
) -> list[Limits]:
    """Choose what the insets of a map show.

    Parameters
    ----------
    inset
        True for the most crowded places, if any is; False for none; or the ids of units.
    territory
        With geometry.
    municipalities
        As they are on the map.
    size
        Of the map, in inches.

    Raises
    ------
    DataError
        If a unit is not one of the territory's, or none is named.
    """
    if inset is False:
        return []
    bounds = territory.geometry.total_bounds
    if inset is True:
        scale = metres_per_inch(bounds, size)
        window = (INSET[0] / _TIMES, INSET[1] / _TIMES)
        return find_crowds(municipalities, scale, window, _MOST)
    units = [inset] if isinstance(inset, str) else list(inset)
    _check_units(units, territory)
    named = fit_limits(territory.geometry.loc[units].total_bounds, INSET)
    return [move_into(named, bounds)]


def _check_units(units: Sequence[str], territory: Territory) -> None:
    known = set(territory.ids)
    strange = sorted({str(unit) for unit in units if unit not in known})
    if units and not strange:
        return
    near = nearest(strange[0], territory.ids) if strange else []
    found = f"{count_of(len(strange), 'unit')} not in the territory: {name_some(strange)}"
    finding = Finding(
        "inset-unknown",
        "inset",
        found if strange else "no unit",
        f"ids of {territory.name}" + (f", such as {', '.join(near)}" if near else ""),
        "look at territory.ids; True chooses crowded places, False none",
        subjects=tuple(strange),
    )
    raise DataError([finding])


def draw_frames(ax: Axes, windows: Sequence[Limits]) -> list[Bbox]:
    """Frame on the map what the insets show, and return the frames in pixels."""
    for letter, (west, south, east, north) in zip(ascii_uppercase, windows, strict=False):
        size = (east - west, north - south)
        ax.add_patch(Rectangle((west, south), *size, fill=False, edgecolor=INK, zorder=9))
        _write(ax, letter, (west, north), ax.transData, va="bottom")
    pixels = [ax.transData.transform_bbox(Bbox.from_extents(*window)) for window in windows]
    # the letter stands on the frame
    return [Bbox.from_extents(p.x0, p.y0, p.x1, p.y1 + _LETTER) for p in pixels]


def draw_inset(  # noqa: PLR0913 - an inset is a map of its own
    ax: Axes,
    plan: Plan,
    territory: Territory,
    colours: pd.Series[str],
    window: Limits,
    *,
    letter: str,
    scale: float,
    speech: Speech = ENGLISH,
) -> None:
    """Draw one inset on axes of its own.

    Parameters
    ----------
    ax
        Axes whose size is final.
    plan, territory, colours
        As on the map; borders are simplified anew, for this scale.
    window
        What is shown.
    letter
        Its frame on the map.
    scale
        Metres that an inch of the map shows.
    speech
        Names seats and kilometres.
    """
    show_limits(ax, window)
    ax.set_axis_on()
    ax.set(xticks=[], yticks=[], facecolor="white")
    ax.spines[:].set_color(INK)
    scene = build_scene(plan, territory, metres_per_dot(ax), window)
    paint_scene(ax, scene, colours, share=1.0)
    taken = [ax.transAxes.transform_bbox(Bbox.from_bounds(*corner)) for corner in _CORNERS]
    seats = locate_seats(plan, territory, speech)
    seen = seats[within(seats, window)]
    draw_seats(ax, seen, size=_SEAT, labels=_LABELS, taken=taken)
    draw_scale(ax, colour=INK, size=8.5, speech=speech)
    words = f"{letter}  {scale / scale_of(ax):.2g}×"
    _write(ax, words, (0.02, 0.98), ax.transAxes, va="top")


def _write(ax: Axes, words: str, place: tuple[float, float], transform: object, va: str) -> None:
    text = ax.text(*place, words, transform=transform, fontsize=10, color=INK, zorder=12)
    text.set(va=va, ha="left", fontfamily=FONT, fontweight="bold", path_effects=_HALO)
