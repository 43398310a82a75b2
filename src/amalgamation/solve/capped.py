"""Caps on aims: the most that an aim may come to over all blocks together.

In: a problem with caps. Out: a `Solution`. Two roads lead there, and the better bound of
the two counts:

*Prices.* A cap ``B(plan) <= e`` is dropped, and each unit of B costs ``price`` instead. The
least of ``A(plan) + price * B(plan)``, found by any engine, less ``price * e``, bounds A for
every plan that keeps the cap, whatever the price (Lagrangian relaxation; Geoffrion 1974).
Each price gives plans of each block besides; a small integer program picks one per block so
that caps and numbers hold, and the duals of its relaxation are the next prices (Dantzig and
Wolfe 1960).

*One program.* All blocks are joined, and the caps stand as rows of the compact model: exact,
for as many units as one program can hold. Prices alone see only the convex hull of what is
possible, and may leave a gap however long they run; this closes it.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pulp

from amalgamation.model import join_blocks
from amalgamation.solve.allocate import add_limits
from amalgamation.solve.assemble import Solution, assemble, build_plan
from amalgamation.solve.country import walk
from amalgamation.solve.given_start import start_answers
from amalgamation.solve.highs import LiveModel
from amalgamation.solve.task import cost_of, municipalities_of, units_outside
from amalgamation.status import CapValue, Status, is_within, relative_gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.model import Aim, Problem
    from amalgamation.plan import Plan
    from amalgamation.solve.allocate import Curve
    from amalgamation.solve.task import BlockAnswer

__all__ = ["solve_capped"]

# So few units one program holds better than prices do.
_FEW_UNITS = 60
# Above so many pairs (unit, seat), in one program, nothing more would be proven in any time.
_MOST_PAIRS = 60_000
_MOST_LOOKS = 10
# Of the time left, what one look may take; and all of them, where the one program follows.
_LOOK_SHARE = 0.4
_LOOKS_SHARE = 0.5
# Work on one choice, some ten seconds where it is hard.
_CHOICE_LOOKS = 1000
# However dear the limited aim is beside the cost, a look is not solved closer than this part.
_LEAST_PART = 0.05
_PRICED = (
    "A limit on an aim was priced over the blocks: such a bound may stay below the least cost, "
    "however long it is worked on."
)
_ONE_PROGRAM = "A limit on an aim stood as a row in one program of all blocks."


@dataclass(frozen=True)
class _Piece:
    """A plan of one block: its cost, and what it takes of each cap."""

    answer: BlockAnswer
    takes: tuple[float, ...]


@dataclass
class _Look:
    """What one set of prices taught: lower lines on the cost of each block."""

    prices: tuple[float, ...]
    curves: list[Curve]
    bound: float


@dataclass
class _Search:
    problem: Problem
    options: dict[str, Any]
    gap: float
    seconds: float
    began: float = field(default_factory=time.monotonic)
    pool: list[dict[tuple[float, ...], _Piece]] = field(default_factory=list)
    looks: list[_Look] = field(default_factory=list)
    answers: list[list[BlockAnswer]] = field(default_factory=list)
    engines: list[tuple[str, str]] = field(default_factory=list)
    chosen: list[_Piece] = field(default_factory=list)
    status: Status = Status.FEASIBLE
    peak_mb: float = 0.0
    stopped: bool = False

    @property
    def seconds_left(self) -> float:
        return self.seconds - (time.monotonic() - self.began)

    @property
    def cost(self) -> float:
        return sum(piece.answer.cost for piece in self.chosen) if self.chosen else math.inf

    @property
    def bound(self) -> float:
        return max([0.0, *(look.bound for look in self.looks)])

    @property
    def is_done(self) -> bool:
        if self.stopped or self.status in (Status.INFEASIBLE, Status.FAILED):
            return True
        return bool(self.chosen) and is_within(relative_gap(self.cost, self.bound), self.gap)

    @property
    def start(self) -> Plan | None:
        if not self.chosen:
            return None
        return build_plan(self.problem, [piece.answer for piece in self.chosen])


def solve_capped(
    problem: Problem, *, gap: float, seconds: float, start: Plan | None, **options: Any
) -> Solution:
    """Find a plan that keeps the caps, and a proven bound on the cost of any such plan.

    Parameters
    ----------
    problem
        With caps.
    gap, seconds, start
        As `amalgamation.solve.solve_problem` takes them.
    **options
        Its other options; there is no frontier of numbers under a cap.
    """
    search = _Search(problem, options | {"points": 0}, gap, seconds)
    search.pool = [{} for _ in problem.blocks]
    search.answers = [[] for _ in problem.blocks]
    if start is not None:
        for block, answer in enumerate(start_answers(problem, start, options["seed"])):
            _keep(search, block, answer)
        _choose(search)
    units = sum(len(block) for block in problem.blocks)
    pairs = sum(len(block.pairs) for block in problem.blocks)
    joins = pairs <= _MOST_PAIRS and options["engine"] != "search"
    if not (joins and units <= _FEW_UNITS):
        _look_at_prices(search, start, share=_LOOKS_SHARE if joins else 1.0)
    by_price = _assemble_priced(search)
    if not joins or search.is_done or search.seconds_left <= 0:
        return by_price
    return _join(search, by_price, start)


# --- prices ---------------------------------------------------------------------------------


def _look_at_prices(search: _Search, start: Plan | None, share: float) -> None:
    """Solve at one set of prices after another, until bound and plan meet or nothing moves."""
    until = search.seconds * share
    free = tuple(0.0 for _ in search.problem.caps)
    _look(search, free, until, start)
    if not search.is_done and not search.chosen:
        _look(search, None, until, start)
    for _ in range(_MOST_LOOKS):
        if search.is_done or time.monotonic() - search.began >= until:
            return
        prices, hope = _next_prices(search)
        if prices is None or hope - search.bound <= search.gap / 4 * abs(hope):
            return
        _look(search, prices, until, start)


def _look(
    search: _Search, prices: tuple[float, ...] | None, until: float, start: Plan | None
) -> None:
    """Solve at prices, None for nothing but the caps; learn plans and bound."""
    problem = search.problem
    priced = _at_prices(problem, prices)
    seconds = _LOOK_SHARE * max(1.0, until - (time.monotonic() - search.began))
    options = search.options | {"gap": _gap_at(search, prices), "seconds": seconds}
    country, status = walk(priced, start=search.start or start, **options)
    search.stopped = country.stop.asked
    search.peak_mb = max(search.peak_mb, country.peak_mb)
    search.engines = search.engines or list(country.engines)
    for block, answers in enumerate(country.answers):
        search.answers[block] += answers
        for answer in (*answers, *country.curves[block].plans.values()):
            _keep(search, block, answer)
    floor = country.floor()
    if status in (Status.INFEASIBLE, Status.FAILED):
        search.status = status
    elif floor is not None and prices is None:
        if floor.value > _most_of_all(problem) * (1 + 1e-6) + 1e-9:
            search.status = Status.INFEASIBLE
    elif floor is not None and prices is not None:
        dues = sum(p * cap.most for p, cap in zip(prices, problem.caps, strict=True))
        search.looks.append(_Look(prices, country.curves, floor.value - dues))
    _choose(search)


def _at_prices(problem: Problem, prices: tuple[float, ...] | None) -> Problem:
    """Return the problem without caps, each unit of a capped aim at its price instead."""
    factors: dict[str, float] = {}
    aims: dict[str, Aim] = {}
    if prices is not None:
        for aim in problem.aims:
            factors[aim.name] = aim.weight / problem.references[aim.name]
            aims[aim.name] = aim
    own = [1 / cap.size for cap in problem.caps] if prices is None else prices
    for cap, price in zip(problem.caps, own, strict=True):
        for aim, factor in cap.terms:
            factors[aim.name] = factors.get(aim.name, 0.0) + price * factor
            aims.setdefault(aim.name, aim)
    references = problem.references
    weighed = tuple(
        replace(aim, weight=factors[name] * references[name])  # type: ignore[type-var]
        for name, aim in aims.items()
        if factors[name] > 0
    )
    return replace(problem, aims=weighed, caps=())


def _most_of_all(problem: Problem) -> float:
    """Return the most that the caps leave, summed as `_at_prices` sums what they cap."""
    return sum(cap.most / cap.size for cap in problem.caps)


def _gap_at(search: _Search, prices: tuple[float, ...] | None) -> float:
    """Return the gap to solve to: of the priced cost, yet as small as the cost alone asks."""
    if prices is None:
        return search.gap
    dues = sum(p * cap.most for p, cap in zip(prices, search.problem.caps, strict=True))
    cost = search.cost if search.chosen else search.bound
    part = max(_LEAST_PART, cost / (cost + dues)) if cost + dues > 0 else 1.0
    return search.gap / 2 * part


def _keep(search: _Search, block: int, answer: BlockAnswer | None) -> None:
    """Keep a plan of a block, its cost that of the question without prices."""
    if answer is None or not answer.seat_of:
        return
    problem, own = search.problem, search.problem.blocks[block]
    municipalities = municipalities_of(own, answer.seat_of)
    outside = units_outside(answer.seat_of)
    takes = tuple(cap.value(own, municipalities, outside) for cap in problem.caps)
    cost = cost_of(problem, block, answer.seat_of)
    key = (answer.number, *(float(f"{value:.10g}") for value in (cost, *takes)))
    search.pool[block].setdefault(key, _Piece(replace(answer, cost=cost), takes))


def _choose(search: _Search) -> None:
    """Pick a plan of each block so that caps and numbers hold, at the least cost."""
    model, picks = _build_choice(search)
    if model is None:
        return
    live = LiveModel(model, 1, lambda: False, looks=_CHOICE_LOOKS)
    outcome = live.solve_integer(max(1.0, search.seconds_left), search.gap / 8)
    if not outcome.has_solution:
        return
    chosen = [
        next(piece for piece, variable in own if outcome.values[variable.name] > 1 / 2)
        for own in picks
    ]
    if _keeps(search.problem, chosen) and sum(p.answer.cost for p in chosen) < search.cost:
        search.chosen = chosen


def _keeps(problem: Problem, chosen: Sequence[_Piece]) -> bool:
    """Judge again: the solver's row has a tolerance of its own."""
    sums = [sum(piece.takes[c] for piece in chosen) for c in range(len(problem.caps))]
    return all(cap.admits(total) for cap, total in zip(problem.caps, sums, strict=True))


