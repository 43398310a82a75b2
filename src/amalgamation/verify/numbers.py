"""Check the rules that count: municipalities in all, per parent, and units in each.

In: a view. Out: findings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from amalgamation.territory.words import count_of
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import NumberRange
    from amalgamation.verify.view import View

__all__ = ["check_numbers"]


def check_numbers(view: View) -> list[Finding]:
    """Check the number of municipalities, in all and per parent, and of units in each."""
    rule = view.scenario.rules.municipalities
    overall = _check_count(view, "rules.municipalities", len(view.members), rule, "in all")
    return [*overall, *_check_per_parent(view), *_check_units(view)]


def _check_per_parent(view: View) -> list[Finding]:
    findings = []
    for tier, numbers in view.scenario.rules.municipalities.per_parent.items():
        parent = view.parents(tier)
        # the tier is a wall, so that any unit of a municipality names its parent
        count = Counter(parent[units[0]] for units in view.members.values())
        for code, number in numbers.items():
            key = f"rules.municipalities.per_parent.{tier}.{code}"
            inside = f"in {view.territory.parent_name(tier, code)}"
            findings += _check_count(view, key, count[code], number, inside)
    return findings


def _check_count(
    view: View, key: str, count: int, number: NumberRange, inside: str
) -> list[Finding]:
    low, high = number.lowest, number.highest
    found = f"{count_of(count, 'municipality')} {inside}"
    if low is not None and count < low:
        word = "min" if number.exactly is None else "exactly"
        return [view.breach(f"{key}.{word}", found, f"at least {spell(low)}")]
    if high is not None and count > high:
        word = "max" if number.exactly is None else "exactly"
        return [view.breach(f"{key}.{word}", found, f"at most {spell(high)}")]
    return []


def _check_units(view: View) -> list[Finding]:
    most = view.scenario.rules.max_units
    if most is None:
        return []
    return [
        view.breach(
            "rules.max_units", count_of(len(units), "unit"), f"at most {most:,}", municipality
        )
        for municipality, units in view.members.items()
        if len(units) > most
    ]
