"""A choice: one single change of a plan, what it costs and which rules it breaks.

All else stays as it is, so that every figure is exact: nothing was searched for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from amalgamation.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import Margin
    from amalgamation.status import AimValue

__all__ = ["Breach", "Choice", "Kind", "apply_choice"]

Kind = Literal["move", "alone", "outside", "merge", "seat"]
"""A unit to another municipality, by itself, or out of all; two merged; another seat."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Say which rule a choice breaks.

    Parameters
    ----------
    key
        The rule's place in the scenario file.
    found, expected
        As the judge says it.
    margin
        By how much, where the rule sets a number.
    seat
        Code of the seat of the municipality that breaks it; empty for the whole plan.
    """

    key: str
    found: str
    expected: str
    margin: Margin | None = None
    seat: str = ""


@dataclass(frozen=True)
class Choice:
    """Hold a single change and what comes of it.

    Parameters
    ----------
    kind
        What is changed.
    unit
        The unit that goes elsewhere; empty where two municipalities merge or the seat moves.
    municipality
        Id of the municipality that is changed; empty for a unit outside.
    to
        Id of the other municipality, or code of the new seat; empty where there is none.
    seats
        Unit -> seat after the change, for all units concerned; empty for one outside.
    aims
        Change of each aim: ``raw`` is a difference, in its unit, and so is ``cost``.
    breaks
        What the judge finds in the municipalities that the change makes; empty if they
        keep every rule.
    """

    kind: Kind
    unit: str
    municipality: str
    to: str
    seats: Mapping[str, str]
    aims: tuple[AimValue, ...]
    breaks: tuple[Breach, ...]

    @property
    def cost(self) -> float:
        """Change of the plan's cost, without unit; negative if it would cost less."""
        return math.fsum(aim.cost for aim in self.aims) if self._has_ways() else math.inf

    def _has_ways(self) -> bool:
        return all(math.isfinite(aim.raw) for aim in self.aims)

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the rules that it breaks."""
        return frozenset(breach.key for breach in self.breaks)


def apply_choice(plan: Plan, choice: Choice) -> Plan:
    """Return the plan with the change made; municipalities take the ids of their seats.

    Examples
    --------
    >>> plan = Plan.from_seats({"a": "a", "b": "a", "c": "c"})
    >>> choice = Choice("move", "b", "a", "c", {"a": "a", "b": "c", "c": "c"}, (), ())
    >>> apply_choice(plan, choice).municipalities
    {'a': ('a',), 'c': ('b', 'c')}
    """
    seats = {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of} | dict(choice.seats)
    gone = [unit for unit, seat in choice.seats.items() if not seat]
    inside = {unit: seat for unit, seat in seats.items() if seat}
    return Plan.from_seats(inside, [*(u for u in plan.outside if u not in inside), *gone])
