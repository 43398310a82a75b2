"""The score that search lowers: cost, price of the municipalities, and what is lacking."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.solve.search.draft import Draft
    from amalgamation.solve.search.values import Part
    from amalgamation.solve.task import BlockTask

__all__ = ["LEAST_GAIN", "Score"]

# A gain below this is rounding: costs are normalised, so that a whole plan costs about 1.
LEAST_GAIN = 1e-10
# What a rule that is not kept at all costs: more than any plan saves by breaking it.
_PROHIBITIVE = 1000.0


@dataclass(frozen=True)
class Score:
    """Weigh plans of one block.

    Parameters
    ----------
    price
        Of each municipality, on top of its cost.
    least, most
        Range of the number of municipalities.
    """

    price: float = 0.0
    least: float = 0.0
    most: float = math.inf

    @classmethod
    def of_task(cls, task: BlockTask) -> Self:
        """Return what counts for a task."""
        least, most = task.number
        return cls(task.price, least or 0, math.inf if most is None else most)

    def of_part(self, part: Part) -> float:
        """Return the score of a part; a unit left out has no price of a municipality."""
        if part.is_outside:
            return part.cost
        return part.cost + self.price + _PROHIBITIVE * part.lack

    def of_parts(self, parts: Iterable[Part]) -> float:
        """Return the score of some parts, short of the range of the number."""
        return sum(map(self.of_part, parts))

    def of_number(self, number: int) -> float:
        """Return the penalty of a number of municipalities."""
        return _PROHIBITIVE * (max(0.0, self.least - number) + max(0.0, number - self.most))

    def of_draft(self, draft: Draft) -> float:
        """Return the score of a whole plan."""
        parts = [draft.parts[name] for name in sorted(draft.parts)]
        return self.of_parts(parts) + self.of_number(draft.number)

    def keeps(self, draft: Draft) -> bool:
        """Say whether a plan lacks nothing and has a number within the range."""
        return self.least <= draft.number <= self.most and not draft.lacking
