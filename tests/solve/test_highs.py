"""What the solver says of itself, in our words: no word may promise more than was proven."""

import math
import random
import subprocess
import sys
import time

import highspy
import pulp
import pytest

from amalgamation.errors import SolverError
from amalgamation.solve import highs
from amalgamation.solve.highs import LiveModel
from amalgamation.status import Status


def never():
    return False


def market_split(slack, rows=5, columns=40, seed=1):
    """Build equations in 0/1 that no solver settles soon (Cornuejols and Dawande 1998).

    With `slack` every 0/1 vector is feasible and the slack is the cost; without it there
    is hardly any solution to find.
    """
    numbers = random.Random(seed)  # noqa: S311 - seeded, no secret
    problem = pulp.LpProblem("split", pulp.LpMinimize)
    xs = [problem.add_variable(f"x{j}", 0, 1, pulp.LpBinary) for j in range(columns)]
    paid = []
    for i in range(rows):
        row = [numbers.randrange(100) for _ in xs]
        total = pulp.lpSum(value * x for value, x in zip(row, xs, strict=True))
        if slack:
            over, under = (problem.add_variable(f"{side}{i}", 0) for side in "ou")
            paid += [over, under]
            total = total + over - under
        problem.addConstraint(total == sum(row) // 2)
    problem.setObjective(pulp.lpSum(paid) + 0.001 * pulp.lpSum(xs))
    return problem


def covering(values, least, category=pulp.LpBinary):
    """Build: pick some of these values, at least `least` in sum, as cheap as they are large."""
    problem = pulp.LpProblem("cover", pulp.LpMinimize)
    xs = [problem.add_variable(f"x{j}", 0, 1, category) for j in range(len(values))]
    total = pulp.lpSum(value * x for value, x in zip(values, xs, strict=True))
    problem.setObjective(total)
    problem.addConstraint(total >= least)
    return problem


def test_an_optimum_has_cost_bound_and_values():
    outcome = LiveModel(covering([3, 5, 7], 9), 1, never).solve_integer(10.0, 0.0)
    assert outcome.status is Status.OPTIMAL
    assert outcome.cost == outcome.bound == pytest.approx(10)
    assert [round(outcome.values[name]) for name in ("x0", "x1", "x2")] == [1, 0, 1]


@pytest.mark.parametrize(("presolve", "option"), [(True, "choose"), (False, "off")])
def test_a_proof_without_presolve_is_a_second_way_to_the_same_words(presolve, option):
    """Of 3, 5 and 7 two make 10; one alone never reaches 9."""
    problem = covering([3, 5, 7], 9)
    live = LiveModel(problem, 1, never, presolve=presolve)
    assert live._highs.getOptionValue("presolve")[1] == option
    assert live.solve_integer(10.0, 0.0).cost == pytest.approx(10)
    problem.addConstraint(pulp.lpSum(problem.variables()) <= 1)
    impossible = LiveModel(problem, 1, never, presolve=presolve)
    assert impossible.solve_integer(10.0, 0.0).status is Status.INFEASIBLE


def test_the_relaxation_bounds_from_below_and_integrality_comes_back():
    """One model serves both: the relaxed answer must not leak into the integer one."""
    live = LiveModel(covering([3, 5, 7], 9), 1, never)
    assert live.solve_relaxation(10.0).cost == pytest.approx(9)
    assert live.solve_integer(10.0, 0.0).cost == pytest.approx(10)
    assert live.solve_relaxation(10.0).bound == pytest.approx(9)


@pytest.mark.parametrize("integer", [True, False])
def test_what_cannot_be_is_infeasible_and_holds_no_values(integer):
    live = LiveModel(covering([3, 5], 9), 1, never)
    outcome = live.solve_integer(10.0, 0.0) if integer else live.solve_relaxation(10.0)
    assert outcome.status is Status.INFEASIBLE
    assert (outcome.cost, outcome.bound, outcome.values) == (math.inf, math.inf, {})


def test_a_time_limit_without_solution_is_no_plan_and_never_zeros():
    """PuLP reads such variables as 0.0 and calls the model solved: the trap of traps."""
    outcome = LiveModel(market_split(slack=False), 1, never).solve_integer(0.3, 0.0)
    assert outcome.status is Status.NO_PLAN
    assert not outcome.has_solution
    assert outcome.values == {}
    assert outcome.cost == math.inf
    assert outcome.bound < math.inf


def test_a_time_limit_with_a_solution_is_feasible_with_an_open_gap():
    outcome = LiveModel(market_split(slack=True), 1, never).solve_integer(0.5, 0.0)
    assert outcome.status is Status.FEASIBLE
    assert outcome.has_solution
    assert outcome.bound < outcome.cost < math.inf


def test_a_wish_to_stop_is_heard_and_keeps_what_was_found():
    asked = []

    def stop():
        asked.append(True)
        return len(asked) > 20

    outcome = LiveModel(market_split(slack=True), 1, stop).solve_integer(60.0, 0.0)
    assert "Interrupted" in outcome.raw
    assert outcome.status in (Status.INTERRUPTED, Status.FEASIBLE)
    assert outcome.bound < outcome.cost < math.inf
    assert len(asked) < 1000


def test_a_wish_to_stop_before_any_solution_is_no_plan():
    outcome = LiveModel(market_split(slack=False), 1, lambda: True).solve_integer(60.0, 0.0)
    assert outcome.status in (Status.INTERRUPTED, Status.NO_PLAN)
    assert (outcome.cost, outcome.values) == (math.inf, {})


@pytest.mark.parametrize("pause", [0.0, 0.005])
def test_a_limit_of_work_ends_at_the_same_place_however_slow_the_machine(pause):
    """A stop that dawdles stands for other work on the cores."""
    seen = []

    def stop():
        seen.append(True)
        time.sleep(pause)
        return False

    live = LiveModel(market_split(slack=True), 1, stop, looks=60)
    outcome = live.solve_integer(600.0, 0.0)
    quick = LiveModel(market_split(slack=True), 1, never, looks=60).solve_integer(600.0, 0.0)
    assert outcome == quick
    assert outcome.status is Status.FEASIBLE
    assert live.is_spent
    # Told once to end, HiGHS asks a few times more on its way out.
    assert 60 <= len(seen) < 100


def test_work_is_counted_over_all_calls():
    live = LiveModel(market_split(slack=True), 1, never, looks=60)
    first = live.solve_integer(600.0, 0.0)
    assert live.is_spent
    assert live.solve_integer(600.0, 0.0).bound <= first.bound + 1e-6


def test_every_call_has_its_own_time():
    """HiGHS may count the time of all calls together: the second would have none."""
    live = LiveModel(market_split(slack=True), 1, never)
    for seconds in (0.6, 0.3, 0.3):
        began = time.monotonic()
        assert live.solve_integer(seconds, 0.0).status is Status.FEASIBLE
        assert 0.5 * seconds < time.monotonic() - began < seconds + 5


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.3, 0.9])
def test_a_loose_gap_never_lifts_the_bound_above_the_optimum(gap):
    """HiGHS reports the cost of a solution within the gap as the bound."""
    values = [31, 37, 41, 43, 47, 53, 59, 61]
    best = LiveModel(covering(values, 123), 1, never).solve_integer(10.0, 0.0)
    loose = LiveModel(covering(values, 123), 1, never).solve_integer(10.0, gap)
    assert best.bound == pytest.approx(best.cost)
    assert loose.bound <= best.cost + 1e-6
    assert loose.bound <= loose.cost * (1 - gap) + 1e-6


