"""Check that a plan which the scenario gives is the plan that was measured.

In: a view whose scenario has a `plan`. Out: findings under ``certificate.plan``. A plan
from a file is held to it by the file's hash, as every other input is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.scenario.schema import PlanByTier

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_given"]


def check_given(view: View) -> list[Finding]:
    """Check that the municipalities are the units of today, or the parents of the tier."""
    given = view.scenario.plan
    if given == "today":
        wrong = [unit for unit, seat in view.seat_of_unit.items() if unit != seat]
        return _differs(view, wrong, "every unit as it stands (plan: today)")
    if isinstance(given, PlanByTier):
        expected = f"each {given.tier} a municipality, its seat the most populous unit"
        return _differs(view, _misplaced(view, given.tier), expected)
    return []


def _misplaced(view: View, tier: str) -> list[str]:
    """Return units beside units of another parent or without some of their own, and bad seats."""
    home = {str(unit): municipality for unit, municipality in view.municipality_of.items()}
    parents = view.parents(tier)
    inside: dict[str, set[str]] = {}
    among: dict[str, set[str]] = {}
    for unit, municipality in home.items():
        inside.setdefault(parents[unit], set()).add(municipality)
        among.setdefault(municipality, set()).add(parents[unit])
    torn = [u for u, m in home.items() if len(inside[parents[u]]) > 1 or len(among[m]) > 1]
    return [*torn, *_poor_seats(view)]


def _poor_seats(view: View) -> list[str]:
    if "population" not in view.territory.attributes:
        return []
    people = view.territory.values("population").to_dict()
    most = {m: max(people[unit] for unit in units) for m, units in view.members.items()}
    return [seat for m, seat in view.plan.seat_of.items() if people.get(seat, most[m]) < most[m]]


def _differs(view: View, units: list[str], expected: str) -> list[Finding]:
    if not units:
        return []
    found = f"other municipalities or seats around {name_some(view.labels(units))}"
    return [view.breach("certificate.plan", found, expected, subjects=units)]
