"""A plan that the scenario gives: the judge finds whether it is the one that was measured."""

from dataclasses import replace

import pytest

from amalgamation.plan import Plan
from amalgamation.status import Certificate, Status
from amalgamation.verify import verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

MEASURED = Certificate(Status.MEASURED, 0.0, float("nan"))
BY_RAYON = {"u1": "u1", "u2": "u1", "u3": "u4", "u4": "u4"}


def judge(seats, plan, population=(9, 4, 5, 7), attributes=None):
    """Judge units of the rayons 11, 11, 12, 12 in a row against the plan that is given."""
    territory = build_territory(population, rayon=["11", "11", "12", "12"])
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    if attributes is not None:
        territory = replace(territory, attributes=attributes)
    given = Plan.from_seats(seats)
    found = verify_plan(given, build_scenario(plan=plan), territory, graph, MEASURED)
    found = tuple(finding for finding in found if finding.check != "partition")
    assert {finding.check for finding in found} <= {"certificate.plan"}
    return found


def test_the_units_of_today_are_each_a_municipality():
    assert judge({f"u{i}": f"u{i}" for i in range(1, 5)}, "today") == ()
    (found,) = judge({"u1": "u1", "u2": "u1", "u3": "u3", "u4": "u4"}, "today")
    assert found.subjects == ("u2",)
    assert found.found == "other municipalities or seats around u2 (Unit 2)"
    assert found.expected == "every unit as it stands (plan: today)"


def test_each_parent_is_a_municipality_around_its_most_populous_unit():
    assert judge(BY_RAYON, {"tier": "rayon"}) == ()


@pytest.mark.parametrize(
    ("seats", "wrong"),
    [
        # rayon 12 is torn
        ({"u1": "u1", "u2": "u1", "u3": "u3", "u4": "u4"}, ("u3", "u4")),
        # rayon 11 and 12 are one, so that all stand among strangers
        (dict.fromkeys(("u1", "u2", "u3", "u4"), "u1"), ("u1", "u2", "u3", "u4")),
        # a seat that is not the most populous
        (BY_RAYON | {"u1": "u2", "u2": "u2"}, ("u2",)),
    ],
)
def test_a_parent_torn_merged_or_seated_elsewhere_is_named(seats, wrong):
    (found,) = judge(seats, {"tier": "rayon"})
    assert found.subjects == wrong
    assert found.expected == "each rayon a municipality, its seat the most populous unit"


def test_of_units_with_as_many_residents_each_may_be_the_seat():
    for seat in ("u3", "u4"):
        seats = BY_RAYON | {"u3": seat, "u4": seat}
        assert judge(seats, {"tier": "rayon"}, population=(9, 4, 7, 7)) == ()


def test_without_residents_any_unit_may_be_the_seat():
    seats = BY_RAYON | {"u1": "u2", "u2": "u2"}
    assert judge(seats, {"tier": "rayon"}, attributes={"pupils": "pupils"}) == ()


def test_a_seat_that_nobody_knows_is_left_to_the_check_that_names_it():
    seats = {"u1": "ghost", "u2": "ghost", "ghost": "ghost", "u3": "u4", "u4": "u4"}
    assert judge(seats, {"tier": "rayon"}) == ()
