"""What if: a finished run asked to grant wishes, and the price of that.

In: a run and wishes. Out: the best plan that grants them, verified, and their price between
proven bounds.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from amalgamation.explain import explain_proven
from amalgamation.findings import errors_in
from amalgamation.plan import Plan
from amalgamation.provenance import versions
from amalgamation.road import hand_out
from amalgamation.status import Certificate, Status
from amalgamation.study.what_if.ask import ask_instead, with_requirements
from amalgamation.study.what_if.certify import certify
from amalgamation.study.what_if.outcome import WhatIf
from amalgamation.study.what_if.part import blocks_of, tied_to
from amalgamation.study.what_if.price import Known, Price, build_price
from amalgamation.study.what_if.question import Question
from amalgamation.study.what_if.requirement import read_requirements
from amalgamation.study.what_if.solve import first_that_fits, solve_again, what_is_known
from amalgamation.study.what_if.start import plans_nearby
from amalgamation.study.whole_plan import refuse_limits_on_whole
from amalgamation.verify import verify_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amalgamation.findings import Finding
    from amalgamation.road import Reopened
    from amalgamation.solve import Progress, Solution
    from amalgamation.status import AimValue
    from amalgamation.study.what_if.price import Effect

__all__ = ["what_if"]

_SECONDS = 60.0
# Share of the time in which plan and bound of the run are bettered where its gap is open:
# else the difference might be lost between two gaps.
_SHARE_BEFORE = 0.4
# Each look at a plan to start from judges all municipalities of its blocks.
_MOST_STARTS = 50


def what_if(
    run: Reopened,
    wishes: Sequence[str],
    *,
    minutes: float | None = None,
    whole: bool = False,
    report: Callable[[Progress], None] = lambda _: None,
) -> WhatIf:
    """Grant wishes at least cost, starting from the plan of a run, and tell their price.

    Only the blocks that the wishes name are solved again. Where a limit on the number of
    municipalities ties them to others, these keep the number that they have: the price is
    then proven for as long as they do, unless ``whole`` frees them.

    Parameters
    ----------
    run
        As `amalgamation.road.reopen` gives it.
    wishes
        ``"keep X alone"``, ``"X with Y"``, ``"X not with Y"``, ``"seat at X"``; X and Y are
        codes, or names that one unit alone has. All of them are granted together.
    minutes
        For all that is solved; default: as the scenario has it.
    whole
        Solve all blocks again.
    report
        Called with the progress of each block.

    Returns
    -------
    WhatIf
        Its price is that of the least cost with the wishes, less the least cost without.

    Raises
    ------
    InputError
        If a wish cannot be read, names no one unit, or one that every plan leaves out.
    VerificationError
        If the plan found breaks a rule: our fault, and nothing is handed out.
    """
    scenario, territory = run.ground.file.scenario, run.ground.territory
    refuse_limits_on_whole(scenario, "the price of a wish")
    asked = read_requirements(wishes, territory)
    ground = ask_instead(run.ground, with_requirements(scenario, asked))
    question = Question(run, ground, asked)
    if ground.impossible:
        return _nothing(question, Status.INFEASIBLE)
    if question.is_restriction and not _broken(question):
        return _granted(question)
    seconds = _SECONDS * (scenario.solve.minutes if minutes is None else minutes)
    return _grant(question, seconds, report, whole=whole)


def _broken(question: Question) -> list[Finding]:
    ground = question.ground
    scenario, plan = ground.file.scenario, question.run.plan
    return errors_in(verify_plan(plan, scenario, ground.territory, ground.graph))


def _nothing(
    question: Question, ended: Status, why: tuple[Finding, ...] = (), blocks: int = 0
) -> WhatIf:
    """Return that there is no plan, with the reasons."""
    ground = question.ground
    certificate = Certificate(ended, math.inf, math.inf, versions=versions())
    result = hand_out(ground, certificate, None, (*ground.impossible, *why))
    return WhatIf(question.requirements, result, blocks=blocks)


def _granted(question: Question) -> WhatIf:
    """Return the run's own plan as the answer: it cannot cost more to leave it as it is."""
    run, ground = question.run, question.ground
    known = run.certificate
    certificate = certify(run, ground, run.plan, known.bound, 0.0)
    price = Price(0.0, max(0.0, known.cost - known.bound), known.cost)
    result = hand_out(ground, certificate, run.plan)
    return WhatIf(question.requirements, result, price, granted=True)


