"""Check minimum and maximum of the sums of attributes.

In: a view. Out: one finding for each municipality and threshold that it misses; the class
of the seat may say which thresholds count. A unit that alone exceeds the maximum of its own
class is oversize; the rule says whether it is refused, must stand alone, or excuses its
municipality from that maximum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from amalgamation.territory.words import count_of
from amalgamation.verify.tolerance import is_at_least, is_at_most

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import AttributeRange, Range
    from amalgamation.verify.view import View

__all__ = ["check_ranges", "oversize_units"]


def check_ranges(view: View) -> list[Finding]:
    """Check every range of an attribute's sum, with its exceptions."""
    findings = []
    for attribute, rule in view.scenario.rules.ranges.items():
        findings += _check_minimum(view, attribute, rule)
        findings += _check_maximum(view, attribute, rule)
        findings += _check_alone(view, attribute, rule)
    return findings


def oversize_units(view: View, attribute: str, rule: AttributeRange) -> list[str]:
    """Return the units that alone exceed the maximum of their own class, sorted."""
    values, classes = view.territory.values(attribute), _classes(view, rule)
    return [
        str(unit)
        for unit, value in values.items()
        if (most := _threshold(rule, "max", classes.get(str(unit)))) is not None and value > most
    ]


def _classes(view: View, rule: AttributeRange) -> dict[str, str]:
    return {} if rule.by is None else view.category(rule.by)


def _threshold(rule: AttributeRange, end: Literal["min", "max"], value: str | None) -> float | None:
    """Return the end of a range for a class of seats: the class's own, or else the general one."""
    own = None if value is None else rule.classes.get(value)
    found: float | None = None if own is None else getattr(own, end)
    return getattr(rule, end) if found is None else found


def _thresholds(
    view: View, rule: AttributeRange, end: Literal["min", "max"]
) -> dict[str, tuple[float, str]]:
    """Return municipality -> (threshold of its seat's class, words), where there is one."""
    classes = _classes(view, rule)
    found = {}
    for municipality in view.members:
        value = classes.get(view.plan.seat_of[municipality])
        limit = _threshold(rule, end, value)
        words = "" if value is None else f" where the seat's {rule.by} is {value or '(blank)'}"
        if limit is not None:
            found[municipality] = (limit, words)
    return found


def _key(view: View, attribute: str) -> str:
    inner = "sums." if attribute in view.scenario.rules.sums else ""
    return f"rules.{inner}{attribute}"


def _check_minimum(view: View, attribute: str, rule: AttributeRange) -> list[Finding]:
    excused, sums = _excused(view, rule), view.sums(attribute)
    return [
        view.breach(
            f"{_key(view, attribute)}.min",
            view.amount(sums[municipality], attribute),
            f"at least {view.amount(least, attribute)}{words}" + _exception(view, rule),
            municipality,
        )
        for municipality, (least, words) in _thresholds(view, rule, "min").items()
        if not is_at_least(sums[municipality], least) and municipality not in excused
    ]


def _exception(view: View, rule: AttributeRange) -> str:
    parts = [
        f"{name} {word} {view.amount(limit, name)}"
        for name, inner in rule.unless.items()
        for word, limit in (("at least", inner.min), ("at most", inner.max))
        if limit is not None
    ]
    return f", or else {' and '.join(parts)}" if parts else ""


def _excused(view: View, rule: AttributeRange) -> set[str]:
    if not rule.unless:
        return set()
    sums = {name: view.sums(name) for name in rule.unless}
    return {
        municipality
        for municipality in view.members
        if all(_lies_in(sums[name][municipality], inner) for name, inner in rule.unless.items())
    }


def _lies_in(found: float, inner: Range) -> bool:
    low = inner.min is None or is_at_least(found, inner.min)
    return low and (inner.max is None or is_at_most(found, inner.max))


def _check_maximum(view: View, attribute: str, rule: AttributeRange) -> list[Finding]:
    exempt, sums = _exempt(view, attribute, rule), view.sums(attribute)
    return [
        view.breach(
            f"{_key(view, attribute)}.max",
            view.amount(sums[municipality], attribute),
            f"at most {view.amount(most, attribute)}{words}",
            municipality,
        )
        for municipality, (most, words) in _thresholds(view, rule, "max").items()
        if not is_at_most(sums[municipality], most) and municipality not in exempt
    ]


def _exempt(view: View, attribute: str, rule: AttributeRange) -> set[str]:
    large = set(oversize_units(view, attribute, rule))
    homes = {m for m, units in view.members.items() if large.intersection(units)}
    if rule.oversize == "with_neighbours":
        return homes
    alone = {m for m in homes if len(view.members[m]) == 1}
    return alone if rule.oversize == "alone" else set()


def _check_alone(view: View, attribute: str, rule: AttributeRange) -> list[Finding]:
    if rule.oversize != "alone":
        return []
    large = set(oversize_units(view, attribute, rule))
    return [
        view.breach(
            f"{_key(view, attribute)}.oversize",
            f"{count_of(len(units), 'unit')}, with oversize "
            f"{', '.join(view.labels(large & set(units)))}",
            "an oversize unit alone",
            municipality,
            sorted(large & set(units)),
        )
        for municipality, units in view.members.items()
        if len(units) > 1 and large & set(units)
    ]
