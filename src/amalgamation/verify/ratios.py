"""Check minimum and maximum of ratios of two sums, such as own revenue over running cost.

In: a view. Out: one finding for each municipality and threshold that it misses. Compared
without a division: a municipality whose second sum is 0 meets every minimum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.verify.tolerance import is_at_least, is_at_most, spell

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import RatioRange
    from amalgamation.verify.view import View

__all__ = ["check_ratios"]


def check_ratios(view: View) -> list[Finding]:
    """Check every ratio of every municipality; no policy exempts any."""
    ratios = view.scenario.rules.ratios.items()
    return [finding for name, rule in ratios for finding in _check_ratio(view, name, rule)]


def _check_ratio(view: View, name: str, rule: RatioRange) -> list[Finding]:
    above, below = view.sums(rule.of), view.sums(rule.to)
    findings = []
    for municipality in view.members:
        of, to = above[municipality], below[municipality]
        found = f"{view.amount(of, rule.of)} to {view.amount(to, rule.to)}"
        if rule.min is not None and not is_at_least(of, rule.min * to):
            expected = f"{rule.of} over {rule.to} at least {spell(rule.min)}"
            key = f"rules.ratios.{name}.min"
            findings.append(view.breach(key, found, expected, municipality))
        if rule.max is not None and not is_at_most(of, rule.max * to):
            expected = f"{rule.of} over {rule.to} at most {spell(rule.max)}"
            key = f"rules.ratios.{name}.max"
            findings.append(view.breach(key, found, expected, municipality))
    return findings
