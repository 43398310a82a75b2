"""A figure as the bytes of an SVG file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["to_svg"]


def to_svg(figure: Figure) -> bytes:
    """Convert a figure to SVG; the same figure gives the same bytes.

    Letters are drawn as outlines, so that Kazakh ones show wherever the file is opened.

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
    return stream.getvalue()
