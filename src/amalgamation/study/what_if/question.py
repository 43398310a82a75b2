"""The question of a what-if: the run as it was, and the same with wishes granted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from amalgamation.study.what_if.part import take_part
from amalgamation.study.what_if.solve import build_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.explain.this_plan import Drawn
    from amalgamation.model import Problem
    from amalgamation.road import Ground, Reopened
    from amalgamation.study.what_if.requirement import Requirement

__all__ = ["Question"]


@dataclass(frozen=True)
class Question:
    """Hold both sides of a what-if, measured by one yardstick.

    Parameters
    ----------
    run
        As it was reopened.
    ground
        Of the scenario with the wishes as rules.
    requirements
        The wishes.
    """

    run: Reopened
    ground: Ground
    requirements: tuple[Requirement, ...]

    @property
    def before(self) -> Problem:
        """The problem of the run."""
        return self.run.drawn.problem

    @cached_property
    def after(self) -> Problem:
        """The problem with the wishes; its blocks are those of the run's."""
        return build_like(self.run, self.ground)

    @cached_property
    def drawn_after(self) -> Drawn:
        """The run's plan in the problem with the wishes, of which it breaks some."""
        return replace(self.run.drawn, problem=self.after)

    @property
    def units(self) -> tuple[str, ...]:
        """Units that the wishes name, sorted."""
        return tuple(sorted({unit for one in self.requirements for unit in one.units}))

    @cached_property
    def is_restriction(self) -> bool:
        """Whether every plan that grants the wishes keeps the rules of the run.

        A unit kept alone, or made a seat, may be a seat though the rules let none such be one.
        """
        kinds = ("alone", "seat")
        made = {unit for one in self.requirements if one.kind in kinds for unit in one.units}
        able = {block.ids[u] for block in self.before.blocks for u in block.pairs.seats}
        return made <= able

    def part_before(self, blocks: Sequence[int]) -> Problem:
        """Return some blocks of the run's problem while the others stay as they are."""
        return take_part(self.before, blocks, self.run.drawn.numbers)

    def part_after(self, blocks: Sequence[int]) -> Problem:
        """Return some blocks of the problem with the wishes while the others stay."""
        return take_part(self.after, blocks, self.run.drawn.numbers)
