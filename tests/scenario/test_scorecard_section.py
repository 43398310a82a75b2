"""The section `scorecard:`: parameters of the scorecard, refused where they contradict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amalgamation.errors import ScenarioError
from amalgamation.scenario import scenario_from_text, write_scenario_text
from amalgamation.scenario.schema import Capability, Equalisation, Indicator, Level

HEAD = "scenario: s\nterritory: {dataset: toy}\n"
LEVELS = "levels: [{name: low, min: 0}, {name: high, min: 2}]"
FIRST = "{measure: population, cuts: [10, 20], points: [0, 1, 2]}"

PUPILS = "{attribute: pupils, min: 5, title: school}"


def levels(*starts: float) -> str:
    named = ", ".join(
        f"{{name: {name}, min: {at}}}" for name, at in zip("ab", starts, strict=False)
    )
    return f"levels: [{named}]"


def section(text: str):
    return scenario_from_text(f"{HEAD}scorecard: {text}").scorecard


def found(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioError) as caught:
        section(text)
    return [(one.where.partition(", ")[2], one.found) for one in caught.value.findings]


def test_without_the_section_the_scorecard_has_the_sizes_at_which_reforms_draw_lines():
    card = scenario_from_text(HEAD).scorecard
    assert card.thresholds == [500, 2000, 3000, 5000, 10000, 20000]
    assert card.distance_bands == [10, 25, 50, 100]


def test_the_cost_curve_flattens_by_default_where_the_studies_say():
    assert 10_000 <= scenario_from_text(HEAD).scorecard.running_cost.flat_from <= 20_000


def test_ukraine_is_the_equalisation_that_its_budget_code_describes():
    card = section("{equalisation: ukraine}")
    assert card.equalising == Equalisation(above=1.1, withdrawn=0.5, below=0.9, paid=0.8)


def test_the_ukraine_like_scheme_says_that_it_is_not_official():
    assert "not the official numbers" in section("{capability: ukraine-like}").scheme.title


def test_a_scheme_of_the_users_own_is_taken_as_it_stands():
    scheme = section(f"{{capability: {{indicators: [{FIRST}], {LEVELS}}}}}").scheme
    assert (scheme.fewest, scheme.most) == (0, 2)
    assert [level.name for level in scheme.levels] == ["low", "high"]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("{thresholds: [500, 300]}", "thresholds", "300 after 500"),
        ("{thresholds: [500, 500]}", "thresholds", "500 after 500"),
        ("{distance_bands: [25, 10]}", "distance_bands", "10 after 25"),
        ("{equalisation: {below: 1.2}}", "equalisation", "below 1.2 over above 1.1"),
        (
            f"{{capability: {{indicators: [{FIRST.replace('10, 20', '20, 10')}], {LEVELS}}}}}",
            "capability.indicators[item 1].cuts",
            "cut point 10 after 20",
        ),
        (
            f"{{capability: {{indicators: [{FIRST.replace('0, 1, 2', '0, 1')}], {LEVELS}}}}}",
            "capability.indicators[item 1].points",
            "2 points for 2 cut points",
        ),
        (
            f"{{capability: {{indicators: [{FIRST}, {FIRST}], {LEVELS}}}}}",
            "capability.indicators",
            "measure population twice",
        ),
        (
            f"{{capability: {{indicators: [{FIRST}], {levels(2, 1)}}}}}",
            "capability.levels",
            "level b from 1 points after a from 2",
        ),
        (
            f"{{capability: {{indicators: [{FIRST}], {levels(1)}}}}}",
            "capability.levels",
            "lowest level a from 1 points",
        ),
        (
            f"{{capability: {{indicators: [{FIRST}], {levels(0, 9)}}}}}",
            "capability.levels",
            "highest level b from 9 points",
        ),
        (
            f"{{services: [{PUPILS}, {PUPILS}]}}",
            "services",
            "pupils from 5 on twice",
        ),
    ],
)
def test_a_section_that_contradicts_itself_is_refused_at_its_key(text, where, what):
    problems = found(text)
    assert len(problems) == 1  # the choice between a name and a section is reported once
    place, said = problems[0]
    assert place.endswith(f"scorecard.{where}")
    assert what in said


@pytest.mark.parametrize(
    "text",
    ["{running_cost: {elasticity: 1}}", "{equalisation: {paid: 1.5}}", "{council: {minimum: 0}}"],
)
def test_a_parameter_outside_its_domain_is_refused(text):
    assert len(found(text)) == 1


def test_a_preset_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(ScenarioError, match="expected ukraine, or a section with the keys above"):
        section("{equalisation: france}")


@given(
    cuts=st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=4, unique=True).map(sorted),
    seed=st.randoms(use_true_random=False),
)
def test_a_scheme_reads_back_as_itself(cuts, seed):
    points = [float(seed.randint(-3, 3)) for _ in range(len(cuts) + 1)]
    scheme = Capability(
        indicators=[Indicator(measure="area_km2", cuts=cuts, points=points, weight=2)],
        levels=[Level(name="all", min=2 * min(points))],
    )
    scenario = scenario_from_text(HEAD)
    card = scenario.scorecard.model_copy(update={"capability": scheme, "bodies": "settlements"})
    scenario = scenario.model_copy(update={"scorecard": card})
    assert scenario_from_text(write_scenario_text(scenario)) == scenario
