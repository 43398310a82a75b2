"""Law 2: an aim's values, summed over municipalities, are the model's objective."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import CompactModel, build_problem
from amalgamation.model.cuts import SeveredCut
from amalgamation.solve.highs import LiveModel
from amalgamation.solve.task import municipalities_of
from amalgamation.status import Status
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


def objective_at(block, aims, references, seat_of, price=0.0):
    """Fix an assignment in a model without rules and let the solver value it."""
    every_pair = replace(block, pairs=block.distances)
    model = CompactModel(every_pair, [], aims, references, price=price)
    for unit, seat in sorted(seat_of.items()):
        model.add_row({model.name_of(unit, seat): 1.0}, lower=1.0)
    for tie in model.severed_ties:
        first = model.block.ties[tie][0]
        model.add_cut(SeveredCut(tie, (seat_of[first],)))
    outcome = LiveModel(model.problem, 1, lambda: False).solve_integer(30.0, 0.0)
    assert outcome.status is Status.OPTIMAL
    return outcome.cost


def assignments(block):
    """Draw unit -> seat where every seat is a seat of its own."""
    size = len(block)
    reached = block.distances.distance_of
    seats = st.lists(st.integers(0, size - 1), min_size=1, max_size=size, unique=True)
    return st.tuples(seats, st.lists(st.integers(0, size), min_size=size, max_size=size)).map(
        lambda drawn: _join(*drawn, reached)
    )


def _join(seats, choices, reached):
    return {
        unit: unit if unit in seats else _pick(unit, seats, choice, reached)
        for unit, choice in enumerate(choices)
    } | {seat: seat for seat in seats}


def _pick(unit, seats, choice, reached):
    near = [seat for seat in sorted(seats) if (unit, seat) in reached]
    return near[choice % len(near)] if near else unit


@MANY
@given(questions(min_units=2, max_units=7), st.data())
def test_the_model_charges_what_the_aims_value(question, data):
    problem = build_problem(*question)
    for block in problem.blocks:
        seat_of = data.draw(assignments(block))
        cost = problem.cost(municipalities_of(block, seat_of))
        found = objective_at(block, problem.aims, problem.references, seat_of)
        assert found == pytest.approx(cost, rel=1e-6, abs=1e-7)


def test_a_price_is_charged_once_for_each_municipality():
    scenario = build_scenario(aims={"access": 1.0})
    ground = build_territory([100.0] * 3), build_unit_graph(3, [(1, 2), (2, 3)])
    problem = build_problem(scenario, *ground)
    (block,) = problem.blocks
    seat_of = {0: 0, 1: 0, 2: 2}
    found = [
        objective_at(block, problem.aims, problem.references, seat_of, price) for price in (0, 3)
    ]
    assert found[1] - found[0] == pytest.approx(2 * 3)


@pytest.fixture
def three_in_a_row():
    """Three units of 100, 200 and 300 residents, 2 and 3 km apart, the last in rayon 12."""
    zone = ["steppe", "desert", "desert"]
    ground = build_territory([100, 200, 300], rayon=["11", "11", "12"], zone=zone)
    return ground, build_unit_graph(3, [(1, 2, 2.0, 5.0), (2, 3, 3.0, 7.0)])


def wish_for(partner):
    return {"wishes": {"weight": 1.0, "wishes": [{"unit": "u1", "weight": 2.0, **partner}]}}


@pytest.mark.parametrize(
    ("aims", "raw"),
    [
        ({"access": 1.0}, 100 * 2 + 300 * 3),
        ({"balance": {"population": {"weight": 1.0, "target": 500.0}}}, 100),
        ({"ties_cut": 1.0}, 0),
        ({"crossings": {"rayon": 1.0}}, 300),
        ({"heterogeneity": {"zone": 1.0}}, 100),
        (wish_for({"against": "u3"}), 2),
        (wish_for({"with": "u3"}), 0),
        ({"number": {"weight": 1.0, "prefer": "few"}}, 1),
        ({"number": {"weight": 1.0, "prefer": "many"}}, 2),
    ],
)
def test_an_aim_of_the_whole_seated_in_the_middle_has_the_value_by_hand(three_in_a_row, aims, raw):
    problem = build_problem(build_scenario(aims=aims), *three_in_a_row)
    (block,) = problem.blocks
    (whole,) = municipalities_of(block, {0: 1, 1: 1, 2: 1})
    (aim,) = problem.aims
    assert aim.value(whole) == raw


@pytest.mark.parametrize(("by", "raw"), [("length", 7.0), ("count", 1.0)])
def test_a_severed_tie_is_halved_between_its_two_sides(three_in_a_row, by, raw):
    aims = {"ties_cut": {"weight": 1.0, "by": by}}
    problem = build_problem(build_scenario(aims=aims), *three_in_a_row)
    (block,) = problem.blocks
    left, right = municipalities_of(block, {0: 0, 1: 0, 2: 2})
    (aim,) = problem.aims
    assert aim.value(left) == aim.value(right) == raw / 2


def wishing(*wishes, rules=None, ties=((1, 2), (2, 3))):
    """Build the problem of three units in a row that wish, and nothing else counts."""
    scenario = build_scenario(rules, {"wishes": {"weight": 1.0, "wishes": list(wishes)}})
    territory = build_territory([1.0] * 3, zone=["steppe", "steppe", "desert"])
    return build_problem(scenario, territory, build_unit_graph(3, ties))


def test_a_parted_pair_that_wished_to_be_together_is_halved_between_its_two_sides():
    problem = wishing({"unit": "u1", "with": "u3", "weight": 3.0})
    left, right = municipalities_of(problem.blocks[0], {0: 0, 1: 0, 2: 2})
    (aim,) = problem.aims
    assert (aim.value(left), aim.value(right)) == (1.5, 1.5)


def test_a_municipality_that_holds_neither_of_a_pair_counts_nothing():
    problem = wishing({"unit": "u1", "with": "u2"}, {"unit": "u1", "against": "u2"})
    _, last = municipalities_of(problem.blocks[0], {0: 0, 1: 0, 2: 2})
    assert problem.aims[0].value(last) == 0


@pytest.mark.parametrize(
    ("rules", "ties"),
    [({"like": ["zone"]}, ((1, 2), (2, 3))), ({}, ((1, 2),))],
    ids=["another zone", "water"],
)
@pytest.mark.parametrize("word", ["with", "against"])
def test_a_wish_that_no_plan_can_change_is_left_out(rules, ties, word):
    """Counted, it would be a constant, and make the gap look smaller than it is."""
    problem = wishing({"unit": "u2", word: "u3"}, rules=rules, ties=ties)
    (aim,) = problem.aims
    alone = [m for block in problem.blocks for m in municipalities_of(block, {0: 0})]
    assert [aim.ceiling(block) for block in problem.blocks] == [0.0, 0.0]
    assert sum(aim.value(municipality) for municipality in alone) == 0
    assert problem.references == {"wishes": 1.0}
