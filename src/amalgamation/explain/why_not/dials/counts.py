"""Dials of whole numbers: municipalities, in all or of a parent, and units of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.scenario.schema import NumberRange
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from amalgamation.explain.why_not.question import Question
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Rules

__all__ = ["NumberDial", "UnitsDial", "number_key", "with_number"]


def number_key(parent: tuple[str, str] | None, end: str) -> str:
    """Return the key of an end of a number of municipalities, in all or of a parent.

    Examples
    --------
    >>> number_key(None, "min"), number_key(("oblast", "11"), "max")
    ('rules.municipalities.min', 'rules.municipalities.per_parent.oblast.11.max')
    """
    where = "" if parent is None else f"per_parent.{parent[0]}.{parent[1]}."
    return f"rules.municipalities.{where}{end}"


def with_number(
    rules: Rules, parent: tuple[str, str] | None, least: int | None, most: int | None
) -> Rules:
    """Return rules with another range of the number of municipalities.

    Parameters
    ----------
    parent
        Tier and code; None for the number in all.
    least, most
        None is free.
    """
    numbers = rules.municipalities
    if parent is None:
        free = {"min": least, "max": most, "exactly": None}
        return rules.model_copy(update={"municipalities": numbers.model_copy(update=free)})
    tier, code = parent
    own = numbers.per_parent[tier] | {code: NumberRange(min=least, max=most)}
    per_parent = numbers.per_parent | {tier: own}
    changed = numbers.model_copy(update={"per_parent": per_parent})
    return rules.model_copy(update={"municipalities": changed})


@dataclass(frozen=True)
class NumberDial:
    """Allow fewer municipalities, or more.

    Parameters
    ----------
    of
        The question.
    sign
        1 to raise the greatest number, -1 to lower the least.
    parent
        Tier and code of the parent that the number is of; None in all.
    """

    of: Question
    sign: int
    parent: tuple[str, str] | None = None
    grain: float = 1.0

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        return self.of

    @property
    def _range(self) -> NumberRange:
        numbers = self.of.rules.municipalities
        if self.parent is None:
            return numbers
        tier, code = self.parent
        return numbers.per_parent[tier][code]

    @property
    def _end(self) -> str:
        return "max" if self.sign > 0 else "min"

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return number_key(self.parent, self._end if self._range.exactly is None else "exactly")

    @property
    def clause(self) -> str:
        """The clause that it loosens: one end, also of an exact number."""
        return number_key(self.parent, self._end)

    @property
    def asked(self) -> float:
        """The end of the range that is asked for."""
        end = self._range.highest if self.sign > 0 else self._range.lowest
        assert end is not None  # noqa: S101 - a dial stands where there is an end
        return float(end)

    def tops(self) -> tuple[float, ...]:
        """Return one municipality, or as many as there are units."""
        return (float(len(self.of.units)) if self.sign > 0 else 1.0,)

    def at(self, figure: float) -> Rules:
        """Return the rules with a number at this end."""
        least, most = self._range.lowest, self._range.highest
        if self.sign > 0:
            most = int(figure)
        else:
            least = int(figure)
        return with_number(self.of.rules, self.parent, least, most)

    def read(self, plan: Plan, top: float) -> float:  # noqa: ARG002 - one stretch
        """Return the number of municipalities, as far as it is counted."""
        seats = list(plan.seat_of.values())
        if self.parent is not None:
            codes = self.of.territory.units[self.parent[0]].astype(str)
            seats = [seat for seat in seats if codes[seat] == self.parent[1]]
        return float(len(seats))

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        many = count_of(int(figure), "municipality")
        where = ""
        if self.parent is not None:
            where = f" in {self.parent[0]} {self.of.territory.parent_name(*self.parent)}"
        return f"{'up to' if self.sign > 0 else 'as few as'} {many}{where}"


@dataclass(frozen=True)
class UnitsDial:
    """Allow more units in a municipality."""

    of: Question
    key: str = "rules.max_units"
    clause: str = "rules.max_units"
    sign: int = 1
    grain: float = 1.0

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        return self.of

    @property
    def asked(self) -> float:
        """Units that are allowed."""
        return float(self.of.rules.max_units or 0)

    def tops(self) -> tuple[float, ...]:
        """Return all units."""
        return (float(len(self.of.units)),)

    def at(self, figure: float) -> Rules:
        """Return the rules with so many units allowed."""
        return self.of.rules.model_copy(update={"max_units": int(figure)})

    def read(self, plan: Plan, top: float) -> float:  # noqa: ARG002 - one stretch
        """Return the most units of any municipality."""
        return float(max(len(units) for units in plan.municipalities.values()))

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        return f"up to {count_of(int(figure), 'unit')} in a municipality"
