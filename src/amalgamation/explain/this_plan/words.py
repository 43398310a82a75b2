"""Sentences of what a plan could have been: names, units and numbers of the user's own."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.explain.this_plan.choice import Breach, Choice
    from amalgamation.explain.this_plan.drawn import Drawn
    from amalgamation.explain.this_plan.walls import Walled
    from amalgamation.explain.this_plan.wishes import Refused
    from amalgamation.model import Margin
    from amalgamation.status import AimValue

__all__ = [
    "say_aims",
    "say_amount",
    "say_change",
    "say_choice",
    "say_margin",
    "say_refused",
    "say_share",
    "say_walled",
    "say_wish",
]

_NOUNS = {"municipalities": "municipality", "units": "unit"}
_SIDES = {"min": "minimum", "max": "maximum", "exactly": "exactly"}


def say_amount(value: float, unit: str = "", *, signed: bool = False) -> str:
    """Return an amount with three figures that count, whole from a hundred on.

    Examples
    --------
    >>> say_amount(5120.4, "residents"), say_amount(4.126, "km"), say_amount(-0.5, signed=True)
    ('5,120 residents', '4.13 km', '-0.5')
    >>> say_amount(0.00001234, "%")
    '0.0000123 %'
    """
    if not math.isfinite(value):
        return f"{value:g} {unit}".rstrip()
    whole = value == round(value) or abs(value) >= 99.95  # noqa: PLR2004 - three figures
    sign = "+" if signed else ""
    # what has an exponent is no figure for a planner
    digits = f"{value:{sign},.0f}" if whole else f"{Decimal(f'{value:.3g}'):{sign}f}"
    return f"{digits} {unit}".rstrip()


def say_share(cost: float, whole: float) -> str:
    """Return a change of cost in per cent of a plan's, with three figures that count.

    Examples
    --------
    >>> say_share(0.0002, 1.0), say_share(-0.013, 1.0), say_share(1.4, 1.0)
    ('+0.02 %', '-1.3 %', '+140 %')
    """
    share = 100 * cost / whole if whole else math.copysign(math.inf, cost)
    return f"{say_amount(share, signed=bool(share))} %"


def say_aims(aims: Sequence[AimValue]) -> str:
    """Return the changes of aims in their units, those that do not change left out."""
    changed = [aim for aim in aims if abs(aim.cost) > 1e-12]  # noqa: PLR2004 - rounding of sums
    told = [f"{say_amount(aim.raw, aim.unit, signed=True)} ({aim.name})" for aim in changed]
    return ", ".join(told) or "no aim changes"


def say_margin(margin: Margin, units: Mapping[str, str]) -> str:
    """Return a limit with what is found there and what is to spare.

    Parameters
    ----------
    margin
        Of a municipality, or of the number of them.
    units
        Attribute -> its unit.

    Examples
    --------
    >>> from amalgamation.model import Margin
    >>> margin = Margin("rules.population.min", "min", 5000, 5120, "population", True)
    >>> say_margin(margin, {"population": "residents"})
    'minimum 5,000 (rules.population.min): 5,120 residents, 120 to spare'
    """
    side = _SIDES["exactly" if margin.key.endswith(".exactly") else margin.side]
    at = f" to {margin.at}" if margin.at else ""
    found = f"{_of_limit(margin.found, margin.what, units)}{at}"
    head = f"{side} {say_amount(margin.limit)} ({margin.key}): {found}"
    if margin.lifted:
        return f"{head}; it does not count here: {margin.lifted}"
    short = "to spare" if margin.slack >= 0 else "too few" if margin.side == "min" else "too many"
    return f"{head}, {say_amount(abs(margin.slack))} {short}"


def _of_limit(value: float, what: str, units: Mapping[str, str]) -> str:
    """Return an amount of what a limit is set on; things that are counted have a plural."""
    if what in _NOUNS:
        return count_of(round(value), _NOUNS[what])
    return say_amount(value, units.get(what, what))


def say_change(drawn: Drawn, choice: Choice) -> str:
    """Return a single change with its price aim by aim."""
    if not math.isfinite(choice.cost):
        return f"{_what(drawn, choice)}: no way from some unit to the seat"
    share = say_share(choice.cost, drawn.cost)
    return f"{_what(drawn, choice)}: {say_aims(choice.aims)} = {share} of the cost"


def say_choice(drawn: Drawn, choice: Choice) -> str:
    """Return a single change in one line: what, its price aim by aim, and what it breaks."""
    return f"{say_change(drawn, choice)}{_say_breaks(drawn, choice.breaks)}"


def _what(drawn: Drawn, choice: Choice) -> str:
    labels = drawn.territory.labels
    if choice.kind == "move":
        return f"{labels[choice.unit]} to the municipality of {drawn.label(choice.to)}"
    if choice.kind == "merge":
        names = f"{drawn.label(choice.municipality)} and {drawn.label(choice.to)}"
        return f"merge the municipalities of {names}, seat {labels[_seat_of(choice)]}"
    if choice.kind == "seat":
        return f"the seat at {labels[choice.to]}"
    where = "alone" if choice.kind == "alone" else "outside every municipality"
    return f"{labels[choice.unit]} {where}"


def _seat_of(choice: Choice) -> str:
    return next(iter(choice.seats.values()))


def _say_breaks(drawn: Drawn, breaks: Sequence[Breach]) -> str:
    if not breaks:
        return "; breaks no rule"
    return "; breaks " + " and ".join(_say_breach(drawn, breach) for breach in breaks)


def _say_breach(drawn: Drawn, breach: Breach) -> str:
    margin = breach.margin
    if margin is None:
        return f"{breach.key} ({breach.found}; {breach.expected.rstrip('.')})"
    units = drawn.territory.attributes
    found, by = (_of_limit(v, margin.what, units) for v in (margin.found, abs(margin.slack)))
    word = "at least" if margin.side == "min" else "at most"
    if margin.at or breach.seat:
        found += f" to {margin.at}" if margin.at else f" at {drawn.territory.labels[breach.seat]}"
    return f"{breach.key} by {by} ({found}, {word} {say_amount(margin.limit)})"


def say_walled(drawn: Drawn, walled: Walled) -> str:
    """Return a neighbour behind a wall in one line."""
    labels, sides = drawn.territory.labels, " and ".join(walled.sides)
    return f"{labels[walled.unit]} with {labels[walled.neighbour]}: {walled.key} ({sides})"


def say_wish(drawn: Drawn, refused: Refused) -> str:
    """Return an unmet wish, and why it was wished."""
    labels = drawn.territory.labels
    word = "with" if refused.together else "not with"
    why = f" ({refused.reason})" if refused.reason else ""
    return f"{labels[refused.unit]} {word} {labels[refused.other]}{why}"


def say_refused(drawn: Drawn, refused: Refused) -> str:
    """Return an unmet wish, why it was wished, and the cheapest single change that grants it."""
    head = say_wish(drawn, refused)
    if refused.choice is None:
        return f"{head}: no single change grants it"
    return f"{head}: granted by {say_choice(drawn, refused.choice)}"
