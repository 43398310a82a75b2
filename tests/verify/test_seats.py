"""Who may be a seat: by type, by residents, because the scenario says so."""

from dataclasses import replace

import pytest

from amalgamation.plan import Plan
from amalgamation.verify import verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

TOWN, VILLAGE = "town", "rural_okrug"


def judge(seats, plan, rules=None, drop=(), attributes=None):
    """Judge u1 (town, 500), u2 (village, 300), u3 (village, 299), all in a row."""
    territory = build_territory([500, 300, 299], types=[TOWN, VILLAGE, VILLAGE])
    territory = replace(territory, units=territory.units.drop(columns=list(drop)))
    if attributes is not None:
        territory = replace(territory, attributes=attributes)
    scenario = build_scenario({"seats": seats, **(rules or {})})
    graph = build_unit_graph(3, [(1, 2), (2, 3)])
    return verify_plan(Plan.from_seats(plan), scenario, territory, graph)


ALL_UNDER = {seat: dict.fromkeys(("u1", "u2", "u3"), seat) for seat in ("u1", "u2", "u3")}


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ({"types": [TOWN]}, "a seat of type town"),
        ({"types": [TOWN, "city"]}, "a seat of type town or city"),
        ({"or_population_min": 300}, "a seat with at least 300 residents"),
        (
            {"types": [TOWN], "or_population_min": 300},
            "a seat of type town, or a seat with at least 300 residents",
        ),
    ],
)
def test_a_seat_that_may_not_be_one_is_told_with_what_may(seats, expected):
    assert judge(seats, ALL_UNDER["u1"]) == ()
    (found,) = judge(seats, ALL_UNDER["u3"])
    assert (found.check, found.subjects) == ("rules.seats", ("u3",))
    assert found.found == "seat u3 (Unit 3) of type rural_okrug with 299 residents"
    assert found.expected == expected


def test_residents_at_the_threshold_are_enough():
    assert judge({"or_population_min": 300}, ALL_UNDER["u2"]) == ()


def test_a_fixed_seat_needs_no_type_and_no_residents():
    assert judge({"types": [TOWN], "fixed": ["u3"]}, ALL_UNDER["u3"]) == ()
    assert judge({"fixed": ["u3"]}, ALL_UNDER["u3"]) == ()


def test_fixed_seats_alone_ask_nothing_of_the_others():
    assert judge({"fixed": ["u3"]}, {"u1": "u2", "u2": "u2", "u3": "u3"}) == ()


def test_what_a_territory_does_not_know_is_not_told_of_a_seat():
    seats = {"types": [TOWN]}
    (found,) = judge(seats, ALL_UNDER["u3"], drop=["type"])
    assert found.found == "seat u3 (Unit 3) with 299 residents"
    (found,) = judge(seats, ALL_UNDER["u3"], attributes={"pupils": "pupils"})
    assert found.found == "seat u3 (Unit 3) of type rural_okrug"


def test_a_frozen_unit_is_its_own_seat_and_nobody_elses():
    """Frozen u3 may be alone; with u2 it breaks both rules."""
    rules = {"frozen": ["u3"]}
    alone = {"u1": "u1", "u2": "u1", "u3": "u3"}
    assert judge({"types": [TOWN]}, alone, rules) == ()
    joined = judge({"types": [TOWN]}, {"u1": "u1", "u2": "u3", "u3": "u3"}, rules)
    assert {found.check for found in joined} == {"rules.seats", "rules.frozen"}


@pytest.mark.parametrize(("policy", "kept"), [("alone", True), ("with_neighbours", False)])
def test_only_a_unit_that_must_stand_alone_is_excused_for_its_size(policy, kept):
    rules = {"sums": {"pupils": {"max": 10}}, "area_km2": {"max": 0.5, "oversize": policy}}
    plan = {"u1": "u1", "u2": "u2", "u3": "u3"}
    found = judge({"types": [TOWN]}, plan, rules)
    assert (found == ()) is kept


def test_a_seat_that_nobody_knows_is_left_to_the_check_that_names_it():
    plan = {"u1": "u1", "u2": "u1", "u3": "ghost", "ghost": "ghost"}
    found = judge({"types": [TOWN], "fixed": ["u3"]}, plan)
    assert {finding.check for finding in found} == {"partition"}
