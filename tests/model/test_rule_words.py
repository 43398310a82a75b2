"""Each rule says what it asks, and of what it refuses what it found, in names and numbers."""

import pytest

from amalgamation.model import Municipality, build_problem
from amalgamation.model.rules import build_rules
from strategies import build_scenario, build_territory, build_unit_graph

RATIO = {"of": "pupils", "to": "population", "min": 0.5}
TWO_CLASSES = {"": {"max": 3}, "desert": {"min": 1}}

WORDS = {
    # name of the rule: rules, units, what was found, what was expected, what it asks
    "contiguity": (
        {},
        (0, 1, 3),
        ("2 pieces, of u1 (Unit 1), u4 (Unit 4)", "one connected piece"),
        "The units of a municipality hang together along ties.",
    ),
    "rules.walls": (
        {"walls": ["rayon"]},
        (1, 2),
        ("rayon 11, 12", "one rayon"),
        "No municipality crosses the border of a rayon.",
    ),
    "rules.like": (
        {"like": ["zone"]},
        (0, 1),
        ("zone blank, steppe", "one zone"),
        "No municipality mixes values of zone.",
    ),
    "rules.population": (
        {"population": {"min": 5000}},
        (0, 1),
        ("population 300", "at least 5,000"),
        "The population of a municipality is at least 5,000.",
    ),
    "rules.sums.pupils": (
        {"sums": {"pupils": {"max": 15}}},
        (2, 3),
        ("2 units with one above the maximum", "a unit above the maximum stands alone"),
        "The pupils of a municipality is at most 15.",
    ),
    "rules.area_km2": (
        {"area_km2": {"min": 0, "max": 9, "by": "zone", "classes": TWO_CLASSES}},
        (0, 1),
        ("area_km2 4", "at most 3 where the seat's zone is blank"),
        (
            "The area_km2 of a municipality is at least 0 and at most 9; where the seat's zone is "
            "blank, at least 0 and at most 3; where the seat's zone is desert, at least 1 and at "
            "most 9."
        ),
    ),
    "rules.ratios.r": (
        {"ratios": {"r": RATIO}},
        (0, 1),
        ("pupils 20 to population 300", "at least 0.5"),
        "The r of a municipality, pupils over population, is at least 0.5.",
    ),
    "rules.ratios.s": (
        {"ratios": {"s": {"of": "population", "to": "pupils", "min": 0.25, "max": 0.5}}},
        (0, 1),
        ("population 300 to pupils 20", "at most 0.5"),
        "The s of a municipality, population over pupils, is at least 0.25 and at most 0.5.",
    ),
    "rules.reach_km.max": (
        {"reach_km": {"max": 1.5}},
        (0, 1, 2),
        ("out of reach: u3 (Unit 3)", "at most 1.5 km"),
        "No unit is further than 1.5 km from its seat.",
    ),
    "rules.reach_minutes.max": (
        {"reach_minutes": {"max": 1}},
        (0, 1, 2),
        ("out of reach: u3 (Unit 3)", "at most 1 minutes"),
        "No unit is further than 1 minutes from its seat.",
    ),
    "rules.seats": (
        {"seats": {"types": ["town", "city"], "or_population_min": 1000}},
        (2, 3),
        (
            "seat of type rural_okrug",
            "A seat is a unit of type town, city or a unit of at least 1,000 residents.",
        ),
        "A seat is a unit of type town, city or a unit of at least 1,000 residents.",
    ),
    "rules.seats.fixed": (
        {"seats": {"fixed": ["u2", "u1"]}},
        (0, 1),
        ("fixed seat u2 (Unit 2) without its own", "a seat"),
        "These units are seats: u1, u2.",
    ),
    "rules.keep_together": (
        {"keep_together": [{"units": ["u3", "u2"]}]},
        (0, 1),
        ("without u3", "Together: u2, u3."),
        "Together: u2, u3.",
    ),
    "rules.keep_apart": (
        {"keep_apart": [{"units": ["u2", "u1"]}]},
        (0, 1),
        ("both u1 (Unit 1), u2 (Unit 2)", "at most one of them"),
        "Apart: u1, u2.",
    ),
    "rules.frozen": (
        {"frozen": ["u4", "u2"]},
        (0, 1),
        ("u2 (Unit 2) merged", "frozen units stay alone"),
        "Unchanged: u2, u4.",
    ),
    "rules.max_units": (
        {"max_units": 2},
        (0, 1, 2),
        ("3 units", "at most 2"),
        "A municipality has at most 2 units.",
    ),
}


