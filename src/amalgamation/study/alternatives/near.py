"""Near: what counts as an alternative to a plan, block by block.

A plan is near another if it keeps the same rules and in no block costs more than a given
share above it, with a number of municipalities that leaves the other blocks free
(`share_numbers`). So the whole costs at most that share more as well, and each block can be
asked by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.solve.given_start import check_start, start_answers
from amalgamation.study.alternatives.numbers import share_numbers

if TYPE_CHECKING:
    from amalgamation.model import Problem
    from amalgamation.plan import Plan
    from amalgamation.solve.task import BlockAnswer

__all__ = ["Near"]


@dataclass(frozen=True)
class Near:
    """Hold a plan as blocks have it, and how far others may go from it.

    Parameters
    ----------
    problem
        Rules and aims.
    base
        The plan, an answer per block.
    budgets
        Most that each block may cost, in the order of the blocks.
    numbers
        Least and greatest number of municipalities of each.
    """

    problem: Problem
    base: tuple[BlockAnswer, ...]
    budgets: tuple[float, ...]
    numbers: tuple[tuple[int, int], ...]

    @classmethod
    def around(cls, problem: Problem, plan: Plan, within: float, seed: int) -> Near:
        """Return what is near a plan.

        Parameters
        ----------
        problem
            Rules and aims.
        plan
            Keeps the rules.
        within
            Share by which a block may cost more: 0.02 is 2 %.
        seed
            Of everything random.

        Raises
        ------
        InputError
            If the plan breaks a rule.
        """
        broken = check_start(problem, plan)
        answers = [answer for answer in start_answers(problem, plan, seed) if answer is not None]
        own = [answer.number for answer in answers]
        fits = len(own) == len(problem.blocks) and all(one.admits(own) for one in problem.limits)
        if broken or not fits:
            raise InputError([*map(_unfit, broken)] or [_unfit(None)])
        budgets = tuple(answer.cost + within * abs(answer.cost) for answer in answers)
        return cls(problem, tuple(answers), budgets, tuple(share_numbers(problem, own)))


def _unfit(told: Finding | None) -> Finding:
    found = "numbers of municipalities that the rules refuse" if told is None else told.found
    where = "the plan" if told is None else told.where
    remedy = "solve the scenario first, or name a run of it"
    return Finding("plan-unfit", where, found, "a plan that keeps every rule", remedy)
