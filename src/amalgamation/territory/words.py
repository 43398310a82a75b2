"""Small words of messages: counts, and the nearest valid word."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.scenario.nearest import nearest as nearest_words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["count_of", "figure", "nearest"]


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun; a noun in ``-y`` has its plural in ``-ies``.

    Examples
    --------
    >>> count_of(1, "unit"), count_of(2492, "unit"), count_of(0, "municipality")
    ('1 unit', '2,492 units', '0 municipalities')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def figure(value: float, digits: int) -> str:
    """Return a number of so many digits as people write it: never with an exponent.

    Examples
    --------
    >>> figure(21960.4, 4), figure(3001.2, 3), figure(0.00199234, 4), figure(12.0, 3)
    ('21,960', '3,001', '0.001992', '12')
    """
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    shown = f"{value:,.{places}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def nearest(word: str, words: Sequence[str]) -> str:
    """Return a remedy that names the words nearest to a wrong one.

    Examples
    --------
    >>> nearest("populaton", ["area", "population"])
    'did you mean population?'
    >>> nearest("x", ["area", "population"])
    'use one of area, population'
    """
    close = nearest_words(word, words)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"use one of {name_some(list(words), 20)}" if words else "there is none to choose from"
