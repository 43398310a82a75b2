"""Check that a plan is a partition: each unit of the territory once, and no others.

In: a view. Out: findings. That no unit has two municipalities, or one and none, and that
each seat lies in its municipality, is held by `Plan` itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_partition"]


def check_partition(view: View) -> list[Finding]:
    """Check that each unit has a municipality or stands outside, and that no unknown one does."""
    planned, known = {*view.plan.municipality_of, *view.plan.outside}, set(view.territory.ids)
    missing, strange = sorted(known - planned), sorted(planned - known)
    expected = f"each of the {len(known):,} units in exactly one municipality"
    findings = []
    if missing:
        units, names = count_of(len(missing), "unit"), name_some(view.labels(missing))
        found = f"{units} without municipality: {names}"
        findings.append(view.breach("partition", found, expected, subjects=missing))
    if strange:
        units, names = count_of(len(strange), "unit"), name_some(strange)
        found = f"{units} that the territory does not know: {names}"
        findings.append(view.breach("partition", found, expected, subjects=strange))
    return findings