def test_rows_added_later_reach_the_solver_whatever_their_sense():
    problem = covering([3, 5, 7], 1)
    live = LiveModel(problem, 1, never)
    x = problem.variablesDict()
    costs = [live.solve_integer(10.0, 0.0).cost]
    for row in (x["x0"] <= 0, x["x1"] == 0, x["x2"] + x["x1"] >= 1):
        problem.addConstraint(row)
        costs.append(live.solve_integer(10.0, 0.0).cost)
    assert costs == pytest.approx([3, 5, 7, 7])


def test_costs_may_change_between_calls_and_scale_back():
    """Costs far below and far above 1 come back in their own size."""
    live = LiveModel(covering([3, 5, 7], 9), 1, never)
    for size in (1e-6, 1.0, 1e6):
        live.change_costs({"x0": size, "x1": 2 * size, "x2": 3 * size})
        outcome = live.solve_integer(10.0, 0.0)
        assert outcome.cost == pytest.approx(4 * size)
        assert outcome.bound == pytest.approx(4 * size)


def test_a_start_is_taken_where_time_is_too_short_to_find_another():
    problem = market_split(slack=True)
    start = {f"x{j}": float(j % 2) for j in range(40)}
    outcome = LiveModel(problem, 1, never).solve_integer(0.5, 0.0, start)
    assert outcome.has_solution


