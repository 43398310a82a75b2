"""The doctor: problems with known answers, so that a broken solver is found before it lies."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import pulp

from amalgamation.solve.highs import LiveModel, Outcome
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Examination", "examine"]

_LEAST_HIGHS = (1, 15)
_SECONDS = 10.0
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Examination:
    """Hold one test of the solver.

    Parameters
    ----------
    name
        What was tried.
    healthy
        Whether the answer was the known one.
    found, expected
        Answers in words.
    remedy
        What to do if they differ.
    """

    name: str
    healthy: bool
    found: str
    expected: str
    remedy: str = "reinstall the solver: pip install --force-reinstall 'highspy>=1.15'"


def examine() -> list[Examination]:
    """Try the solver on problems with known answers.

    Examples
    --------
    >>> all(examination.healthy for examination in examine())
    True
    """
    return [
        _examine_version(),
        _examine("linear program", _linear_program, Status.OPTIMAL, 12.0),
        _examine("integer program", _knapsack, Status.OPTIMAL, -21.0),
        _examine("proof of infeasibility", _impossible, Status.INFEASIBLE, float("inf")),
        _examine("rows added between solves", _rows_added, Status.OPTIMAL, -1.0),
    ]


def _examine_version() -> Examination:
    found = version("highspy")
    numbers = tuple(int(part) for part in found.split(".")[:2])
    return Examination(
        "version of HiGHS",
        numbers >= _LEAST_HIGHS,
        found,
        "1.15 or later (1.14 gave wrong optima)",
        "pip install --upgrade 'highspy>=1.15'",
    )


def _examine(name: str, solve: Callable[[], Outcome], status: Status, cost: float) -> Examination:
    outcome = solve()
    agrees = outcome.cost == cost or abs(outcome.cost - cost) < _TOLERANCE
    healthy = outcome.status is status and agrees
    return Examination(name, healthy, f"{outcome.status}, {outcome.cost:g}", f"{status}, {cost:g}")


def _live(problem: pulp.LpProblem) -> LiveModel:
    return LiveModel(problem, 1, lambda: False)


def _linear_program() -> Outcome:
    """Minimise 2x + 3y with x + y at least 5 and x at most 3: x = 3, y = 2."""
    problem = pulp.LpProblem("lp", pulp.LpMinimize)
    x, y = problem.add_variable("x", 0, 3), problem.add_variable("y", 0)
    problem.setObjective(2 * x + 3 * y)
    _add_row(problem, x + y, least=5)
    return _live(problem).solve_relaxation(_SECONDS)


def _knapsack() -> Outcome:
    """Pack weights 5, 7, 4, 3 of value 8, 11, 6, 4 into 14: the last three, value 21."""
    problem = pulp.LpProblem("knapsack", pulp.LpMinimize)
    items = [problem.add_variable(f"x{i}", 0, 1, pulp.LpBinary) for i in range(4)]
    values, weights = (8, 11, 6, 4), (5, 7, 4, 3)
    problem.setObjective(-pulp.lpSum(v * x for v, x in zip(values, items, strict=True)))
    _add_row(problem, pulp.lpSum(w * x for w, x in zip(weights, items, strict=True)), most=14)
    return _live(problem).solve_integer(_SECONDS, 0.0)


def _impossible() -> Outcome:
    """Ask for 2x + 2y = 1 on binaries: the relaxation has an answer, the program has none."""
    problem, x, y = _two_binaries()
    problem.setObjective(1 * x)
    _add_row(problem, 2 * x + 2 * y, least=1, most=1)
    return _live(problem).solve_integer(_SECONDS, 0.0)


def _rows_added() -> Outcome:
    """Solve max x + y on binaries, forbid both, solve again: 2 becomes 1."""
    problem, x, y = _two_binaries()
    problem.setObjective(-1 * x - 1 * y)
    _add_row(problem, x + y, most=2)
    live = _live(problem)
    live.solve_integer(_SECONDS, 0.0)
    _add_row(problem, x + y, most=1)
    return live.solve_integer(_SECONDS, 0.0)


def _two_binaries() -> tuple[pulp.LpProblem, pulp.LpVariable, pulp.LpVariable]:
    problem = pulp.LpProblem("two", pulp.LpMinimize)
    x, y = (problem.add_variable(name, 0, 1, pulp.LpBinary) for name in "xy")
    return problem, x, y


def _add_row(
    problem: pulp.LpProblem,
    row: pulp.LpAffineExpression,
    *,
    least: float | None = None,
    most: float | None = None,
) -> None:
    if least is not None:
        problem.addConstraint(row >= least)
    if most is not None:
        problem.addConstraint(row <= most)
