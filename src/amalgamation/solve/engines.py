"""The engines, and which of them suits a block.

``compact`` solves one program with a variable per pair (unit, seat): best where there are
few units, where the number is fixed and sizes are loose, or where ties count. ``columns``
has a variable per municipality: best where a minimum must be met by many units. ``search``
looks for plans only, with a bound from the compact model's relaxation.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.model.rules.ranges import AttributeRule
from amalgamation.solve.one_program import solve_by_program
from amalgamation.solve.search import improve_start, search_block, start_block
from amalgamation.solve.task import BlockAnswer
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem
    from amalgamation.solve.task import BlockTask

__all__ = ["Choice", "choose_engine", "solve_block", "start_block"]

Choice = tuple[str, str]

# Below, the compact model is done before the other engine has started: to 1 % (benchmarks.growth)
# 40 units take it 1.8 s against 3.8 s of columns, 50 units 8.7 s against 6.6 s.
_FEW_UNITS = 45
# Where nothing but ties counts, columns are ahead from here on: 50 units into 4, 5, 6 parts of
# equal size (up to 25 %) take them 14, 19, 20 s, the compact model 35 s, over 100 s, 52 s.
_SOME_UNITS = 35
# Where municipalities are made of more units than this, columns are too many and too alike:
# on Creuse (12 together, 255 units) the compact model's relaxation alone is better.
_MANY_TOGETHER = 8
# Wishes, ratios and classes of seats do not change the choice: on 73 units with a minimum of
# 10,000 columns prove 40 wishes of units two ties apart in 19 s, where the compact model stands
# at 4.8 % after 45 s, and a binding ratio in 19 s against 38 s (to 0.5 %).


def choose_engine(problem: Problem, block: int, wanted: str) -> Choice:
    """Return the engine for a block, and why.

    Parameters
    ----------
    problem
        Its aims and rules tell the regime.
    block
        Position of the block.
    wanted
        The scenario's engine; ``"auto"`` leaves the choice to the regime.
    """
    if problem.on_plan:
        return "compact", "a limit on the whole plan is a row of one program"
    if wanted != "auto":
        return wanted, "as the scenario says"
    units = len(problem.blocks[block])
    if units >= _SOME_UNITS and _only_ties(problem) and _has_minimum(problem):
        return "columns", f"nothing but ties counts, among {units} units of bounded size"
    reason = _why_compact(problem, block)
    if reason is not None:
        return "compact", reason
    return "columns", f"{units} units and a minimum: too hard for one program"


def _why_compact(problem: Problem, block: int) -> str | None:
    units = len(problem.blocks[block])
    if units < _FEW_UNITS:
        return f"{units} {'unit is' if units == 1 else 'units are'} few"
    if _ties(problem):
        return "ties count, which pricing can only bound"
    if not _has_minimum(problem):
        return "no minimum makes the program hard"
    together = _units_together(problem, block)
    if together > _MANY_TOGETHER:
        return f"{together:.0f} units to a municipality are many for pricing"
    return None


def _only_ties(problem: Problem) -> bool:
    return _ties(problem) and len(problem.aims) == 1


def _ties(problem: Problem) -> bool:
    return any(aim.name == "ties_cut" for aim in problem.aims)


def _has_minimum(problem: Problem) -> bool:
    return any(isinstance(rule, AttributeRule) and rule.has_minimum for rule in problem.rules)


def _units_together(problem: Problem, block: int) -> float:
    """Return how many units a municipality takes to meet the minimum, on average."""
    own = problem.blocks[block]
    shares = [
        rule.least(own) / max(float(own.attributes[rule.attribute].sum()), rule.least(own))
        for rule in problem.rules
        if isinstance(rule, AttributeRule) and rule.least(own)
    ]
    return len(own) * max(shares, default=0.0)


def _search_first(problem: Problem, task: BlockTask, stop: Callable[[], bool]) -> BlockTask:
    """Let search better the start of a program that finds plans only with pain."""
    began, best, start = time.monotonic(), math.inf, task.start
    for answer in improve_start(problem, task, stop):
        if task.admits(answer.number) and answer.priced_cost < best:
            best, start = answer.priced_cost, answer.seat_of
    return replace(task, start=start, seconds=task.seconds - (time.monotonic() - began))


def solve_block(
    problem: Problem,
    task: BlockTask,
    stop: Callable[[], bool],
    report: Callable[[BlockAnswer], None],
) -> BlockAnswer:
    """Solve one block by the engine that its task names."""
    if stop():
        return BlockAnswer(task, Status.NO_PLAN)
    if task.engine == "columns":
        # Imported where it is used: its compiler takes a second to load.
        from amalgamation.solve import columns  # noqa: PLC0415

        return columns.solve_block(problem, task, stop, report)
    if task.engine == "search":
        return search_block(problem, task, stop, report)
    if (
        not problem.on_plan  # of a limit on the whole plan search knows nothing
        and len(problem.blocks[task.block]) >= _FEW_UNITS
        and _has_minimum(problem)
        and not _ties(problem)
    ):
        task = _search_first(problem, task, stop)
    return solve_by_program(problem, task, stop, report)
