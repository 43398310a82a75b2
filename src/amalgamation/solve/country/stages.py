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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amalgamation.solve.allocate import Curve, choose_prices
from amalgamation.solve.assemble import Solution, assemble
from amalgamation.solve.country.look import measure_curves
from amalgamation.solve.country.settle import settle
from amalgamation.solve.country.state import Country
from amalgamation.solve.country.trace import trace_frontier
from amalgamation.solve.engines import choose_engine
from amalgamation.solve.frontier import build_frontier
from amalgamation.solve.given_start import start_answers
from amalgamation.solve.interrupt import StopSignal
from amalgamation.solve.workers import Progress, Workers, count_cores
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amalgamation.model import Problem
    from amalgamation.plan import Plan

__all__ = ["solve_free", "walk"]

# Parts of the time that two stages may take at most; settling gets what is left.
_LADDER_SHARE = 0.1
_SOLVE_SHARE = 0.65


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
            trace_frontier(country)
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
        measure_curves(country)
        prices = choose_prices(country.curves, country.limits)
    _solve_at_prices(country, prices)
    if any(answers[-1].status is Status.FAILED for answers in country.answers):
        return Status.FAILED
    if any(_is_impossible(curve) for curve in country.curves):
        return Status.INFEASIBLE
    return settle(country)


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


def _solve_at_prices(country: Country, prices: Sequence[float]) -> None:
    blocks = range(len(country.curves))
    share = _SOLVE_SHARE if country.limits else 1.0
    seconds = country.share_time(blocks, country.seconds_left * share)
    tasks = [country.solve_task(b, seconds[b], price=prices[b]) for b in blocks]
    country.learn(country.workers.solve("solve", tasks))


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
