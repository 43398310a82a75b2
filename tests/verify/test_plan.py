"""Each rule, broken once by hand: the judge must name that rule and no other."""

from dataclasses import replace

import pytest

from amalgamation.findings import Severity
from amalgamation.plan import Plan
from amalgamation.verify import CHECKS, plan_values, verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

LINE = [(1, 2), (2, 3), (3, 4)]


@pytest.fixture
def territory():
    return build_territory(
        [1000, 200, 300, 4000],
        area_km2=[1, 20, 3, 4],
        pupils=[10, 2, 3, 40],
        rayon=["11", "11", "12", "21"],
        types=["town", "rural_okrug", "rural_okrug", "town"],
        zone=["steppe", "steppe", "desert", "desert"],
    )


@pytest.fixture
def graph():
    return build_unit_graph(4, LINE)


def plan(text):
    """`"u1:u1 u2, u3:u3"` names each seat before the colon and its units after it."""
    seats = {}
    for group in text.split(", "):
        seat, units = group.split(":")
        seats |= dict.fromkeys(units.split(), seat)
    return Plan.from_seats(seats)


def checks(findings):
    return sorted({finding.check for finding in findings})


BROKEN = {
    # name of the rule: rules, a plan that breaks it, a plan that keeps it
    "contiguity": ({}, "u1:u1 u3, u2:u2, u4:u4", "u1:u1 u2 u3, u4:u4"),
    "rules.walls": ({"walls": ["oblast"]}, "u1:u1 u2, u3:u3 u4", "u1:u1 u2 u3, u4:u4"),
    "rules.municipalities.min": (
        {"municipalities": {"min": 2}},
        "u1:u1 u2 u3 u4",
        "u1:u1, u2:u2 u3 u4",
    ),
    "rules.municipalities.max": (
        {"municipalities": {"max": 1}},
        "u1:u1, u2:u2 u3 u4",
        "u1:u1 u2 u3 u4",
    ),
    "rules.municipalities.exactly": (
        {"municipalities": {"exactly": 2}},
        "u1:u1, u2:u2 u3, u4:u4",
        "u1:u1 u2, u3:u3 u4",
    ),
    "rules.municipalities.per_parent.oblast.1.exactly": (
        {"walls": ["oblast"], "municipalities": {"per_parent": {"oblast": {"1": {"exactly": 2}}}}},
        "u1:u1 u2 u3, u4:u4",
        "u1:u1 u2, u3:u3, u4:u4",
    ),
    "rules.population.min": (
        {"population": {"min": 500}},
        "u1:u1, u2:u2, u3:u3 u4",
        "u1:u1 u2, u3:u3 u4",
    ),
    "rules.population.max": (
        {"population": {"max": 1200}},
        "u1:u1 u2 u3, u4:u4",
        "u1:u1 u2, u3:u3, u4:u4",
    ),
    "rules.population.oversize": (
        {"population": {"max": 1200, "oversize": "alone"}},
        "u1:u1 u2, u3:u3 u4",
        "u1:u1 u2, u3:u3, u4:u4",
    ),
    "rules.sums.pupils.min": (
        {"sums": {"pupils": {"min": 5}}},
        "u1:u1 u2, u3:u3, u4:u4",
        "u1:u1, u2:u2 u3, u4:u4",
    ),
    "rules.like": ({"like": ["zone"]}, "u1:u1, u2:u2 u3, u4:u4", "u1:u1 u2, u3:u3 u4"),
    "rules.ratios.density.min": (
        {"ratios": {"density": {"of": "population", "to": "area_km2", "min": 30}}},
        "u1:u1, u2:u2 u3, u4:u4",
        "u1:u1 u2 u3, u4:u4",
    ),
    "rules.ratios.density.max": (
        {"ratios": {"density": {"of": "population", "to": "area_km2", "max": 620}}},
        "u1:u1, u2:u2, u3:u3 u4",
        "u1:u1 u2 u3 u4",
    ),
    "rules.area_km2.min": (
        {"area_km2": {"min": 4, "by": "zone", "classes": {"desert": {"min": 7}}}},
        "u2:u1 u2 u3, u4:u4",
        "u2:u1 u2, u3:u3 u4",
    ),
    "rules.area_km2.max": (
        {"area_km2": {"max": 22, "by": "zone", "classes": {"desert": {"max": 30}}}},
        "u2:u1 u2 u3, u4:u4",
        "u3:u1 u2 u3, u4:u4",
    ),
    "rules.reach_km.max": ({"reach_km": {"max": 1}}, "u1:u1 u2 u3, u4:u4", "u2:u1 u2 u3, u4:u4"),
    "rules.seats": ({"seats": {"types": ["town"]}}, "u2:u1 u2, u4:u3 u4", "u1:u1 u2, u4:u3 u4"),
    "rules.seats.fixed": ({"seats": {"fixed": ["u2"]}}, "u1:u1 u2, u4:u3 u4", "u2:u1 u2, u4:u3 u4"),
    "rules.keep_together[0]": (
        {"keep_together": [{"units": ["u1", "u2"]}]},
        "u1:u1, u2:u2 u3 u4",
        "u1:u1 u2, u3:u3 u4",
    ),
    "rules.keep_apart[0]": (
        {"keep_apart": [{"units": ["u1", "u2"]}]},
        "u1:u1 u2, u3:u3 u4",
        "u1:u1, u2:u2 u3 u4",
    ),
    "rules.frozen": ({"frozen": ["u1"]}, "u1:u1 u2, u3:u3 u4", "u1:u1, u2:u2, u3:u3 u4"),
    "rules.max_units": ({"max_units": 2}, "u1:u1 u2 u3, u4:u4", "u1:u1 u2, u3:u3 u4"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_named_and_nothing_else_is(rule, territory, graph):
    rules, broken, _ = BROKEN[rule]
    findings = verify_plan(plan(broken), build_scenario(rules), territory, graph)
    expected = [rule]
    if rule == "rules.population.oversize":
        assert "rules.population.oversize" in checks(findings)
        expected = ["rules.population.max", "rules.population.oversize"]
    assert checks(findings) == expected
    assert all(finding.severity is Severity.ERROR for finding in findings)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_kept_rule_gives_no_finding(rule, territory, graph):
    rules, _, kept = BROKEN[rule]
    assert verify_plan(plan(kept), build_scenario(rules), territory, graph) == ()


def test_a_message_carries_rule_municipality_seat_found_and_expected(territory, graph):
    scenario = build_scenario({"population": {"min": 500}})
    found = verify_plan(plan("u2:u2 u3, u1:u1, u4:u4"), scenario, territory, graph)
    assert found == ()
    (finding,) = verify_plan(plan("u1:u1, u2:u2, u3:u3 u4"), scenario, territory, graph)
    assert finding.sentence().startswith(
        "rules.population.min, municipality u2 with seat u2 (Unit 2): "
        "found 200 residents; expected at least 500 residents"
    )


def test_missing_and_strange_units_are_named(territory, graph):
    findings = verify_plan(plan("u1:u1 u2, ghost:ghost"), build_scenario(), territory, graph)
    assert checks(findings) == ["partition"]
    assert [finding.found for finding in findings] == [
        "2 units without municipality: u3 (Unit 3), u4 (Unit 4)",
        "1 unit that the territory does not know: ghost",
    ]
    expected = "each of the 4 units in exactly one municipality"
    assert [finding.expected for finding in findings] == [expected, expected]
    assert [finding.subjects for finding in findings] == [("u3", "u4"), ("ghost",)]


def test_a_minimum_is_lifted_where_all_of_the_exception_holds(territory, graph):
    """u2 has 200 residents on 20 km2; u3 has 300 on 3 km2."""
    one = plan("u1:u1, u2:u2, u3:u3, u4:u4")
    rule = {"min": 500, "unless": {"area_km2": {"min": 10}, "population": {"min": 150}}}
    findings = verify_plan(one, build_scenario({"population": rule}), territory, graph)
    assert [finding.subjects for finding in findings] == [("u3",)]
    rule["unless"]["population"] = {"min": 250}
    findings = verify_plan(one, build_scenario({"population": rule}), territory, graph)
    assert [finding.subjects for finding in findings] == [("u2",), ("u3",)]


@pytest.mark.parametrize(
    ("policy", "groups", "expected"),
    [
        ("refuse", "u1:u1 u2 u3, u4:u4", ["rules.population.max"]),
        ("alone", "u1:u1 u2 u3, u4:u4", []),
        ("alone", "u1:u1 u2, u4:u3 u4", ["rules.population.max", "rules.population.oversize"]),
        ("with_neighbours", "u1:u1 u2, u4:u3 u4", []),
    ],
)
def test_an_oversize_unit_is_treated_as_the_scenario_says(
    policy, groups, expected, territory, graph
):
    """u4 has 4,000 residents, above the maximum of 1,500."""
    scenario = build_scenario({"population": {"max": 1500, "oversize": policy}})
    assert checks(verify_plan(plan(groups), scenario, territory, graph)) == expected


def test_an_oversize_unit_excuses_its_own_municipality_alone(territory, graph):
    """u4 is too large by itself; u1, u2 and u3 are too large only together."""
    scenario = build_scenario({"population": {"max": 1400, "oversize": "with_neighbours"}})
    findings = verify_plan(plan("u1:u1 u2 u3, u4:u4"), scenario, territory, graph)
    assert [finding.subjects for finding in findings] == [("u1",)]


def test_of_a_municipality_that_merges_an_oversize_unit_only_that_unit_is_named(territory, graph):
    scenario = build_scenario({"population": {"max": 1200, "oversize": "alone"}})
    findings = verify_plan(plan("u1:u1, u3:u2 u3 u4"), scenario, territory, graph)
    (found,) = [one for one in findings if one.check == "rules.population.oversize"]
    assert found.subjects == ("u3", "u4")


def test_a_unit_at_the_maximum_is_not_oversize(graph):
    """It may be joined by a unit that brings nothing."""
    territory = build_territory([1500, 0, 300, 400])
    scenario = build_scenario({"population": {"max": 1500, "oversize": "alone"}})
    assert verify_plan(plan("u1:u1 u2, u3:u3 u4"), scenario, territory, graph) == ()


def test_every_range_is_told_and_not_the_last_alone(territory, graph):
    rules = {"population": {"min": 500}, "area_km2": {"min": 2}, "sums": {"pupils": {"min": 3}}}
    findings = verify_plan(plan("u1:u1, u2:u2, u3:u3 u4"), build_scenario(rules), territory, graph)
    assert [(finding.check, finding.subjects) for finding in findings] == [
        ("rules.population.min", ("u2",)),
        ("rules.area_km2.min", ("u1",)),
        ("rules.sums.pupils.min", ("u2",)),
    ]


def test_limits_of_every_parent_are_told_by_name(territory, graph):
    limits = {"1": {"min": 2}, "2": {"min": 2}}
    rules = {"walls": ["oblast"], "municipalities": {"per_parent": {"oblast": limits}}}
    findings = verify_plan(plan("u1:u1 u2 u3, u4:u4"), build_scenario(rules), territory, graph)
    found = ["1 municipality in 1", "1 municipality in 2"]
    assert [finding.found for finding in findings] == found


def test_parents_are_called_by_name_where_it_is_known(territory, graph):
    named = replace(territory, parent_names={"oblast": {"1": "North"}})
    limits = {"per_parent": {"oblast": {"1": {"min": 2}}}}
    scenario = build_scenario({"walls": ["oblast"], "municipalities": limits})
    findings = verify_plan(plan("u1:u1 u2, u3:u3 u4"), scenario, named, graph)
    assert [finding.found for finding in findings] == [
        "units of 2 parents in tier oblast: North, 2"
    ]
    findings = verify_plan(plan("u1:u1 u2 u3, u4:u4"), scenario, named, graph)
    assert [finding.found for finding in findings] == ["1 municipality in North"]


def test_a_minimum_with_exceptions_names_them_and_without_names_none(territory, graph):
    one = plan("u1:u1, u2:u2, u3:u3, u4:u4")
    unless = {"area_km2": {"min": 30}, "pupils": {"max": 1}}
    rules = {"population": {"min": 250, "unless": unless}, "sums": {"pupils": {"min": 3}}}
    findings = verify_plan(one, build_scenario(rules), territory, graph)
    assert [finding.expected for finding in findings] == [
        "at least 250 residents, or else area_km2 at least 30 km2 and pupils at most 1 pupils",
        "at least 3 pupils",
    ]


def test_a_blank_class_or_category_is_called_blank(graph):
    territory = build_territory([1000, 200, 300, 4000], zone=["", "", "desert", "desert"])
    rules = {"population": {"min": 100, "by": "zone", "classes": {"": {"min": 500}}}}
    (finding,) = verify_plan(
        plan("u1:u1, u2:u2, u3:u3 u4"), build_scenario(rules), territory, graph
    )
    assert finding.expected == "at least 500 residents where the seat's zone is (blank)"
    mixed = plan("u1:u1, u2:u2 u3, u4:u4")
    (finding,) = verify_plan(mixed, build_scenario({"like": ["zone"]}), territory, graph)
    assert finding.found == "units of 2 values of zone: (blank), desert"


def test_a_frozen_or_oversize_unit_may_be_its_own_seat_only_while_alone(territory, graph):
    rules = {"seats": {"types": ["town"]}, "frozen": ["u2"]}
    alone = plan("u1:u1, u2:u2, u4:u3 u4")
    assert verify_plan(alone, build_scenario(rules), territory, graph) == ()
    rules = {"seats": {"types": ["town"]}, "area_km2": {"max": 10}}
    assert verify_plan(alone, build_scenario(rules), territory, graph) == ()
    rules["area_km2"]["oversize"] = "with_neighbours"
    assert checks(verify_plan(alone, build_scenario(rules), territory, graph)) == ["rules.seats"]


def test_residents_make_a_seat_eligible_whatever_its_type(territory, graph):
    seats = {"types": ["town"], "or_population_min": 300}
    scenario = build_scenario({"seats": seats})
    assert verify_plan(plan("u1:u1 u2, u3:u3 u4"), scenario, territory, graph) == ()
    findings = verify_plan(plan("u2:u1 u2, u3:u3 u4"), scenario, territory, graph)
    assert "with 200 residents" in findings[0].found


def test_names_that_do_not_exist_are_found_before_any_rule_is_read(territory, graph):
    rules = {"sums": {"cows": {"min": 1}}, "frozen": ["u9"], "walls": ["canton"]}
    findings = verify_plan(plan("u1:u1 u2 u3 u4"), build_scenario(rules), territory, graph)
    assert checks(findings) == ["unknown-attribute", "unknown-tier", "unknown-unit"]


def test_a_reach_in_another_unit_than_the_distances_is_refused(territory, graph):
    scenario = build_scenario({"reach_minutes": {"max": 5}})
    findings = verify_plan(plan("u1:u1 u2 u3 u4"), scenario, territory, graph)
    assert checks(findings) == ["rules.reach_minutes"]


def test_a_graph_of_another_territory_is_refused(territory):
    findings = verify_plan(
        plan("u1:u1 u2 u3 u4"), build_scenario(), territory, build_unit_graph(3, [(1, 2), (2, 3)])
    )
    assert checks(findings) == ["graph-of-another-territory"]


def test_every_check_has_the_same_signature():
    """The catalogue can be walked: one argument, a list of findings."""
    for check in CHECKS.values():
        assert check.__code__.co_argcount == 1


AIMS = {
    "access": 1.0,
    "balance": {"population": {"weight": 1.0, "target": 2000}, "pupils": 0.5},
    "ties_cut": 1.0,
    "crossings": {"rayon": 1.0},
    "heterogeneity": {"zone": 1.0},
    "wishes": {
        "weight": 1.0,
        "wishes": [
            {"unit": "u1", "with": "u2", "weight": 3.0},
            {"unit": "u2", "with": "u3", "weight": 5.0},
            {"unit": "u4", "against": "u3", "weight": 7.0},
            {"unit": "u4", "against": "u1", "weight": 11.0},
        ],
    },
    "number": {"weight": 1.0, "prefer": "few"},
}


def test_raw_values_of_all_aims_are_those_worked_by_hand(territory):
    """Seats u1 and u4; u1-u2 2 km, u2-u3 3 km (border 7 km), u3-u4 5 km."""
    graph = build_unit_graph(4, [(1, 2, 2, 1), (2, 3, 3, 7), (3, 4, 5, 1)])
    one = plan("u1:u1 u2, u4:u3 u4")
    assert plan_values(one, build_scenario(aims=AIMS), territory, graph, {"pupils": 27.5}) == {
        "access": 200 * 2 + 300 * 5,
        "balance.population": 800 + 2300,
        "balance.pupils": 15.5 + 15.5,
        "ties_cut": 7.0,
        "crossings.rayon": 300.0,
        "heterogeneity.zone": 0.0,
        "wishes": 5.0 + 7.0,
        "number.few": 2.0,
    }


def test_ties_are_counted_or_measured_and_walls_sever_them_for_nothing(territory):
    graph = build_unit_graph(4, [(1, 2, 1, 5), (2, 3, 1, 7), (3, 4, 1, 11)])
    alone = plan("u1:u1, u2:u2, u3:u3, u4:u4")
    for by, walls, expected in (
        ("length", [], 23.0),
        ("count", [], 3.0),
        ("length", ["oblast"], 12.0),
        ("count", ["rayon"], 1.0),
    ):
        scenario = build_scenario({"walls": walls}, {"ties_cut": {"weight": 1.0, "by": by}})
        assert plan_values(alone, scenario, territory, graph) == {"ties_cut": expected}


def test_number_many_counts_the_units_merged_away(territory, graph):
    scenario = build_scenario(aims={"number": {"weight": 1.0, "prefer": "many"}})
    values = plan_values(plan("u1:u1 u2 u3, u4:u4"), scenario, territory, graph)
    assert values == {"number.many": 2.0}


def test_a_balance_aim_without_target_is_left_out_rather_than_guessed(territory, graph):
    scenario = build_scenario(aims={"balance": {"population": 1.0}})
    assert plan_values(plan("u1:u1 u2 u3 u4"), scenario, territory, graph) == {}


def test_heterogeneity_counts_residents_of_another_zone_than_the_seats(territory, graph):
    """u3 (300) lies in the desert, as u4; u2 (200) in the steppe."""
    scenario = build_scenario(aims={"heterogeneity": {"zone": 1.0}})
    for groups, expected in (("u1:u1 u2 u3, u4:u4", 300.0), ("u1:u1, u3:u2 u3 u4", 200.0)):
        assert plan_values(plan(groups), scenario, territory, graph) == {
            "heterogeneity.zone": expected
        }


@pytest.mark.parametrize("rules", [{"walls": ["oblast"]}, {"like": ["zone"]}])
@pytest.mark.parametrize("word", ["with", "against"])
def test_wishes_that_no_plan_can_change_are_not_counted(rules, word, territory, graph):
    wishes = {"weight": 1.0, "wishes": [{"unit": "u1", word: "u4"}]}
    scenario = build_scenario(rules, {"wishes": wishes})
    alone = plan("u1:u1, u2:u2, u3:u3, u4:u4")
    assert plan_values(alone, scenario, territory, graph) == {"wishes": 0.0}


def test_ties_between_unlike_units_are_severed_for_nothing(territory, graph):
    scenario = build_scenario({"like": ["zone"]}, {"ties_cut": {"weight": 1.0, "by": "count"}})
    alone = plan("u1:u1, u2:u2, u3:u3, u4:u4")
    assert plan_values(alone, scenario, territory, graph) == {"ties_cut": 2.0}


def test_a_threshold_of_a_class_is_told_with_its_class(territory, graph):
    rule = {"min": 100, "by": "zone", "classes": {"desert": {"min": 500}}}
    one = plan("u1:u1, u2:u2, u3:u3, u4:u4")
    (finding,) = verify_plan(one, build_scenario({"population": rule}), territory, graph)
    assert finding.sentence().startswith(
        "rules.population.min, municipality u3 with seat u3 (Unit 3): found 300 residents; "
        "expected at least 500 residents where the seat's zone is desert"
    )


def test_a_unit_is_oversize_by_its_own_class_wherever_its_seat_lies(territory, graph):
    """u2 has 200 residents, above 150 of the steppe, though u3's desert would bear both."""
    rule = {"max": 5000, "by": "zone", "classes": {"steppe": {"max": 150}}}
    groups = plan("u1:u1, u3:u2 u3, u4:u4")
    for policy, expected in (
        ("alone", ["rules.population.oversize"]),
        ("with_neighbours", []),
        ("refuse", ["rules.population.max"]),
    ):
        scenario = build_scenario({"population": {**rule, "oversize": policy}})
        assert checks(verify_plan(groups, scenario, territory, graph)) == expected


def test_a_ratio_is_asked_of_an_oversize_unit_as_well(territory, graph):
    """u4 stands alone with 100 residents to a pupil."""
    rules = {
        "population": {"max": 1500},
        "ratios": {"crowding": {"of": "population", "to": "pupils", "max": 110}},
    }
    groups = plan("u1:u1 u2 u3, u4:u4")
    assert verify_plan(groups, build_scenario(rules), territory, graph) == ()
    rules["ratios"]["crowding"]["max"] = 99
    findings = verify_plan(groups, build_scenario(rules), territory, graph)
    assert [finding.subjects for finding in findings] == [("u1",), ("u4",)]


def test_unknown_categories_and_units_of_wishes_are_found_first(territory, graph):
    aims = {
        "heterogeneity": {"zonne": 1.0},
        "wishes": {"weight": 1.0, "wishes": [{"unit": "u1", "with": "u9"}]},
    }
    findings = verify_plan(plan("u1:u1 u2 u3 u4"), build_scenario(aims=aims), territory, graph)
    assert checks(findings) == ["unknown-category", "unknown-unit"]


SAID = {
    # name of the rule: where, found, expected, units
    "contiguity": (
        "municipality u1 with seat u1 (Unit 1)",
        "1 unit cut off from the seat: u3 (Unit 3)",
        "units that are connected by ties within the municipality",
        ("u1", "u3"),
    ),
    "rules.walls": (
        "municipality u3 with seat u3 (Unit 3)",
        "units of 2 parents in tier oblast: 1, 2",
        "units of one parent in tier oblast",
        ("u3",),
    ),
    "rules.municipalities.min": ("plan", "1 municipality in all", "at least 2", ()),
    "rules.municipalities.max": ("plan", "2 municipalities in all", "at most 1", ()),
    "rules.municipalities.exactly": ("plan", "3 municipalities in all", "at most 2", ()),
    "rules.municipalities.per_parent.oblast.1.exactly": (
        "plan",
        "1 municipality in 1",
        "at least 2",
        (),
    ),
    "rules.population.min": (
        "municipality u2 with seat u2 (Unit 2)",
        "200 residents",
        "at least 500 residents",
        ("u2",),
    ),
    "rules.population.max": (
        "municipality u1 with seat u1 (Unit 1)",
        "1,500 residents",
        "at most 1,200 residents",
        ("u1",),
    ),
    "rules.population.oversize": (
        "municipality u3 with seat u3 (Unit 3)",
        "2 units, with oversize u4 (Unit 4)",
        "an oversize unit alone",
        ("u3", "u4"),
    ),
    "rules.sums.pupils.min": (
        "municipality u3 with seat u3 (Unit 3)",
        "3 pupils",
        "at least 5 pupils",
        ("u3",),
    ),
    "rules.like": (
        "municipality u2 with seat u2 (Unit 2)",
        "units of 2 values of zone: desert, steppe",
        "units of one zone",
        ("u2",),
    ),
    "rules.ratios.density.min": (
        "municipality u2 with seat u2 (Unit 2)",
        "500 residents to 23 km2",
        "population over area_km2 at least 30",
        ("u2",),
    ),
    "rules.ratios.density.max": (
        "municipality u1 with seat u1 (Unit 1)",
        "1,000 residents to 1 km2",
        "population over area_km2 at most 620",
        ("u1",),
    ),
    "rules.area_km2.min": (
        "municipality u4 with seat u4 (Unit 4)",
        "4 km2",
        "at least 7 km2 where the seat's zone is desert",
        ("u4",),
    ),
    "rules.area_km2.max": (
        "municipality u2 with seat u2 (Unit 2)",
        "24 km2",
        "at most 22 km2 where the seat's zone is steppe",
        ("u2",),
    ),
    "rules.reach_km.max": (
        "municipality u1 with seat u1 (Unit 1)",
        "u3 (Unit 3) at 2 km from the seat",
        "at most 1 km",
        ("u1", "u3"),
    ),
    "rules.seats": (
        "municipality u2 with seat u2 (Unit 2)",
        "seat u2 (Unit 2) of type rural_okrug with 200 residents",
        "a seat of type town",
        ("u2",),
    ),
    "rules.seats.fixed": (
        "municipality u1 with seat u1 (Unit 1)",
        "u2 (Unit 2) under the seat u1 (Unit 1)",
        "a seat of its own",
        ("u1", "u2"),
    ),
    "rules.keep_together[0]": (
        "plan",
        "u1 (Unit 1), u2 (Unit 2) in 2 municipalities",
        "one municipality",
        ("u1", "u2"),
    ),
    "rules.keep_apart[0]": (
        "municipality u1 with seat u1 (Unit 1)",
        "u1 (Unit 1), u2 (Unit 2) together",
        "no two of the group in one municipality",
        ("u1", "u2"),
    ),
    "rules.frozen": (
        "municipality u1 with seat u1 (Unit 1)",
        "u1 (Unit 1) among 2 units",
        "a municipality of its own",
        ("u1",),
    ),
    "rules.max_units": ("municipality u1 with seat u1 (Unit 1)", "3 units", "at most 2", ("u1",)),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_told_in_names_and_numbers(rule, territory, graph):
    """Who reads it has the plan and the scenario, not the code: all four parts must speak."""
    rules, broken, _ = BROKEN[rule]
    findings = verify_plan(plan(broken), build_scenario(rules), territory, graph)
    told = next(finding for finding in findings if finding.check == rule)
    place, found, expected, units = SAID[rule]
    assert (told.where, told.found, told.expected) == (f"{rule}, {place}", found, expected)
    assert told.remedy == "repair the assignment, or change the rule in the scenario"
    assert told.subjects == units
