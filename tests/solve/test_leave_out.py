"""Units left out, by every engine, held against every partition and every choice of them."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from amalgamation.model import OUTSIDE, build_problem
from amalgamation.model.aims import ties_cut
from amalgamation.solve import solve_problem
from amalgamation.solve.columns import engine as columns_engine
from amalgamation.solve.compact.repair import repair_plan
from amalgamation.solve.search import engine as search_engine
from amalgamation.solve.search import improve_block
from amalgamation.solve.search.state import Search
from amalgamation.solve.task import BlockTask, cost_of
from amalgamation.status import Status
from amalgamation.verify import verify_plan
from solving import SAME, check_against_brute_force, find_least_cost, solve
from strategies import (
    build_scenario,
    build_territory,
    build_unit_graph,
    lands,
    leaving_questions,
    questions,
    with_leave_out,
)

SMALL = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
FEW = settings(SMALL, max_examples=20)
ENGINES = ("compact", "columns")


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


@SMALL
@given(question=leaving_questions(min_units=3))
def test_ties_of_units_left_out_are_severed_where_cuts_say_so_too(question):
    """Large blocks learn which ties are severed from the solutions that forget one."""
    scenario, territory, graph = question
    aims = scenario.aims.model_copy(update={"ties_cut": 1.0})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ties_cut, "_FEW_PAIRS", 0)
        changed = scenario.model_copy(update={"aims": aims})
        check_against_brute_force((changed, territory, graph), "compact")


@st.composite
def walled_questions(draw):
    """Draw blocks of which some, or all, may be left out whole, and a number for all of them."""
    territory, graph = draw(lands(min_units=3, max_units=7))
    low, high = sorted(draw(st.tuples(st.integers(1, 5), st.integers(1, 5))))
    rules = {"walls": ["rayon"]}
    if draw(st.booleans()):
        rules["municipalities"] = {"min": low, "max": high}
    if draw(st.booleans()):
        rules["population"] = {"min": draw(st.sampled_from([300.0, 600.0, 900.0]))}
    aims = draw(
        st.sampled_from(
            [
                {"access": 1.0, "ties_cut": 0.5},
                {"number": {"weight": 1.0, "prefer": "few"}},
                {"number": {"weight": 1.0, "prefer": "many"}, "access": 0.25},
            ]
        )
    )
    scenario = with_leave_out(
        build_scenario(rules, aims), {"may": "any"}, draw(st.integers(0, 8)) / 64
    )
    return scenario, territory, graph


@pytest.mark.parametrize("engine", ENGINES)
@SMALL
@given(question=walled_questions())
def test_blocks_may_have_no_municipality_at_all_but_not_every_one_of_them(engine, question):
    check_against_brute_force(question, engine)


@SMALL
@given(leaving_questions(min_units=3, max_units=7), st.integers(0, 9))
def test_search_offers_only_plans_whose_units_outside_may_be_there(question, seed):
    """Search keeps the rules and never reports less than its plan costs."""
    problem = build_problem(*question)
    for b, block in enumerate(problem.blocks):
        task = BlockTask(b, problem.own_range(b), seed=seed)
        for answer in improve_block(problem, task, {}, seconds=5.0, shakes=20):
            left = {unit for unit, seat in answer.seat_of.items() if seat == OUTSIDE}
            assert left <= set(block.leavable)
            assert set(answer.seat_of) == set(range(len(block)))
            assert answer.cost == pytest.approx(cost_of(problem, b, answer.seat_of))


@FEW
@given(leaving_questions(min_units=3, max_units=7))
def test_the_search_engine_tells_no_bound_above_the_least_cost(question):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_engine, "_WHOLE", 0)
        problem = build_problem(*question)
        solution = solve_problem(problem, gap=0.0, seconds=3.0, processes=1, engine="search")
    least = find_least_cost(question, problem)
    assert solution.certificate.bound <= least * (1 + SAME) + 1e-9
    if solution.plan is not None:
        assert solution.certificate.cost >= least * (1 - SAME) - 1e-9
        assert verify_plan(solution.plan, *question, solution.certificate) == ()


@SMALL
@given(questions(min_units=2, max_units=6), st.integers(0, 4))
def test_more_freedom_never_costs_more(question, quarters):
    """Every plan that leaves nobody out costs the same as before, so the least cannot rise."""
    scenario, territory, graph = question
    strict, kept = solve(question)
    assume(kept.plan is not None)
    free = build_problem(with_leave_out(scenario, {"may": "any"}, quarters / 4), territory, graph)
    free = replace(free, references={**free.references, **strict.references})
    solution = solve_problem(free, gap=0.0, seconds=300.0, processes=1)
    assert solution.plan is not None
    assert solution.certificate.cost <= kept.certificate.cost * (1 + SAME) + 1e-9


def chain(rules, aims, people=(1000, 100, 1000), ties=((1, 2), (2, 3))):
    territory = build_territory(people)
    return build_scenario(rules, aims), territory, build_unit_graph(len(people), ties)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_small_unit_between_two_large_ones_is_left_out_while_its_price_is_low(engine):
    """u2 has 100 residents, 1 km from either side; nobody may have fewer than 1,000.

    At the reference plan, two seats, it joins one of them: 100 person-km. So joined it
    costs 100 / 100 = 1. The reference of left_out is a hundredth of all who may be left
    out, 1 resident: left out it costs 0.009 x 100 / 1 = 0.9, or 1.1 at 0.011.
    """
    rules = {
        "population": {"min": 1000},
        "leave_out": {"may": [{"population": {"max": 500}}]},
        "municipalities": {"exactly": 2},
    }
    for weight, outside in ((0.009, ("u2",)), (0.011, ())):
        question = chain(rules, {"access": 1.0, "left_out": weight})
        problem, solution = solve(question, engine=engine)
        assert problem.references == {"access": 100.0, "left_out": 1.0}
        assert solution.plan.outside == outside


def test_no_municipality_passes_through_a_unit_that_is_left_out_but_ways_do():
    """u2 between u1 and u3 is out: these two are apart, yet u3 has its seat 2 km away round u4."""
    rules = {"leave_out": {"units": ["u2"]}, "municipalities": {"max": 1}}
    _, solution = solve(chain(rules, {"access": 1.0}))
    assert solution.certificate.status is Status.INFEASIBLE
    around = ((1, 2), (2, 3), (3, 4, 9.0, 1.0), (1, 4, 9.0, 1.0))
    question = chain(rules, {"access": 1.0}, people=(1000, 100, 1000, 0), ties=around)
    _, solution = solve(question)
    assert solution.plan.outside == ("u2",)
    access = next(aim for aim in solution.certificate.aims if aim.name == "access")
    assert access.raw == 1000 * 2.0
    assert verify_plan(solution.plan, *question, solution.certificate) == ()


def test_ties_to_a_unit_that_is_always_out_are_in_no_account():
    """u2 is out in every plan, so its two ties are severed in every plan; u3 - u4 is not."""
    rules = {"leave_out": {"units": ["u2"]}}
    aims = {"ties_cut": {"weight": 1.0, "by": "count"}}
    question = chain(rules, aims, (1, 1, 1, 1), ((1, 2), (2, 3), (3, 4)))
    _, solution = solve(question)
    assert solution.certificate.aims[0].raw == 0.0


def test_a_tie_between_two_units_left_out_by_choice_is_severed_once():
    """Three units, u1 fixed as a seat; u2 and u3 go out, since ties cost little: both count."""
    rules = {
        "seats": {"fixed": ["u1"]},
        "max_units": 1,
        "municipalities": {"max": 1},
        "leave_out": {"may": "any"},
    }
    aims = {"ties_cut": {"weight": 1.0, "by": "count"}, "left_out": 1.0}
    question = chain(rules, aims)
    _, solution = solve(question)
    assert solution.plan.outside == ("u2", "u3")
    raws = {aim.name: aim.raw for aim in solution.certificate.aims}
    assert raws == {"ties_cut": 2.0, "left_out": 1100.0}
    assert verify_plan(solution.plan, *question, solution.certificate) == ()


def test_a_piece_that_lost_its_seat_is_left_out_where_that_costs_least():
    """u3 cannot reach u1 past u2: to u2 it is 1 km for 1,000 residents, outside it is free."""
    rules = {"leave_out": {"may": [{"population": {"min": 1000}}]}}
    torn = {0: 0, 1: 1, 2: 0}
    for weight, seat in ((0.0, OUTSIDE), (1.0, 1)):
        problem = build_problem(*chain(rules, {"access": 1.0, "left_out": weight}))
        assert repair_plan(problem, problem.blocks[0], torn) == {0: 0, 1: 1, 2: seat}


def test_descent_takes_neighbours_in_before_it_leaves_anybody_out():
    """Nobody reaches the minimum alone: together they do, and only u4, far off, goes out."""
    rules = {"population": {"min": 900}, "leave_out": {"may": "any"}}
    ties = ((1, 2), (2, 3), (3, 4, 90.0, 1.0))
    question = chain(rules, {"access": 1.0, "left_out": 0.01}, (300, 300, 300, 10), ties)
    problem = build_problem(*question)
    search = Search(problem, BlockTask(0, problem.own_range(0)))
    draft = search.draft()
    search.descend(draft)
    assert draft.seat_of() == {0: 1, 1: 1, 2: 1, 3: OUTSIDE}
    assert (draft.number, draft.lacking) == (1, 0)
