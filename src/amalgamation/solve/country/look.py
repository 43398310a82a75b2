"""Look at the curves: relaxations at prices, so that one is known at which the limits are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.solve.allocate import choose_prices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.solve.country.state import Country

__all__ = ["FIRST_LOOK", "look_at", "measure_curves"]

FIRST_LOOK = (0.5, 1.0, 0.25, 2.0, 0.1, 4.0)
"""Prices of the first look at the curves, as multiples of what one municipality of the reference
plan costs on average; the likeliest first, in case time ends the look."""

# Part of the time that the looks may take at most.
_CURVE_SHARE = 0.25
# Factors of the later looks: the price that meets the limits, and so far to both sides.
_LATER_LOOKS = (1.25, 1.07, 1.02)
# Where several limits give several prices, a look takes at most so many.
_MOST_PRICES = 3


def measure_curves(country: Country) -> None:
    """Look at the curves at a few prices, then closer where the limits are met."""
    number = max(1, *(limit.most or limit.least or 1 for limit in country.limits))
    scale = sum(aim.weight for aim in country.problem.aims) / number
    if any(limit.least is not None for limit in country.limits):
        look_at(country, [0.0])
    if _falls_short(country):
        # Only a subsidy brings more municipalities than each block wants by itself.
        look_at(country, [-part * scale for part in FIRST_LOOK])
    look_at(country, [part * scale for part in FIRST_LOOK])
    for step in _LATER_LOOKS:
        if country.seconds_left < (1 - _CURVE_SHARE) * country.seconds:
            return
        met = sorted({price for price in choose_prices(country.curves, country.limits) if price})
        closer = sorted(
            {price * step**power for price in met[:_MOST_PRICES] for power in (-2, -1, 1, 2)}
        )
        if closer:
            look_at(country, closer)


def _falls_short(country: Country) -> bool:
    """Say whether blocks that pay nothing make fewer municipalities than a limit asks for."""
    free = [
        max((t.number for t in curve.tangents if t.price == 0), default=0.0)
        for curve in country.curves
    ]
    return any(
        limit.least is not None and sum(free[b] for b in limit.blocks) < limit.least
        for limit in country.limits
    )


def look_at(country: Country, prices: Sequence[float]) -> None:
    """Relax every block at some prices, and keep what its curve cannot lie below."""
    blocks = range(len(country.curves))
    seconds = country.seconds * _CURVE_SHARE
    tasks = [country.task(block, seconds) for block in blocks]
    found = country.workers.measure("curve", tasks, prices)
    for curve, look in zip(country.curves, found, strict=True):
        curve.tangents.extend(look.tangents)
        curve.cuts = look.cuts
