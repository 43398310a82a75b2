"""Numbers along an axis, written as the picture's language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import Formatter, ScalarFormatter

if TYPE_CHECKING:
    from amalgamation.language import Speech

__all__ = ["Figures", "Numerals"]


class Figures(Formatter):
    r"""Write the numbers of an axis in one of Python's forms.

    Parameters
    ----------
    speech
        Gives the marks of groups and decimals.
    form
        Such as ``,.0f``.

    Examples
    --------
    >>> from amalgamation.language import Speech
    >>> Figures(Speech("ru"), ",.0f")(12000)
    '12\xa0000'
    """

    def __init__(self, speech: Speech, form: str) -> None:
        self._speech, self._form = speech, form

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002 - as asked for
        """Return the words of a tick."""
        return self._speech.number(x, self._form)


class Numerals(ScalarFormatter):
    """Write the numbers of an axis with as many decimals as tell them apart.

    Parameters
    ----------
    speech
        Gives the decimal mark.
    """

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the words of a tick."""
        return self._speech.marked(super().__call__(x, pos))
