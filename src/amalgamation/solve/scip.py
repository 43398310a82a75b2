"""SCIP, of the extra ``scip``: another solver's word on whether a problem has no plan.

In: a `Problem`. Out: True where SCIP proves that nothing keeps its rules. Only what is
impossible is asked here, never what a plan costs, so that no aim and no tolerance of a cost
is in it.
"""

from __future__ import annotations

import math
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pulp

from amalgamation.model.rules import find_separators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.model import CompactModel, Problem
    from amalgamation.model.problem import NumberLimit

__all__ = ["has_scip", "proves_infeasible"]

_WHOLE = 1e-6
"""What a bound on a whole number may be off and still round to it."""
_FEWEST, _MOST = 1.0, -1.0
_ZERO = "zero"
"""A variable that is 0, for rows without any other."""

_Ends = tuple[float, float]


def has_scip() -> bool:
    """Say whether SCIP can be asked: ``pip install "amalgamation[scip]"``.

    Examples
    --------
    >>> isinstance(has_scip(), bool)
    True
    """
    return find_spec("pyscipopt") is not None


def proves_infeasible(problem: Problem, seconds: float, seed: int = 1) -> bool:
    """Say whether SCIP proves in the time that a problem has no plan.

    Parameters
    ----------
    problem
        Blocks, rules, and numbers over several blocks.
    seconds
        Wall time; what is not proven then is not proven.
    seed
        Of SCIP's permutations.
    """
    deadline = time.monotonic() + seconds
    shared = [limit for limit in problem.limits if len(limit.blocks) != 1]
    ends: dict[int, _Ends] = {}
    for block in sorted(range(len(problem.blocks)), key=lambda b: (len(problem.blocks[b]), b)):
        asked = [_FEWEST, _MOST] if shared else [0.0]
        bounds = [_bound(problem, block, sign, deadline, seed) for sign in asked]
        if math.inf in bounds:
            return True
        ends[block] = bounds[0], -bounds[-1]
    return any(_is_missed(limit, ends) for limit in shared)


def _is_missed(limit: NumberLimit, ends: Mapping[int, _Ends]) -> bool:
    """Say whether no numbers of its blocks, each between its ends, sum to what is asked."""
    fewest = sum(ends[block][0] for block in limit.blocks)
    most = sum(ends[block][1] for block in limit.blocks)
    too_many = limit.most is not None and fewest > limit.most
    return too_many or (limit.least is not None and most < limit.least)


def _bound(problem: Problem, block: int, sign: float, deadline: float, seed: int) -> float:
    """Return a whole lower bound on sign times the number of municipalities of a block.

    Infinite where the block is proven to have no plan, minus infinity where nothing is.
    """
    model = problem.build_model(block, problem.own_range(block))
    scip, variables = _translate(model, sign, seed)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return -math.inf
        scip.setParam("limits/time", left)
        scip.optimize()
        status = scip.getStatus()
        if status == "infeasible":
            return math.inf
        if status != "optimal":
            return -math.inf
        chosen = {name: scip.getVal(one) for name, one in variables.items()}
        bound = float(math.ceil(float(scip.getDualbound()) - _WHOLE))
        cuts = find_separators(model.block, model.read_assignment(chosen))
        if not cuts:
            return bound
        scip.freeTransform()
        for cut in cuts:
            _add_row(scip, variables, cut.row(model), "<=", 0.0)


def _translate(model: CompactModel, sign: float, seed: int) -> tuple[Any, dict[str, Any]]:
    """Build a compact model in SCIP; its cost is sign times the number of open seats."""
    import pyscipopt  # noqa: PLC0415 - an extra

    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.setParam("randomization/randomseedshift", seed)
    scip.setParam("misc/catchctrlc", False)  # noqa: FBT003 - the user's Ctrl+C is ours
    costs = {model.name_of(seat, seat): sign for seat in model.seats}
    variables = {
        one.name: scip.addVar(
            one.name,
            vtype="B" if one.cat == pulp.LpInteger else "C",
            lb=one.lowBound,
            ub=one.upBound,
            obj=costs.get(one.name, 0.0),
        )
        for one in model.problem.variables()
    }
    variables[_ZERO] = scip.addVar(_ZERO, lb=0.0, ub=0.0)
    for row in model.problem.constraints():
        values = {variable.name: value for variable, value in row.items()}
        _add_row(scip, variables, values, pulp.LpConstraintSenses[row.sense], -row.constant)
    return scip, variables


def _add_row(
    scip: Any, variables: Mapping[str, Any], row: Mapping[str, float], sense: str, side: float
) -> None:
    """Add ``row <= side``, ``>= side`` or ``= side``; an empty row may be false, and is kept."""
    from pyscipopt import quicksum  # noqa: PLC0415 - an extra

    total = quicksum(value * variables[name] for name, value in {_ZERO: 1.0, **row}.items())
    scip.addCons({"<=": total <= side, ">=": total >= side, "=": total == side}[sense])
