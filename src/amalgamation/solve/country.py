"""The country: blocks solved side by side, their numbers settled, one certificate.

Where a limit on the number of municipalities binds several blocks, the road has five
stages: *start* (a plan of each block by descent, for whoever stops early), *ladder* (plans
at other numbers), *curve* (relaxations at a few prices of a municipality, so that a price
is known at which the limit is met), *solve* (each block at its price, which proves a bound
at every number), *settle* (blocks solved again at the numbers that the limits ask for).
Without such a limit, *ladder* and *curve* are left out.
"""

from __future__ import annotations

import math
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amalgamation.model import NumberLimit
from amalgamation.solve.allocate import Allocation, Curve, choose_numbers, choose_prices
from amalgamation.solve.assemble import Solution, assemble
from amalgamation.solve.compact import Tangent
from amalgamation.solve.engines import Choice, choose_engine
from amalgamation.solve.frontier import build_frontier
from amalgamation.solve.given_start import start_answers
from amalgamation.solve.interrupt import StopSignal
from amalgamation.solve.task import BlockAnswer, BlockTask
from amalgamation.solve.workers import Progress, Workers, count_cores
from amalgamation.status import Status, is_within, relative_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amalgamation.model import Problem
    from amalgamation.plan import Plan

__all__ = ["Country", "solve_free", "walk"]

# Shares of the time that the stages may take at most; settling gets what is left.
_LADDER_SHARE = 0.1
_CURVE_SHARE = 0.25
_SOLVE_SHARE = 0.65
# Share of the time left that one round of settling may take.
_ASK_SHARE = 0.7
# Prices of the first look at the curves, as multiples of what one municipality of the
# reference plan costs on average; the likeliest first, in case time ends the look.
_FIRST_LOOK = (0.5, 1.0, 0.25, 2.0, 0.1, 4.0)
# Factors of the later looks: the price that meets the limits, and so far to both sides.
_LATER_LOOKS = (1.25, 1.07, 1.02)
# Where several limits give several prices, a look takes at most so many.
_MOST_PRICES = 3
_MOST_SETTLE_ROUNDS = 50


@dataclass
class Country:
    """What is known so far on the whole."""

    problem: Problem
    gap: float
    seconds: float
    seed: int
    points: int
    presolve: bool
    workers: Workers
    stop: StopSignal
    engines: list[Choice]
    limits: list[NumberLimit]
    curves: list[Curve]
    answers: list[list[BlockAnswer]]
    tried: list[set[int]]
    proved: list[set[int]]
    peak_mb: float = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        """Time that is left."""
        return self.seconds - (time.monotonic() - self.began)

    def best(self) -> Allocation | None:
        """Return the best plan at hand."""
        return choose_numbers([curve.costs() for curve in self.curves], self.limits)

    def floor(self) -> Allocation | None:
        """Return the least that any plan can cost."""
        return choose_numbers([curve.bounds() for curve in self.curves], self.limits)

    def task(self, block: int, seconds: float) -> BlockTask:
        """Return a task that begins with nothing."""
        return BlockTask(
            block,
            self.problem.own_range(block),
            seed=self.seed,
            seconds=seconds,
            cuts=self.curves[block].cuts,
            engine=self.engines[block][0],
            presolve=self.presolve,
        )

    def solve_task(self, block: int, seconds: float, **changes: Any) -> BlockTask:
        """Return a task that starts from the best plan known of its block."""
        # Where a number is shared out, part of the gap is left to how it is shared.
        gap = self.gap / 2 if self.limits else self.gap
        task = replace(self.task(block, seconds), gap=gap, **changes)
        return replace(task, start=self.curves[block].start(task))

    def ask_at(self, wanted: Sequence[tuple[int, int]]) -> list[BlockTask]:
        """Return tasks for (block, number), and remember that these were asked for."""
        seconds = _share_time(self, [b for b, _ in wanted], self.seconds_left * _ASK_SHARE)
        for b, k in wanted:
            self.proved[b].add(k)
        return [self.solve_task(b, seconds[b], number=(k, k)) for b, k in wanted]

    def learn(self, answers: Sequence[BlockAnswer]) -> None:
        """Take in answers of blocks: plans, bounds, proofs that there is none."""
        for answer in answers:
            block = answer.task.block
            self.curves[block].learn(answer)
            self.answers[block].append(answer)
            least, most = answer.task.number
            if math.isfinite(answer.bound) and (least, most) == self.problem.own_range(block):
                tangent = Tangent(answer.bound, answer.task.price, float(answer.number))
                self.curves[block].tangents.append(tangent)


