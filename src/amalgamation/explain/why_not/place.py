"""A place: units that have no plan by themselves, whatever is done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from amalgamation.explain.ground import Ground

if TYPE_CHECKING:
    from amalgamation.explain.why_not.question import Question
    from amalgamation.findings import Finding

__all__ = ["Place"]


@dataclass(frozen=True)
class Place:
    """Hold units without a plan and what is asked of them.

    Parameters
    ----------
    name
        As messages name it.
    units
        Whole blocks, sorted.
    whole
        The question of the whole territory.
    proofs
        Findings of arithmetic; empty where the solver alone has proven it.
    """

    name: str
    units: tuple[str, ...]
    whole: Question
    proofs: tuple[Finding, ...] = ()

    @cached_property
    def question(self) -> Question:
        """What the rules ask of the units by themselves."""
        return self.whole.within(self.units)

    @property
    def is_everything(self) -> bool:
        """Whether the units are all that there are."""
        return self.units == self.whole.units

    @cached_property
    def has_seats_by_grace(self) -> bool:
        """Whether some unit may be a seat only because another rule names it.

        A fixed seat, a frozen unit and one that a maximum leaves alone may be their own seats
        whatever their type: without that rule they may not, so that less is asked and fewer
        plans there are. Everywhere else fewer rules leave more plans.
        """
        rule = self.question.rules.seats
        if rule is None or not (rule.types or rule.or_population_min is not None):
            return False
        named = self._ground(self.question)
        bare = self._ground(self.question.changing(seats=rule.model_copy(update={"fixed": []})))
        return not (named.fixed | set(named.alone)) <= bare.eligible

    @staticmethod
    def _ground(question: Question) -> Ground:
        return Ground(question.scenario, question.territory, question.graph)

    @cached_property
    def beside(self) -> tuple[tuple[str, ...], ...]:
        """Units of each block that a tie joins to the place across a wall; ordered."""
        inside, graph = set(self.units), self.whole.graph.graph
        near = {other for unit in self.units for other in graph[unit]} - inside
        return tuple(block.ids for block in self.whole.problem.blocks if near & set(block.ids))

    @cached_property
    def wider(self) -> tuple[str, ...]:
        """The place and the blocks beside it."""
        return tuple(sorted({*self.units, *(unit for block in self.beside for unit in block)}))
