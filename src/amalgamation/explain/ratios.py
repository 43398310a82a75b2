"""Ratios of two sums that no plan can keep: parts whose whole does not keep them.

In: the ground. Out: findings, each proven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.slack import certainly_above, certainly_below
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from amalgamation.explain.ground import Ground, Part
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import RatioRange

__all__ = ["check_ratios"]


def check_ratios(ground: Ground) -> list[Finding]:
    """Check parts whose own ratio lies outside the range.

    Were ``of >= min * to`` in every municipality of a part, the sum over them would give
    the same of the part; likewise for a maximum. Where some of its units may be left out,
    the part proves nothing: without them the ratio is another.
    """
    return [
        _outside(ground, part, name, end)
        for name, rule in ground.rules.ratios.items()
        for part in ground.parts
        if ground.staying(part) == part
        for end in _broken(ground, part, rule)
    ]


def _broken(ground: Ground, part: Part, rule: RatioRange) -> list[str]:
    of, to = ground.total(rule.of, part), ground.total(rule.to, part)
    short = rule.min is not None and certainly_below(of, rule.min * to)
    excess = rule.max is not None and certainly_above(of, rule.max * to)
    return [*(["min"] if short else []), *(["max"] if excess else [])]


def _outside(ground: Ground, part: Part, name: str, end: str) -> Finding:
    rule = ground.rules.ratios[name]
    of, to = ground.total(rule.of, part), ground.total(rule.to, part)
    ratio = f" = {spell(of / to)}" if to else ""
    return ground.impossible(
        f"rules.ratios.{name}.{end}",
        ground.place(part),
        f"{ground.amount(of, rule.of)} to {ground.amount(to, rule.to)}{ratio} in all",
        f"{'at least' if end == 'min' else 'at most'} {spell(getattr(rule, end))} in each "
        "municipality",
        "loosen the ratio, or connect the units to others",
        part,
    )
