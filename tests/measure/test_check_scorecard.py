"""What the section `scorecard` names must be there, unless it is only the default."""

from __future__ import annotations

import pytest

from amalgamation import api
from amalgamation.errors import ScenarioError
from amalgamation.measure import check_scorecard
from amalgamation.measure.example import example_subject
from amalgamation.scenario.schema import ScorecardSection

LEVELS = [{"name": "all", "min": 0}]


def findings(section):
    subject = example_subject("ab", population=[1, 2], area_km2=[1, 1], levy=[1, 1])
    parameters = ScorecardSection.model_validate(section)
    found = check_scorecard(parameters, subject.territory, subject.graph)
    return [(one.check, one.where, one.remedy) for one in found]


def test_what_the_defaults_name_and_the_data_lack_is_no_mistake():
    assert findings({}) == []


@pytest.mark.parametrize(
    ("section", "where"),
    [
        ({"fiscal": {"tax_base": "levi"}}, "scorecard.fiscal.tax_base"),
        ({"fiscal": {"own_revenue": "levi"}}, "scorecard.fiscal.own_revenue"),
        ({"running_cost": {"attribute": "levi"}}, "scorecard.running_cost.attribute"),
        ({"bodies": "levi"}, "scorecard.bodies"),
        (
            {"services": [{"attribute": "levi", "min": 1, "title": "x"}]},
            "scorecard.services[0].attribute",
        ),
    ],
)
def test_an_attribute_misspelt_is_answered_with_the_nearest(section, where):
    assert findings(section) == [("unknown-attribute", where, "did you mean levy?")]


def test_an_indicator_misspelt_is_answered_with_the_nearest_measure():
    indicator = {"measure": "populatoin", "cuts": [1], "points": [0, 1]}
    scheme = {"indicators": [indicator], "levels": LEVELS}
    assert findings({"capability": scheme}) == [
        (
            "unknown-measure",
            "scorecard.capability.indicators[0].measure",
            "did you mean population?",
        )
    ]


def test_an_indicator_may_be_any_measure_of_the_scorecard_even_if_the_data_lack_it():
    indicator = {"measure": "tax_capacity_index", "cuts": [1], "points": [0, 1]}
    assert findings({"capability": {"indicators": [indicator], "levels": LEVELS}}) == []


def test_a_run_refuses_the_scenario_before_it_solves():
    with pytest.raises(ScenarioError, match=r"scorecard\.bodies.*did you mean settlements\?"):
        api.prepare("toy", overrides={"scorecard.bodies": "setlements"})
