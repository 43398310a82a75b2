"""Where to start: plans one single change away from the run's, the cheapest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.this_plan import apply_choice, choices_of_municipality, choices_of_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amalgamation.explain.this_plan import Choice, Drawn
    from amalgamation.plan import Plan

__all__ = ["plans_nearby"]


def plans_nearby(drawn: Drawn, units: Sequence[str]) -> Iterator[Plan]:
    """Give the plans in which one single change concerns some units, the cheapest first.

    Parameters
    ----------
    drawn
        The plan in a problem whose rules the changes must keep.
    units
        Codes; changes of their municipalities count as well.
    """
    kept = [choice for choice in _choices(drawn, units) if not choice.breaks]
    for choice in sorted(kept, key=lambda choice: choice.cost):
        yield apply_choice(drawn.plan, choice)


def _choices(drawn: Drawn, units: Sequence[str]) -> Iterator[Choice]:
    homes = sorted({drawn.plan.municipality_of.get(unit, "") for unit in units} - {""})
    inside = {unit for home in homes for unit in drawn.plan.municipalities[home]}
    for unit in sorted(inside | set(units)):
        yield from choices_of_unit(drawn, unit)
    for home in homes:
        yield from choices_of_municipality(drawn, home)
