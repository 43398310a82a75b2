"""Dials of ratios: the minimum lowered, the maximum raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.explain.why_not.tally import Tally
from amalgamation.explain.why_not.words import round_loose
from amalgamation.model.rules.thresholds import at_least, at_most
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from amalgamation.explain.why_not.question import Question
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import RatioRange, Rules

__all__ = ["RatioDial"]

_DECIMALS = 6


@dataclass(frozen=True)
class RatioDial:
    """Loosen one end of a ratio.

    Parameters
    ----------
    of
        The question; neither attribute is negative anywhere.
    name
        The ratio's.
    sign
        1 for the maximum, -1 for the minimum.
    """

    of: Question
    name: str
    sign: int
    grain: float = 0.0

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        return self.of

    @property
    def _rule(self) -> RatioRange:
        return self.of.rules.ratios[self.name]

    @property
    def _end(self) -> str:
        return "max" if self.sign > 0 else "min"

    @property
    def key(self) -> str:
        """Place in the scenario file."""
        return f"rules.ratios.{self.name}.{self._end}"

    @property
    def clause(self) -> str:
        """The clause that it loosens."""
        return self.key

    @property
    def asked(self) -> float:
        """The threshold that is asked for."""
        return float(getattr(self._rule, self._end))

    def tops(self) -> tuple[float, ...]:
        """Return 0, or the whole of one sum over the least of the other that there is."""
        if self.sign < 0:
            return (0.0,)
        parts = [value for value in self.of.values(self._rule.to) if value > 0]
        whole = sum(self.of.values(self._rule.of))
        return (max(self.asked, whole / min(parts)) if parts else self.asked,)

    def at(self, figure: float) -> Rules:
        """Return the rules with another threshold."""
        rule = self._rule.model_copy(update={self._end: figure})
        return self.of.rules.model_copy(update={"ratios": self.of.rules.ratios | {self.name: rule}})

    def read(self, plan: Plan, top: float) -> float:  # noqa: ARG002 - one stretch
        """Return the ratio furthest beyond the threshold."""
        tally = Tally(self.of.territory, plan)
        of, to = tally.sums(self._rule.of), tally.sums(self._rule.to)
        keeps = at_most if self.sign > 0 else at_least
        beyond = [
            of[seat] / to[seat]
            for seat in of
            if to[seat] > 0 and not keeps(of[seat], self.asked * to[seat])
        ]
        return self.sign * max([self.sign * self.asked, *(self.sign * own for own in beyond)])

    def words(self, figure: float) -> str:
        """Return a figure as a condition."""
        word = "maximum" if self.sign > 0 else "minimum"
        return f"a {word} of {spell(round_loose(figure, self.sign, _DECIMALS))} for {self.name}"
