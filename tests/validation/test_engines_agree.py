"""Our engines against each other, where brute force no longer reaches: 30 to 60 units.

``compact`` and ``columns`` share neither model nor bound. Solved to the end they must find
the same cost; stopped early, neither may put its bound above a plan of the other. ``search``
finds plans: none may cost less than what the others have proven.
"""

import math

import pytest

from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from strategies import build_scenario
from validation import counties

TABLE = "Engines against each other"
SAME = 1e-6
SECONDS = {"compact": 600.0, "columns": 600.0, "search": 0.5}


def answers(question, seconds):
    """Return engine -> certificate; every plan is verified."""
    problem = build_problem(*question)
    found = {}
    for engine, most in seconds.items():
        solution = solve_problem(problem, gap=0.0, seconds=most, processes=1, engine=engine)
        certificate = solution.certificate
        assert certificate.bound <= certificate.cost * (1 + SAME), engine
        if solution.plan is not None:
            assert verify_plan(solution.plan, *question, certificate) == (), engine
        found[engine] = certificate
    return found


def check(found):
    """Hold every bound against every plan, and what is proven against what is proven."""
    best = min(one.cost for one in found.values())
    for engine, one in found.items():
        assert one.bound <= best * (1 + SAME) + 1e-9, engine
        if one.status is Status.INFEASIBLE:
            assert math.isinf(best), engine
        if one.status is Status.OPTIMAL:
            assert one.cost == pytest.approx(best, rel=SAME, abs=1e-9), engine


KINDS = list(counties.questions(counties.county(1, 3, 4)[0], 1))


def ask(kind, seed, rows, cols):
    ground = counties.county(seed, rows, cols)
    return build_scenario(*counties.questions(ground[0], seed)[kind]), *ground


@pytest.mark.parametrize(
    "kind", ["minimum", "seats and crossings", "classes and ratio", "left out"]
)
def test_engines_agree_on_sixteen_units(kind):
    """More than are listed, few enough to be solved to the end by both."""
    found = answers(ask(kind, 11, 4, 4), SECONDS)
    check(found)
    assert found["compact"].status is found["columns"].status
    assert found["compact"].status in (Status.OPTIMAL, Status.INFEASIBLE)


SOME = ["minimum", "range and number", "ties by length", "seats and crossings", "left out"]
SIZES = [(kind, 5, 6, 8.0) for kind in KINDS] + [(kind, 6, 10, 15.0) for kind in SOME]


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("kind", "rows", "cols", "seconds"), SIZES)
def test_no_engine_contradicts_another(kind, rows, cols, seconds, figure):
    limits = {"compact": seconds, "columns": seconds, "search": 3.0}
    found = answers(ask(kind, 21, rows, cols), limits)
    check(found)
    proven = max(found["compact"].bound, found["columns"].bound)
    known = f"at least {proven:.6g}"
    told = (f"{name} {one.cost:.6g} ({one.status})" for name, one in found.items())
    figure(TABLE, f"{rows * cols} units, {kind}", known, "; ".join(told))
