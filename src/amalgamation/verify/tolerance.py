"""Tolerances of the judge: how far two numbers may lie apart and still agree.

What comes in: two numbers; what goes out: whether they agree, and how messages write them.
Both solver and judge add up floating-point numbers, in different orders.
"""

from __future__ import annotations

import math

__all__ = [
    "AGREEMENT",
    "OPTIMAL_GAP",
    "RULE_SLACK",
    "agree",
    "is_at_least",
    "is_at_most",
    "spell",
]

AGREEMENT = 1e-6
"""Relative difference up to which two values of one quantity agree."""

RULE_SLACK = 1e-6
"""Relative slack of a threshold: the feasibility tolerance of the solver."""

OPTIMAL_GAP = 1e-6
"""Relative gap up to which a plan may be called optimal."""


def agree(found: float, expected: float) -> bool:
    """Return whether two values of one quantity agree.

    Examples
    --------
    >>> agree(1_000_000.5, 1_000_000), agree(1.1, 1.0)
    (True, False)
    """
    return math.isclose(found, expected, rel_tol=AGREEMENT, abs_tol=1e-9)


def is_at_least(found: float, minimum: float) -> bool:
    """Return whether a value reaches a minimum.

    Examples
    --------
    >>> is_at_least(5000, 5000), is_at_least(4999, 5000)
    (True, False)
    """
    return found >= minimum - RULE_SLACK * abs(minimum) - 1e-9


def is_at_most(found: float, maximum: float) -> bool:
    """Return whether a value keeps to a maximum.

    Examples
    --------
    >>> is_at_most(80, 80), is_at_most(80.1, 80)
    (True, False)
    """
    return found <= maximum + RULE_SLACK * abs(maximum) + 1e-9


def spell(number: float, unit: str = "") -> str:
    """Return a number as messages show it, with its unit.

    Examples
    --------
    >>> spell(1240.0, "residents"), spell(0.25)
    ('1,240 residents', '0.25')
    """
    shown = f"{number:,.6f}".rstrip("0").rstrip(".")
    return f"{shown} {unit}".rstrip()
