"""Search: every plan on the way keeps the rules, and none is worse than the start."""

import math
import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import Municipality, Valuer, build_problem
from amalgamation.solve.search import engine, improve, improve_block, search_block, sweep
from amalgamation.solve.search.lack import Lacks
from amalgamation.solve.search.masks import mask_of
from amalgamation.solve.search.state import Search
from amalgamation.solve.search.values import Values
from amalgamation.solve.search.windows import cut_window, solve_window
from amalgamation.solve.task import BlockTask, municipalities_of
from amalgamation.status import Status
from oracle import brute_force
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
SOME = settings(MANY, max_examples=30)
SECONDS = 20.0


def check_plan(problem, block, answer):
    """A partition into connected municipalities that every rule admits, at the stated cost."""
    municipalities = municipalities_of(block, answer.seat_of)
    assert sorted(answer.seat_of) == list(range(len(block)))
    for each in municipalities:
        assert each.seat in each.members
        assert all((unit, each.seat) in block.pairs.distance_of for unit in each.members)
        assert [rule.judge(each) for rule in problem.rules] == [None] * len(problem.rules)
    assert answer.cost == pytest.approx(problem.cost(municipalities), rel=1e-12, abs=1e-15)


def draw_grid(side, rules=None, aims=None):
    """Build a board of uneven units, of which some four make a municipality."""
    count = side * side
    rows = [(i, i + side, 2.0, 1.0) for i in range(1, count - side + 1)]
    columns = [(i, i + 1, 1.0 + i % 3, 1.0) for i in range(1, count) if i % side]
    territory = build_territory(
        [100.0 * (1 + 7 * i % 11) for i in range(count)],
        area_km2=[1.0 + i % 4 for i in range(count)],
        zone=[("steppe", "desert")[i % 3 == 0] for i in range(count)],
    )
    graph = build_unit_graph(count, [*rows, *columns])
    scenario = build_scenario(rules or {"population": {"min": 2000}}, aims or {"access": 1.0})
    return build_problem(scenario, territory, graph)


# --- laws on all sorts of questions ---------------------------------------------------------


@MANY
@given(questions(min_units=2, max_units=9), st.integers(1, 5))
def test_every_plan_that_is_offered_keeps_every_rule(question, seed):
    problem = build_problem(*question)
    for position, block in enumerate(problem.blocks):
        task = BlockTask(position, problem.own_range(position), seed=seed)
        for answer in improve_block(problem, task, {}, seconds=SECONDS):
            check_plan(problem, block, answer)


@SOME
@given(questions(min_units=2, max_units=7), st.integers(-4, 4))
def test_search_never_claims_less_than_the_optimum_and_its_bound_is_honest(question, price):
    """Brute force per block is the whole's: one block is asked, the number is free."""
    problem = build_problem(*question)
    if len(problem.blocks) > 1:
        return
    targets = {aim.attribute: aim.target for aim in problem.aims if aim.name.startswith("balance.")}
    least = brute_force(*question, problem.references, targets)[0]
    task = BlockTask(0, problem.own_range(0))
    found = [
        answer.cost
        for answer in improve_block(problem, task, {}, seconds=SECONDS)
        if problem.limits == () or all(limit.admits([answer.number]) for limit in problem.limits)
    ]
    assert min(found, default=math.inf) >= least - 1e-9
    with pytest.MonkeyPatch.context() as patch:
        # As if the land were too large to be proven whole.
        patch.setattr(engine, "_WHOLE", 0)
        free = search_block(problem, BlockTask(0, problem.own_range(0), seconds=5.0))
        priced = replace(free.task, price=price / 8)
        priced = search_block(problem, priced)
    assert free.bound <= least + 1e-9
    assert free.cost >= least - 1e-9
    assert priced.bound <= priced.priced_cost + 1e-9


@SOME
@given(questions(min_units=3, max_units=9), st.data())
def test_a_set_is_worth_the_same_whichever_way_it_was_reached(question, data):
    """Values by difference (a unit more, less, other) are those of the plain valuer."""
    problem = build_problem(*question)
    position = max(range(len(problem.blocks)), key=lambda b: len(problem.blocks[b]))
    block = problem.blocks[position]
    values, valuer = Values(problem, position), Valuer(problem, position)
    part = values.alone(data.draw(st.integers(0, len(block) - 1)))
    for _ in range(6):
        inside = set(part.members)
        near = sorted({n for u in inside for n in block.neighbours[u]} - inside)
        steps = [values.grown(part, unit) for unit in near]
        steps += [values.rest(part, unit) for unit in part.members]
        steps += [values.swapped(part, less, more) for less in part.members for more in near]
        known = [step for step in steps if step is not None]
        for step in known:
            plain = valuer.value(step.members)
            assert (step.lack == 0) == (plain is not None and plain.admitted)
            if step.lack == 0:
                assert step.cost == pytest.approx(plain.cost, rel=1e-9, abs=1e-12)
        if not known:
            return
        part = data.draw(st.sampled_from(known))


