"""Bundled scenarios: found from the wheel or the checkout, and each valid."""

from __future__ import annotations

import pytest

from amalgamation import bundled
from amalgamation.bundled import bundled_folder
from amalgamation.errors import InputError
from amalgamation.scenario import read_scenario, scenario_names


def test_the_wheels_folder_is_preferred_to_a_checkouts(tmp_path, monkeypatch):
    package = tmp_path / "src" / "amalgamation"
    inside, beside = package / "bundled" / "data", tmp_path / "data"
    beside.mkdir()
    monkeypatch.setattr(bundled, "_PACKAGE", package)
    assert bundled_folder("data") == beside
    inside.mkdir(parents=True)
    assert bundled_folder("data") == inside


def test_a_broken_installation_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "_PACKAGE", tmp_path / "src" / "amalgamation")
    with pytest.raises(
        InputError, match=r"no folder of bundled scenarios.*install the package again"
    ):
        bundled_folder("scenarios")


def test_every_bundled_scenario_is_valid_and_bears_its_files_name():
    # a bundled scenario may state no file: it would have to be found from any folder
    read = {name: read_scenario(name).scenario for name in scenario_names()}
    assert "kz-two-tier" in read  # the default of the command
    assert {name: scenario.scenario for name, scenario in read.items()} == {
        name: name for name in read
    }
    assert [name for name, scenario in read.items() if scenario.territory.dataset is None] == []


@pytest.mark.parametrize("name", scenario_names())
def test_every_bundled_scenario_opens_with_its_question(name):
    """The first line of the file is what a planner asks, word for word what reports print."""
    first = (
        (bundled_folder("scenarios") / f"{name}.yaml").read_text(encoding="utf-8").partition("\n")
    )
    assert first[0] == f"# {read_scenario(name).scenario.question}"
    assert first[0].endswith("?")


def test_the_status_quo_and_the_bodies_of_villages_merge_nothing():
    assert read_scenario("kz-today").scenario.plan == "today"
    assert read_scenario("kz-village-bodies").scenario.plan == "today"


@pytest.mark.parametrize("number", [350, 475, 600])
def test_a_variant_of_two_tiers_differs_in_its_number_alone(number):
    """So that the models are judged by one set of rules, with the number as the only question."""
    variant, base = (
        read_scenario(name).scenario for name in (f"kz-two-tier-{number}", "kz-two-tier")
    )
    numbers = variant.rules.municipalities
    assert (numbers.exactly, numbers.lowest, numbers.highest) == (number, number, number)
    same = {"municipalities": base.rules.municipalities}
    assert variant.rules.model_copy(update=same) == base.rules
    assert (variant.aims, variant.graph, variant.territory) == (
        base.aims,
        base.graph,
        base.territory,
    )
