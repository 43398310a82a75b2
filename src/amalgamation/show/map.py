"""The map of a plan: the picture that one shows to those who decide."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.language import find_speech
from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.show.figure import OwnFigure
from amalgamation.show.fills import Fills, tell_apart
from amalgamation.show.frame import inches_of, scale_of, set_limits
from amalgamation.show.insets import INSET, choose_windows, draw_frames, draw_inset
from amalgamation.show.legend import draw_legend
from amalgamation.show.paint import metres_per_dot, paint_scene
from amalgamation.show.scale import draw_scale
from amalgamation.show.scene import build_scene
from amalgamation.show.seats import draw_seats, locate_seats
from amalgamation.show.shapes import line_width
from amalgamation.show.words import INK, draw_footer, draw_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.show.frame import Limits
    from amalgamation.territory import Territory

__all__ = ["check_geometry", "draw_plan", "own_axes", "plot_plan"]

_HEIGHT = 9.0  # inches, as all that follows
_MAP = (13.3, 7.47)
_EDGE, _BASE, _BETWEEN = 0.35, 0.63, 0.27
_DPI = 150
_LABELS = 22


def plot_plan(  # noqa: PLR0913 - a picture may be asked for in many ways
    plan: Plan,
    territory: Territory,
    *,
    title: str = "",
    subtitle: str = "",
    labels: int = _LABELS,
    ax: Axes | None = None,
    fills: Fills | None = None,
    inset: bool | Iterable[str] = True,
    language: str | None = None,
) -> Figure:
    """Draw the municipalities of a plan.

    Neighbouring municipalities never share a colour; colours mean nothing else, unless
    ``fills`` shades by a measure, which the legend then explains. Thin
    white lines are the units' borders, thick ones those of the outermost tier, dots the
    seats. Units that the plan leaves outside are hatched in grey. What is synthetic is
    called so on the map itself. Where many municipalities are too small to be seen, insets
    beside the map show them once more. Borders are simplified to a dot of the picture,
    neighbours together.

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
        Axes to draw on, without insets; default: a figure of its own, 14 x 9 inches at 150
        dpi, or 17.75 x 9 with insets.
    fills
        Colours of the municipalities, such as by a measure (`shade`); default:
        neighbours told apart.
    inset
        True: the two most crowded places, where there are such; False: none; or ids of
        units to show near.
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
        If the territory has no geometry, or the inset names what is not one of its units.
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
    >>> len(plot_plan(build_today(territory), territory, inset=["r00c00", "r00c01"]).axes)
    2
    """
    check_geometry(territory)
    speech = find_speech(language)
    fills = fills or tell_apart(build_municipality_polygons(territory.geometry, plan))
    windows = choose_windows(inset, territory, fills.polygons, _MAP) if ax is None else []
    ax = own_axes(with_insets=bool(windows)) if ax is None else ax
    draw_plan(ax, plan, territory, fills, labels, speech, windows)
    for axes, letter, window in zip(
        _inset_axes(ax, windows), ascii_uppercase, windows, strict=False
    ):
        looks: dict[str, Any] = {"letter": letter, "scale": scale_of(ax), "speech": speech}
        draw_inset(axes, plan, territory, fills.colours, window, **looks)
    draw_head(ax, title, subtitle or _counts(plan, speech), base=1.018, step=0.036)
    shaded = speech.say("picture.shaded", what=fills.title)
    meaning = shaded if fills.title else speech.say("picture.apart")
    source = f"{speech.say('picture.source', name=territory.name)} {meaning}"
    draw_footer(ax, territory, source, base=-0.026, step=0.023, speech=speech)
    return ax.get_figure(root=True)  # type: ignore[return-value]


def draw_plan(
    ax: Axes,
    plan: Plan,
    territory: Territory,
    fills: Fills,
    labels: int,
    speech: Speech,
    windows: Sequence[Limits] = (),
) -> None:
    """Draw a plan on axes, with scale and legend, frames of insets and no words around it."""
    ax.set_axis_off()
    set_limits(ax, territory.geometry, rows=2 if fills.classes else 1)
    share = min(1.0, inches_of(ax)[0] / _MAP[0])
    scene = build_scene(plan, territory, metres_per_dot(ax))
    paint_scene(ax, scene, fills.colours, share=share)
    seats = locate_seats(plan, territory, speech)
    size = 11 * line_width(len(seats)) ** 1.5 * share**2
    draw_seats(ax, seats, size=size, labels=labels, taken=draw_frames(ax, windows))
    draw_scale(ax, colour=INK, size=8.5, speech=speech)
    draw_legend(ax, plan, territory.outermost, fills, speech)


def _inset_axes(ax: Axes, windows: Sequence[Limits]) -> list[Axes]:
    """Add axes for insets, one below the other from the top of the column beside the map."""
    width = _width(with_insets=True)
    left = (2 * _EDGE + _MAP[0]) / width
    size = (INSET[0] / width, INSET[1] / _HEIGHT)
    tops = [_BASE + _MAP[1] - at * (INSET[1] + _BETWEEN) for at in range(len(windows))]
    figure = ax.get_figure(root=True)
    boxes = [(left, (top - INSET[1]) / _HEIGHT, *size) for top in tops]
    return [figure.add_axes(box) for box in boxes]  # type: ignore[union-attr]


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


def own_axes(*, with_insets: bool = False) -> Axes:
    """Return the axes of a map on a figure of its own, 9 inches high at 150 dpi."""
    width = _width(with_insets=with_insets)
    figure = OwnFigure(figsize=(width, _HEIGHT), dpi=_DPI, facecolor="white")
    return figure.add_axes((_EDGE / width, _BASE / _HEIGHT, _MAP[0] / width, _MAP[1] / _HEIGHT))


def _width(*, with_insets: bool) -> float:
    return 2 * _EDGE + _MAP[0] + (INSET[0] + _EDGE) * with_insets
