"""Settle the numbers: blocks solved again where the limits ask for plans or proofs."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.solve.allocate import choose_numbers
from amalgamation.status import Status, is_within, relative_gap

if TYPE_CHECKING:
    from amalgamation.solve.allocate import Allocation, Curve
    from amalgamation.solve.country.state import Country
    from amalgamation.solve.task import BlockTask

__all__ = ["settle"]

_MOST_ROUNDS = 50


def settle(country: Country) -> Status:
    """Solve blocks again, at the numbers that the limits ask for, until the gap is met."""
    for _ in range(_MOST_ROUNDS):
        floor, best = country.floor(), country.best()
        if floor is None:
            return Status.INFEASIBLE
        if country.stop.asked:
            return Status.INTERRUPTED
        if best is not None and is_within(relative_gap(best.value, floor.value), country.gap):
            return Status.WITHIN_GAP
        tasks = (
            _missing_plans(country)
            or _unproven_numbers(country, floor)
            or _loose_blocks(country, floor)
        )
        if not tasks or country.seconds_left <= 0:
            return Status.FEASIBLE
        country.learn(country.workers.solve("settle", tasks))
    return Status.FEASIBLE


def _missing_plans(country: Country) -> list[BlockTask]:
    """Ask for plans at the numbers that promise the best sum and that no plan is known for."""
    spread = country.gap / 2
    hopes = [{k: c.estimate(k, spread) for k in c.numbers()} for c in country.curves]
    hoped = choose_numbers(hopes, country.limits)
    if hoped is None:
        return []
    wanted = [
        (b, k)
        for b, k in enumerate(hoped.numbers)
        if k not in country.curves[b].plans and k not in country.tried[b]
    ]
    for b, k in wanted:
        country.tried[b].add(k)
    return country.ask_at(wanted)


def _unproven_numbers(country: Country, floor: Allocation) -> list[BlockTask]:
    """Ask for a proof at the numbers where the bound rests, each once."""
    wanted = [
        (b, k)
        for b, k in enumerate(floor.numbers)
        if k not in country.proved[b] and _spread(country.curves[b], k) > country.gap / 2
    ]
    return country.ask_at(wanted)


def _spread(curve: Curve, number: int) -> float:
    """Return the gap between the best plan known at a number and its bound."""
    plan = curve.plans.get(number)
    return relative_gap(math.inf if plan is None else plan.cost, curve.bound(number))


def _loose_blocks(country: Country, floor: Allocation) -> list[BlockTask]:
    """Give what time is left to the blocks whose bound lies furthest below their plan."""
    tasks = []
    best = country.best()
    numbers = floor.numbers if best is None else best.numbers
    for b, k in enumerate(numbers):
        plan = country.curves[b].plans.get(k)
        if _spread(country.curves[b], k) > country.gap / 2:
            last = country.answers[b][-1].task
            if not last.admits(k):  # it asked for another number, and was answered
                last = replace(last, number=country.problem.own_range(b))
            start = plan.seat_of if plan is not None else {}
            tasks.append(replace(last, gap=last.gap / 2, start=start))
    seconds = country.share_time([task.block for task in tasks], country.seconds_left)
    return [
        replace(task, seconds=seconds[task.block])
        for task in tasks
        if seconds[task.block] > task.seconds / 4
    ]