def _grant(
    question: Question, seconds: float, report: Callable[[Progress], None], *, whole: bool
) -> WhatIf:
    began = time.monotonic()
    every = tuple(range(len(question.after.blocks)))
    chosen = every if whole else blocks_of(question.after, question.units)
    held = len(tied_to(question.after, chosen))
    before = _know_before(question, chosen, seconds * _SHARE_BEFORE, report)
    part = question.part_after(chosen)
    start = _start(question)
    left = max(1.0, seconds - (time.monotonic() - began))
    solution = solve_again(part, question.run.ground.file.scenario.solve, left, start, report)
    ended = solution.certificate.status
    if ended is Status.INFEASIBLE and held:
        return _grant(question, seconds, report, whole=True)  # other numbers may admit a plan
    if solution.plan is None:
        why = explain_proven(part, solution.certificate)
        return _nothing(question, ended, why, len(chosen))
    took = time.monotonic() - began
    return _answer(question, chosen, before, solution, held=held, seconds=took)


def _answer(
    question: Question,
    chosen: Sequence[int],
    before: Known,
    solution: Solution,
    *,
    held: int,
    seconds: float,
) -> WhatIf:
    """Put the plan together, price it, and have it judged."""
    assert solution.plan is not None  # noqa: S101 - asked before
    after, run = what_is_known(solution), question.run
    effect: Effect = "costs" if question.is_restriction else "either"
    plan = _put_together(question, chosen, solution.plan)
    bound = _bound(question, chosen, before, after)
    certificate = certify(run, question.ground, plan, bound, seconds)
    result = hand_out(question.ground, certificate, plan)
    return WhatIf(
        question.requirements,
        result,
        build_price(before, after, run.certificate.cost, effect),
        _differences(result.certificate, run.certificate),
        blocks=len(chosen),
        held=held,
        bettered=_cost_in(question, chosen) - before.cost,
    )


def _start(question: Question) -> Plan | None:
    """Return a plan next to the run's that grants the wishes, where one single change does."""
    named = question.part_after(blocks_of(question.after, question.units))
    nearby = plans_nearby(question.drawn_after, question.units)
    return first_that_fits(named, islice(nearby, _MOST_STARTS))


def _know_before(
    question: Question, chosen: Sequence[int], seconds: float, report: Callable[[Progress], None]
) -> Known:
    """Return what is known of some blocks without the wishes, all others as they are.

    ``v >= bound of the whole - cost of the others``, since the others as they are together
    with the best plan of these blocks are one plan of the whole.
    """
    certificate = question.run.certificate
    cost = _cost_in(question, chosen)
    bound = max(0.0, cost - (certificate.cost - certificate.bound))
    if certificate.status is Status.OPTIMAL:
        return Known(cost, bound)
    options = question.run.ground.file.scenario.solve
    part = question.part_before(chosen)
    found = what_is_known(solve_again(part, options, seconds, question.run.plan, report))
    return Known(min(cost, found.cost), max(bound, found.bound))


def _cost_in(question: Question, chosen: Sequence[int]) -> float:
    return math.fsum(question.run.drawn.cost_of_block(b) for b in chosen)


def _put_together(question: Question, chosen: Sequence[int], found: Plan) -> Plan:
    """Return the run's plan with some blocks as they were found."""
    plan = question.run.plan
    inside = {unit for b in chosen for unit in question.after.blocks[b].ids}
    seats = {unit: plan.seat_of_unit(unit) for unit in plan.municipality_of if unit not in inside}
    seats |= {unit: found.seat_of_unit(unit) for unit in found.municipality_of}
    outside = [unit for unit in plan.outside if unit not in inside]
    return Plan.from_seats(seats, [*outside, *found.outside])


def _bound(question: Question, chosen: Sequence[int], before: Known, after: Known) -> float:
    """Return a bound on the cost of any plan of the whole that grants the wishes.

    Blocks that nothing ties cost at least the bound of the run less the cost of those that
    were solved again. Where a number ties them, the run's bound is all that is known, and
    only where the wishes are rules more.
    """
    known = question.run.certificate.bound
    floor = max(0.0, known) if question.is_restriction else 0.0
    if len(chosen) == len(question.after.blocks):
        return max(floor, after.bound)
    tied = tied_to(question.after, chosen)
    return floor if tied else max(floor, known - before.cost + after.bound)


def _differences(after: Certificate, before: Certificate) -> tuple[AimValue, ...]:
    raws = {aim.name: aim.raw for aim in before.aims}
    return tuple(replace(aim, raw=aim.raw - raws[aim.name]) for aim in after.aims)