def solve_free(problem: Problem, **options: Any) -> Solution:
    """Find a plan where nothing but numbers binds the blocks.

    Parameters
    ----------
    problem
        Without caps.
    **options
        Those of `amalgamation.solve.solve_problem`, all of them.
    """
    return _finish(*walk(problem, **options))


def walk(  # noqa: PLR0913 - the options of a run, all by name
    problem: Problem,
    *,
    gap: float,
    seconds: float,
    seed: int,
    engine: str,
    points: int,
    processes: int | None,
    start: Plan | None,
    presolve: bool,
    report: Callable[[Progress], None],
) -> tuple[Country, Status]:
    """Walk all stages; return what is known then, and how it ended.

    Parameters are those of `amalgamation.solve.solve_problem`.
    """
    wanted = min(processes or count_cores(), len(problem.blocks))
    with tempfile.TemporaryDirectory(prefix="amalgamation-") as name:
        folder = Path(name)
        with (
            StopSignal(folder / "stop") as stop,
            Workers(problem, wanted, folder, report, seconds) as pool,
        ):
            options = {"gap": gap, "seconds": seconds, "seed": seed, "points": points}
            country = _begin(problem, engine, pool, stop, presolve=presolve, **options)
            if start is not None:
                country.learn([a for a in start_answers(problem, start, seed) if a is not None])
            status = _solve_all(country)
            _trace_frontier(country)
            country.peak_mb = pool.peak_mb()
            return country, status


def _begin(
    problem: Problem, engine: str, workers: Workers, stop: StopSignal, **options: Any
) -> Country:
    curves = [
        _empty_curve(problem, block, len(block_.pairs.seats))
        for block, block_ in enumerate(problem.blocks)
    ]
    return Country(
        problem=problem,
        workers=workers,
        stop=stop,
        engines=[choose_engine(problem, b, engine) for b in range(len(curves))],
        limits=[limit for limit in problem.limits if len(limit.blocks) != 1],
        curves=curves,
        answers=[[] for _ in curves],
        tried=[set() for _ in curves],
        proved=[set() for _ in curves],
        **options,
    )


def _empty_curve(problem: Problem, block: int, seats: int) -> Curve:
    least, most = problem.own_range(block)
    lowest = least or problem.blocks[block].fewest
    return Curve(lowest, seats if most is None else min(seats, most))


def _solve_all(country: Country) -> Status:
    """Walk the stages; return how it ended, short of the country's own gap."""
    prices = [0.0] * len(country.curves)
    _start(country)
    if country.limits:
        _measure_curves(country)
        prices = choose_prices(country.curves, country.limits)
    _solve_at_prices(country, prices)
    if any(answers[-1].status is Status.FAILED for answers in country.answers):
        return Status.FAILED
    if any(_is_impossible(curve) for curve in country.curves):
        return Status.INFEASIBLE
    return _settle(country)


def _is_impossible(curve: Curve) -> bool:
    return not curve.numbers()


def _start(country: Country) -> None:
    """Have plans at many numbers soon, for whoever stops early."""
    if country.problem.on_plan:
        return  # such plans know no limit on the whole
    seconds = _LADDER_SHARE * country.seconds * country.workers.processes / len(country.curves)
    tasks = [country.task(b, seconds) for b in range(len(country.curves))]
    for stage in ("start", "ladder") if country.limits else ("start",):
        for answers in country.workers.start(stage, tasks, ladder=stage == "ladder"):
            country.learn(answers)


def _measure_curves(country: Country) -> None:
    """Look at the curves at a few prices, then closer where the limits are met."""
    number = max(1, *(limit.most or limit.least or 1 for limit in country.limits))
    scale = sum(aim.weight for aim in country.problem.aims) / number
    if any(limit.least is not None for limit in country.limits):
        _look(country, [0.0])
    if _falls_short(country):
        # Only a subsidy brings more municipalities than each block wants by itself.
        _look(country, [-part * scale for part in _FIRST_LOOK])
    _look(country, [part * scale for part in _FIRST_LOOK])
    for step in _LATER_LOOKS:
        if country.seconds_left < (1 - _CURVE_SHARE) * country.seconds:
            return
        met = sorted({price for price in choose_prices(country.curves, country.limits) if price})
        closer = sorted(
            {price * step**power for price in met[:_MOST_PRICES] for power in (-2, -1, 1, 2)}
        )
        if closer:
            _look(country, closer)


