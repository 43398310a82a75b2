"""Units left out, by every engine, held against every partition and every choice of them."""

import math

import pytest
from hypothesis import HealthCheck, given, settings

from amalgamation.findings import errors_in
from amalgamation.model import build_problem
from amalgamation.solve import solve_problem
from amalgamation.solve.columns import engine as columns_engine
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from oracle import brute_force, units_left_out
from strategies import build_scenario, build_territory, build_unit_graph, leaving_questions

SMALL = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
SAME = 1e-6
ENGINES = ("compact", "columns")


def solve(question, **options):
    problem = build_problem(*question)
    return problem, solve_problem(problem, gap=0.0, seconds=60.0, processes=1, **options)


def find_least_cost(question, problem):
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


@pytest.mark.parametrize("engine", ENGINES)
@SMALL
@given(question=leaving_questions())
def test_no_choice_of_units_left_out_is_cheaper_and_none_is_missed(engine, question):
    check_against_brute_force(question, engine)


@SMALL
@given(question=leaving_questions())
def test_columns_price_what_is_left_out_without_search_or_relaxation(question):
    """Small lands are mostly proven before any pricing: here pricing has to do it all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_engine, "_bound_first", lambda _: None)
        patch.setattr(columns_engine, "_search", lambda _: None)
        check_against_brute_force(question, "columns")
