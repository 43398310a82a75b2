"""The catalogue of dials: every figure of the rules that can be loosened.

In: a question. Out: its dials, in the order of the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.why_not.dials.counts import NumberDial, UnitsDial
from amalgamation.explain.why_not.dials.ranges import MaximumDial, MinimumDial
from amalgamation.explain.why_not.dials.ratios import RatioDial
from amalgamation.explain.why_not.dials.seats import ReachDial, SeatSizeDial

if TYPE_CHECKING:
    from amalgamation.explain.why_not.dials.dial import Dial
    from amalgamation.explain.why_not.question import Question
    from amalgamation.scenario.schema import NumberRange

__all__ = ["build_dials"]


def build_dials(question: Question) -> tuple[Dial, ...]:
    """Return the dials of a question.

    Examples
    --------
    >>> from amalgamation.explain.why_not.question import Question
    >>> from amalgamation.inputs import read_inputs
    >>> from amalgamation.scenario import read_scenario
    >>> file, territory, graph = read_inputs(read_scenario("toy"))
    >>> [dial.key for dial in build_dials(Question.of(file.scenario, territory, graph))]
    ['rules.municipalities.exactly', 'rules.municipalities.exactly', 'rules.population.min']
    """
    return (*_numbers(question), *_ranges(question), *_ratios(question), *_others(question))


def _numbers(question: Question) -> list[Dial]:
    numbers = question.rules.municipalities
    found = _ends(question, numbers, None)
    for tier, own in sorted(numbers.per_parent.items()):
        for code, number in sorted(own.items()):
            found += _ends(question, number, (tier, code))
    return found


def _ends(question: Question, numbers: NumberRange, parent: tuple[str, str] | None) -> list[Dial]:
    found: list[Dial] = []
    if numbers.lowest is not None:
        found.append(NumberDial(question, -1, parent))
    if numbers.highest is not None:
        found.append(NumberDial(question, 1, parent))
    return found


def _ranges(question: Question) -> list[Dial]:
    found: list[Dial] = []
    for name, rule in sorted(question.rules.ranges.items()):
        if any(limits.min is not None for limits in rule.every):
            found.append(MinimumDial(question, name))
        if any(limits.max is not None for limits in rule.every):
            found.append(MaximumDial(question, name))
    return found


def _ratios(question: Question) -> list[Dial]:
    return [
        RatioDial(question, name, sign)
        for name, rule in sorted(question.rules.ratios.items())
        for sign, end in ((-1, rule.min), (1, rule.max))
        if end is not None and _adds_up(question, rule.of) and _adds_up(question, rule.to)
    ]


def _adds_up(question: Question, attribute: str) -> bool:
    return min(question.values(attribute)) >= 0


def _others(question: Question) -> list[Dial]:
    rules = question.rules
    found: list[Dial] = []
    if rules.reach_km is not None:
        found.append(ReachDial(question, "km"))
    if rules.reach_minutes is not None:
        found.append(ReachDial(question, "minutes"))
    seats = rules.seats
    limited = seats is not None and (bool(seats.types) or seats.or_population_min is not None)
    if limited and "population" in question.territory.attributes:
        found.append(SeatSizeDial(question))
    if rules.max_units is not None:
        found.append(UnitsDial(question))
    return found
