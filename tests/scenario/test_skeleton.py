"""The skeleton is a scenario: what a newcomer starts from must run."""

from __future__ import annotations

import re

import pytest

from amalgamation.errors import ScenarioError
from amalgamation.scenario import new_scenario_text, scenario_from_text


def test_the_skeleton_is_valid_as_it_stands():
    scenario = scenario_from_text(new_scenario_text("my-question", "kazakhstan-2021"))
    assert scenario.scenario == "my-question"
    assert scenario.territory.dataset == "kazakhstan-2021"
    assert scenario.aims.access == 1.0


def test_the_first_line_is_the_question():
    assert new_scenario_text("s", "toy").startswith("# Write the question here")


def test_every_line_that_is_commented_out_is_valid_once_it_is_used():
    # a hint that fails when taken is worse than none
    text = re.sub(r"^  # (?=\w+: )", "  ", new_scenario_text("s", "toy"), flags=re.MULTILINE)
    rules = scenario_from_text(text).rules
    assert rules.walls == ["oblast"]
    assert rules.municipalities.max == 600
    assert rules.reach_km.max == 80
    assert rules.keep_together[0].units == ["a", "b"]


@pytest.mark.parametrize("name", ["", "a b", "../x", "x" * 65, "a\nb"])
def test_a_name_that_could_not_name_a_folder_is_refused(name):
    with pytest.raises(ScenarioError, match="letters, digits, dot, dash, underscore"):
        new_scenario_text(name, "toy")


@pytest.mark.parametrize("dataset", ['"', "no", "010", "a: b # c"])
def test_any_dataset_name_is_kept_as_text(dataset):
    scenario = scenario_from_text(new_scenario_text("s", dataset))
    assert scenario.territory.dataset == dataset
