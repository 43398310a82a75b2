"""HiGHS behind PuLP: the one file that reads what the solver says of itself.

PuLP builds the model; its own status is not read, since it says ``Optimal`` where HiGHS
stopped at a limit and gives zeros where there is no solution. Rows that are found later
go into the PuLP problem first and from there into the live solver, so that an exported
``.lp`` is the model that was solved.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
import pulp

from amalgamation.errors import SolverError
from amalgamation.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

__all__ = ["GrowingModel", "LiveModel", "Outcome", "Solved"]

# The largest cost in the solver has so many digits before the point.
_COST_DIGITS = 4
# Costs this small are what rounding left of none: blown up, they would overflow.
_NO_COST = 1e-200
_STATUS = highspy.HighsModelStatus
_STOPPED = {
    _STATUS.kTimeLimit,
    _STATUS.kIterationLimit,
    _STATUS.kSolutionLimit,
    _STATUS.kObjectiveBound,
    _STATUS.kObjectiveTarget,
    _STATUS.kInterrupt,
}


@dataclass(frozen=True)
class Outcome:
    """What one call of the solver gave.

    Parameters
    ----------
    status
        In our words.
    cost
        Objective of the solution; infinite without one.
    bound
        Proven lower bound on the objective; minus infinity without one.
    values
        Variable -> value; empty without a solution.
    raw
        The solver's own words.
    """

    status: Status
    cost: float
    bound: float
    values: Mapping[str, float]
    raw: str

    @property
    def has_solution(self) -> bool:
        """Whether there is a solution to read."""
        return bool(self.values)


class _Quiet(highspy.Highs):
    """HiGHS that says nothing: from 1.16 on it greets on standard output while it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the first step of its making that speaks
        super().setOptionValue("output_flag", False)  # noqa: FBT003 - positional by HiGHS
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def _quiet_solver(seed: int) -> Any:
    solver: Any = _Quiet()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", seed)):
        solver.setOptionValue(option, value)
    return solver


class _Watch:
    """End the calls of a solver: in time, after so much work, or when asked.

    The solver looks up at places that its work alone decides, so the number of looks measures
    work: the same on every machine, however busy it is, which time is not.
    """

    def __init__(self, highs: Any, stop: Callable[[], bool], looks: float) -> None:
        self._highs = highs
        self._stop = stop
        self._deadline = math.inf
        self._looks_left = looks
        for event in (highs.cbMipInterrupt, highs.cbSimplexInterrupt):
            event.subscribe(self._look)

    @property
    def is_spent(self) -> bool:
        """Whether all the work is done that was allowed."""
        return self._looks_left <= 0

    def run(self, seconds: float) -> None:
        """Let the solver run, in at most so many seconds."""
        # HiGHS counts the time of all calls of an instance together.
        spent = self._highs.getRunTime()
        self._highs.setOptionValue("time_limit", spent + max(0.01, seconds))
        self._deadline = time.monotonic() + seconds
        self._highs.run()

    def _look(self, event: Any) -> None:
        self._looks_left -= 1
        # HiGHS looks at its own limit too seldom inside its heuristics.
        late = time.monotonic() > self._deadline
        event.interrupt(self._looks_left < 0 or late or self._stop())


