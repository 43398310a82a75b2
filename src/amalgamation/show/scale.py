"""The scale bar: a round length in km that suits the map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.patheffects import withStroke

from amalgamation.language import ENGLISH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from amalgamation.language import Speech

__all__ = ["draw_scale", "round_length"]

_SHARE = 0.16
# the half is for lengths whose logarithm is rounded up to the next power
_STEPS = (5, 2, 1, 0.5)
# where the map lies below the bar, it is still read
_HALO = withStroke(linewidth=2.6, foreground="white", alpha=0.85)


def round_length(most: float) -> float:
    """Return the greatest 1, 2 or 5 times a power of ten that is at most ``most``.

    Raises
    ------
    ValueError
        If ``most`` is not above 0.

    Examples
    --------
    >>> round_length(480.0), round_length(0.73)
    (200.0, 0.5)
    """
    if not most > 0:
        msg = f"scale bar: found a length of {most:g}; expected one above 0"
        raise ValueError(msg)
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in _STEPS if step * power <= most)


def draw_scale(ax: Axes, *, colour: str, size: float, speech: Speech = ENGLISH) -> None:
    """Draw a scale bar in the lower left corner of a map in metres.

    Parameters
    ----------
    ax
        Axes whose limits are final, in metres.
    colour, size
        Of the bar and of its text (points).
    speech
        Writes the length.
    """
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    km = round_length(_SHARE * (east - west) / 1000)
    left, base = west + 0.012 * (east - west), south + 0.02 * (north - south)
    tick = 0.008 * (north - south)
    bar = ([left, left, left + km * 1000, left + km * 1000], [base + tick, base, base, base + tick])
    ax.plot(
        *bar,
        color=colour,
        linewidth=1.2,
        solid_capstyle="butt",
        zorder=9,
        path_effects=[_HALO],
    )
    words = f"{speech.number(km, 'g')} {speech.unit('km')}"
    text = ax.text(left, base + tick, words, fontsize=size, color=colour, zorder=9)
    text.set(ha="left", va="bottom", path_effects=[_HALO])
