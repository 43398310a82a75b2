"""A second way: what the solver alone has proven is proven again, otherwise.

Another solver, SCIP, is asked where the extra ``scip`` is installed. Where it is not, or
does not settle it in the time, the compact model is solved once more without presolve and
with another seed, so that neither a slip of presolve nor the order of its steps can be the
reason for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.explain.why_not.seek import ANY_GAP
from amalgamation.solve import solve_problem
from amalgamation.solve.scip import has_scip, proves_infeasible
from amalgamation.status import Status

if TYPE_CHECKING:
    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.question import Question

__all__ = ["BY_SCIP", "WITHOUT_PRESOLVE", "confirm"]

BY_SCIP = "by another one (SCIP)"
WITHOUT_PRESOLVE = "by it in a second way (without presolve)"


def confirm(question: Question, budget: Budget) -> str:
    """Return the way in which it is proven again that a question has no plan; else nothing.

    Parameters
    ----------
    question
        The solver has proven that it has none.
    budget
        Time and seed; where it ends before the proof, nothing is confirmed.

    Returns
    -------
    str
        `BY_SCIP`, `WITHOUT_PRESOLVE`, or empty where no second way ended in the time.
    """
    for way, proves in ((BY_SCIP, _by_scip), (WITHOUT_PRESOLVE, _without_presolve)):
        if not budget.is_over and proves(question, budget):
            return way
    return ""


def _by_scip(question: Question, budget: Budget) -> bool:
    return has_scip() and proves_infeasible(question.problem, budget.slice, budget.seed)


def _without_presolve(question: Question, budget: Budget) -> bool:
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
