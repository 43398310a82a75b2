"""Price the rules of a finished run at the margin: from its frontier, and by solving again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amalgamation.explain.this_plan import all_choices
from amalgamation.study.prices.marginal import MarginalPrice, Prices
from amalgamation.study.prices.step import NUMBER, find_steps, step_of_number, take_step
from amalgamation.study.what_if.ask import ask_instead
from amalgamation.study.what_if.price import Known, build_price
from amalgamation.study.what_if.solve import (
    build_like,
    first_that_fits,
    solve_again,
    what_is_known,
)
from amalgamation.study.whole_plan import refuse_limits_on_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.road import Reopened
    from amalgamation.solve import Progress
    from amalgamation.study.prices.step import Step
    from amalgamation.study.what_if.price import Effect

__all__ = ["price_rules"]

_SECONDS = 60.0


def price_rules(
    run: Reopened,
    *,
    minutes: float | None = None,
    report: Callable[[Progress], None] = lambda _: None,
) -> Prices:
    """Say what the rules of a run cost at the margin.

    One municipality more or fewer is read from the run's frontier where a plan is known
    there, else solved. Each other limit is loosened to the next value at which a single
    change of the plan becomes possible, and solved again from that change.

    Parameters
    ----------
    run
        As `amalgamation.road.reopen` gives it.
    minutes
        For all that is solved, in equal shares; default: as the scenario has it.
    report
        Called with the progress of each block.

    Returns
    -------
    Prices
        Each the least cost after the step, less the least cost before, between bounds.
    """
    scenario, drawn = run.ground.file.scenario, run.drawn
    refuse_limits_on_whole(scenario, "the price of a rule")
    choices = list(all_choices(drawn))
    count = len(run.plan.seat_of)
    numbers = [step_of_number(drawn, choices, more) for more in (1, -1) if count + more > 0]
    steps = (*numbers, *find_steps(drawn, scenario, choices))
    known = [_from_frontier(run, step) for step in steps]
    total = _SECONDS * (scenario.solve.minutes if minutes is None else minutes)
    seconds = total / max(1, known.count(None))
    prices = [
        price or _solved(run, step, seconds, report)
        for step, price in zip(steps, known, strict=True)
    ]
    return Prices(tuple(prices), run.certificate.cost)


def _from_frontier(run: Reopened, step: Step) -> MarginalPrice | None:
    """Return the price of another number where the run knows a plan at that number."""
    if step.key != NUMBER:
        return None
    points = {point.number: point for point in run.certificate.frontier}
    here, there = points.get(int(step.before)), points.get(int(step.after))
    if here is None or there is None or not math.isfinite(there.cost):
        return None
    before, after = Known(run.certificate.cost, here.bound), Known(there.cost, there.bound)
    price = build_price(before, after, run.certificate.cost, "either")
    return MarginalPrice(step, price, "from the frontier", there.cost - before.cost)


def _solved(
    run: Reopened, step: Step, seconds: float, report: Callable[[Progress], None]
) -> MarginalPrice:
    """Return the price of a step by solving the whole again, from the change that it frees."""
    known, scenario = run.certificate, run.ground.file.scenario
    ground = ask_instead(run.ground, take_step(scenario, step))
    if ground.impossible:
        return MarginalPrice(step, None, "proven by arithmetic")
    problem = build_like(run, ground)
    starts = [plan for plan in (step.plan, run.plan) if plan is not None]
    start = first_that_fits(problem, starts)
    after = what_is_known(solve_again(problem, scenario.solve, seconds, start, report))
    before = Known(known.cost, max(0.0, known.bound))
    if step.loosens:  # the run's plan keeps a looser limit too
        after = Known(min(after.cost, before.cost), after.bound)
    if not math.isfinite(after.cost):
        return MarginalPrice(step, None, "solved again")
    effect: Effect = "saves" if step.loosens else "either"
    price = build_price(before, after, known.cost, effect)
    return MarginalPrice(step, price, "solved again", after.cost - before.cost)
