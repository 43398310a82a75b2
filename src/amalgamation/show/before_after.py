"""Before and after, side by side: what a reform changes at one glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.language import find_speech
from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.show.figure import OwnFigure
from amalgamation.show.fills import tell_apart
from amalgamation.show.map import check_geometry, draw_plan
from amalgamation.show.words import draw_footer, draw_head

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from amalgamation.plan import Plan
    from amalgamation.show.fills import Fills
    from amalgamation.territory import Territory

__all__ = ["plot_before_after"]

_SIZE_INCHES = (16.0, 6.6)
_DPI = 150
_LABELS = 12
_PLACES = ((0.012, 0.13, 0.482, 0.73), (0.506, 0.13, 0.482, 0.73))


def plot_before_after(  # noqa: PLR0913 - what a picture may be asked for
    before: Plan,
    after: Plan,
    territory: Territory,
    *,
    title: str = "",
    words: tuple[str, str] | None = None,
    labels: int = _LABELS,
    fills: Fills | None = None,
    language: str | None = None,
) -> Figure:
    """Draw two plans of one territory side by side.

    Parameters
    ----------
    before, after
        Plans of the territory's units; `build_today` gives the units as they stand.
    territory
        With geometry; both maps have its extent.
    title
        Line above both.
    words
        What each map is called; its number of municipalities is added. Default: before,
        after.
    labels
        At most this many names on each map.
    fills
        Colours of the right map; default: neighbours told apart.
    language
        Of words, numbers and names, as for `plot_plan`.

    Returns
    -------
    matplotlib.figure.Figure
        16 x 6.6 inches at 150 dpi; it shows itself in Jupyter.

    Raises
    ------
    DataError
        If the territory has no geometry.
    InputError
        If there is no catalogue of the language.

    Examples
    --------
    >>> from amalgamation.measure import build_today
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(2, 3)
    >>> plan = Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    >>> len(plot_before_after(build_today(territory), plan, territory).axes)
    2
    """
    check_geometry(territory)
    speech = find_speech(language)
    words = words or (speech.say("picture.before"), speech.say("picture.after"))
    figure = OwnFigure(figsize=_SIZE_INCHES, dpi=_DPI, facecolor="white")
    pairs = ((words[0], before, None), (words[1], after, fills))
    for place, (word, plan, own) in zip(_PLACES, pairs, strict=True):
        ax = figure.add_axes(place)
        polygons = build_municipality_polygons(territory.geometry, plan)
        draw_plan(ax, plan, territory, own or tell_apart(polygons), labels, speech)
        counts = speech.say("count.municipalities", n=len(plan.seat_of))
        draw_head(ax, "", f"{word}: {counts}", base=1.02, step=0.0)
    left = figure.axes[0]
    draw_head(left, title, "", base=1.02, step=0.055)
    source = speech.say("picture.source", name=territory.name)
    draw_footer(left, territory, source, base=-0.045, step=0.03, speech=speech)
    return figure
