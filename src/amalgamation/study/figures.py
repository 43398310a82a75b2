"""Figures as the tables of studies show them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.language import ENGLISH

if TYPE_CHECKING:
    from amalgamation.language import Speech

__all__ = ["figure_text", "signed_text"]


def figure_text(value: float, speech: Speech = ENGLISH) -> str:
    """Return a figure as a table shows it; empty where there is none.

    Examples
    --------
    >>> figure_text(2452.0), figure_text(4.7712), figure_text(math.nan)
    ('2,452', '4.77', '')
    """
    return speech.figure(value) if math.isfinite(value) else ""


def signed_text(value: float, speech: Speech = ENGLISH) -> str:
    """Return a difference as a table shows it: with its sign; empty where there is none.

    Examples
    --------
    >>> signed_text(12.0), signed_text(-4.7712), signed_text(0.0), signed_text(math.nan)
    ('+12', '-4.77', '0', '')
    """
    return f"{'+' if value > 0 else ''}{figure_text(value, speech)}"
