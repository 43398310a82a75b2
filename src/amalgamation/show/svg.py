"""A figure as the bytes of an SVG file."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import matplotlib as mpl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["to_svg"]

# one line of path data: a letter and coordinates, six decimals each
_STEP = re.compile(rb'^(?:.* d=")?[MLQC] [-\d. ]+$', re.MULTILINE)
_FINER = re.compile(rb"(?<=\.\d\d)\d+")


def to_svg(figure: Figure) -> bytes:
    """Convert a figure to SVG; the same figure gives the same bytes.

    Letters are drawn as outlines, so that Kazakh ones show wherever the file is opened. Lines
    are kept to a hundredth of a point, which makes the file smaller by a third.

    Parameters
    ----------
    figure
        Any matplotlib figure.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> to_svg(Figure(figsize=(1, 1)))[:13]
    b'<?xml version'
    """
    stream = io.BytesIO()
    # names of clips and glyphs are drawn at random without a salt
    with mpl.rc_context({"svg.hashsalt": "amalgamation", "svg.fonttype": "path"}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return _STEP.sub(lambda step: _FINER.sub(b"", step[0]), stream.getvalue())
