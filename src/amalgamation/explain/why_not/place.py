"""A place: units that have no plan by themselves, whatever is done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

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
    def beside(self) -> tuple[tuple[str, ...], ...]:
        """Units of each block that a tie joins to the place across a wall; ordered."""
        inside, graph = set(self.units), self.whole.graph.graph
        near = {other for unit in self.units for other in graph[unit]} - inside
        return tuple(block.ids for block in self.whole.problem.blocks if near & set(block.ids))

    @cached_property
    def wider(self) -> tuple[str, ...]:
        """The place and the blocks beside it."""
        return tuple(sorted({*self.units, *(unit for block in self.beside for unit in block)}))
