"""A second way: what the solver alone has proven is proven again, otherwise.

The compact model is solved once more without presolve and with another seed, so that
neither a slip of presolve nor the order of its steps can be the reason for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.why_not.seek import ANY_GAP
from amalgamation.solve import solve_problem
from amalgamation.status import Status

if TYPE_CHECKING:
    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.question import Question

__all__ = ["confirm"]


def confirm(question: Question, budget: Budget) -> bool:
    """Say whether a second way proves, too, that a question has no plan.

    Parameters
    ----------
    question
        The solver has proven that it has none.
    budget
        Time and seed; where it ends before the proof, nothing is confirmed.
    """
    if budget.is_over:
        return False
    solution = solve_problem(
        question.problem,
        gap=ANY_GAP,
        seconds=budget.slice,
        seed=budget.seed + 1,
        engine="compact",
        processes=1,
        presolve=False,
    )
    return solution.certificate.status is Status.INFEASIBLE
