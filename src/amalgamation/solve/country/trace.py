"""Trace the frontier: plans and bounds at numbers across the whole range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.model import NumberLimit
from amalgamation.solve.allocate import choose_prices
from amalgamation.solve.country.look import FIRST_LOOK, look_at
from amalgamation.solve.frontier import build_frontier

if TYPE_CHECKING:
    from amalgamation.solve.country.state import Country

__all__ = ["trace_frontier"]


def trace_frontier(country: Country) -> None:
    """Solve at the prices that bring numbers across the whole range."""
    every = tuple(range(len(country.curves)))
    known = [point.number for point in build_frontier(country.curves, country.limits)]
    if not (country.points and known):
        return
    if not country.limits:
        scale = sum(aim.weight for aim in country.problem.aims) / len(country.problem.blocks)
        look_at(country, [sign * part * scale for sign in (1, -1) for part in FIRST_LOOK])
    for point in range(country.points):
        number = round(known[0] + (known[-1] - known[0]) * point / max(1, country.points - 1))
        limit = NumberLimit("frontier", every, number, number)
        prices = choose_prices(country.curves, [limit])
        seconds = country.seconds_left / (country.points - point)
        if country.stop.asked or seconds <= 0:
            return
        shares = country.share_time(every, seconds)
        tasks = [country.solve_task(b, shares[b], price=prices[b]) for b in every]
        country.learn(country.workers.solve("frontier", tasks))