@MANY
@given(questions(min_units=1, max_units=7), st.data())
def test_nothing_lacks_exactly_where_no_judge_of_sets_refuses(question, data):
    problem = build_problem(*question)
    block = problem.blocks[0]
    units = tuple(sorted(data.draw(st.sets(st.integers(0, len(block) - 1), min_size=1))))
    valued = Valuer(problem, 0).value(units)
    if valued is None or len(block.pieces(units)) > 1:
        return
    lacks = Lacks(problem.rules, block)
    sums = [float(block.attributes[name][list(units)].sum()) for name in lacks.attributes]
    lack = lacks.measure(sums, mask_of(units), valued.seat)
    judged = [rule.judge(Municipality(block, units, valued.seat)) for rule in problem.rules]
    assert (lack == 0) == (judged == [None] * len(judged))


CLASSES = {"min": 2500, "by": "zone", "classes": {"desert": {"min": 1500, "max": 5000}}}
DENSITY = {"density": {"of": "population", "to": "area_km2", "min": 170}}


def whole_cost(window, answer):
    """Return what the answer's municipalities cost as parts of the window."""
    place = {unit: k for k, unit in enumerate(window.units)}
    seat_of = {place[unit]: place[seat] for unit, seat in answer.seat_of.items()}
    return window.problem.cost(municipalities_of(window.problem.blocks[0], seat_of))


# --- fixed instances ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "aims"),
    [
        ({"population": {"min": 500}}, {"access": 1.0}),
        ({"population": {"min": 300, "max": 900}}, {"access": 1.0, "ties_cut": 0.3}),
        ({"municipalities": {"exactly": 3}}, {"balance": {"population": 1.0}, "ties_cut": 0.1}),
        ({"max_units": 4}, {"number": {"weight": 1.0, "prefer": "few"}, "access": 0.2}),
        ({"reach_km": {"max": 2}}, {"number": {"weight": 1.0, "prefer": "few"}}),
    ],
)
def test_search_alone_finds_the_optimum_of_a_small_land(rules, aims):
    """A board of 3 x 3 with uneven populations: moves, shakes and windows, no whole solve."""
    ground = (
        build_territory([300.0, 100.0, 200.0, 500.0, 100.0, 400.0, 100.0, 200.0, 300.0]),
        build_unit_graph(
            9,
            [(i, i + 1) for i in (1, 2, 4, 5, 7, 8)] + [(i, i + 3, 2.0, 1.0) for i in range(1, 7)],
        ),
    )
    question = build_scenario(rules, aims), *ground
    problem = build_problem(*question)
    targets = {aim.attribute: aim.target for aim in problem.aims if aim.name.startswith("balance.")}
    least = brute_force(*question, problem.references, targets)[0]
    task = BlockTask(0, problem.own_range(0))
    number = question[0].rules.municipalities.exactly
    found = [
        answer.cost
        for answer in improve_block(problem, task, {}, seconds=SECONDS)
        if number in (None, answer.number)
    ]
    assert min(found) == pytest.approx(least, rel=1e-9)


def test_the_plan_is_never_worse_than_the_start_and_gets_better():
    """From all units in one municipality, whose seat lies in the middle of the board."""
    problem = draw_grid(5)
    start = dict.fromkeys(range(25), 12)
    cost = problem.cost(municipalities_of(problem.blocks[0], start))
    answers = improve_block(problem, BlockTask(0), start, seconds=300.0, shakes=300)
    found = [answer.cost for answer in answers]
    assert min(found) < cost


def test_a_whole_municipality_that_lacks_little_is_mended_by_moving_single_units():
    """A path 40-40-40-30-30 with at least 60: merging alone would leave one municipality."""
    ground = (
        build_territory([40.0, 40.0, 40.0, 30.0, 30.0]),
        build_unit_graph(5, [(1, 2), (2, 3), (3, 4), (4, 5)]),
    )
    problem = build_problem(build_scenario({"population": {"min": 60}}, {"access": 1.0}), *ground)
    answers = list(improve_block(problem, BlockTask(0), {}, seconds=SECONDS))
    assert {answer.number for answer in answers} >= {2}


EVERYTHING = {
    "access": 1.0,
    "heterogeneity": {"zone": 0.2},
    "wishes": {
        "weight": 0.5,
        "wishes": [
            {"unit": "u01", "with": "u24"},
            {"unit": "u01", "with": "u02"},
            {"unit": "u07", "against": "u08", "weight": 2.0},
        ],
    },
}


