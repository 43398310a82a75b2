"""The whole solve, held against every partition of small territories.

`oracle.brute_force` shares no line with model, solver, judge or distances, so agreement in
the optimum's cost over all combinations of rules and aims says that all of them read the
scenario alike.
"""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.findings import errors_in
from amalgamation.scenario.schema import Solve
from amalgamation.solve.columns import engine as columns_engine
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from solving import SAME, check_against_brute_force, find_least_cost, solve
from strategies import build_scenario, lands, questions

SMALL = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
LARGE = settings(SMALL, max_examples=15)
LOOSE = settings(SMALL, max_examples=50)

# What two sums of the same plan may differ by, relative; and the solver's own optimality.
ENGINES = ("compact", "columns")


@pytest.mark.parametrize("engine", ENGINES)
@SMALL
@given(question=questions(max_units=7))
def test_no_plan_is_cheaper_and_none_is_missed(engine, question):
    check_against_brute_force(question, engine)


@SMALL
@given(question=questions(max_units=7))
def test_columns_need_neither_search_nor_relaxation_to_be_right(question):
    """Small lands are mostly proven before any pricing: here pricing has to do it all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_engine, "_bound_first", lambda _: None)
        patch.setattr(columns_engine, "_search", lambda _: None)
        check_against_brute_force(question, "columns")


@pytest.mark.parametrize("engine", ENGINES)
@LARGE
@given(question=questions(min_units=8, max_units=9))
def test_no_plan_of_nine_units_is_cheaper_and_none_is_missed(engine, question):
    check_against_brute_force(question, engine)


@LOOSE
@given(questions(min_units=2, max_units=7), st.integers(5, 20))
def test_a_loose_gap_is_still_an_honest_one(question, percent):
    """The bound lies below the true optimum, the plan within the gap above it."""
    scenario, territory, graph = question
    scenario = scenario.model_copy(update={"solve": Solve(gap_percent=float(percent))})
    question = scenario, territory, graph
    problem, solution = solve(question, gap=percent / 100)
    least = find_least_cost(question, problem)
    certificate = solution.certificate
    if math.isinf(least):
        assert certificate.status is Status.INFEASIBLE
        return
    assert certificate.status in (Status.OPTIMAL, Status.WITHIN_GAP)
    assert certificate.bound <= least * (1 + SAME) + 1e-9
    assert certificate.cost >= least * (1 - SAME) - 1e-9
    assert certificate.gap <= percent / 100 + SAME
    assert errors_in(verify_plan(solution.plan, *question, certificate)) == []


@st.composite
def walled_questions(draw):
    """Draw a number of municipalities that several walled blocks must meet together."""
    territory, graph = draw(lands(min_units=4, max_units=8))
    low, high = sorted(draw(st.tuples(st.integers(1, 7), st.integers(1, 7))))
    rules = {"walls": ["rayon"], "municipalities": {"min": low, "max": high}}
    if draw(st.booleans()):
        rules["population"] = {"min": draw(st.sampled_from([300.0, 600.0, 900.0]))}
    if draw(st.booleans()):
        code = draw(st.sampled_from(sorted(set(territory.units["rayon"]))))
        rules["municipalities"]["per_parent"] = {"rayon": {code: {"max": draw(st.integers(1, 3))}}}
    aims = draw(
        st.sampled_from(
            [
                {"access": 1.0},
                {"access": 1.0, "ties_cut": 0.5},
                {"ties_cut": {"weight": 1.0, "by": "count"}},
                {"balance": {"population": {"weight": 1.0, "target": 1000.0}}},
                {"number": {"weight": 1.0, "prefer": "many"}, "access": 0.25},
            ]
        )
    )
    return build_scenario(rules, aims), territory, graph


@pytest.mark.parametrize("engine", ENGINES)
@SMALL
@given(question=walled_questions())
def test_a_number_met_across_blocks_is_met_at_the_least_cost(engine, question):
    """Blocks are priced, then settled: the sum must still be the optimum of the whole."""
    check_against_brute_force(question, engine)
