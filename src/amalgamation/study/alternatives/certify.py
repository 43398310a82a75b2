"""Certify: answers of all blocks become a plan that is handed out, or nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amalgamation.errors import VerificationError
from amalgamation.findings import Finding, errors_in
from amalgamation.provenance import versions
from amalgamation.solve.assemble import build_plan, value_aims
from amalgamation.status import Certificate, Status
from amalgamation.verify import verify_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.plan import Plan
    from amalgamation.road import Ground
    from amalgamation.solve.task import BlockAnswer
    from amalgamation.study.alternatives.near import Near

__all__ = ["Alternative", "certify"]


@dataclass(frozen=True)
class Alternative:
    """A plan near another, with its own cost and the bound that holds for all.

    Parameters
    ----------
    name
        Its number among those found; ``plan`` is the one that they are measured against.
    plan
        Verified.
    certificate
        Its gap says how much less another plan could cost at most.
    """

    name: str
    plan: Plan
    certificate: Certificate

    def __repr__(self) -> str:
        return f"<Alternative {self.name}: {self.certificate.sentence()}>"


def certify(
    ground: Ground, near: Near, bound: float, answers: Sequence[BlockAnswer], name: str
) -> Alternative:
    """Build the plan of some answers; every rule, the cost and the budget are recomputed.

    Parameters
    ----------
    ground, near
        What was asked, and what counts as near.
    bound
        On the cost of any plan.
    answers
        One per block, in their order.
    name
        What it is called.

    Raises
    ------
    VerificationError
        If the plan breaks a rule or its budget: our fault.
    """
    plan, aims = build_plan(near.problem, answers), value_aims(near.problem, answers)
    cost = sum(aim.cost for aim in aims)
    certificate = Certificate(
        Status.FEASIBLE,
        cost,
        min(bound, cost),
        aims,
        seed=answers[0].task.seed,
        versions=versions(),
    )
    question = ground.file.scenario
    broken = errors_in(verify_plan(plan, question, ground.territory, ground.graph, certificate))
    for block, budget, answer in zip(near.problem.blocks, near.budgets, answers, strict=True):
        if answer.cost > budget:
            found, expected = f"a cost of {answer.cost:.9g}", f"at most {budget:.9g}"
            broken.append(Finding("budget", f"block {block.name}", found, expected))
    if broken:
        raise VerificationError(broken)
    return Alternative(name, plan, certificate)
