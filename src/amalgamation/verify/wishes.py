"""Check wishes that bind: keep together, keep apart, frozen.

In: a view. Out: findings, under the number of the group in the scenario file (from 0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_wishes"]


def check_wishes(view: View) -> list[Finding]:
    """Check groups that belong together or apart, and units that stay unchanged."""
    return _check_together(view) + _check_apart(view) + _check_frozen(view)


def _homes(view: View, units: list[str]) -> dict[str, list[str]]:
    homes: dict[str, list[str]] = {}
    for unit in sorted(set(units)):
        if unit in view.plan.municipality_of:
            homes.setdefault(view.plan.municipality_of[unit], []).append(unit)
    return homes


def _check_together(view: View) -> list[Finding]:
    findings = []
    for number, group in enumerate(view.scenario.rules.keep_together):
        homes = _homes(view, group.units)
        if len(homes) > 1:
            found = f"{', '.join(view.labels(group.units))} in {len(homes)} municipalities"
            key = f"rules.keep_together[{number}]"
            findings.append(view.breach(key, found, "one municipality", subjects=group.units))
    return findings


def _check_apart(view: View) -> list[Finding]:
    return [
        view.breach(
            f"rules.keep_apart[{number}]",
            f"{', '.join(view.labels(units))} together",
            "no two of the group in one municipality",
            municipality,
            units,
        )
        for number, group in enumerate(view.scenario.rules.keep_apart)
        for municipality, units in _homes(view, group.units).items()
        if len(units) > 1
    ]


def _check_frozen(view: View) -> list[Finding]:
    return [
        view.breach(
            "rules.frozen",
            f"{view.label(unit)} among {len(view.members[municipality])} units",
            "a municipality of its own",
            municipality,
            [unit],
        )
        for unit in sorted(set(view.scenario.rules.frozen))
        for municipality in _homes(view, [unit])
        if len(view.members[municipality]) > 1
    ]