def row():
    """Build u1 to u4 in a row, 1 km from each to the next, in two rayons and three zones."""
    territory = build_territory(
        [100, 200, 300, 400],
        area_km2=[2, 2, 2, 2],
        pupils=[10, 10, 10, 20],
        rayon=["11", "11", "12", "12"],
        types=["town", "", "rural_okrug", "town"],
        zone=["", "steppe", "desert", "desert"],
    )
    graph = build_unit_graph(4, [(1, 2), (2, 3), (3, 4)])
    (block,) = build_problem(build_scenario(), territory, graph).blocks
    return territory, block


@pytest.mark.parametrize("key", WORDS)
def test_a_rule_tells_what_it_asks_and_what_it_found(key):
    rules, members, said, asked = WORDS[key]
    territory, block = row()
    built = build_rules(build_scenario(rules).rules, territory)
    refused = {
        rule.key: (rule, finding)
        for rule in built
        if (finding := rule.judge(Municipality(block, members, members[0])))
    }
    assert set(refused) == {key}
    rule, finding = refused[key]
    assert (finding.found, finding.expected) == said
    assert finding.check == key
    assert finding.where == f"municipality of u{members[0] + 1} (Unit {members[0] + 1})"
    assert finding.remedy == f"loosen {key}, or draw it otherwise"
    assert finding.subjects == tuple(f"u{unit + 1}" for unit in members)
    assert rule.explain() == asked


def test_a_rule_names_its_exception_and_what_a_seat_without_type_is():
    territory, block = row()
    unless = {"area_km2": {"min": 3, "max": 9}, "pupils": {"max": 5}}
    rules = {"population": {"min": 250, "unless": unless}, "seats": {"types": ["town"]}}
    built = {rule.key: rule for rule in build_rules(build_scenario(rules).rules, territory)}
    assert built["rules.population"].explain() == (
        "The population of a municipality is at least 250; the minimum is lifted where area_km2 is "
        "at least 3 and at most 9 and pupils is at most 5."
    )
    found = built["rules.seats"].judge(Municipality(block, (1, 2), 1))
    assert found.found == "seat of type unknown"
    assert found.expected == "A seat is a unit of type town."


def test_rules_stand_in_the_order_in_which_they_are_told():
    """A report lists them; the same question must give the same list."""
    rules = {
        "walls": ["oblast"],
        "like": ["zone"],
        "population": {"min": 1},
        "sums": {"pupils": {"min": 1}},
        "area_km2": {"max": 9},
        "ratios": {"b": RATIO, "a": RATIO},
        "reach_km": {"max": 5},
        "seats": {"types": ["town"], "fixed": ["u1"]},
        "keep_together": [{"units": ["u1", "u2"]}],
        "keep_apart": [{"units": ["u1", "u4"]}],
        "frozen": ["u4"],
        "max_units": 3,
    }
    built = build_rules(build_scenario(rules).rules, row()[0])
    assert [rule.key for rule in built] == [
        "contiguity",
        "rules.walls",
        "rules.like",
        "rules.area_km2",
        "rules.population",
        "rules.sums.pupils",
        "rules.ratios.a",
        "rules.ratios.b",
        "rules.reach_km.max",
        "rules.seats",
        "rules.seats.fixed",
        "rules.keep_together",
        "rules.keep_apart",
        "rules.frozen",
        "rules.max_units",
    ]
