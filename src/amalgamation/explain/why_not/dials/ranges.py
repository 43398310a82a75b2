"""Dials of sums: the minimum lowered, the maximum raised, in every class at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.why_not.dials.dial import FINEST, grain_of
from amalgamation.explain.why_not.tally import Tally
from amalgamation.explain.why_not.words import round_loose
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.explain.why_not.question import Question
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import AttributeRange, Range, Rules

__all__ = ["MaximumDial", "MinimumDial", "range_key", "with_range"]


def range_key(rules: Rules, attribute: str) -> str:
    """Return the key of a range in the scenario file."""
    return f"rules.{'sums.' if attribute in rules.sums else ''}{attribute}"


def with_range(rules: Rules, attribute: str, rule: AttributeRange | None) -> Rules:
    """Return rules in which an attribute has another range, or none."""
    if attribute not in rules.sums:
        return rules.model_copy(update={attribute: rule})
    sums = {name: own for name, own in rules.sums.items() if name != attribute}
    if rule is not None:
        sums[attribute] = rule
    return rules.model_copy(update={"sums": dict(sorted(sums.items()))})


def _moved(rule: AttributeRange, end: str, move: Callable[[float], float | None]) -> AttributeRange:
    """Return a range with one end moved, in itself and in every class."""

    def update(limits: Range) -> dict[str, float | None]:
        value = getattr(limits, end)
        return {} if value is None else {end: move(value)}

    classes = {name: own.model_copy(update=update(own)) for name, own in rule.classes.items()}
    return rule.model_copy(update={**update(rule), "classes": classes})


@dataclass(frozen=True)
class _RangeDial:
    """What both ends of a range share.

    Parameters
    ----------
    of
        The question.
    attribute
        Whose sum is held in a range.
    """

    of: Question
    attribute: str

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        return self.of

    @property
    def rule(self) -> AttributeRange:
        """The range as it is asked."""
        return self.of.rules.ranges[self.attribute]

    @property
    def grain(self) -> float:
        """Sums are multiples of it."""
        return grain_of(self.of.values(self.attribute))

    def _amount(self, figure: float) -> str:
        return spell(figure, self.of.territory.attributes[self.attribute])

    def _with(self, rule: AttributeRange) -> Rules:
        return with_range(self.of.rules, self.attribute, rule)


@dataclass(frozen=True)
class MinimumDial(_RangeDial):
    """Lower the minimum of a sum."""

    sign = -1

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return f"{range_key(self.of.rules, self.attribute)}.min"

    @property
    def clause(self) -> str:
        """The clause that it loosens."""
        return self.key

    @property
    def asked(self) -> float:
        """The greatest minimum of any class."""
        return max(limits.min for limits in self.rule.every if limits.min is not None)

    def tops(self) -> tuple[float, ...]:
        """Return minus infinity: no minimum at all."""
        return (-math.inf,)

    def at(self, figure: float) -> Rules:
        """Return the rules in which no minimum is above a figure."""
        free = math.isinf(figure)
        return self._with(_moved(self.rule, "min", lambda own: None if free else min(own, figure)))

    def read(self, plan: Plan, top: float) -> float:  # noqa: ARG002 - one stretch
        """Return the least sum that misses the minimum without an exception."""
        missing = Tally(self.of.territory, plan).below(self.attribute, self.rule)
        return min(missing.values(), default=self.asked)

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        return f"a minimum of {self._amount(round_loose(figure, self.sign))}"


@dataclass(frozen=True)
class MaximumDial(_RangeDial):
    """Raise the maximum of a sum.

    A unit above the maximum is exempt from it by the policy for oversize; where the maximum
    passes the unit's own value, that ends. So there is a stretch between any two of them.
    """

    sign = 1

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return f"{range_key(self.of.rules, self.attribute)}.max"

    @property
    def clause(self) -> str:
        """The clause that it loosens."""
        return self.key

    @property
    def asked(self) -> float:
        """The least maximum of any class."""
        return min(limits.max for limits in self.rule.every if limits.max is not None)

    def tops(self) -> tuple[float, ...]:
        """Return what lies just below each oversize unit, then infinity: no maximum at all."""
        if self.rule.oversize == "refuse":
            return (math.inf,)
        values = sorted(set(self.of.values(self.attribute)))
        step = self.grain or FINEST * self.asked
        below = [value - step / 2 for value in values if value - step / 2 > self.asked]
        return (*below, math.inf)

    def at(self, figure: float) -> Rules:
        """Return the rules in which no maximum is below a figure."""
        free = math.isinf(figure)
        return self._with(_moved(self.rule, "max", lambda own: None if free else max(own, figure)))

    def read(self, plan: Plan, top: float) -> float:
        """Return the greatest sum of a municipality that no oversize unit exempts."""
        tally = Tally(self.of.territory, plan)
        ranges, values = tally.ranges(self.rule), self.of.territory.values(self.attribute)
        large = set() if self.rule.oversize == "refuse" else set(values.index[values > top])
        bound = [
            total
            for seat, total in tally.sums(self.attribute).items()
            if ranges[seat].max is not None and large.isdisjoint(tally.members[seat])
        ]
        return max([self.asked, *bound])

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        return f"a maximum of {self._amount(round_loose(figure, self.sign))}"
