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
