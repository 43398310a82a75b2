"""Thresholds: when a sum counts as meeting one.

In: a sum and a threshold. Out: whether it is met, up to the rounding of the sum.
"""

from __future__ import annotations

__all__ = ["TOLERANCE", "at_least", "at_most", "slack"]

# Sums of thousands of floats: two readings may differ in the last digits, and a threshold
# met exactly must count as met.
TOLERANCE = 1e-6


def slack(threshold: float) -> float:
    """Return by how much a sum may miss a threshold and still count as meeting it.

    Examples
    --------
    >>> slack(5_000_000.0), slack(0.5)
    (5.0, 1e-06)
    """
    return TOLERANCE * max(1.0, abs(threshold))


def at_least(value: float, threshold: float | None) -> bool:
    """Say whether a value reaches a threshold; None asks for nothing.

    Examples
    --------
    >>> at_least(0.1 + 0.2, 0.3), at_least(2.0, 3.0), at_least(2.0, None)
    (True, False, True)
    """
    return threshold is None or value >= threshold - slack(threshold)


def at_most(value: float, threshold: float | None) -> bool:
    """Say whether a value stays within a threshold; None asks for nothing.

    Examples
    --------
    >>> at_most(0.1 + 0.2, 0.3), at_most(4.0, 3.0), at_most(4.0, None)
    (True, False, True)
    """
    return threshold is None or value <= threshold + slack(threshold)
