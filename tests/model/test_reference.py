"""The reference: a value of each aim's own size, also where the reference plan costs nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amalgamation.model import build_problem
from amalgamation.model.reference import reference_number
from amalgamation.solve.task import municipalities_of
from strategies import build_scenario, build_territory, build_unit_graph, questions

MANY = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))

ROW = [(1, 2, 2.0, 5.0), (2, 3, 3.0, 7.0)]


def three_alone(aims, population=(100, 200, 300)):
    """Three units in a row whose reference plan leaves each alone."""
    scenario = build_scenario({"municipalities": {"min": 3}}, aims)
    territory = build_territory(population, rayon=["11", "11", "12"])
    return build_problem(scenario, territory, build_unit_graph(3, ROW))


@pytest.mark.parametrize(
    ("aims", "reference"),
    [
        # each resident to the unit that is farthest from it
        ({"access": 1.0}, (100 * 5 + 200 * 3 + 300 * 5) / 100),
        ({"crossings": {"rayon": 1.0}}, 600 / 100),
        ({"number": {"weight": 1.0, "prefer": "many"}}, 3 / 100),
    ],
)
def test_what_a_reference_plan_without_mergers_meets_counts_a_hundredth_of_the_most(
    aims, reference
):
    (found,) = three_alone(aims).references.values()
    assert found == pytest.approx(reference)


def test_a_balance_that_the_reference_plan_meets_counts_a_hundredth_of_the_most():
    problem = three_alone({"balance": {"population": 1.0}}, population=(200, 200, 200))
    assert problem.references["balance.population"] == pytest.approx((600 + 3 * 200) / 100)


def test_the_value_at_the_reference_plan_stands_where_it_is_more():
    assert three_alone({"ties_cut": 1.0}).references["ties_cut"] == pytest.approx(5 + 7)


def test_an_aim_that_is_nothing_in_every_plan_is_divided_by_one():
    scenario = build_scenario(aims={"access": 1.0})
    problem = build_problem(scenario, build_territory([100]), build_unit_graph(1, []))
    assert problem.references["access"] == 1.0


@MANY
@given(questions(max_units=7), st.data())
def test_no_plan_exceeds_the_ceiling_of_an_aim(question, data):
    problem = build_problem(*question)
    for block in problem.blocks:
        reached = block.distances.distance_of
        seats = data.draw(st.sets(st.integers(0, len(block) - 1)))
        seat_of = {unit: unit for unit in range(len(block))}
        for unit in sorted(set(seat_of) - seats):
            near = [seat for seat in sorted(seats) if (unit, seat) in reached]
            seat_of[unit] = data.draw(st.sampled_from(near)) if near else unit
        plan = municipalities_of(block, seat_of)
        for aim in problem.aims:
            most = aim.ceiling(block)
            assert sum(aim.value(municipality) for municipality in plan) <= most * (1 + 1e-9)


def test_the_minimum_of_a_class_tells_the_number_where_there_is_no_general_one():
    """600 residents over twice 100."""
    rules = {"population": {"by": "zone", "classes": {"steppe": {"min": 100}}}}
    territory, graph = build_territory([200] * 3), build_unit_graph(3, ROW)
    assert reference_number(build_scenario(rules).rules, territory) == 3
    problem = build_problem(build_scenario(rules, {"access": 1.0}), territory, graph)
    # three seats: nobody has far to go, so the reference is a hundredth of the most
    assert problem.references["access"] == pytest.approx(200 * (5 + 3 + 5) / 100)
