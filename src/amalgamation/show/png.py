"""A figure as the bytes of a PNG file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["to_png"]


def to_png(figure: Figure, *, dpi: float | None = None) -> bytes:
    """Convert a figure to PNG; the same figure gives the same bytes.

    Parameters
    ----------
    figure
        Any matplotlib figure.
    dpi
        Pixels per inch; default: the figure's own.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> to_png(Figure(figsize=(1, 1)))[1:4]
    b'PNG'
    """
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=dpi or figure.dpi, metadata={"Software": None})
    return stream.getvalue()
