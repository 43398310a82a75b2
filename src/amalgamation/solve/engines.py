"""The engines, and which of them suits a block.

``compact`` solves one program with a variable per pair (unit, seat): best where there are
few units, where the number is fixed and sizes are loose, or where ties count. ``columns``
has a variable per municipality: best where a minimum must be met by many units. ``search``
looks for plans only, with a bound from the compact model's relaxation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.solve import compact
from amalgamation.solve.search import search_block, start_block
from amalgamation.solve.task import BlockAnswer
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from amalgamation.model import Problem
    from amalgamation.solve.task import BlockTask

__all__ = ["Choice", "choose_engine", "solve_block", "start_block"]

Choice = tuple[str, str]

# Blocks of fewer units the compact model proves in seconds (benchmarks/).
_FEW_UNITS = 60


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
    if wanted != "auto":
        return wanted, "as the scenario says"
    units = len(problem.blocks[block])
    if units < _FEW_UNITS:
        return "compact", f"{units} {'unit is' if units == 1 else 'units are'} few"
    if any(aim.name == "ties_cut" for aim in problem.aims):
        return "compact", "ties count, which pricing can only bound"
    if not any(getattr(rule, "has_minimum", False) for rule in problem.rules):
        return "compact", "no minimum makes the program hard"
    return "columns", f"{units} units and a minimum: too hard for one program"


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
    return compact.solve_block(problem, task, stop, report)
