"""Solving a small question, and holding the answer against every plan there is."""

from __future__ import annotations

import math

import pytest

from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from oracle import brute_force

SAME = 1e-6


def solve(question, gap=0.0, **options):
    """Solve here, in this process; return the problem and its solution."""
    problem = build_problem(*question)
    return problem, solve_problem(problem, gap=gap, seconds=300.0, processes=1, **options)


def find_least_cost(question, problem):
    """Ask the brute force, with the problem's own references and open targets."""
    targets = {aim.attribute: aim.target for aim in problem.aims if aim.name.startswith("balance.")}
    return brute_force(*question, problem.references, targets)[0]


def check_against_brute_force(question, engine):
    """Same optimum, same impossibility, and a certificate that the judge accepts."""
    problem, solution = solve(question, engine=engine)
    least = find_least_cost(question, problem)
    if math.isinf(least):
        assert solution.certificate.status is Status.INFEASIBLE
        assert solution.plan is None
        return
    assert solution.certificate.status is Status.OPTIMAL
    assert solution.certificate.cost == pytest.approx(least, rel=SAME, abs=1e-9)
    assert solution.certificate.bound <= least * (1 + SAME) + 1e-9
    assert verify_plan(solution.plan, *question, solution.certificate) == ()