@pytest.mark.parametrize(
    ("rules", "aims"),
    [
        (None, None),
        ({"population": CLASSES}, EVERYTHING),
        ({"population": {"min": 2000}, "ratios": DENSITY}, EVERYTHING),
    ],
    ids=["access", "classes", "ratios"],
)
def test_a_window_is_solved_with_the_rest_as_it_is(rules, aims):
    """The best of a window is a plan of its units, at no more than they cost now."""
    problem = draw_grid(5, rules, aims)
    search = Search(problem, BlockTask(0))
    draft = search.draft()
    search.descend(draft)
    parts = [draft.parts[name] for name in sorted(draft.parts)[:3]]
    units = sorted(unit for part in parts for unit in part.members)
    window = cut_window(problem, 0, units)
    start = {unit: part.seat for part in parts for unit in part.members}
    answer = solve_window(window, BlockTask(0, seconds=SECONDS, gap=0.0), start)
    assert sorted(answer.seat_of) == units
    municipalities = municipalities_of(problem.blocks[0], answer.seat_of)
    assert not any(rule.judge(each) for rule in problem.rules for each in municipalities)
    assert problem.cost(municipalities) <= sum(part.cost for part in parts) + 1e-12
    assert answer.cost == pytest.approx(whole_cost(window, answer), rel=1e-9)


def test_the_seat_of_a_part_is_one_whose_class_admits_it_though_another_is_nearer():
    """u1 is the cheapest seat of both, but in the steppe the minimum is 500."""
    rule = {"min": 500, "by": "zone", "classes": {"desert": {"min": 200}}}
    territory = build_territory([200.0, 100.0], zone=["steppe", "desert"])
    scenario = build_scenario({"population": rule}, {"access": 1.0})
    values = Values(build_problem(scenario, territory, build_unit_graph(2, [(1, 2)])), 0)
    whole = values.part(0b11)
    assert (whole.seat, whole.lack) == (1, 0.0)
    assert values.grown(values.alone(0), 1) == whole
    assert values.alone(0).lack == pytest.approx(0.6)


def test_search_finds_plans_with_classes_ratios_and_wishes_that_every_judge_admits():
    rules = {"population": CLASSES, "ratios": DENSITY}
    problem = draw_grid(5, rules, EVERYTHING)
    answers = list(improve_block(problem, BlockTask(0), {}, seconds=300.0, shakes=100))
    assert answers
    for answer in answers:
        check_plan(problem, problem.blocks[0], answer)


def test_the_number_asked_for_is_met_and_others_are_met_on_the_way():
    problem = draw_grid(5)
    task = BlockTask(0, (4, 4), seconds=3.0)
    answer = search_block(problem, task)
    assert answer.number == 4
    assert answer.status in (Status.FEASIBLE, Status.OPTIMAL, Status.WITHIN_GAP)
    assert 0 < answer.bound <= answer.priced_cost
    check_plan(problem, problem.blocks[0], answer)


def test_a_wish_to_stop_ends_the_search_at_once():
    problem = draw_grid(6)
    assert list(improve_block(problem, BlockTask(0), {}, seconds=300.0, stop=lambda: True)) == []


PRINT_PLANS = """\
import sys
sys.path[:0] = sys.argv[1:]
from test_search import draw_grid
from amalgamation.solve.search import improve_block
from amalgamation.solve.task import BlockTask
for answer in improve_block(draw_grid(4), BlockTask(0, seed=4), {}, seconds=300.0):
    print(answer.number, answer.cost, sorted(answer.seat_of.items()))
"""


def test_the_same_seed_gives_the_same_plans_under_any_hash_seed():
    here = os.path.dirname(__file__)  # noqa: PTH120 - a string for the command line
    command = [sys.executable, "-c", PRINT_PLANS, here, os.path.dirname(here)]  # noqa: PTH120
    outputs = [
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "1")
    ]
    assert outputs[0] == outputs[1] != ""


def test_a_busy_machine_draws_the_same_plans(monkeypatch):
    """Windows are given work, not time: here too little of it, so that each is cut off."""
    cut_off, sweep_window = [], sweep.solve_window

    def watched(*arguments):
        answer = sweep_window(*arguments)
        cut_off.append(answer.status in (Status.FEASIBLE, Status.NO_PLAN))
        return answer

    monkeypatch.setattr(improve, "_PATIENCE", 0.5)  # windows come soon
    monkeypatch.setattr(sweep, "_LOOKS", 20)
    monkeypatch.setattr(sweep, "solve_window", watched)
    seen = []
    for pause in (0.0, 0.002):
        answers = improve_block(
            draw_grid(6), BlockTask(0), {}, seconds=600.0, shakes=100, stop=dawdling(pause)
        )
        seen.append([(each.number, each.cost, dict(each.seat_of)) for each in answers])
    assert seen[0] == seen[1] != []
    assert any(cut_off)


def dawdling(pause):
    """Never stop, but take a while to say so, as a machine with much other work does."""

    def stop():
        time.sleep(pause)
        return False

    return stop
