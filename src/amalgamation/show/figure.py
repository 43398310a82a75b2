"""A figure that a notebook shows as it is, without a plotting mode of its own."""

from __future__ import annotations

from matplotlib.figure import Figure

from amalgamation.show.png import to_png

__all__ = ["OwnFigure"]


class OwnFigure(Figure):
    """Show itself in Jupyter, also where nobody asked for ``%matplotlib inline``.

    A bare matplotlib figure shows its size in words there: only that magic, or pyplot with
    its global state, teaches IPython to draw it. Where the magic was asked for, it goes
    first, and the figure is shown once.

    Examples
    --------
    >>> OwnFigure(figsize=(1, 1))._repr_png_()[1:4]
    b'PNG'
    """

    def _repr_png_(self) -> bytes:
        return to_png(self)
