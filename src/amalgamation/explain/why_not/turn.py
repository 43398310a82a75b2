"""Turn a dial until there is a plan, and no further than it takes.

Loosening a rule only adds plans, so that between a figure without a plan and one with a
plan a half-way question decides. A plan tells the exact figure that it needs, which is
mostly far better than the one that was asked of it; so few questions are enough, and what
comes out is the sum or distance of a real plan, no half-way figure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.why_not.dials import FINEST
from amalgamation.explain.why_not.relaxation import Relaxation
from amalgamation.explain.why_not.seek import seek

if TYPE_CHECKING:
    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.dials import Dial
    from amalgamation.explain.why_not.seek import Sought
    from amalgamation.plan import Plan

__all__ = ["Turned", "turn"]


@dataclass(frozen=True)
class Turned:
    """Say what turning a dial came to.

    Parameters
    ----------
    relaxation
        None where the rule alone is not enough, or where time ended the search.
    finished
        Whether that is settled.
    """

    relaxation: Relaxation | None
    finished: bool


def turn(dial: Dial, budget: Budget) -> Turned:
    """Find the figure nearest to what is asked at which there is a plan.

    Parameters
    ----------
    dial
        There is no plan at the figure that it asks for.
    budget
        Time and seed.
    """
    tight = dial.asked
    for top in dial.tops():
        if dial.sign * top <= dial.sign * tight:
            continue
        sought = _ask(dial, top, budget)
        if sought.plan is not None:
            return Turned(_narrow(dial, budget, (tight, top), sought.plan), finished=True)
        if not sought.is_impossible:
            return Turned(None, finished=False)
        tight = top
    return Turned(None, finished=True)


def _ask(dial: Dial, figure: float, budget: Budget) -> Sought:
    return seek(dial.question().asking(dial.at(figure)), budget)


def _narrow(dial: Dial, budget: Budget, stretch: tuple[float, float], plan: Plan) -> Relaxation:
    """Halve what lies between the tightest plan and the loosest figure without one."""
    tight, top = stretch
    best, proven = dial.read(plan, top), True
    while not _is_next(dial, tight, best):
        probe = _between(dial, tight, best)
        sought = _ask(dial, probe, budget)
        if sought.plan is not None:
            best, plan = dial.read(sought.plan, top), sought.plan
        elif sought.is_impossible:
            tight = probe
        else:
            proven = False
            break
    return Relaxation(
        dial.key, dial.words(best), plan, dial.asked, best, ruled_out=tight, proven=proven
    )


def _step(dial: Dial, figure: float) -> float:
    return max(dial.grain, FINEST * max(1.0, abs(figure)))


def _is_next(dial: Dial, tight: float, best: float) -> bool:
    """Say whether no figure of a plan lies between the two."""
    return dial.sign * (best - tight) <= _step(dial, best) * (1 + 1e-9)


def _between(dial: Dial, tight: float, best: float) -> float:
    """Return a figure between the two, at least a step tighter than what is known to work."""
    step, half = _step(dial, best), (tight + best) / 2
    if dial.grain:
        half = dial.grain * math.floor(half / dial.grain)
    nearest = best - dial.sign * step
    return min(half, nearest) if dial.sign > 0 else max(half, nearest)