def _build_choice(search: _Search) -> tuple[Any, list[list[tuple[_Piece, Any]]]]:
    if not all(search.pool):
        return None, []
    model = pulp.LpProblem("choice", pulp.LpMinimize)
    picks = [
        [
            (piece, model.add_variable(f"z_{b}_{at}", 0, 1, pulp.LpBinary))
            for at, piece in enumerate(own.values())
        ]
        for b, own in enumerate(search.pool)
    ]
    every = [pair for own in picks for pair in own]
    model.setObjective(pulp.lpSum(piece.answer.cost * z for piece, z in every))
    for own in picks:
        model.addConstraint(pulp.lpSum(z for _, z in own) == 1)
    for c, cap in enumerate(search.problem.caps):
        total = pulp.lpSum(piece.takes[c] / cap.size * z for piece, z in every)
        model.addConstraint(total <= cap.most / cap.size, f"cap_{c}")
    add_limits(
        model,
        search.problem.limits,
        lambda b: pulp.lpSum(piece.answer.number * z for piece, z in picks[b]),
    )
    return model, picks


def _next_prices(search: _Search) -> tuple[tuple[float, ...] | None, float]:
    """Return the prices at which the plans at hand would meet the caps, and what they cost."""
    model, _ = _build_choice(search)
    live = LiveModel(model, 1, lambda: False)
    outcome = live.solve_relaxation(math.inf)
    if not outcome.has_solution:
        return None, math.inf
    prices = tuple(
        max(0.0, -live.read_dual(f"cap_{c}")) / cap.size
        for c, cap in enumerate(search.problem.caps)
    )
    known = {look.prices for look in search.looks}
    return (None if prices in known else prices), outcome.bound


