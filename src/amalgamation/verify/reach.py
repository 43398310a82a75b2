"""Check that no unit lies too far from its seat.

In: a view. Out: one finding for each unit out of reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.verify.tolerance import is_at_most, spell

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_reach"]


def check_reach(view: View) -> list[Finding]:
    """Check the distance from every unit to its seat, in the unit of the rule."""
    rules = view.scenario.rules
    findings = []
    for unit_of_rule, rule in (("km", rules.reach_km), ("minutes", rules.reach_minutes)):
        if rule is not None:
            findings += _check_limit(view, unit_of_rule, rule.max)
    return findings


def _check_limit(view: View, unit_of_rule: str, limit: float) -> list[Finding]:
    distances = {str(unit): float(far) for unit, far in view.distances.items()}
    return [
        view.breach(
            f"rules.reach_{unit_of_rule}.max",
            f"{view.label(unit)} at {spell(far, unit_of_rule)} from the seat",
            f"at most {spell(limit, unit_of_rule)}",
            view.plan.municipality_of[unit],
            [unit],
        )
        for unit, far in distances.items()
        if not is_at_most(far, limit)
    ]
