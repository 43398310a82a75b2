"""Check that no municipality crosses a wall.

In: a view. Out: one finding for each municipality and each walled tier it crosses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_walls"]


def check_walls(view: View) -> list[Finding]:
    """Check that the units of each municipality share their parent in every walled tier."""
    return [finding for tier in view.scenario.rules.walls for finding in _check_tier(view, tier)]


def _check_tier(view: View, tier: str) -> list[Finding]:
    parent = view.parents(tier)
    found = {
        municipality: sorted({parent[unit] for unit in units})
        for municipality, units in view.members.items()
    }
    return [
        view.breach(
            "rules.walls",
            f"units of {len(codes)} parents in tier {tier}: "
            + name_some([view.territory.parent_name(tier, code) for code in codes]),
            f"units of one parent in tier {tier}",
            municipality,
        )
        for municipality, codes in found.items()
        if len(codes) > 1
    ]