def _assemble_priced(search: _Search) -> Solution:
    problem, chosen = search.problem, search.chosen
    status = Status.INTERRUPTED if search.stopped else search.status
    bound = math.inf if search.status is Status.INFEASIBLE else search.bound
    solution = assemble(
        problem,
        [piece.answer for piece in chosen],
        search.answers,
        status,
        bound,
        block_bounds=[_block_bound(search, b, piece) for b, piece in enumerate(chosen)]
        or [-math.inf] * len(problem.blocks),
        engines=search.engines or [("", "")] * len(problem.blocks),
        frontier=(),
        peak_mb=search.peak_mb,
        seconds=time.monotonic() - search.began,
        seed=search.options["seed"],
        wanted_gap=search.gap,
    )
    return _with_caps(problem, chosen, solution, _PRICED)


def _block_bound(search: _Search, block: int, piece: _Piece) -> float:
    """Return what a block must cost at the number and the share of the caps that it has."""
    lines = [
        look.curves[block].bound(piece.answer.number)
        - sum(p * took for p, took in zip(look.prices, piece.takes, strict=True))
        for look in search.looks
    ]
    return max([0.0, *lines])


def _with_caps(
    problem: Problem, chosen: Sequence[_Piece], solution: Solution, how: str
) -> Solution:
    """Add to the certificate what the plan comes to at each cap, and how the bound came about."""
    certificate = solution.certificate
    values = tuple(
        CapValue(
            cap.key.removeprefix("rules.at_most."),
            cap.unit,
            sum(piece.takes[c] for piece in chosen),
            cap.most,
        )
        for c, cap in enumerate(problem.caps)
        if chosen and cap.key.startswith("rules.at_most.")
    )
    told = (*certificate.assumptions, *(value.sentence() for value in values), how)
    return Solution(solution.plan, replace(certificate, caps=values, assumptions=told))


