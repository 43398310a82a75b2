"""Check that every distance that the plan rests on exists.

In: a view. Out: findings for units that have no distance to their seat at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amalgamation.findings import name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_access"]


def check_access(view: View) -> list[Finding]:
    """Check that person-km can be counted: each inhabited unit has a distance to its seat."""
    if not view.scenario.aims.access:
        return []
    distances = view.distances
    residents = view.territory.values("population").loc[distances.index]
    lost = [str(u) for u in distances.index[~np.isfinite(distances) & (residents > 0)]]
    if not lost:
        return []
    units = f"{count_of(len(lost), 'unit')}: {name_some(view.labels(lost))}"
    found = f"no distance to the seat from {units}"
    return [view.breach("aims.access", found, "a distance for each unit", subjects=lost)]
