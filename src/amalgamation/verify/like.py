"""Check that no municipality mixes the values of a category that asks for like with like.

In: a view. Out: one finding for each municipality and each category that it mixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.verify.view import View

__all__ = ["check_like"]


def check_like(view: View) -> list[Finding]:
    """Check that the units of each municipality share their value of every like category."""
    return [finding for name in view.scenario.rules.like for finding in _check_category(view, name)]


def _check_category(view: View, name: str) -> list[Finding]:
    value = view.category(name)
    found = {
        municipality: sorted({value[unit] for unit in units})
        for municipality, units in view.members.items()
    }
    return [
        view.breach(
            "rules.like",
            f"units of {len(values)} values of {name}: "
            + name_some([own or "(blank)" for own in values]),
            f"units of one {name}",
            municipality,
        )
        for municipality, values in found.items()
        if len(values) > 1
    ]
