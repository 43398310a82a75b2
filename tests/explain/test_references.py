"""Names that do not exist are input errors, each with the key and the nearest name."""

import pytest

from amalgamation.explain import check_references, explain_impossible
from amalgamation.findings import Severity
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import Scenario
from amalgamation.territory import read_territory
from strategies import build_scenario, build_territory, build_unit_graph

WISH = {"units": ["u1", "u9"]}


def find(rules=None, aims=None):
    territory, graph = build_territory([1, 2]), build_unit_graph(2, [(1, 2)])
    return check_references(build_scenario(rules, aims), territory, graph)


@pytest.mark.parametrize(
    ("rules", "aims", "where", "remedy"),
    [
        ({"sums": {"pupil": {"min": 1}}}, None, "rules.sums.pupil", "did you mean pupils?"),
        (
            {"population": {"min": 1, "unless": {"area_km": {"min": 1}}}},
            None,
            "rules.population.unless.area_km",
            "did you mean area_km2?",
        ),
        (
            None,
            {"balance": {"popultion": 1.0}},
            "aims.balance.popultion",
            "did you mean population?",
        ),
        (None, {"crossings": {"rayn": 1.0}}, "aims.crossings", "did you mean rayon?"),
        ({"walls": ["oblst"]}, None, "rules.walls", "did you mean oblast?"),
        ({"like": ["zonne"]}, None, "rules.like", "did you mean zone?"),
        (
            {"population": {"by": "zoen", "classes": {"steppe": {"min": 1}}}},
            None,
            "rules.population.by",
            "did you mean zone?",
        ),
        (None, {"heterogeneity": {"population": 1.0}}, "aims.heterogeneity", "correct the name"),
        (
            {"ratios": {"share": {"of": "pupil", "to": "area_km2", "min": 1}}},
            None,
            "rules.ratios.share.of",
            "did you mean pupils?",
        ),
        (
            {"ratios": {"share": {"of": "pupils", "to": "area", "min": 1}}},
            None,
            "rules.ratios.share.to",
            "did you mean area_km2?",
        ),
        (
            None,
            {"wishes": {"weight": 1.0, "wishes": [{"unit": "u1", "against": "u12"}]}},
            "aims.wishes.wishes[0]",
            "did you mean u2 or u1?",
        ),
        (
            {"leave_out": {"always": [{"densty": {"max": 1}}]}},
            None,
            "rules.leave_out.always[0].densty",
            "did you mean density?",
        ),
        (
            {"leave_out": {"may": [{"pupils": {}}, {"neerest_km": {"min": 1}}]}},
            None,
            "rules.leave_out.may[1].neerest_km",
            "did you mean nearest_km?",
        ),
        ({"leave_out": {"units": ["zzz"]}}, None, "rules.leave_out.units", "correct the name"),
        ({"keep_together": [WISH]}, None, "rules.keep_together[0]", "correct the name"),
        ({"keep_apart": [WISH]}, None, "rules.keep_apart[0]", "correct the name"),
        ({"frozen": ["zzz"]}, None, "rules.frozen", "correct the name"),
        ({"seats": {"fixed": ["u9"]}}, None, "rules.seats.fixed", "correct the name"),
        (
            {"walls": ["oblast"], "municipalities": {"per_parent": {"oblast": {"7": {"min": 1}}}}},
            None,
            "rules.municipalities.per_parent.oblast",
            "correct the name",
        ),
    ],
)
def test_an_unknown_name_is_an_error_at_its_key(rules, aims, where, remedy):
    (finding,) = find(rules, aims)
    assert finding.where == where
    assert finding.severity is Severity.ERROR
    assert remedy in finding.remedy


def test_all_unknown_names_are_told_at_once():
    assert len(find({"walls": ["a1"], "frozen": ["b1", "b2"]}, {"balance": {"c1": 1.0}})) == 4


def test_a_type_that_no_unit_has_is_a_warning():
    """One scenario serves several territories; a typo is still told."""
    (finding,) = find({"seats": {"types": ["rural_okrugs"]}})
    assert finding.severity is Severity.WARNING
    assert finding.remedy == "did you mean rural_okrug?"


@pytest.mark.parametrize(
    ("by", "value", "remedy"),
    [("zone", "stepe", "did you mean steppe?"), ("type", "rural", "did you mean rural_okrug?")],
)
def test_a_class_that_no_unit_has_is_a_warning_with_the_nearest_value(by, value, remedy):
    rule = {"min": 1, "by": by, "classes": {value: {"min": 2}}}
    (finding,) = find({"sums": {"pupils": rule}})
    assert (finding.where, finding.severity) == ("rules.sums.pupils.classes", Severity.WARNING)
    assert finding.remedy == remedy


def test_heterogeneity_needs_residents():
    territory = build_territory([1, 2])
    bare = type(territory)("bare", territory.units, ("rayon", "oblast"), {})
    scenario = build_scenario(aims={"heterogeneity": {"zone": 1.0}})
    (finding,) = check_references(scenario, bare, build_unit_graph(2, [(1, 2)]))
    assert (finding.where, finding.subjects) == ("aims.heterogeneity.zone", ("population",))


def test_access_needs_residents_and_seat_types_need_types():
    territory = build_territory([1, 2])
    bare = type(territory)("bare", territory.units.drop(columns=["type"]), ("rayon",), {})
    scenario = build_scenario({"seats": {"types": ["town"]}}, {"access": 1.0})
    found = check_references(scenario, bare, build_unit_graph(2, [(1, 2)]))
    assert [finding.check for finding in found] == ["unknown-attribute", "no-types"]


def test_a_reach_in_minutes_needs_distances_in_minutes():
    (finding,) = find({"reach_minutes": {"max": 30}})
    assert finding.sentence() == (
        "rules.reach_minutes: found a reach in minutes, while distances are in km; expected "
        "a reach in km; use rules.reach_km, or distances in minutes (graph.distance)"
    )


def test_a_unit_cannot_be_apart_from_itself():
    (finding,) = find({"keep_apart": [{"units": ["u1", "u1"]}]})
    assert finding.check == "named-twice"


def test_the_arithmetic_is_left_alone_while_names_are_wrong():
    """It could not be read: the sum of an unknown attribute is nothing."""
    territory, graph = build_territory([1, 2]), build_unit_graph(2, [(1, 2)])
    scenario = build_scenario({"walls": ["oblst"], "population": {"min": 10}})
    assert [f.check for f in explain_impossible(scenario, territory, graph)] == ["unknown-tier"]


def test_a_type_that_only_the_rest_of_the_data_has_is_no_slip():
    """A scenario of the whole country, asked of one oblast, names the country's types."""
    question = {
        "scenario": "part",
        "territory": {"dataset": "kazakhstan-2021", "where": {"oblast": ["230000000"]}},
        "rules": {"seats": {"types": ["republican_city", "city", "castle"]}},
    }
    scenario = Scenario.model_validate(question)
    territory = read_territory(scenario.territory)
    found = check_references(scenario, territory, build_graph(territory))
    assert [(finding.subjects, finding.severity) for finding in found] == [
        (("castle",), Severity.WARNING)
    ]
