"""Law 1: what the compact model forbids is what the judge refuses, rule by rule.

A random assignment is fixed in a model that holds one rule only. It must be feasible
exactly if the rule's judge admits every municipality of it.
"""

from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from amalgamation.model import CompactModel, build_problem
from amalgamation.model.rules import find_separators
from amalgamation.solve.highs import LiveModel
from amalgamation.solve.task import municipalities_of
from amalgamation.status import Status
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