class LiveModel:
    """Hold a PuLP problem and the HiGHS instance that was built from it.

    Parameters
    ----------
    problem
        The problem; rows added to it later reach the solver at the next call.
    seed
        Seed of the solver.
    stop
        Asked often; True ends the call as soon as the solver looks up.
    presolve
        Whether the solver may reduce the problem before it begins.
    looks
        Most times that the solver may look up, in all calls together: a limit of work.
    """

    def __init__(
        self,
        problem: Any,
        seed: int,
        stop: Callable[[], bool],
        *,
        presolve: bool = True,
        looks: float = math.inf,
    ) -> None:
        self._problem = problem
        # PuLP fills what it finds as the problem's solver; one that it makes itself is not silent.
        problem.solverModel = self._highs = _quiet_solver(seed)
        # An x of 1e-6 on a city of a million is a resident: tighter than the default.
        self._highs.setOptionValue("mip_feasibility_tolerance", 1e-8)
        pulp.HiGHS(mip=False, msg=False).buildSolverModel(problem)
        if not presolve:
            self._highs.setOptionValue("presolve", "off")
        self._variables = problem.variables()
        self._rows = len(problem._constraints)  # noqa: SLF001 - the public view warns and copies
        self._integer = np.array(
            [v.index for v in self._variables if v.cat == pulp.LpInteger], dtype=np.int32
        )
        objective = {v.name: value for v, value in problem.objective.items()}
        self._scale = _scale_of(objective)
        self.change_costs(objective)
        self._watch = _Watch(self._highs, stop, looks)

    @property
    def is_spent(self) -> bool:
        """Whether all the work is done that was allowed."""
        return self._watch.is_spent

    def solve_relaxation(self, seconds: float) -> Outcome:
        """Solve without integrality, in at most so many seconds."""
        self._set_integrality(highspy.HighsVarType.kContinuous)
        return self._run(seconds, integer=False)

    def solve_integer(
        self, seconds: float, gap: float, start: Mapping[str, float] | None = None
    ) -> Outcome:
        """Solve with integrality.

        Parameters
        ----------
        seconds
            Time limit.
        gap
            Relative gap at which to stop.
        start
            Values of some variables of a feasible solution; the solver completes them.
        """
        self._set_integrality(highspy.HighsVarType.kInteger)
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_abs_gap", 0.0)
        if start:
            index = np.array([v.index for v in self._variables if v.name in start], dtype=np.int32)
            value = np.array([start[v.name] for v in self._variables if v.name in start])
            self._highs.setSolution(len(index), index, value)
        outcome = self._run(seconds, integer=True)
        return replace(outcome, bound=_honest_bound(outcome, gap))

    def read_dual(self, name: str) -> float:
        """Return the dual of a named row after a relaxation was solved."""
        row = self._problem.get_constraint_by_name(name)
        return float(self._highs.getSolution().row_dual[row.index]) / self._scale

    def change_costs(self, objective: Mapping[str, float]) -> None:
        """Replace the objective; the solver works with it times ``scale``."""
        index = np.array([v.index for v in self._variables], dtype=np.int32)
        cost = np.array([objective.get(v.name, 0.0) for v in self._variables])
        self._highs.changeColsCost(len(index), index, cost * self._scale)

    def _set_integrality(self, kind: Any) -> None:
        kinds = np.full(len(self._integer), int(kind), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(self._integer), self._integer, kinds)

    def _pass_new_rows(self) -> None:
        rows = list(self._problem._constraints.values())  # noqa: SLF001 - see above
        for position in range(self._rows, len(rows)):
            row = rows[position]
            row.index = position
            items = [(v.index, value) for v, value in row.items() if value]
            index = np.array([item[0] for item in items], dtype=np.int32)
            value = np.array([item[1] for item in items], dtype=np.float64)
            lower = -highspy.kHighsInf if row.sense == pulp.LpConstraintLE else -row.constant
            upper = highspy.kHighsInf if row.sense == pulp.LpConstraintGE else -row.constant
            self._highs.addRow(lower, upper, len(index), index, value)
        self._rows = len(rows)

    def _run(self, seconds: float, *, integer: bool) -> Outcome:
        self._pass_new_rows()
        self._watch.run(seconds)
        return self._read(integer=integer)

    def _read(self, *, integer: bool) -> Outcome:
        highs, info = self._highs, self._highs.getInfo()
        raw = highs.getModelStatus()
        words = str(highs.modelStatusToString(raw))
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        status = _translate(raw, feasible=feasible)
        if status is Status.INFEASIBLE:
            return Outcome(status, math.inf, math.inf, {}, words)
        cost = info.objective_function_value / self._scale if feasible else math.inf
        relaxed = cost if status is Status.OPTIMAL else -math.inf
        bound = info.mip_dual_bound / self._scale if integer else relaxed
        values = self._read_values() if feasible else {}
        return Outcome(status, cost, bound, values, words)

    def _read_values(self) -> dict[str, float]:
        columns = list(self._highs.getSolution().col_value)
        return {v.name: columns[v.index] for v in self._variables}


@dataclass(frozen=True)
class Solved:
    """What one call on a growing model gave; as `Outcome`, with arrays.

    Parameters
    ----------
    status, cost, bound, raw
        As in `Outcome`.
    values
        Per column; empty without a solution.
    duals
        Per row; empty unless a relaxation was solved to its end.
    """

    status: Status
    cost: float
    bound: float
    values: NDArray[np.float64]
    duals: NDArray[np.float64]
    raw: str


