"""The words around a picture: title and subtitle above, notice and source below."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from amalgamation.language import ENGLISH
from amalgamation.show.labels import FONT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from amalgamation.language import Speech
    from amalgamation.territory import Territory

__all__ = ["INK", "SOFT_INK", "draw_foot", "draw_footer", "draw_head"]

INK = "#22303c"
SOFT_INK = "#5c6873"
_WARNING = "#a33b20"
# Letters of the sizes used here that an inch of width holds, on the safe side.
_TITLE_LETTERS = 6.3
_FOOTER_LETTERS = 11.2
_TITLE_SIZE = 17.0
_NARROWEST = 30


def draw_head(ax: Axes, title: str, subtitle: str, *, base: float, step: float) -> None:
    """Write title and subtitle above axes; a long title is written smaller.

    Parameters
    ----------
    ax
        Axes whose size is final.
    title, subtitle
        One line each.
    base, step
        Place of the subtitle, and of the title above it, in heights of the axes.
    """
    most = _TITLE_LETTERS * _inches(ax)
    size = min(_TITLE_SIZE, _TITLE_SIZE * most / max(1, len(title)))
    _line(ax, base + step, title, size=size, colour=INK, weight="bold")
    _line(ax, base, subtitle, size=10.5, colour=SOFT_INK)


def draw_footer(
    ax: Axes,
    territory: Territory,
    words: str,
    *,
    base: float,
    step: float,
    speech: Speech = ENGLISH,
) -> None:
    """Write below axes that data are synthetic, if they are, and then other words.

    Parameters
    ----------
    ax
        Axes whose size is final.
    territory
        Says whether its data are synthetic.
    words
        What else is to be said.
    base, step
        Place of the first line, and from line to line, in heights of the axes.
    speech
        Tells the territory's notice in the picture's language.
    """
    notice = _notice(territory, speech) if territory.synthetic else ""
    draw_foot(ax, notice, words, base=base, step=step)


def draw_foot(ax: Axes, notice: str, words: str, *, base: float, step: float) -> None:
    """Write a warning below axes, which may be empty, and then other words.

    Parameters
    ----------
    ax
        Axes whose size is final.
    notice
        What is written in red, such as that data are made up.
    words, base, step
        As for `draw_footer`.
    """
    width = max(_NARROWEST, int(_FOOTER_LETTERS * _inches(ax)))
    warnings = textwrap.wrap(notice, width)
    for number, line in enumerate([*warnings, *textwrap.wrap(words, width)]):
        loud = number < len(warnings)
        look = {"colour": _WARNING, "weight": "bold"} if loud else {"colour": SOFT_INK}
        _line(ax, base - step * number, line, size=8.5, **look)


def _notice(territory: Territory, speech: Speech) -> str:
    """Return what says that data are made up, in a language that the reader understands."""
    told = speech.tell(territory.notice)
    if territory.notice and (told != territory.notice or not speech.asked):
        return told
    return " ".join(filter(None, [speech.say("picture.synthetic"), territory.notice]))


def _inches(ax: Axes) -> float:
    box = ax.get_window_extent()
    return float(box.width / ax.get_figure(root=True).dpi)  # type: ignore[union-attr]


def _line(
    ax: Axes, height: float, words: str, *, size: float, colour: str, weight: str = "normal"
) -> None:
    text = ax.text(
        0.0, height, words, transform=ax.transAxes, fontsize=size, color=colour, fontweight=weight
    )
    text.set(ha="left", va="baseline", fontfamily=FONT, parse_math=False)