def _falls_short(country: Country) -> bool:
    """Say whether blocks that pay nothing make fewer municipalities than a limit asks for."""
    free = [
        max((t.number for t in curve.tangents if t.price == 0), default=0.0)
        for curve in country.curves
    ]
    return any(
        limit.least is not None and sum(free[b] for b in limit.blocks) < limit.least
        for limit in country.limits
    )


def _look(country: Country, prices: Sequence[float]) -> None:
    blocks = range(len(country.curves))
    seconds = country.seconds * _CURVE_SHARE
    tasks = [country.task(block, seconds) for block in blocks]
    found = country.workers.measure("curve", tasks, prices)
    for curve, look in zip(country.curves, found, strict=True):
        curve.tangents.extend(look.tangents)
        curve.cuts = look.cuts


def _solve_at_prices(country: Country, prices: Sequence[float]) -> None:
    blocks = range(len(country.curves))
    share = _SOLVE_SHARE if country.limits else 1.0
    seconds = _share_time(country, blocks, country.seconds_left * share)
    tasks = [country.solve_task(b, seconds[b], price=prices[b]) for b in blocks]
    country.learn(country.workers.solve("solve", tasks))


def _share_time(country: Country, blocks: Sequence[int], seconds: float) -> dict[int, float]:
    """Share out time by size: blocks run side by side, and large ones are harder."""
    processes = max(1, min(country.workers.processes, len(blocks)))
    weights = {b: float(len(country.problem.blocks[b])) ** 1.5 for b in blocks}
    total = sum(weights.values())
    return {
        b: max(0.05, seconds * min(1.0, processes * weight / total))
        for b, weight in weights.items()
    }


def _settle(country: Country) -> Status:
    """Solve blocks again, at the numbers that the limits ask for, until the gap is met."""
    for _ in range(_MOST_SETTLE_ROUNDS):
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
    seconds = _share_time(country, [task.block for task in tasks], country.seconds_left)
    return [
        replace(task, seconds=seconds[task.block])
        for task in tasks
        if seconds[task.block] > task.seconds / 4
    ]


def _trace_frontier(country: Country) -> None:
    """Solve at the prices that bring numbers across the whole range."""
    every = tuple(range(len(country.curves)))
    known = [point.number for point in build_frontier(country.curves, country.limits)]
    if not (country.points and known):
        return
    if not country.limits:
        scale = sum(aim.weight for aim in country.problem.aims) / len(country.problem.blocks)
        _look(country, [sign * part * scale for sign in (1, -1) for part in _FIRST_LOOK])
    for point in range(country.points):
        number = round(known[0] + (known[-1] - known[0]) * point / max(1, country.points - 1))
        limit = NumberLimit("frontier", every, number, number)
        prices = choose_prices(country.curves, [limit])
        seconds = country.seconds_left / (country.points - point)
        if country.stop.asked or seconds <= 0:
            return
        shares = _share_time(country, every, seconds)
        tasks = [country.solve_task(b, shares[b], price=prices[b]) for b in every]
        country.learn(country.workers.solve("frontier", tasks))


def _finish(country: Country, status: Status) -> Solution:
    best, floor = country.best(), country.floor()
    bound = math.inf if floor is None else floor.value
    plans, bounds = [], [-math.inf] * len(country.curves)
    if best is not None and status is not Status.INFEASIBLE:
        plans = [country.curves[b].plans[k] for b, k in enumerate(best.numbers)]
        bounds = [country.curves[b].bound(k) for b, k in enumerate(best.numbers)]
    return assemble(
        country.problem,
        plans,
        country.answers,
        status,
        bound,
        block_bounds=bounds,
        engines=country.engines,
        frontier=build_frontier(country.curves, country.limits),
        peak_mb=country.peak_mb,
        seconds=time.monotonic() - country.began,
        seed=country.seed,
        wanted_gap=country.gap,
    )
