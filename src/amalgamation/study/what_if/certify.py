"""The certificate of a plan that was put together from what stays and what was solved again."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.provenance import versions
from amalgamation.status import Certificate, name_ending
from amalgamation.verify import plan_values

if TYPE_CHECKING:
    from amalgamation.plan import Plan
    from amalgamation.road import Ground, Reopened

__all__ = ["certify"]


def certify(run: Reopened, ground: Ground, plan: Plan, bound: float, seconds: float) -> Certificate:
    """Build the certificate of a plan, measured as the run's own plan was.

    Parameters
    ----------
    run
        Its references and targets count.
    ground
        The question that the plan answers.
    plan
        Of all units.
    bound
        That no plan of this question costs less than; 0 where nothing is proven.
    seconds
        Wall time.
    """
    question, given = ground.file.scenario, run.certificate
    targets = {
        aim.name.removeprefix("balance."): aim.target
        for aim in given.aims
        if aim.target is not None
    }
    raws = plan_values(plan, question, ground.territory, ground.graph, targets)
    aims = tuple(replace(aim, raw=raws[aim.name]) for aim in given.aims)
    cost = math.fsum(aim.cost for aim in aims)
    bound = min(bound, cost)
    return Certificate(
        name_ending(cost, bound, question.solve.gap_percent / 100),
        cost,
        bound,
        aims,
        assumptions=given.assumptions,
        seconds=seconds,
        seed=question.solve.seed,
        versions=versions(),
    )
