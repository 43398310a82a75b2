"""Bounds on the number of municipalities in a part.

In: the ground and one of its parts. Out: the least and the greatest number, with reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.slack import fewest, most
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.explain.ground import Ground, Part
    from amalgamation.scenario.schema import AttributeRange

__all__ = ["Bounds", "bound_part"]

_Bound = tuple[int, str, str]
"""Number, rule, reason."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold the least and the greatest number of municipalities that a part can have.

    Parameters
    ----------
    low, high
        Numbers; ``high < low`` says that the part can have no number at all.
    key_low, key_high
        Rules that give the bounds.
    why_low, why_high
        The arithmetic.
    """

    low: int
    high: int
    key_low: str
    key_high: str
    why_low: str
    why_high: str


def bound_part(ground: Ground, part: Part) -> Bounds:
    """Compute bounds on the number of municipalities in a part.

    Each bound drops all rules but one, so that both hold for every plan. Units that may be
    left out count where they could make more municipalities, not where they could make fewer.
    """
    low = max(_lows(ground, part), key=lambda bound: bound[0])
    high = min(_highs(ground, part), key=lambda bound: bound[0])
    return Bounds(low[0], high[0], low[1], high[1], low[2], high[2])


def _lows(ground: Ground, whole: Part) -> list[_Bound]:
    part = ground.staying(whole)
    if not part:
        return [(0, "rules.leave_out", "all of it may be left out")]
    bounds = [(1, "contiguity", "one connected part")]
    for name, rule in ground.rules.ranges.items():
        if set(whole).isdisjoint(ground.oversize.get(name, ())):
            # an oversize unit may lift the maximum; a refused one is named elsewhere
            bounds += _low_of_range(ground, part, name, rule)
    if ground.rules.max_units is not None:
        reason = f"{count_of(len(part), 'unit')}, at most {ground.rules.max_units:,} each"
        bounds.append((fewest(len(part), ground.rules.max_units), "rules.max_units", reason))
    for number, group in enumerate(ground.rules.keep_apart):
        apart = len(set(part) & set(group.units))
        reason = f"{count_of(apart, 'unit')} kept apart"
        bounds.append((apart, f"rules.keep_apart[{number}]", reason))
    seats = len(ground.fixed & set(part))
    return [*bounds, (seats, "rules.seats.fixed", f"{seats:,} fixed seats")]


def _low_of_range(ground: Ground, part: Part, name: str, rule: AttributeRange) -> list[_Bound]:
    most_each = ground.loosest(rule, part).max
    if most_each is None or most_each <= 0 or not ground.adds_up(name):
        return []
    total = ground.total(name, part)
    reason = f"{ground.amount(total, name)}, at most {ground.amount(most_each, name)} each"
    return [(fewest(total, most_each), f"{ground.key(name)}.max", reason)]


def _highs(ground: Ground, part: Part) -> list[_Bound]:
    groups = [group for group in ground.together if set(group) <= set(part)]
    units = len(part) - sum(len(group) - 1 for group in groups)
    kept = " (groups kept together count as one)" if groups else ""
    reason = f"{count_of(units, 'unit')}{kept}"
    bounds = [(units, "rules.keep_together" if groups else "units", reason)]
    seats = len(ground.seats_in(part))
    bounds.append((seats, "rules.seats", f"{count_of(seats, 'unit')} that may be seats"))
    for name, rule in ground.rules.ranges.items():
        bounds += _high_of_range(ground, part, name, rule)
    return bounds


def _high_of_range(ground: Ground, part: Part, name: str, rule: AttributeRange) -> list[_Bound]:
    least = _least(ground, part, name, rule)
    if least is None or least <= 0 or not ground.adds_up(name):
        return []
    total = ground.total(name, part)
    reason = f"{ground.amount(total, name)}, at least {ground.amount(least, name)} each"
    return [(most(total, least), f"{ground.key(name)}.min", reason)]


def _least(ground: Ground, part: Part, name: str, rule: AttributeRange) -> float | None:
    """Return the least sum of a municipality, excused or not; None where there is none."""
    least = ground.loosest(rule, part).min
    if least is None or not ground.can_be_excused(rule, part):
        return least
    inner = rule.unless.get(name)
    return None if inner is None or inner.min is None else min(least, inner.min)
