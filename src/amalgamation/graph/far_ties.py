"""Ties that are too long to count: neighbours by their borders, far apart by their seats."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from amalgamation.findings import Finding, Severity, name_some

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["check_lengths", "find_far_ties", "tell_far_ties"]

Pair = tuple[str, str]


def check_lengths(
    ties: Mapping[Pair, Mapping[str, Any]], max_km: float | None, *, known: bool
) -> list[Finding]:
    """Check that the ties have lengths where a limit is asked for.

    Parameters
    ----------
    ties
        Pair -> tie, with ``km`` (NaN where the source gives none).
    max_km
        The limit; None asks for nothing.
    known
        Whether the seats' places are known, so that they give the lengths.
    """
    if max_km is None or known or not any(math.isnan(tie["km"]) for tie in ties.values()):
        return []
    return [
        Finding(
            "no-lengths",
            "graph.ties.max_km",
            "ties without a length, between units without places",
            "km of each tie, or places of the seats",
            "give the file of ties a column of km, or the units seat_lon and seat_lat",
        )
    ]


def find_far_ties(
    ties: Mapping[Pair, Mapping[str, Any]], max_km: float | None, linked: Collection[Pair]
) -> dict[Pair, float]:
    """Find the ties that are longer than a limit, and declared by nobody: pair -> km.

    Examples
    --------
    >>> ties = {("a", "b"): {"km": 9.0}, ("b", "c"): {"km": 80.0}, ("c", "d"): {"km": 81.0}}
    >>> find_far_ties(ties, 50.0, linked={("c", "d")})
    {('b', 'c'): 80.0}
    """
    if max_km is None:
        return {}
    far = {pair: float(tie["km"]) for pair, tie in ties.items() if tie["km"] > max_km}
    return {pair: far[pair] for pair in sorted(far) if pair not in linked}


def tell_far_ties(
    far: Mapping[Pair, float], max_km: float | None, number: int, labels: Mapping[str, str]
) -> list[Finding]:
    """Return a note of how many of the ties do not count, the longest first."""
    if not far:
        return []
    longest = sorted(far, key=lambda pair: (-far[pair], pair))
    named = [f"{labels[a]} - {labels[b]} ({far[a, b]:,.0f} km)" for a, b in longest]
    found = f"{len(far):,} of {number:,} ties longer than {max_km:,.12g} km, which do not count"
    units = sorted({unit for pair in far for unit in pair})
    where = "graph.ties.max_km"
    text = f"{found}: {name_some(named)}"
    return [Finding("far-tie", where, text, "", "", Severity.NOTE, tuple(units))]
