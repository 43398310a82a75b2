"""Which rules a scenario has, and who may be a seat because a policy leaves it alone."""

import pytest

from amalgamation.model import Municipality, build_problem
from amalgamation.model.rules import build_rules
from strategies import build_scenario, build_territory, build_unit_graph

TOWN = {"seats": {"types": ["town"]}}


def row():
    """Build u1 (town) and three villages in a row; u4 has 400 residents."""
    territory = build_territory(
        [100, 200, 300, 400],
        types=["town", "rural_okrug", "rural_okrug", "rural_okrug"],
        zone=["steppe", "steppe", "desert", "desert"],
    )
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    (block,) = build_problem(build_scenario(), territory, graph).blocks
    return territory, block


def seats_of(rules):
    """Return the units that the rule of seats admits as their own."""
    territory, block = row()
    built = build_rules(build_scenario(rules).rules, territory)
    (rule,) = [rule for rule in built if rule.key == "rules.seats"]
    admitted = [u for u in range(4) if rule.judge(Municipality(block, (u,), u)) is None]
    pairs = block.distances
    kept = rule.admits(block, pairs)
    assert {int(seat) for seat in pairs.seat[kept]} == set(admitted)
    return [block.ids[unit] for unit in admitted]


@pytest.mark.parametrize(
    ("rules", "seats"),
    [
        ({}, ["u1"]),
        ({"frozen": ["u2"]}, ["u1", "u2"]),
        # a unit above the maximum stands alone, and so must be its own seat
        ({"population": {"max": 350}}, ["u1", "u4"]),
        ({"population": {"max": 400}}, ["u1"]),
        ({"population": {"max": 350, "oversize": "with_neighbours"}}, ["u1"]),
        ({"population": {"max": 350, "oversize": "refuse"}}, ["u1"]),
        ({"population": {"min": 50}, "area_km2": {"max": 0.5}}, ["u1", "u2", "u3", "u4"]),
        (
            {"population": {"max": 350, "by": "zone", "classes": {"steppe": {"max": 150}}}},
            ["u1", "u2", "u4"],
        ),
        ({"population": {"by": "zone", "classes": {"steppe": {"max": 150}}}}, ["u1", "u2"]),
    ],
)
def test_who_must_stand_alone_may_be_a_seat_whatever_its_type(rules, seats):
    assert seats_of(TOWN | rules) == seats


def test_types_residents_and_fixed_seats_are_ways_beside_each_other():
    assert seats_of({"seats": {"types": ["town"], "or_population_min": 300}}) == ["u1", "u3", "u4"]
    assert seats_of({"seats": {"or_population_min": 301}}) == ["u4"]
    assert seats_of({"seats": {"types": ["town"], "fixed": ["u2"]}}) == ["u1", "u2"]


def test_a_seat_that_is_fixed_asks_nothing_of_the_type_of_others():
    territory, _ = row()
    keys = {
        name: [rule.key for rule in build_rules(build_scenario({"seats": seats}).rules, territory)]
        for name, seats in (
            ("fixed", {"fixed": ["u2"]}),
            ("types", {"types": ["town"]}),
            ("both", {"types": ["town"], "fixed": ["u2"]}),
        )
    }
    assert keys == {
        "fixed": ["contiguity", "rules.seats.fixed"],
        "types": ["contiguity", "rules.seats"],
        "both": ["contiguity", "rules.seats", "rules.seats.fixed"],
    }


def test_a_scenario_without_rules_asks_for_one_piece_and_no_more():
    territory, _ = row()
    assert [rule.key for rule in build_rules(build_scenario().rules, territory)] == ["contiguity"]


def test_two_ranges_on_one_block_are_read_apart():
    """What a range asks of a block is kept there: each its own."""
    territory, block = row()
    rules = {"population": {"min": 250}, "area_km2": {"max": 5}}
    area, people = build_rules(build_scenario(rules).rules, territory)[1:]
    one = Municipality(block, (0,), 0)
    assert area.judge(one) is None
    assert people.judge(one).found == "population 100"
    assert (area.least(block), people.least(block)) == (0.0, 250.0)
    assert (area.has_minimum, people.has_minimum) == (False, True)


def test_the_least_that_every_municipality_reaches_is_that_of_its_easiest_class():
    territory, block = row()
    ranges = {"min": 300, "by": "zone", "classes": {"desert": {"min": 200}}}
    _, rule = build_rules(build_scenario({"population": ranges}).rules, territory)
    assert rule.least(block) == 200.0
    assert rule.has_minimum
    own = {"by": "zone", "classes": {"desert": {"min": 200}}}
    _, rule = build_rules(build_scenario({"population": own}).rules, territory)
    assert rule.least(block) == 0.0
    assert rule.has_minimum


@pytest.mark.parametrize(
    ("limits", "refused"),
    [
        # u1 u2 u3 u4 have 100, 200, 300, 400 residents; a pair at the maximum is admitted
        ({"max": 500}, {(1, 3), (2, 3)}),
        ({"max": 499}, {(0, 3), (1, 2), (1, 3), (2, 3)}),
        ({"max": 450, "oversize": "with_neighbours"}, {(0, 3), (1, 2), (1, 3), (2, 3)}),
        # u4 must be alone, or may not be at all; where it excuses others, it may excuse any pair
        ({"max": 350}, {(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}),
        ({"max": 350, "oversize": "refuse"}, {(0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (3, 3)}),
        ({"max": 350, "oversize": "with_neighbours"}, set()),
    ],
)
def test_a_pair_that_alone_exceeds_the_maximum_is_no_pair(limits, refused):
    territory, block = row()
    _, rule = build_rules(build_scenario({"population": limits}).rules, territory)
    pairs = block.distances
    kept = rule.admits(block, pairs)
    found = zip(pairs.unit[~kept].tolist(), pairs.seat[~kept].tolist(), strict=True)
    assert {tuple(sorted(pair)) for pair in found} == refused
