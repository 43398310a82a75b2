"""Check which units are seats.

In: a view. Out: findings. A unit may be a seat by its type, by its residents, or because
the scenario fixes it; a frozen unit, and an oversize one that must stand alone, may always
be its own seat. Where a scenario gives neither types nor residents, any unit may be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.verify.ranges import oversize_units
from amalgamation.verify.tolerance import is_at_least, spell

if TYPE_CHECKING:
    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import Seats
    from amalgamation.verify.view import View

__all__ = ["check_seats"]


def check_seats(view: View) -> list[Finding]:
    """Check that seats are eligible and that fixed seats are seats."""
    rule = view.scenario.rules.seats
    if rule is None:
        return []
    return _check_eligible(view, rule) + _check_fixed(view, rule)


def _check_eligible(view: View, rule: Seats) -> list[Finding]:
    if not rule.types and rule.or_population_min is None:
        return []
    own = _own_seats(view)
    return [
        view.breach("rules.seats", _describe(view, seat), _expected(rule), municipality, [seat])
        for municipality, seat in view.plan.seat_of.items()
        if seat in view.seat_of_unit
        and not _is_eligible(view, rule, seat)
        and not (seat in own and len(view.members[municipality]) == 1)
    ]


def _own_seats(view: View) -> set[str]:
    rules = view.scenario.rules
    alone = {name: rule for name, rule in rules.ranges.items() if rule.oversize == "alone"}
    large = [unit for name, rule in alone.items() for unit in oversize_units(view, name, rule)]
    return {*rules.frozen, *large}


def _is_eligible(view: View, rule: Seats, seat: str) -> bool:
    if seat in rule.fixed:
        return True
    if rule.types and _type(view, seat) in rule.types:
        return True
    least = rule.or_population_min
    return least is not None and is_at_least(view.territory.values("population")[seat], least)


def _type(view: View, unit: str) -> str | None:
    units = view.territory.units
    return str(units.loc[unit, "type"]) if "type" in units.columns else None


def _describe(view: View, seat: str) -> str:
    parts = [f"seat {view.label(seat)}"]
    kind = _type(view, seat)
    if kind is not None:
        parts.append(f"of type {kind}")
    if "population" in view.territory.attributes:
        parts.append(f"with {spell(view.territory.values('population')[seat], 'residents')}")
    return " ".join(parts)


def _expected(rule: Seats) -> str:
    parts = [f"a seat of type {' or '.join(rule.types)}"] if rule.types else []
    if rule.or_population_min is not None:
        parts.append(f"a seat with at least {spell(rule.or_population_min, 'residents')}")
    return ", or ".join(parts)


def _check_fixed(view: View, rule: Seats) -> list[Finding]:
    return [
        view.breach(
            "rules.seats.fixed",
            f"{view.label(unit)} under the seat {view.label(view.seat_of_unit[unit])}",
            "a seat of its own",
            view.plan.municipality_of[unit],
            [unit],
        )
        for unit in sorted(set(rule.fixed))
        if unit in view.seat_of_unit and view.seat_of_unit[unit] != unit
    ]
