"""What a wish costs: brute force over every plan finds the same price, and the same reasons."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.plan import Plan
from amalgamation.status import Status
from amalgamation.study.what_if import (
    Known,
    Price,
    build_price,
    price_refused,
    read_requirements,
    what_if,
    with_key,
    with_requirements,
)
from amalgamation.study.what_if.part import blocks_of, take_part, tied_to
from amalgamation.verify import verify_plan
from oracle import brute_force, every_plan
from reopening import reopen_solved
from strategies import build_scenario, build_territory, build_unit_graph, questions

# most random questions have no plan, or one that grants the wish already
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
SAME = {"rel": 1e-6, "abs": 1e-6}


@st.composite
def wishes_of(draw, units):
    """Draw one or two wishes between units, by their codes."""
    pair = st.lists(st.sampled_from(units), min_size=2, max_size=2, unique=True)
    forms = ["keep {0} alone", "{0} with {1}", "{0} not with {1}", "seat at {0}"]
    return [
        draw(st.sampled_from(forms)).format(*draw(pair)) for _ in range(draw(st.integers(1, 2)))
    ]


@st.composite
def asked(draw):
    question = draw(questions(min_units=2, max_units=6))
    return question, draw(wishes_of(question[1].ids))


def yardstick(run):
    references = {aim.name: aim.reference for aim in run.certificate.aims}
    targets = {
        aim.name.removeprefix("balance."): aim.target
        for aim in run.certificate.aims
        if aim.target is not None
    }
    return references, targets


def asked_scenario(run, wishes):
    territory = run.ground.territory
    return with_requirements(run.ground.file.scenario, read_requirements(wishes, territory))


@FEW
@given(asked())
def test_the_price_of_wishes_is_that_of_brute_force_where_all_may_move(case):
    question, wishes = case
    run = reopen_solved(question)
    assume(run is not None)
    found = what_if(run, wishes, whole=True)
    scenario = asked_scenario(run, wishes)
    least, _ = brute_force(scenario, *question[1:], *yardstick(run))
    if math.isinf(least):
        assert found.result.status is Status.INFEASIBLE
        assert found.price is None
        return
    assert found.result.certificate.cost == pytest.approx(least, **SAME)
    assert found.result.certificate.bound <= least * (1 + 1e-6) + 1e-9
    truth = least - run.certificate.cost
    assert found.price.least == pytest.approx(truth, **SAME)
    assert found.price.most == pytest.approx(truth, **SAME)
    assert verify_plan(found.result.plan, scenario, *question[1:]) == ()


def same_elsewhere(run, plan, moving):
    """Say whether a plan (unit -> seat) groups the units that stay as the run does."""
    home = run.plan.municipality_of
    mine, other = {}, {}
    for unit in sorted(set(home) - moving):
        mine.setdefault(home[unit], set()).add(unit)
        other.setdefault(plan.get(unit, ""), set()).add(unit)
    return sorted(map(sorted, mine.values())) == sorted(map(sorted, other.values()))


@settings(FEW, max_examples=5)
@given(asked())
def test_while_other_blocks_stay_as_they_are_the_price_is_that_of_brute_force(case):
    question, wishes = case
    run = reopen_solved(question)
    assume(run is not None)
    found = what_if(run, wishes)
    assume(found.price is not None and not found.granted)
    problem = run.drawn.problem
    units = {unit for one in found.requirements for unit in one.units}
    chosen = blocks_of(problem, units)
    assume(found.blocks == len(chosen))
    moving = {unit for b in chosen for unit in problem.blocks[b].ids}
    scenario = asked_scenario(run, wishes)
    costs = [
        [
            cost
            for cost, plan in every_plan(one, *question[1:], *yardstick(run))
            if same_elsewhere(run, plan, moving)
        ]
        for one in (question[0], scenario)
    ]
    truth = min(costs[1]) - min(costs[0])
    assert found.price.least == pytest.approx(truth, **SAME)
    assert found.price.most == pytest.approx(truth, **SAME)
    least, _ = brute_force(scenario, *question[1:], *yardstick(run))
    assert found.result.certificate.bound <= least * (1 + 1e-6) + 1e-9


def row(population, rules, aims=None):
    territory = build_territory(population)
    ties = [(i, i + 1, 1, 1) for i in range(1, len(population))]
    scenario = build_scenario(rules, aims or {"access": 1.0})
    return scenario, territory, build_unit_graph(len(population), ties)


def test_a_wish_that_the_plan_grants_costs_nothing_and_is_not_solved_again():
    run = reopen_solved(row([500, 100, 100, 500], {"municipalities": {"exactly": 2}}))
    found = what_if(run, ["u1 with u2"])
    assert found.granted
    assert found.blocks == 0
    assert (found.price.least, found.price.most) == (0.0, 0.0)
    assert found.sentences()[1] == "The plan grants this already: nothing changes."
    assert found.result.plan.municipality_of == run.plan.municipality_of


def test_the_price_is_told_in_the_units_of_the_aims():
    """u2 goes with u3, one km farther than with u1: 100 person-km, and u3 stays a seat."""
    run = reopen_solved(row([500, 100, 100, 500], {"municipalities": {"exactly": 2}}))
    found = what_if(run, ["Unit 2 with Unit 3"])
    assert [(aim.name, round(aim.raw)) for aim in found.aims] == [("access", 100)]
    assert found.price.is_exact
    assert "Granting it costs 50 % of the cost, which is proven." in found.sentences()
    assert "Plan beside the run's plan: +100 person-km (access)." in found.sentences()


WISHES = [
    {"unit": "u2", "with": "u3", "reason": "one school"},
    {"unit": "u1", "with": "u2"},
    {"unit": "u4", "against": "u3"},
]


def test_each_refused_wish_is_priced_by_itself_with_the_wish_in_the_cost():
    """u2 with u3 costs 100 person-km more and meets one wish more; the second is met already.

    u4 against u3 leaves u3 with u1, 200 person-km more.
    """
    aims = {"access": 1.0, "wishes": {"weight": 1e-4, "wishes": WISHES}}
    question = row([500, 100, 100, 500], {"municipalities": {"exactly": 2}}, aims)
    run = reopen_solved(question)
    prices = price_refused(run)
    asked = [["u2 with u3"], ["u4 not with u3"]]
    for one, words in zip(prices.prices, asked, strict=True):
        least, _ = brute_force(asked_scenario(run, words), *question[1:], *yardstick(run))
        assert one.found.price.is_exact
        assert one.found.price.most == pytest.approx(least - run.certificate.cost, **SAME)
    assert [one.sentence().split(":")[0] for one in prices.prices] == [
        "u2 (Unit 2) with u3 (Unit 3) (one school)",
        "u4 (Unit 4) not with u3 (Unit 3)",
    ]
    assert prices.to_frame()[["unit", "other", "together"]].to_numpy().tolist() == [
        ["u2", "u3", True],
        ["u4", "u3", False],
    ]


def test_a_plan_that_refuses_no_wish_has_no_prices():
    run = reopen_solved(row([500, 100, 100, 500], {"municipalities": {"exactly": 2}}))
    assert price_refused(run).prices == ()


def test_a_run_that_was_not_the_best_is_bettered_first_and_the_price_counted_from_there():
    """Costs 300 person-km, the best 200, with the wishes 300: the wishes cost 100."""
    question = row([500, 100, 100, 500], {"municipalities": {"exactly": 2}})
    run = reopen_solved(question)
    seats = {"u1": "u1", "u2": "u1", "u3": "u1", "u4": "u4"}
    worse = Plan.from_seats(seats)
    cost = run.certificate.cost * 300 / 200
    poor = replace(run.certificate, status=Status.FEASIBLE, cost=cost, bound=0.1 * cost)
    found = what_if(replace(run, plan=worse, certificate=poor), ["u2 with u3", "u3 with u4"])
    assert found.price.is_exact
    assert found.price.least == pytest.approx(run.certificate.cost * (300 - 200) / 200)
    assert found.bettered == pytest.approx(cost - run.certificate.cost)
    assert any("can be bettered here (-33.3 %)" in line for line in found.sentences())


def test_an_impossible_wish_is_told_with_its_reason():
    run = reopen_solved(row([500, 100, 100, 500], {"population": {"min": 200}}))
    found = what_if(run, ["keep u2 alone"])
    assert found.result.status is Status.INFEASIBLE
    assert "100 residents in all" in found.reasons[0].found
    both = what_if(run, ["u1 with u2", "u1 not with u2"])
    assert "kept together, and kept apart" in both.reasons[0].found


def test_a_seat_that_the_rules_would_not_allow_may_make_the_plan_cheaper():
    """A wish is no rule more where it makes a seat of a unit that could be none: it may save."""
    rules = {"municipalities": {"exactly": 1}, "seats": {"or_population_min": 400}}
    run = reopen_solved(row([400, 300, 300], rules))
    found = what_if(run, ["seat at u2"])
    truth = (400 + 300) - (300 + 600)
    assert [round(aim.raw) for aim in found.aims] == [truth]
    assert found.price.most < 0
    assert "saves" in found.price.sentence()


def test_where_a_number_ties_blocks_the_price_says_for_how_long_it_holds():
    territory = build_territory([400, 100, 200, 400, 100, 200], rayon=["11"] * 3 + ["21"] * 3)
    graph = build_unit_graph(6, [(i, i + 1, 1 + (i + 1) % 3 % 2, 1) for i in range(1, 6)])
    rules = {"walls": ["oblast"], "municipalities": {"exactly": 4}}
    run = reopen_solved((build_scenario(rules, {"access": 1.0}), territory, graph))
    held = what_if(run, ["seat at u2"])
    assert held.held == 1
    assert "holds for as long as 1 block that the number" in held.sentences()[-1]
    freed = what_if(run, ["keep u3 alone", "keep u2 alone"])
    assert freed.held == 0, "with two blocks as they are, three here would be one too many"
    assert freed.result.status is Status.OPTIMAL
    assert "no other has a part in the price." in freed.sentences()[-1]


def test_a_part_of_a_problem_keeps_what_the_others_leave_it_of_the_number():
    territory = build_territory([1] * 6, rayon=["11"] * 3 + ["21"] * 3)
    graph = build_unit_graph(6, [(i, i + 1, 1, 1) for i in range(1, 6)])
    numbers = {"min": 3, "max": 4, "per_parent": {"oblast": {"2": {"max": 2}}}}
    rules = {"walls": ["oblast"], "municipalities": numbers}
    problem = am.build_problem(build_scenario(rules, {"ties_cut": 1.0}), territory, graph)
    part = take_part(problem, (0,), (1, 2))
    assert [(limit.blocks, limit.least, limit.most) for limit in part.limits] == [((0,), 1, 2)]
    assert tied_to(problem, (0,)) == (1,)
    assert tied_to(problem, (0, 1)) == ()
    assert blocks_of(problem, ["u5"]) == (1,)


def test_a_price_swallowed_by_the_gaps_is_never_told_as_a_price():
    swallowed = build_price(Known(10.0, 9.0), Known(10.1, 9.5), 10.0, "costs")
    assert swallowed.is_unknown
    assert swallowed.sentence().endswith("perhaps nothing: the gap swallows the difference")
    either = build_price(Known(10.0, 9.0), Known(10.1, 9.5), 10.0, "either")
    assert either.sentence().startswith("anything between -5 % and 11 % of the cost")
    endless = build_price(Known(10.0, 9.0), Known(math.inf, 11.0), 10.0, "costs")
    assert endless.sentence() == "costs at least 10 % of the cost; how much at most is unknown"


@given(st.floats(0.1, 100), st.floats(0, 1), st.floats(0, 1), st.floats(0, 50))
def test_shares_are_never_told_narrower_than_they_are(cost, part, more, wider):
    """What is said as "at least" is at most the bound, and the reverse."""
    least = more * cost * part
    price = Price(least, least + wider + 0.01 * cost, cost)
    text = price.sentence()
    numbers = [float(word) for word in text.replace("%", "").split() if word[0].isdigit()]
    assert max(numbers) >= 100 * price.most / cost - 1e-9
    if "at least" in text:
        assert min(numbers) <= 100 * price.least / cost + 1e-9


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("u1 beside u2", '"u1 beside u2"'),
        ("keep u9 alone", "no unit u9"),
        ("u1 with U1", "u1 as its own partner"),
        ("seat at twin", "2 units named twin: u2 (Twin), u3 (Twin)"),
    ],
)
def test_a_wish_that_cannot_be_read_is_refused(wish, told):
    territory = build_territory([1, 1, 1])
    territory.units["name"] = ["U1", "Twin", "Twin"]
    with pytest.raises(InputError) as refused:
        read_requirements([wish, "keep u1 alone"], territory)
    (finding,) = refused.value.findings
    assert told in finding.found
    assert finding.remedy or finding.check == "requirement"


def test_names_in_any_case_and_with_blanks_are_read():
    territory = build_territory([1, 1])
    (one,) = read_requirements(["  Keep  unit 1   ALONE "], territory)
    assert (one.kind, one.units) == ("alone", ("u1",))
    (two,) = read_requirements(["u1 (Unit 1) NOT with u2"], territory)
    assert (two.kind, two.units) == ("apart", ("u1", "u2"))
    with pytest.raises(InputError, match="no wish"):
        read_requirements([], territory)


def test_wishes_become_rules_beside_those_there_are():
    scenario = build_scenario({"frozen": ["u9"], "seats": {"types": ["town"], "fixed": ["u8"]}})
    territory = build_territory([1, 1, 1])
    wishes = ["keep u1 alone", "u2 with u3", "u1 not with u2", "seat at u3"]
    asked = with_requirements(scenario, read_requirements(wishes, territory))
    assert asked.rules.frozen == ["u9", "u1"]
    assert asked.rules.seats.types == ["town"]
    assert asked.rules.seats.fixed == ["u8", "u3"]
    assert [group.units for group in asked.rules.keep_together] == [["u2", "u3"]]
    assert asked.rules.keep_apart[0].reason == "u1 not with u2"
    assert asked.scenario == "hand-made-what-if"
    again = with_requirements(asked, read_requirements(["seat at u2"], territory))
    assert again.scenario == "hand-made-what-if"
    assert with_key(scenario, "rules.max_units", 3).rules.max_units == 3


def test_the_plan_that_grants_a_wish_is_written_as_a_run_that_verifies(tmp_path):
    overrides = {"solve.processes": 1, "write": ["csv"]}
    am.run("toy", overrides=overrides).write(tmp_path / "toy")
    found = am.what_if(am.reopen(tmp_path / "toy"), ["Toy 09 with Toy 07"])
    found.result.write(tmp_path / "asked")
    assert am.verify_run(tmp_path / "asked") == ()
    again = am.reopen(Path(tmp_path / "asked"))
    assert again.certificate.cost == pytest.approx(found.result.certificate.cost)
    back = am.what_if(again, ["Toy 09 with Toy 07"])
    assert back.granted
