"""Numbers of municipalities that no plan can have.

In: the ground. Out: findings, each proven by bounds on the number that each part can have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.bounds import Bounds, bound_part
from amalgamation.explain.slack import certainly_above
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.explain.ground import Ground, Part
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import AttributeRange, NumberRange

__all__ = ["check_number_against_minimum", "check_number_against_parts", "check_window"]

_MUNICIPALITIES = "rules.municipalities"


def check_window(ground: Ground) -> list[Finding]:
    """Check parts that need more municipalities than they can have."""
    return [
        ground.impossible(
            _culprits(bounds),
            ground.place(part),
            f"at least {count_of(bounds.low, 'municipality')} ({bounds.why_low}), "
            f"yet at most {bounds.high:,} ({bounds.why_high})",
            "room for some number of municipalities",
            "widen the range between minimum and maximum",
            part,
        )
        for part, bounds in _bounds(ground).items()
        if 0 < bounds.high < bounds.low
    ]


def _culprits(bounds: Bounds) -> str:
    return " and ".join(sorted({bounds.key_low, bounds.key_high}))


def check_number_against_minimum(ground: Ground) -> list[Finding]:
    """Check that the least number of municipalities times the minimum is there at all.

    Claimed only for a minimum without exception: then every municipality has it.
    """
    number = ground.rules.municipalities.lowest
    return [
        ground.impossible(
            f"{_MUNICIPALITIES}.{_word(ground.rules.municipalities, 'min')}",
            "",
            f"{number:,} x {ground.amount(least, name)} = "
            f"{ground.amount(number * least, name)} needed for {ground.key(name)}.min",
            f"at most {ground.amount(ground.total(name, ground.governed), name)}, which is all "
            "there is",
            "ask for fewer municipalities, or lower the minimum",
        )
        for name, rule in ground.rules.ranges.items()
        if number is not None and not rule.unless and ground.adds_up(name)
        if (least := _least_anywhere(ground, rule)) is not None
        and certainly_above(number * least, ground.total(name, ground.governed))
    ]


def _least_anywhere(ground: Ground, rule: AttributeRange) -> float | None:
    minima = [ground.loosest(rule, part).min for part in ground.parts]
    found = [least for least in minima if least is not None]
    return min(found) if found and len(found) == len(minima) else None


def check_number_against_parts(ground: Ground) -> list[Finding]:
    """Check the numbers asked for against the sums of the parts' bounds, in all and per parent."""
    bounds = _bounds(ground)
    if any(bound.high < bound.low for bound in bounds.values()):
        return []  # such a part is named already; no number is possible
    findings, ranges = [], [_add_up(list(bounds.values()))]
    for tier, numbers in ground.rules.municipalities.per_parent.items():
        sums = _per_parent(ground, tier, bounds)
        for code, number in numbers.items():
            key = f"{_MUNICIPALITIES}.per_parent.{tier}.{code}"
            findings += _compare(ground, key, number, sums.get(code, _NONE))
        ranges.append(_add_up([_narrow(sums[code], numbers.get(code)) for code in sorted(sums)]))
    if findings:
        return findings
    low, high = max(ranges, key=lambda r: r.low), min(ranges, key=lambda r: r.high)
    both = _Sum(low.low, high.high, low.why_low, high.why_high)
    return _compare(ground, _MUNICIPALITIES, ground.rules.municipalities, both)


@dataclass(frozen=True)
class _Sum:
    low: int
    high: int
    why_low: str
    why_high: str


_NONE = _Sum(0, 0, "all its units are left out", "all its units are left out")


def _bounds(ground: Ground) -> dict[Part, Bounds]:
    return {part: bound_part(ground, part) for part in ground.parts}


def _add_up(bounds: list[Bounds] | list[_Sum]) -> _Sum:
    """Add bounds; the reason is the part that binds hardest, and how many more there are."""
    return _Sum(
        sum(bound.low for bound in bounds),
        sum(bound.high for bound in bounds),
        _reason([(bound.low, bound.why_low) for bound in bounds]),
        _reason([(bound.high, bound.why_high) for bound in bounds]),
    )


def _reason(terms: list[tuple[int, str]]) -> str:
    number, why = max(terms, key=lambda term: term[0])
    more = f", and {len(terms) - 1:,} more parts" if len(terms) > 1 else ""
    return f"{number:,} in the largest part: {why}{more}"


def _per_parent(ground: Ground, tier: str, bounds: dict[Part, Bounds]) -> dict[str, _Sum]:
    inside: dict[str, list[Bounds]] = {}
    for part, bound in bounds.items():
        # the tier is a wall, so that each part lies in one parent
        inside.setdefault(ground.parents[tier][part[0]], []).append(bound)
    return {code: _add_up(own) for code, own in inside.items()}


def _narrow(own: _Sum, number: NumberRange | None) -> _Sum:
    if number is None:
        return own
    low = own.low if number.lowest is None else max(own.low, number.lowest)
    high = own.high if number.highest is None else min(own.high, number.highest)
    return _Sum(low, high, "as per_parent asks", "as per_parent allows")


def _word(number: NumberRange, word: str) -> str:
    return word if number.exactly is None else "exactly"


def _compare(ground: Ground, key: str, number: NumberRange, own: _Sum) -> list[Finding]:
    findings = []
    if number.lowest is not None and number.lowest > own.high:
        found = f"at most {count_of(own.high, 'municipality')} possible ({own.why_high})"
        where, expected = f"{key}.{_word(number, 'min')}", f"at least {number.lowest:,}"
        findings.append(ground.impossible(where, "", found, expected, "ask for fewer"))
    if number.highest is not None and number.highest < own.low:
        found = f"at least {count_of(own.low, 'municipality')} needed ({own.why_low})"
        where, expected = f"{key}.{_word(number, 'max')}", f"at most {number.highest:,}"
        findings.append(ground.impossible(where, "", found, expected, "allow more"))
    return findings
