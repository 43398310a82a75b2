"""Comparisons that claim only what holds beyond every tolerance of solver and judge.

In: two numbers. Out: whether one certainly lies below or above the other.
"""

from __future__ import annotations

import math

__all__ = ["SLACK", "certainly_above", "certainly_below", "fewest", "most"]

SLACK = 2e-6
"""Relative slack: twice that of the judge, so that a claim never outruns it."""


def _margin(limit: float) -> float:
    return SLACK * abs(limit) + 1e-8


def certainly_below(found: float, minimum: float) -> bool:
    """Return whether a number misses a minimum beyond every tolerance.

    Examples
    --------
    >>> certainly_below(4999, 5000), certainly_below(5000 - 1e-6, 5000)
    (True, False)
    """
    return found < minimum - _margin(minimum)


def certainly_above(found: float, maximum: float) -> bool:
    """Return whether a number exceeds a maximum beyond every tolerance.

    Examples
    --------
    >>> certainly_above(81, 80), certainly_above(80, 80)
    (True, False)
    """
    return found > maximum + _margin(maximum)


def most(total: float, minimum: float) -> int:
    """Return how many parts of at least a minimum > 0 a total can have.

    Examples
    --------
    >>> most(12_000, 5_000), most(15_000, 5_000)
    (2, 3)
    """
    return math.floor(total / minimum * (1 + SLACK) + 1e-8)


def fewest(total: float, maximum: float) -> int:
    """Return how many parts of at most a maximum > 0 a total needs.

    Examples
    --------
    >>> fewest(12_000, 5_000), fewest(15_000, 5_000)
    (3, 3)
    """
    return math.ceil(total / maximum * (1 - SLACK) - 1e-8)