class GrowingModel:
    """Hold a model that gains columns and rows between calls, such as a restricted master.

    Costs are passed as they are: the caller brings them to a size in the thousands.

    Parameters
    ----------
    seed
        Seed of the solver.
    stop
        Asked often; True ends the call as soon as the solver looks up.
    """

    def __init__(self, seed: int, stop: Callable[[], bool]) -> None:
        self._integer: list[int] = []
        self._highs = _quiet_solver(seed)
        self._watch = _Watch(self._highs, stop, math.inf)

    def add_row(
        self, lower: float, upper: float, columns: NDArray[np.int64], values: NDArray[np.float64]
    ) -> int:
        """Add a row over columns that are there; return its position."""
        self._highs.addRow(lower, upper, len(columns), columns.astype(np.int32), values)
        return int(self._highs.getNumRow()) - 1

    def add_column(
        self,
        cost: float,
        rows: NDArray[np.int64],
        values: NDArray[np.float64],
        *,
        integer: bool = True,
    ) -> int:
        """Add a column that is not negative over rows that are there; return its position."""
        self._highs.addCol(cost, 0.0, highspy.kHighsInf, len(rows), rows.astype(np.int32), values)
        position = int(self._highs.getNumCol()) - 1
        if integer:
            self._integer.append(position)
        return position

    def change_cost(self, column: int, cost: float) -> None:
        """Replace the cost of a column."""
        self._highs.changeColCost(column, cost)

    def change_upper(self, columns: NDArray[np.int64], upper: float) -> None:
        """Replace the upper bound of columns."""
        count = len(columns)
        self._highs.changeColsBounds(
            count, columns.astype(np.int32), np.zeros(count), np.full(count, upper)
        )

    def solve_relaxation(self, seconds: float) -> Solved:
        """Solve without integrality, in at most so many seconds."""
        solved = self._run(seconds)
        if solved.status is not Status.OPTIMAL:
            return solved
        duals = np.array(self._highs.getSolution().row_dual)
        return replace(solved, bound=solved.cost, duals=duals)

    def solve_integer(self, seconds: float, gap: float, start: NDArray[np.float64]) -> Solved:
        """Solve with integrality from a start (a value per column; empty for none)."""
        self._set_integrality(highspy.HighsVarType.kInteger)
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_abs_gap", 0.0)
        if len(start):
            index = np.arange(len(start), dtype=np.int32)
            self._highs.setSolution(len(start), index, start)
        solved = self._run(seconds)
        bound = float(self._highs.getInfo().mip_dual_bound)
        self._set_integrality(highspy.HighsVarType.kContinuous)
        return replace(solved, bound=min(bound, solved.cost - gap * abs(solved.cost)))

    def _set_integrality(self, kind: Any) -> None:
        columns = np.array(self._integer, dtype=np.int32)
        kinds = np.full(len(columns), int(kind), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(columns), columns, kinds)

    def _run(self, seconds: float) -> Solved:
        self._watch.run(seconds)
        highs, info = self._highs, self._highs.getInfo()
        raw = highs.getModelStatus()
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        status = _translate(raw, feasible=feasible)
        values = np.array(highs.getSolution().col_value) if feasible else np.zeros(0)
        cost = float(info.objective_function_value) if feasible else math.inf
        words = str(highs.modelStatusToString(raw))
        return Solved(status, cost, -math.inf, values, np.zeros(0), words)


def _scale_of(objective: Mapping[str, float]) -> float:
    """Return the power of ten that brings the largest cost into the thousands.

    Costs are normalised, so that of one resident more can be as small as 1e-8: below the
    solver's dual tolerance it would count as nothing, and wrong optima were the result.
    """
    largest = max((abs(value) for value in objective.values()), default=0.0)
    if largest < _NO_COST:
        return 1.0
    return 10.0 ** (_COST_DIGITS - math.ceil(math.log10(largest)))


def _honest_bound(outcome: Outcome, gap: float) -> float:
    """Return the bound that HiGHS has proven, which may be less than it says.

    HiGHS prunes what cannot improve its solution by more than the gap; when nothing else
    is left it reports the solution's own cost as the bound. What was pruned may lie below
    that, down to the gap.
    """
    if not outcome.has_solution:
        return outcome.bound
    return min(outcome.bound, outcome.cost - gap * abs(outcome.cost))


def _translate(raw: Any, *, feasible: bool) -> Status:
    if raw == _STATUS.kOptimal:
        return Status.OPTIMAL
    # Costs are never negative, so "unbounded or infeasible" can only be the second; and a
    # model without a variable still has a row for each unit, so "empty" is the same.
    if raw in (_STATUS.kInfeasible, _STATUS.kUnboundedOrInfeasible, _STATUS.kModelEmpty):
        return Status.INFEASIBLE
    if raw in _STOPPED:
        return Status.FEASIBLE if feasible else Status.NO_PLAN
    msg = f"HiGHS ended with {raw}: a bounded model cannot; run `amalgamation doctor`"
    raise SolverError(msg)
