"""Law 1: what the compact model forbids is what the judge refuses, rule by rule.

A random assignment is fixed in a model that holds one rule only. It must be feasible
exactly if the rule's judge admits every municipality of it.
"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from amalgamation.model import CompactModel, Municipality, build_problem
from amalgamation.model.rules import build_rules, find_separators
from amalgamation.solve.highs import LiveModel
from amalgamation.solve.task import municipalities_of
from amalgamation.status import Status
from oracle import all_partitions, all_seats
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


@st.composite
def groupings(draw, block):
    """Draw unit -> seat: pieces of the graph grown along drawn ties, some units gone astray."""
    label = list(range(len(block)))
    for first, second in block.ties.tolist():
        if draw(st.integers(0, 2)) > 0:
            old, new = label[second], label[first]
            label = [new if mark == old else mark for mark in label]
    for unit in draw(st.lists(st.integers(0, len(block) - 1), max_size=1)):
        label[unit] = draw(st.sampled_from(label))
    members = {mark: [u for u in range(len(block)) if label[u] == mark] for mark in sorted(label)}
    seats = {mark: draw(st.sampled_from(units)) for mark, units in members.items()}
    return {unit: seats[mark] for unit, mark in enumerate(label)}


def build_model_of(rule, block):
    """Build the model of one rule alone, over every pair that it admits."""
    admitted = block.distances.only(rule.admits(block, block.distances))
    return CompactModel(replace(block, pairs=admitted), [rule], [], {})


def is_feasible(model, seat_of):
    """Fix an assignment, add the separators that it breaks, and ask the solver."""
    names = [model.name_of(unit, seat) for unit, seat in sorted(seat_of.items())]
    if None in names:
        return False
    for name in names:
        model.add_row({name: 1.0}, lower=1.0)
    for separator in find_separators(model.block, seat_of):
        model.add_cut(separator)
    outcome = LiveModel(model.problem, 1, lambda: False).solve_integer(30.0, 0.0)
    return outcome.status is Status.OPTIMAL


def check_rule(rule, block, seat_of):
    refused = [rule.judge(each) for each in municipalities_of(block, seat_of)]
    admitted = not any(refused)
    within_reach = all(pair in block.distances.distance_of for pair in seat_of.items())
    if not within_reach and not rule.key.startswith("rules.reach"):
        return  # pairs out of reach stand in no model, so only the reach can be asked
    if rule.key != "contiguity" and find_separators(block, seat_of):
        return  # whatever the rule says, the pieces would speak first
    assert is_feasible(build_model_of(rule, block), seat_of) == admitted, rule.explain()


@MANY
@given(questions(min_units=2, max_units=7), st.data())
def test_judge_and_constraint_agree_on_every_rule(question, data):
    problem = build_problem(*question)
    for block in problem.blocks:
        seat_of = data.draw(groupings(block))
        for rule in problem.rules:
            check_rule(rule, block, seat_of)


@st.composite
def range_questions(draw):
    """Draw one range with its exception on a connected land: the rule with the most cases."""
    amount = st.integers(0, 20).map(lambda v: 100.0 * v)
    low, high = sorted(draw(st.tuples(amount, amount)))
    own, area = draw(amount), float(draw(st.integers(1, 20)))
    unless = draw(
        st.sampled_from(
            [
                {},
                {"area_km2": {"min": area}},
                {"area_km2": {"max": area}},
                {"population": {"min": own}},
                {"population": {"min": own}, "area_km2": {"min": area}},
                {"population": {"max": own}, "pupils": {"min": 3.0, "max": 12.0}},
            ]
        )
    )
    kind = draw(st.sampled_from(["refuse", "alone", "with_neighbours"]))
    rule = {"min": low, "max": high, "unless": unless, "oversize": kind}
    if draw(st.booleans()):
        own = sorted(draw(st.tuples(amount, amount)))
        zones = {"desert": {"min": own[0], "max": own[1]}, "mountain": {"min": 0.0, "max": high}}
        rule |= {"by": "zone", "classes": zones}
    _, territory, graph = draw(questions(min_units=2, max_units=6, connected=True))
    rules = {"population": {key: value for key, value in rule.items() if value != {}}}
    return build_scenario(rules), territory, graph


@MANY
@given(range_questions(), st.data())
def test_judge_and_constraint_agree_on_ranges_with_exceptions(question, data):
    (block,) = build_problem(*question).blocks
    seat_of = data.draw(groupings(block))
    for rule in build_problem(*question).rules:
        check_rule(rule, block, seat_of)


@st.composite
def ratio_questions(draw):
    """Draw one ratio on a connected land, with ends among the ratios of its sums."""
    _, territory, graph = draw(questions(min_units=2, max_units=6, connected=True))
    low, high = sorted(draw(st.tuples(st.integers(0, 9), st.integers(0, 9))))
    ends = draw(st.sampled_from([{"min": low / 2}, {"max": high / 2}, {"min": low, "max": high}]))
    to = draw(st.sampled_from(["area_km2", "pupils"]))
    ratio = {"of": "pupils" if to == "area_km2" else "area_km2", "to": to, **ends}
    return build_scenario({"ratios": {"r": ratio}}), territory, graph


@MANY
@given(ratio_questions(), st.data())
def test_judge_and_constraint_agree_on_ratios(question, data):
    """Where the second sum is 0 as well."""
    problem = build_problem(*question)
    seat_of = data.draw(groupings(problem.blocks[0]))
    for rule in problem.rules:
        check_rule(rule, problem.blocks[0], seat_of)


UNLESS = {"area_km2": {"min": 5}}
BY_ZONE = {"by": "zone", "classes": {"desert": {"min": 600, "max": 700}}}
LARGE = {"max": 350, "min": 200}

RULES = [
    {"population": {"min": 300}},  # at the sum of u1 and u2, and of u3 alone
    {"population": {"min": 600, "unless": UNLESS}},
    {"population": {"min": 600, "unless": {"area_km2": {"max": 4}, "population": {"min": 300}}}},
    {"population": {"min": 600, "unless": {"pupils": {"min": 5, "max": 10}}}},
    {"population": {"max": 600}},
    {"population": LARGE},
    {"population": LARGE | {"oversize": "with_neighbours"}},
    {"population": LARGE | {"oversize": "refuse"}},
    {"population": {"min": 300, **BY_ZONE}},
    {"population": {"min": 0, "max": 0}},
    {"ratios": {"r": {"of": "population", "to": "pupils", "min": 30}}},
    {"ratios": {"r": {"of": "population", "to": "pupils", "max": 40}}},
    {"ratios": {"r": {"of": "pupils", "to": "population", "min": 0.0, "max": 0.05}}},
    {"max_units": 2},
    {"reach_km": {"max": 1}},
    {"seats": {"types": ["town"], "or_population_min": 300}},
    {"seats": {"fixed": ["u2", "u3"]}},
    {"keep_together": [{"units": ["u1", "u2", "u3"]}]},
    {"keep_apart": [{"units": ["u1", "u3", "u4"]}]},
    {"keep_apart": [{"units": ["u1", "u3"]}]},
    {"frozen": ["u2"]},
]


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: "-".join(map(str, rules.values())))
def test_judge_and_constraint_agree_on_every_grouping_of_a_row(rules):
    """Every partition of four units into pieces of a row, with every choice of seats."""
    territory = build_territory(
        [100, 200, 300, 400],
        area_km2=[1, 2, 3, 4],
        pupils=[10, 0, 5, 0],
        types=["town", "rural_okrug", "rural_okrug", "rural_okrug"],
        zone=["steppe", "steppe", "desert", "desert"],
    )
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    (block,) = build_problem(build_scenario(), territory, graph).blocks
    _, *built = build_rules(build_scenario(rules).rules, territory)
    seen = set()
    for rule in built:
        for groups in all_partitions(list(range(4))):
            for seat_of in all_seats(groups):
                check_rule(rule, block, seat_of)
                seen.add(not any(rule.judge(m) for m in municipalities_of(block, seat_of)))
    assert False in seen, "a rule that refuses nothing is no test"


def judge_row(rules, members, seat):
    """Return what each rule says of units of a row of four: 100, 200, 300, 400 residents.

    The first two lie in the steppe, the others in the desert; pupils are 10 everywhere.
    """
    territory = build_territory(
        [100, 200, 300, 400], pupils=[10] * 4, zone=["steppe", "steppe", "desert", "desert"]
    )
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    (block,) = build_problem(build_scenario(), territory, graph).blocks
    built = build_rules(build_scenario(rules).rules, territory)
    found = [rule.judge(Municipality(block, members, seat)) for rule in built]
    return [finding.sentence() for finding in found if finding is not None]


SPARSE = {"by": "zone", "classes": {"desert": {"min": 300.0}}}


@pytest.mark.parametrize(
    ("rule", "members", "seat", "words"),
    [
        ({"min": 600.0} | SPARSE, (1, 2), 2, []),
        (
            {"min": 600.0} | SPARSE,
            (1, 2),
            1,
            ["population 500; expected at least 600 where the seat's zone is steppe"],
        ),
        (SPARSE, (0, 1), 0, []),
        ({"max": 450.0, "by": "zone", "classes": {"steppe": {"max": 150.0}}}, (0,), 0, []),
        # the second unit is oversize in its own class, and so stands alone
        ({"max": 450.0, "by": "zone", "classes": {"steppe": {"max": 150.0}}}, (1,), 1, []),
        (
            {"max": 450.0, "by": "zone", "classes": {"steppe": {"max": 150.0}}},
            (0, 1),
            0,
            ["2 units with one above the maximum"],
        ),
        ({"min": 600.0, "unless": {"pupils": {"min": 20.0}}} | SPARSE, (0, 1), 0, []),
    ],
)
def test_the_class_of_the_seat_decides_which_range_counts(rule, members, seat, words):
    found = judge_row({"population": rule}, members, seat)
    assert len(found) == len(words)
    assert all(text in sentence for text, sentence in zip(words, found, strict=True))


def test_a_ratio_is_asked_of_a_unit_that_stands_alone_by_its_size():
    """400 residents are above the maximum, and 40 to a pupil above the ratio."""
    rules = {
        "population": {"max": 350.0},
        "ratios": {"crowding": {"of": "population", "to": "pupils", "max": 35.0}},
    }
    (found,) = judge_row(rules, (3,), 3)
    assert found.startswith(
        "municipality of u4 (Unit 4): found population 400 to pupils 10; expected at most 35"
    )
    assert judge_row(rules, (2,), 2) == []


def test_a_municipality_of_two_zones_is_refused_where_like_goes_with_like():
    (found,) = judge_row({"like": ["zone"]}, (1, 2), 1)
    assert "found zone desert, steppe; expected one zone" in found


def test_new_rules_explain_themselves_with_names_and_numbers():
    rules = {
        "like": ["zone"],
        "population": {"min": 600.0, **SPARSE},
        "ratios": {"own_share": {"of": "pupils", "to": "population", "min": 0.3}},
    }
    built = build_rules(build_scenario(rules).rules, build_territory([1]))
    assert [rule.explain() for rule in built][1:] == [
        "No municipality mixes values of zone.",
        (
            "The population of a municipality is at least 600; where the seat's zone is desert, "
            "at least 300."
        ),
        "The own_share of a municipality, pupils over population, is at least 0.3.",
    ]


@given(st.integers(0, 3))
@example(0)
def test_a_group_over_the_water_can_never_stay_together(extra):
    """Two blocks, one group: no assignment of either block keeps it."""
    territory = build_territory([100.0] * (2 + extra))
    ties = [(i, i + 1) for i in range(2, 2 + extra)]
    scenario = build_scenario({"keep_together": [{"units": list(territory.ids[:2])}]})
    problem = build_problem(scenario, territory, build_unit_graph(2 + extra, ties))
    together = next(rule for rule in problem.rules if rule.key == "rules.keep_together")
    for block in problem.blocks:
        if set(block.ids) & set(territory.ids[:2]):
            check_rule(together, block, dict.fromkeys(range(len(block)), 0))
