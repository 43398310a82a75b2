"""One block by the compact engine: how it ends, and what it hands over when it must stop."""

import math
from pathlib import Path

import pytest

from amalgamation.graph import build_graph
from amalgamation.model import build_problem
from amalgamation.model.rules import find_separators
from amalgamation.solve.compact import solve_block
from amalgamation.solve.task import BlockTask, municipalities_of
from amalgamation.status import Status
from amalgamation.territory.grid import grid_territory
from strategies import build_scenario


def grid_problem(side, rules=None, aims=None):
    """Build the problem of a square grid with rules that keep the solver busy."""
    scenario = build_scenario(
        rules or {"population": {"min": 12000, "max": 30000}},
        aims or {"access": 1.0, "ties_cut": 0.5},
    )
    territory = grid_territory(side, side)
    return build_problem(scenario, territory, build_graph(territory, scenario.graph, Path()))


def check_plan(problem, answer):
    """A plan that was handed over is whole, contiguous and keeps the rules."""
    (block,) = problem.blocks
    assert sorted(answer.seat_of) == list(range(len(block)))
    assert find_separators(block, dict(answer.seat_of)) == []
    municipalities = municipalities_of(block, answer.seat_of)
    assert not any(rule.judge(m) for m in municipalities for rule in problem.rules)
    assert answer.cost == pytest.approx(problem.cost(municipalities))


def test_a_small_block_is_solved_to_the_end():
    problem = grid_problem(4)
    answer = solve_block(problem, BlockTask(0))
    assert answer.status is Status.OPTIMAL
    assert answer.bound == pytest.approx(answer.cost, rel=1e-6)
    check_plan(problem, answer)


def test_a_block_that_ends_just_at_its_gap_is_no_failure():
    """A bound that is the gap below the cost misses it by the last digit."""
    problem = grid_problem(5)
    for gap in (0.005, 0.02, 0.05, 0.1, 0.3):
        answer = solve_block(problem, BlockTask(0, gap=gap))
        assert answer.status in (Status.OPTIMAL, Status.WITHIN_GAP)
        check_plan(problem, answer)


def test_a_stop_at_once_hands_over_no_plan_or_a_whole_one():
    problem = grid_problem(8)
    answer = solve_block(problem, BlockTask(0), stop=lambda: True)
    assert answer.status in (Status.INTERRUPTED, Status.NO_PLAN)
    if answer.seat_of:
        check_plan(problem, answer)


def test_a_stop_after_a_plan_keeps_the_plan_and_an_honest_bound():
    """Stopped as soon as there is a plan: the best possible cost lies between the two."""
    problem, plans = grid_problem(6), []
    stopped = solve_block(
        problem,
        BlockTask(0),
        stop=lambda: bool(plans),
        report=lambda answer: plans.append(answer) if answer.seat_of else None,
    )
    best = solve_block(problem, BlockTask(0, gap=0.001))
    assert stopped.seat_of
    check_plan(problem, stopped)
    assert stopped.bound <= best.cost * (1 + 1e-9)
    assert best.bound <= stopped.cost * (1 + 1e-9)


def test_a_start_is_never_made_worse():
    """A plan that is handed in comes back, or a better one."""
    problem = grid_problem(6)
    first = solve_block(problem, BlockTask(0, gap=0.2))
    again = solve_block(problem, BlockTask(0, seconds=0.5, start=first.seat_of))
    check_plan(problem, again)
    assert again.cost <= first.cost * (1 + 1e-9)


def test_a_price_moves_the_number_and_bounds_the_priced_cost():
    """Dearer municipalities are never more of them (a solve at each price, to the end)."""
    problem = grid_problem(4, {"population": {"min": 3000}}, {"access": 1.0})
    answers = [solve_block(problem, BlockTask(0, price=price)) for price in (-1.0, 0.0, 0.1, 1.0)]
    numbers = [answer.number for answer in answers]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > numbers[-1]
    for answer in answers:
        assert answer.bound == pytest.approx(answer.priced_cost, rel=1e-6, abs=1e-9)


def test_a_number_that_cannot_be_is_infeasible():
    """Sixteen units of which all must be in one municipality of at most five."""
    problem = grid_problem(4, {"max_units": 5})
    answer = solve_block(problem, BlockTask(0, number=(1, 3)))
    assert (answer.status, answer.cost, answer.seat_of) == (Status.INFEASIBLE, math.inf, {})


def test_progress_is_reported_with_bounds_that_only_rise():
    problem, told = grid_problem(6), []
    solve_block(problem, BlockTask(0, gap=0.01), report=told.append)
    bounds = [answer.bound for answer in told]
    assert len(told) > 1
    assert bounds == sorted(bounds)
    costs = [answer.cost for answer in told]
    assert costs == sorted(costs, reverse=True)
