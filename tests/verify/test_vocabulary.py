"""Every name of the scenario must be one of the territory's, wherever it stands."""

from dataclasses import replace

import pytest

from amalgamation.plan import Plan
from amalgamation.verify import verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

PLAN = Plan.from_seats({"u1": "u1", "u2": "u1", "u3": "u3"})
CLAY = {"clay": {"min": 1}}
OUT = [{"nobody": {"max": 1}}]


def judge(rules=None, aims=None, without=None, graph=None, **sections):
    territory = build_territory([500, 200, 300])
    if without is not None:
        known = {k: v for k, v in territory.attributes.items() if k != without}
        territory = replace(territory, attributes=known)
    scenario = build_scenario(rules, aims, **sections)
    return verify_plan(PLAN, scenario, territory, graph or build_unit_graph(3, [(1, 2), (2, 3)]))


def wish(unit, **other):
    return {"wishes": {"weight": 1.0, "wishes": [{"unit": unit, **other}]}}


@pytest.mark.parametrize(
    ("kind", "name", "rules", "aims"),
    [
        ("unit", "u9", {"keep_together": [{"units": ["u1", "u9"]}]}, {}),
        ("unit", "u9", {"keep_apart": [{"units": ["u1", "u9"]}]}, {}),
        ("unit", "u9", {"leave_out": {"units": ["u9"]}}, {}),
        ("unit", "u9", {"frozen": ["u9"]}, {}),
        ("unit", "u9", {"seats": {"fixed": ["u9"]}}, {}),
        ("unit", "u9", {}, wish("u9", **{"with": "u1"})),
        ("unit", "u9", {}, wish("u1", **{"with": "u9"})),
        ("unit", "u9", {}, wish("u1", against="u9")),
        ("attribute", "cows", {"sums": {"cows": {"min": 1}}}, {}),
        ("attribute", "cows", {"population": {"min": 1, "unless": {"cows": {"min": 1}}}}, {}),
        ("attribute", "cows", {"ratios": {"r": {"of": "cows", "to": "pupils", "min": 1}}}, {}),
        ("attribute", "cows", {"ratios": {"r": {"of": "pupils", "to": "cows", "min": 1}}}, {}),
        ("attribute", "cows", {}, {"balance": {"cows": 1.0}}),
        ("attribute", "nobody", {"leave_out": {"always": OUT}}, {}),
        ("attribute", "nobody", {"leave_out": {"may": OUT}}, {}),
        ("tier", "canton", {"walls": ["canton"]}, {}),
        ("tier", "canton", {}, {"crossings": {"canton": 1.0}}),
        ("category", "soil", {"like": ["soil"]}, {}),
        ("category", "soil", {"population": {"min": 1, "by": "soil", "classes": CLAY}}, {}),
        ("category", "soil", {}, {"heterogeneity": {"soil": 1.0}}),
    ],
)
def test_a_name_that_nobody_knows_is_told_with_what_it_was_taken_for(kind, name, rules, aims):
    plural = {"category": "categories"}.get(kind, f"{kind}s")
    (found,) = judge(rules, aims)
    assert (found.check, found.subjects) == (f"unknown-{kind}", (name,))
    assert found.where == "scenario hand-made"
    assert found.found == f"unknown {kind}: {name}"
    assert found.expected == f"{plural} of the territory hand-made"
    assert found.remedy == "correct the name in the scenario"


def test_tiers_of_limits_and_of_a_given_plan_are_looked_up():
    limits = {"per_parent": {"canton": {"1": {"min": 1}}}}
    rules = {"walls": ["canton"], "municipalities": limits}
    assert [found.found for found in judge(rules)] == ["unknown tier: canton"]
    given = judge(plan={"tier": "canton"})
    assert [found.found for found in given] == ["unknown tier: canton"]


@pytest.mark.parametrize(
    ("rules", "aims"),
    [
        ({}, {"access": 1.0}),
        ({"leave_out": {"may": "any"}}, {"left_out": 1.0}),
        ({}, {"crossings": {"rayon": 1.0}}),
        ({}, {"heterogeneity": {"zone": 1.0}}),
        ({"seats": {"types": ["town"], "or_population_min": 5}}, {}),
        ({"leave_out": {"may": [{"density": {"max": 5}}]}}, {}),
    ],
)
def test_what_counts_residents_needs_them(rules, aims):
    (found,) = judge(rules, aims, without="population")
    assert (found.check, found.subjects) == ("unknown-attribute", ("population",))


@pytest.mark.parametrize(
    ("rules", "aims"),
    [
        ({}, {"ties_cut": 1.0}),
        ({}, {"access": 0.0, "crossings": {"rayon": 0.0}, "ties_cut": 1.0}),
        ({"leave_out": {"may": "any"}}, {"ties_cut": 1.0}),
        ({"seats": {"types": ["rural_okrug"]}}, {}),
    ],
)
def test_what_counts_no_residents_needs_none(rules, aims):
    assert judge(rules, aims, without="population") == ()


def test_what_follows_from_attributes_asks_for_those():
    """Density is residents over area; how near the next unit lies is told by the graph."""
    near = {"leave_out": {"may": [{"nearest_km": {"min": 5}}]}}
    assert judge(near, without="area_km2") == ()
    dense = {"leave_out": {"may": [{"density": {"max": 5}}]}}
    (found,) = judge(dense, without="area_km2")
    assert found.subjects == ("area_km2",)


def test_a_territory_may_have_an_attribute_of_its_own_by_a_derived_name():
    """Its density is then read, and not made of residents and area."""
    territory = build_territory([500, 200, 300])
    units = territory.units.assign(density=[9.0, 9.0, 9.0])
    territory = replace(territory, units=units, attributes={"density": ""})
    scenario = build_scenario({"leave_out": {"may": [{"density": {"max": 5}}]}})
    graph = build_unit_graph(3, [(1, 2), (2, 3)])
    assert verify_plan(PLAN, scenario, territory, graph) == ()


def test_a_graph_of_other_units_is_refused_by_their_names():
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    (found,) = judge(graph=graph)
    assert (found.check, found.subjects) == ("graph-of-another-territory", ("u4",))
    assert found.where == "graph of hand-made"
    assert found.found == "1 unit in only one of graph and territory: u4"
    assert found.expected == "the same units in both"
    assert found.remedy == "build the graph from this territory"


@pytest.mark.parametrize(("unit", "other"), [("km", "minutes"), ("minutes", "km")])
def test_a_reach_is_read_in_the_unit_of_the_distances(unit, other):
    graph = replace(build_unit_graph(3, [(1, 2, 7, 1), (2, 3, 5, 1)]), distance_unit=unit)
    (found,) = judge({f"reach_{other}": {"max": 5}}, graph=graph)
    assert (found.check, found.found) == (f"rules.reach_{other}", f"distances in {unit}")
    assert found.expected == f"distances in {other}"
    (found,) = judge({f"reach_{unit}": {"max": 5}}, graph=graph)
    assert (found.check, found.subjects) == (f"rules.reach_{unit}.max", ("u1", "u2"))
    assert found.found == f"u2 (Unit 2) at 7 {unit} from the seat"
    assert found.expected == f"at most 5 {unit}"
