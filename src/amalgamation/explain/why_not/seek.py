"""Seek any plan: arithmetic first, then search, then proof.

In: a question and a budget. Out: a verified plan, a proof that there is none, or neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from amalgamation.errors import VerificationError
from amalgamation.explain.arithmetic import check_arithmetic
from amalgamation.findings import errors_in
from amalgamation.plan import Plan
from amalgamation.solve import solve_problem
from amalgamation.solve.compact import solve_block
from amalgamation.solve.search import improve_block, start_block
from amalgamation.solve.task import BlockTask, municipalities_of, units_outside
from amalgamation.status import Status
from amalgamation.verify import verify_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amalgamation.explain.why_not.budget import Budget
    from amalgamation.explain.why_not.question import Question
    from amalgamation.findings import Finding
    from amalgamation.solve.task import BlockAnswer

__all__ = ["ANY_GAP", "Sought", "seek", "verified"]

ANY_GAP = 1.0
"""Any plan will do: a relative gap is at most 1."""

# Below, the proof itself is sooner done than the search.
_FEW_UNITS = 30
# Part of a block's time, and shakes per unit, that search may take ahead of the proof.
_SEARCH_SHARE = 0.25
_SHAKES = 2


@dataclass(frozen=True)
class Sought:
    """Hold what came of seeking a plan.

    Parameters
    ----------
    status
        ``FEASIBLE`` with a plan, ``INFEASIBLE`` with a proof, ``NO_PLAN`` with neither.
    plan
        Verified.
    proofs
        Findings of arithmetic, of which each alone is a proof; empty where the solver alone
        has proven it.
    """

    status: Status
    plan: Plan | None = None
    proofs: tuple[Finding, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether there is a plan."""
        return self.status is Status.FEASIBLE

    @property
    def is_impossible(self) -> bool:
        """Whether it is proven that there is none."""
        return self.status is Status.INFEASIBLE


def seek(question: Question, budget: Budget) -> Sought:
    """Seek any plan of a question.

    Raises
    ------
    VerificationError
        If what was found breaks a rule: our fault.
    """
    parts = (question.scenario, question.territory, question.graph)
    proofs = tuple(errors_in(check_arithmetic(*parts)))
    if proofs:
        return Sought(Status.INFEASIBLE, None, proofs)
    if budget.is_over:
        return Sought(Status.NO_PLAN)
    shared = [limit for limit in question.problem.limits if len(limit.blocks) != 1]
    status, plan = (_solve_together if shared else _solve_apart)(question, budget)
    return Sought(status) if plan is None else Sought(Status.FEASIBLE, verified(question, plan))


def verified(question: Question, plan: Plan) -> Plan:
    """Return a plan of a question, after all its rules were judged anew.

    Raises
    ------
    VerificationError
        If it breaks one.
    """
    parts = (question.scenario, question.territory, question.graph)
    broken = errors_in(verify_plan(plan, *parts))
    if broken:
        raise VerificationError(broken)
    return plan


def _solve_together(question: Question, budget: Budget) -> tuple[Status, Plan | None]:
    """Solve blocks that share a number."""
    solution = solve_problem(
        question.problem,
        gap=ANY_GAP,
        seconds=budget.slice,
        seed=budget.seed,
        engine="compact",
        processes=1,
    )
    status = solution.certificate.status
    return status if status is Status.INFEASIBLE else Status.NO_PLAN, solution.plan


def _solve_apart(question: Question, budget: Budget) -> tuple[Status, Plan | None]:
    """Solve block by block; one without a plan decides."""
    seats: dict[str, str] = {}
    outside = [*question.problem.left_out]
    blocks, status = question.problem.blocks, Status.FEASIBLE
    for position in sorted(range(len(blocks)), key=lambda b: (len(blocks[b]), b)):
        answer = _solve_block(question, position, budget)
        if answer.status is Status.INFEASIBLE:
            return Status.INFEASIBLE, None
        if not answer.seat_of:
            status = Status.NO_PLAN
        inside, left = _in_ids(question, position, answer.seat_of)
        seats |= inside
        outside += left
    return status, Plan.from_seats(seats, outside) if status is Status.FEASIBLE else None


def _in_ids(
    question: Question, position: int, seat_of: Mapping[int, int]
) -> tuple[dict[str, str], list[str]]:
    block = question.problem.blocks[position]
    inside = {
        block.ids[unit]: block.ids[municipality.seat]
        for municipality in municipalities_of(block, seat_of)
        for unit in municipality.members
    }
    return inside, [block.ids[unit] for unit in units_outside(seat_of)]


def _solve_block(question: Question, position: int, budget: Budget) -> BlockAnswer:
    own = question.problem.own_range(position)
    task = BlockTask(position, own, seconds=budget.slice, gap=ANY_GAP, seed=budget.seed)
    for answer in _search(question, task, budget):
        if answer.seat_of and task.admits(answer.number):
            return answer
    return solve_block(question.problem, task, lambda: budget.is_over)


def _search(question: Question, task: BlockTask, budget: Budget) -> Iterator[BlockAnswer]:
    """Look for plans, by way of more or of fewer municipalities where their number is asked."""
    problem, units = question.problem, len(question.problem.blocks[task.block])
    least, most = task.number
    counted = least is not None or most is not None
    yield from start_block(problem, task, lambda: budget.is_over, ladder=counted)
    if units > _FEW_UNITS:
        seconds, shakes = _SEARCH_SHARE * task.seconds, _SHAKES * units
        price = (1.0 if least is None else -1.0) if counted else 0.0
        led = replace(task, price=price)
        yield from improve_block(problem, led, {}, seconds=seconds, shakes=shakes)