def test_the_same_seed_gives_the_same_solution():
    values = [
        LiveModel(covering([10] * 12, 55), 7, never).solve_integer(10.0, 0.0).values
        for _ in range(2)
    ]
    assert values[0] == values[1]


def test_costs_that_rounding_left_of_none_count_as_none():
    """A price of 1e-310 cannot be scaled into the thousands by any float."""
    problem = covering([3, 5, 7], 9)
    problem.setObjective(1e-310 * pulp.lpSum(problem.variables()))
    outcome = LiveModel(problem, 1, never).solve_integer(10.0, 0.0)
    assert outcome.status is Status.OPTIMAL
    assert outcome.cost == pytest.approx(0.0)


IN_A_FRESH_PROCESS = """\
import pulp
from amalgamation.solve.highs import GrowingModel, LiveModel
problem = pulp.LpProblem("one", pulp.LpMinimize)
x = problem.add_variable("x", 0, 1, pulp.LpBinary)
problem.setObjective(1 * x)
problem.addConstraint(x >= 1)
LiveModel(problem, 1, lambda: False).solve_integer(5.0, 0.0)
GrowingModel(1, lambda: False).solve_relaxation(5.0)
"""


def test_the_solver_greets_nobody():
    """HiGHS 1.16 writes its name to stdout once a process, where our answers go."""
    command = [sys.executable, "-c", IN_A_FRESH_PROCESS]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("costs", "scale"),
    [
        ({"a": 3.0, "b": -20.0}, 100.0),
        ({"a": 1000.0}, 10.0),
        ({"a": 1e-8}, 1e12),
        ({"a": 0.0}, 1.0),
        ({}, 1.0),
        ({"a": 1e-201}, 1.0),  # what rounding left of none: blown up, it would overflow
    ],
)
def test_the_largest_cost_comes_into_the_thousands(costs, scale):
    assert highs._scale_of(costs) == pytest.approx(scale)


@pytest.mark.parametrize(
    ("cost", "bound", "gap", "honest"),
    [
        (100.0, 100.0, 0.05, 95.0),  # what was pruned may lie 5 below
        (100.0, 90.0, 0.05, 90.0),
        (100.0, 100.0, 0.0, 100.0),
        (-100.0, -100.0, 0.05, -105.0),
    ],
)
def test_a_solver_that_prunes_within_the_gap_has_proven_the_gap_less(cost, bound, gap, honest):
    outcome = highs.Outcome(Status.OPTIMAL, cost, bound, {"x": 1.0}, "")
    assert highs._honest_bound(outcome, gap) == pytest.approx(honest)
    nothing = highs.Outcome(Status.NO_PLAN, math.inf, 3.0, {}, "")
    assert highs._honest_bound(nothing, gap) == 3.0


@pytest.mark.parametrize(
    ("word", "feasible", "status"),
    [
        ("kOptimal", True, Status.OPTIMAL),
        ("kInfeasible", False, Status.INFEASIBLE),
        ("kUnboundedOrInfeasible", False, Status.INFEASIBLE),
        ("kModelEmpty", False, Status.INFEASIBLE),
        *((word, True, Status.FEASIBLE) for word in ("kTimeLimit", "kInterrupt")),
        *((word, False, Status.NO_PLAN) for word in ("kTimeLimit", "kInterrupt")),
        *((word, True, Status.FEASIBLE) for word in ("kIterationLimit", "kSolutionLimit")),
        *((word, True, Status.FEASIBLE) for word in ("kObjectiveBound", "kObjectiveTarget")),
    ],
)
def test_each_word_of_the_solver_has_one_of_ours(word, feasible, status):
    raw = getattr(highspy.HighsModelStatus, word)
    assert highs._translate(raw, feasible=feasible) is status


@pytest.mark.parametrize("word", ["kUnbounded", "kSolveError", "kUnknown"])
def test_a_word_that_a_bounded_model_cannot_earn_is_an_error(word):
    raw = getattr(highspy.HighsModelStatus, word)
    with pytest.raises(SolverError, match="a bounded model cannot; run `amalgamation doctor`"):
        highs._translate(raw, feasible=True)
