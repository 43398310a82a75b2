"""What the checks look at: the known units of a plan, whatever else it names."""

from amalgamation.plan import Plan
from amalgamation.verify import View, plan_values, verify_plan
from strategies import build_scenario, build_territory, build_unit_graph

AIMS = {
    "access": 1.0,
    "ties_cut": {"weight": 1.0, "by": "count"},
    "crossings": {"rayon": 1.0},
    "balance": {"population": {"weight": 1.0, "target": 500}},
}
TERRITORY = build_territory([500, 200, 300], rayon=["11", "12", "11"])
GRAPH = build_unit_graph(3, [(1, 2, 7, 1), (2, 3, 5, 1)])
HAUNTED = Plan.from_seats({"u1": "ghost", "ghost": "ghost", "u2": "u2", "u3": "u2", "elf": "u2"})


def test_units_and_seats_that_nobody_knows_count_in_no_value():
    """Only u3 has a seat to go to; u1 is a municipality, whose seat is nowhere."""
    scenario = build_scenario(aims=AIMS | {"number": {"weight": 1.0, "prefer": "many"}})
    assert plan_values(HAUNTED, scenario, TERRITORY, GRAPH) == {
        "access": 300 * 5.0,
        "balance.population": 0.0,
        "ties_cut": 1.0,
        "crossings.rayon": 300.0,
        "number.many": 1.0,
    }


def test_a_plan_of_strangers_is_judged_to_the_end():
    rules = {"population": {"min": 500}, "reach_km": {"max": 9}, "max_units": 2}
    scenario = build_scenario(rules, AIMS)
    findings = verify_plan(HAUNTED, scenario, TERRITORY, GRAPH)
    assert [finding.check for finding in findings] == ["partition"]
    assert findings[0].found == "2 units that the territory does not know: elf, ghost"


def test_a_unit_without_a_name_and_an_amount_without_a_unit_are_told_as_they_are():
    view = View(HAUNTED, build_scenario(), TERRITORY, GRAPH)
    assert view.label("u1") == "u1 (Unit 1)"
    assert view.label("ghost") == "ghost"
    assert view.labels(["u2", "ghost", "u1"]) == ["ghost", "u1 (Unit 1)", "u2 (Unit 2)"]
    assert view.place("ghost") == "municipality ghost with seat ghost"
    assert view.amount(1200.0, "population") == "1,200 residents"
    assert view.amount(1200.0, "cows") == "1,200"
    assert view.outside == ()
