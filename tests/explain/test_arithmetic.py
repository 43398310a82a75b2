"""Each proof of impossibility on a case worked by hand, and its soundness by brute force."""

import pytest
from hypothesis import HealthCheck, given, settings

from amalgamation.explain import check_arithmetic, explain_impossible
from amalgamation.findings import Severity, errors_in
from oracle import every_plan
from strategies import build_scenario, build_territory, build_unit_graph, questions, references_of

QUIET = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
CHAIN = [(1, 2), (2, 3), (3, 4)]


def explain(rules, ties=CHAIN):
    """Four units in a row: 1,000, 200, 300 and 4,000 residents; u4 in another oblast."""
    territory = build_territory(
        [1000, 200, 300, 4000],
        area_km2=[1, 20, 3, 4],
        rayon=["11", "11", "12", "21"],
        types=["town", "rural_okrug", "rural_okrug", "town"],
        zone=["steppe", "steppe", "desert", "desert"],
    )
    return check_arithmetic(build_scenario(rules), territory, build_unit_graph(4, ties))


IMPOSSIBLE = {
    "a unit above a maximum that is refused": (
        {"population": {"max": 3000, "oversize": "refuse"}},
        "rules.population.max, unit u4 (Unit 4): found 4,000 residents",
    ),
    "a part below the minimum": (
        {"walls": ["oblast"], "population": {"min": 2000}},
        (
            "rules.population.min, the 3 connected units u1 (Unit 1), u2 (Unit 2), u3 (Unit 3), "
            "oblast 1: found 1,500 residents in all"
        ),
    ),
    "an exception out of reach as well": (
        {"walls": ["oblast"], "population": {"min": 2000, "unless": {"area_km2": {"min": 25}}}},
        "the exception in unless is out of reach too",
    ),
    "a pocket behind a unit that stands alone": (
        {"population": {"min": 600, "max": 3999}, "frozen": ["u1"]},
        "cut off by u1 (Unit 1), u4 (Unit 4) standing alone: found 500 residents in all",
    ),
    "a frozen unit below the minimum": (
        {"frozen": ["u2"], "population": {"min": 250}},
        "unit u2 (Unit 2), which stands alone (frozen): found 200 residents in all",
    ),
    "more municipalities than units": (
        {"municipalities": {"min": 5}},
        (
            "found at most 4 municipalities possible (4 in the largest part: 4 units); "
            "expected at least 5"
        ),
    ),
    "a number times the minimum above the total": (
        {"municipalities": {"exactly": 3}, "population": {"min": 2000}},
        (
            "found 3 x 2,000 residents = 6,000 residents needed for rules.population.min; "
            "expected at most 5,500 residents"
        ),
    ),
    "fewer municipalities than parts": (
        {"walls": ["rayon"], "municipalities": {"max": 2}},
        "found at least 3 municipalities needed",
    ),
    "fewer in a parent than its maximum needs": (
        {
            "walls": ["oblast"],
            "max_units": 2,
            "municipalities": {"per_parent": {"oblast": {"1": {"max": 1}}}},
        },
        (
            "rules.municipalities.per_parent.oblast.1.max: found at least 2 municipalities needed "
            "(2 in the largest part: 3 units, at most 2 each); expected at most 1"
        ),
    ),
    "numbers per parent above the number in all": (
        {
            "walls": ["oblast"],
            "municipalities": {"max": 3, "per_parent": {"oblast": {"1": {"min": 3}}}},
        },
        "found at least 4 municipalities needed",
    ),
    "no number between minimum and maximum": (
        {"walls": ["oblast"], "population": {"min": 800, "max": 1400}},
        "rules.population.max and rules.population.min",
    ),
    "a part without an eligible seat": (
        {"walls": ["rayon"], "seats": {"types": ["town"]}},
        "rules.seats, unit u3 (Unit 3), rayon 12: found no unit that may be a seat",
    ),
    "a unit out of reach of every seat": (
        {"seats": {"types": ["town"]}, "reach_km": {"max": 1}, "frozen": ["u4"]},
        "rules.reach_km.max, unit u3 (Unit 3): found no seat within 1 km",
    ),
    "a group whose units reach no common seat": (
        {"keep_together": [{"units": ["u1", "u4"]}], "reach_km": {"max": 1}},
        "units kept together u1 (Unit 1), u4 (Unit 4): found no seat within 1 km",
    ),
    "a group across a wall": (
        {"walls": ["oblast"], "keep_together": [{"units": ["u3", "u4"]}]},
        "found on both sides of a wall: oblast 1, 2",
    ),
    "a group of unlike units": (
        {"like": ["zone"], "keep_together": [{"units": ["u2", "u3"]}]},
        "found of different zone: desert, steppe",
    ),
    "a part of one zone below the minimum": (
        {"like": ["zone"], "population": {"min": 2000}},
        "the 2 connected units u1 (Unit 1), u2 (Unit 2), zone steppe: found 1,200 residents in all",
    ),
    "a ratio that no municipality can have because the whole has it not": (
        {"ratios": {"density": {"of": "population", "to": "area_km2", "min": 200}}},
        (
            "rules.ratios.density.min, the 4 connected units u1 (Unit 1), u2 (Unit 2), "
            "u3 (Unit 3), u4 (Unit 4): found 5,500 residents to 28 km2 = 196.428571 in all; "
            "expected at least 200 in each municipality"
        ),
    ),
    "a ratio above its maximum in a unit that stands alone": (
        {
            "population": {"max": 3000},
            "ratios": {"density": {"of": "population", "to": "area_km2", "max": 900}},
        },
        "rules.ratios.density.max, unit u4 (Unit 4), which stands alone (oversize in population)",
    ),
    "the least minimum of any class above the whole": (
        {
            "walls": ["oblast"],
            "population": {"min": 9000, "by": "zone", "classes": {"steppe": {"min": 2000}}},
        },
        "found 1,500 residents in all; expected at least 2,000 residents in each municipality",
    ),
    "a unit above the greatest maximum of any class": (
        {
            "population": {
                "max": 500,
                "oversize": "refuse",
                "by": "zone",
                "classes": {"desert": {"max": 3000}},
            }
        },
        "unit u4 (Unit 4): found 4,000 residents; expected at most 3,000 residents",
    ),
    "a number times the least minimum of the classes above the total": (
        {
            "municipalities": {"exactly": 3},
            "population": {"min": 5000, "by": "zone", "classes": {"steppe": {"min": 2000}}},
        },
        "found 3 x 2,000 residents = 6,000 residents needed",
    ),
    "a group with a frozen unit": (
        {"frozen": ["u1"], "keep_together": [{"units": ["u1", "u2"]}]},
        "found together with others, though it stands alone: u1 (Unit 1) (frozen)",
    ),
    "a group above a maximum": (
        {"population": {"max": 1100}, "keep_together": [{"units": ["u1", "u2"]}]},
        "found 1,200 residents together; expected at most 1,100 residents",
    ),
    "a group of too many units, joined from two": (
        {"max_units": 2, "keep_together": [{"units": ["u1", "u2"]}, {"units": ["u2", "u3"]}]},
        "found 3 units together; expected at most 2",
    ),
    "wishes that contradict each other": (
        {"keep_together": [{"units": ["u1", "u2"]}], "keep_apart": [{"units": ["u2", "u1"]}]},
        "kept together, and kept apart by rules.keep_apart[0]",
    ),
    "two fixed seats kept together": (
        {"seats": {"fixed": ["u1", "u2"]}, "keep_together": [{"units": ["u1", "u2"]}]},
        "found 2 fixed seats together: u1 (Unit 1), u2 (Unit 2)",
    ),
    "more units apart than municipalities": (
        {"keep_apart": [{"units": ["u1", "u2", "u3"]}], "municipalities": {"max": 2}},
        "found at least 3 municipalities needed (3 in the largest part: 3 units kept apart)",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_an_impossible_question_is_refused_with_its_arithmetic(case):
    rules, sentence = IMPOSSIBLE[case]
    findings = explain(rules)
    assert any(sentence in finding.sentence() for finding in findings), findings
    assert all(finding.severity is Severity.ERROR for finding in findings)
    assert all(finding.expected and finding.remedy for finding in findings)


def test_many_parts_below_one_minimum_are_told_together():
    """Gaps in polygons make islands of a whole country: one cause, not a hundred errors."""
    (finding,) = explain({"population": {"min": 5000, "max": 9000}}, ties=[])
    assert finding.where == (
        "rules.population.min, 4 parts that are apart from each other: 1 around u1 (Unit 1), "
        "1 around u2 (Unit 2), 1 around u3 (Unit 3), 1 around u4 (Unit 4)"
    )
    assert finding.found == "at most 4,000 residents in all in each of them"
    assert finding.expected == "at least 5,000 residents in each municipality"
    assert finding.remedy.endswith("raise graph.ties.tolerance_m")
    assert finding.subjects == ("u1", "u2", "u3", "u4")
    assert len(explain({"population": {"min": 5000}}, ties=[(1, 2)])) == 3


def test_units_without_a_way_between_them_cannot_be_kept_together():
    findings = explain({"keep_together": [{"units": ["u1", "u4"]}]}, ties=[(1, 2), (3, 4)])
    assert "no way of ties between them" in findings[0].found


POSSIBLE = {
    "an exception that the part can meet": {
        "walls": ["oblast"],
        "population": {"min": 2000, "unless": {"area_km2": {"min": 24}}},
    },
    "a minimum that the seat of another class need not meet": {
        "population": {"min": 9000, "by": "zone", "classes": {"steppe": {"min": 2000}}},
    },
    "a unit above the maximum of its class that another class may take": {
        "population": {
            "max": 500,
            "oversize": "refuse",
            "by": "zone",
            "classes": {"desert": {"max": 9000}},
        }
    },
    "a ratio that the whole has, if none of its units has": {
        "ratios": {"density": {"of": "population", "to": "area_km2", "min": 150, "max": 900}},
    },
    "an oversize unit that may stand alone": {"population": {"max": 3000}},
    "a group above a maximum beside an oversize neighbour that excuses it": {
        "population": {"max": 1100, "oversize": "with_neighbours"},
        "keep_together": [{"units": ["u1", "u2"]}],
    },
}


@pytest.mark.parametrize("case", POSSIBLE)
def test_a_possible_question_is_not_refused(case):
    assert explain(POSSIBLE[case]) == ()


def test_a_frozen_unit_may_be_its_own_seat_whatever_its_type():
    findings = explain({"frozen": ["u3"], "seats": {"types": ["town"]}})
    assert findings == ()


def test_a_whole_number_of_minima_is_not_lost_to_rounding():
    """3 x 0.1 is a little more than 0.3 in floating point: nobody may be refused for it."""
    territory = build_territory([0.1, 0.1, 0.1])
    rules = {"population": {"min": 0.1}, "municipalities": {"exactly": 3}}
    graph = build_unit_graph(3, [(1, 2), (2, 3)])
    assert check_arithmetic(build_scenario(rules), territory, graph) == ()


@pytest.mark.parametrize(
    ("word", "settled"), [("with", "unmet in every plan"), ("against", "met in every plan")]
)
def test_a_wish_across_a_wall_is_a_note_and_no_proof(word, settled):
    territory = build_territory([1000, 200], zone=["steppe", "desert"])
    wishes = [{"unit": "u1", word: "u2"}, {"unit": "u2", word: "u1"}]
    aims = {"wishes": {"weight": 1.0, "wishes": wishes}}
    graph = build_unit_graph(2, [(1, 2)])
    first, second = check_arithmetic(build_scenario({"like": ["zone"]}, aims), territory, graph)
    assert first.severity is second.severity is Severity.NOTE
    assert (first.where, second.where) == ("aims.wishes.wishes[0]", "aims.wishes.wishes[1]")
    assert first.found.startswith(f"a wish of u1 (Unit 1) {word} u2 (Unit 2), which no municip")
    assert settled in first.found
    assert check_arithmetic(build_scenario(aims=aims), territory, graph) == ()


@QUIET
@given(questions(max_units=6))
def test_what_is_called_impossible_has_no_plan(question):
    """Soundness: a proof is worth nothing if one plan contradicts it."""
    scenario, territory, graph = question
    if errors_in(explain_impossible(scenario, territory, graph)):
        plans = every_plan(scenario, territory, graph, references_of(scenario), {})
        assert next(plans, None) is None


@QUIET
@given(questions(max_units=6))
def test_each_proof_stands_alone(question):
    """A catalogue of proofs: none may lean on another, so each found alone means no plan."""
    scenario, territory, graph = question
    found = errors_in(check_arithmetic(scenario, territory, graph))
    possible = any(
        True for _ in every_plan(scenario, territory, graph, references_of(scenario), {})
    )
    assert not (found and possible)
