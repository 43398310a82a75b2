"""What a dial is: one rule, loosened by one figure.

A dial says how the rules read at a figure, and at which figure a plan would just keep
them. What it turns out to be is found by `turn`, the same for all.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.explain.why_not.question import Question
    from amalgamation.plan import Plan
    from amalgamation.scenario.schema import Rules

__all__ = ["FINEST", "Dial", "grain_of"]

FINEST = 4e-6
"""Relative difference below which two figures are one: beyond every tolerance of a threshold."""


class Dial(Protocol):
    """A rule that a figure makes tight or loose."""

    @property
    def key(self) -> str:
        """The rule's place in the scenario file."""
        ...

    @property
    def clause(self) -> str:
        """The clause that it loosens, as `list_clauses` names it."""
        ...

    @property
    def asked(self) -> float:
        """The figure that the scenario asks for."""
        ...

    @property
    def sign(self) -> int:
        """1 where a greater figure is looser, -1 where a smaller one is."""
        ...

    @property
    def grain(self) -> float:
        """All figures that plans have are multiples of it; 0 where they are any numbers."""
        ...

    def tops(self) -> tuple[float, ...]:
        """Return the loosest figure of each stretch over which looser admits more plans.

        In the order from tight to loose; most rules have one stretch.
        """
        ...

    def at(self, figure: float) -> Rules:
        """Return the rules with this one loosened to a figure."""
        ...

    def read(self, plan: Plan, top: float) -> float:
        """Return the tightest figure, of a stretch, at which a plan keeps the rule."""
        ...

    def words(self, figure: float) -> str:
        """Return a figure as a condition, such as ``"a minimum of 3,760 residents"``."""
        ...

    def question(self) -> Question:
        """Return the question that the dial belongs to."""
        ...


def grain_of(values: Iterable[float]) -> float:
    """Return the greatest number that all values are multiples of; 0 unless they are whole.

    Examples
    --------
    >>> grain_of([300.0, 200.0]), grain_of([0.5, 1.0])
    (100.0, 0.0)
    """
    known = list(values)
    if not all(float(value).is_integer() for value in known):
        return 0.0
    return float(math.gcd(*(int(value) for value in known)))
