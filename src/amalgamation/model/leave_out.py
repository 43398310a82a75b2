"""Leave-out: which units stay outside every municipality, and which of the others may.

In: the scenario's rules, its territory and graph. Out: two sets of units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.graph import find_units_that_meet

if TYPE_CHECKING:
    from amalgamation.graph import UnitGraph
    from amalgamation.scenario.schema import Rules
    from amalgamation.territory import Territory

__all__ = ["LeftOut", "bound_units", "build_left_out"]


@dataclass(frozen=True)
class LeftOut:
    """Say of which units a plan is free.

    Parameters
    ----------
    always
        Units outside every municipality in every plan.
    may
        Units that a plan may leave outside, at the price that ``aims.left_out`` sets.
    """

    always: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


def build_left_out(rules: Rules, territory: Territory, graph: UnitGraph) -> LeftOut:
    """Read ``rules.leave_out``.

    A unit that another rule binds by name may not be left out, whatever condition it
    meets: fixed seats, frozen units, units kept together (`bound_units`). Any other unit
    may, be it fit for a seat or too large to be merged.

    Parameters
    ----------
    rules
        The scenario's section.
    territory, graph
        The whole of both: the nearest neighbour may be a unit that is itself left out.
    """
    rule = rules.leave_out
    if rule is None:
        return LeftOut()
    always = {*rule.units, *find_units_that_meet(rule.always, territory, graph)}
    wanted = (
        territory.ids if rule.may == "any" else find_units_that_meet(rule.may, territory, graph)
    )
    return LeftOut(frozenset(always), frozenset(wanted) - always - bound_units(rules))


def bound_units(rules: Rules) -> frozenset[str]:
    """Return the units that rules name as part of some municipality of every plan."""
    fixed = rules.seats.fixed if rules.seats is not None else []
    together = [unit for group in rules.keep_together for unit in group.units]
    return frozenset([*fixed, *rules.frozen, *together])
