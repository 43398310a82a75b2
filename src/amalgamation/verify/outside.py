"""Check which units stand outside every municipality.

In: a view. Out: findings for units outside that must be inside, and the reverse. The
conditions are read by `amalgamation.graph`; what follows from them is read here again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_outside"]


def check_outside(view: View) -> list[Finding]:
    """Check that units outside may be there, that those who must be are, and not all are."""
    outside = set(view.outside)
    findings = _check(
        view,
        outside - view.out_always - (view.out_by_choice - _named(view)),
        "outside, though the scenario keeps them in a municipality",
        "outside only units that rules.leave_out lets be, and none that is a fixed seat, "
        "frozen or kept together",
    )
    findings += _check(
        view,
        view.out_always - outside,
        "in a municipality, though the scenario leaves them out",
        "outside: units of rules.leave_out.units, or that meet rules.leave_out.always",
    )
    if outside and not view.members:
        expected = "at least one municipality"
        findings.append(view.breach("partition", "no municipality", expected))
    return findings


def _check(view: View, units: Iterable[str], what: str, expected: str) -> list[Finding]:
    wrong = sorted(units)
    if not wrong:
        return []
    found = f"{count_of(len(wrong), 'unit')} {what}: {name_some(view.labels(wrong))}"
    return [view.breach("rules.leave_out", found, expected, subjects=wrong)]


def _named(view: View) -> set[str]:
    """Return the units that a rule names as part of a municipality."""
    rules = view.scenario.rules
    named = set(rules.frozen)
    if rules.seats is not None:
        named.update(rules.seats.fixed)
    for group in rules.keep_together:
        named.update(group.units)
    return named