# --- one program ----------------------------------------------------------------------------


def _join(search: _Search, by_price: Solution, start: Plan | None) -> Solution:
    """Solve all blocks as one, the caps as rows; keep the better plan and the better bound."""
    problem = search.problem
    joined = join_blocks(problem)
    options = search.options | {"gap": search.gap, "seconds": search.seconds_left}
    country, status = walk(joined, start=by_price.plan or start, **options)
    best, floor = country.best(), country.floor()
    own = 0.0 if floor is None else floor.value
    bound = math.inf if status is Status.INFEASIBLE else max(own, search.bound)
    chosen: list[_Piece] = []
    if best is not None and status is not Status.INFEASIBLE:
        answer = country.curves[0].plans[best.numbers[0]]
        block, seats = joined.blocks[0], answer.seat_of
        takes = [
            cap.value(block, municipalities_of(block, seats), units_outside(seats))
            for cap in problem.caps
        ]
        chosen = [_Piece(answer, tuple(takes))]
    if not chosen and by_price.plan is not None and status is not Status.INFEASIBLE:
        certificate = replace(by_price.certificate, bound=min(bound, by_price.certificate.cost))
        return Solution(by_price.plan, certificate)
    solution = assemble(
        joined,
        [piece.answer for piece in chosen],
        country.answers,
        Status.INTERRUPTED if country.stop.asked else status,
        bound,
        block_bounds=[bound],
        engines=country.engines,
        frontier=(),
        peak_mb=max(search.peak_mb, country.peak_mb),
        seconds=time.monotonic() - search.began,
        seed=search.options["seed"],
        wanted_gap=search.gap,
    )
    return _with_caps(problem, chosen, solution, _ONE_PROGRAM)
