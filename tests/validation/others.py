"""Other solvers on an exported model: CBC reads the ``.mps``, SCIP the ``.lp``.

Each gets the rows of `flow` beside it and returns the least cost, infinite without a plan.
Costs are brought into the thousands first, as tolerances of solvers are absolute.
"""

from __future__ import annotations

import math

import pulp
from pulp.apis.coin_api import pulp_cbc_path

from validation import flow

LARGEST = 1e4


def solve_by_cbc(path, ties, *, contiguous=True):
    """Solve an exported ``.mps`` by the CBC that comes with PuLP."""
    by_name, problem = pulp.LpProblem.fromMPS(str(path))
    for made in _made(by_name, ties, contiguous=contiguous):
        for name in made.flows:
            by_name[name] = problem.add_variable(name, 0)
        for row, sense, side in made.rows:
            total = pulp.lpSum(value * by_name[name] for name, value in row.items())
            problem.addConstraint(
                {"<=": total <= side, ">=": total >= side, "=": total == side}[sense]
            )
    costs = {variable: value for variable, value in problem.objective.items() if value}
    scale = LARGEST / max(costs.values(), default=LARGEST)
    scaled = {variable: value * scale for variable, value in costs.items()}
    problem.setObjective(pulp.LpAffineExpression(scaled))
    problem.solve(pulp.COIN_CMD(path=pulp_cbc_path, msg=False, threads=1))
    if problem.sol_status == pulp.LpSolutionInfeasible:
        return math.inf
    assert problem.sol_status == pulp.LpSolutionOptimal, pulp.LpSolution[problem.sol_status]
    # without an objective PuLP writes a variable of its own, which CBC does not tell of
    return sum(value * (variable.value() or 0.0) for variable, value in costs.items())


def solve_by_scip(path, ties, *, contiguous=True):
    """Solve an exported ``.lp`` by SCIP."""
    import pyscipopt  # noqa: PLC0415 - of the extra `scip`

    model = pyscipopt.Model()
    model.hideOutput()
    model.readProblem(str(path))
    by_name = {variable.name: variable for variable in model.getVars()}
    for made in _made(by_name, ties, contiguous=contiguous):
        for name in made.flows:
            by_name[name] = model.addVar(name, vtype="C", lb=0.0)
        for row, sense, side in made.rows:
            total = pyscipopt.quicksum(value * by_name[name] for name, value in row.items())
            model.addCons({"<=": total <= side, ">=": total >= side, "=": total == side}[sense])
    costs = [(v, v.getObj()) for v in model.getVars() if v.getObj()]
    scale = LARGEST / max((value for _, value in costs), default=LARGEST)
    model.setObjective(pyscipopt.quicksum(value * scale * v for v, value in costs))
    model.optimize()
    if model.getStatus() == "infeasible":
        return math.inf
    assert model.getStatus() == "optimal", model.getStatus()
    return model.getObjVal() / scale


def _made(names, ties, *, contiguous):
    """Return what is to be written beside the exported model."""
    names = list(names)
    more = [flow.contiguity(names, ties)] if contiguous else []
    return [*more, flow.severed(names, ties)]
