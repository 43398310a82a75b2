"""A variant is a difference on a base; every node remembers the file that stated it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from amalgamation.errors import ScenarioError
from amalgamation.scenario import read_scenario

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.findings import Finding

BASE = """\
scenario: base
territory: {units: units.csv, tables: [{path: t.csv, id: code}]}
rules:
  walls: [oblast, rayon]
  population: {min: 5000, max: 9000}
  max_units: 7
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE)
    return tmp_path


def variant(folder: Path, text: str, name: str = "variant.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def only(path: Path, **options) -> Finding:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, **options)
    (finding,) = caught.value.findings
    return finding


def test_sections_merge_lists_are_replaced_and_null_removes(folder):
    path = variant(
        folder,
        "extends: base.yaml\nscenario: v\n"
        "rules: {walls: [oblast], population: {min: 3}, max_units: null}\n",
    )
    rules = read_scenario(path).scenario.rules
    assert rules.walls == ["oblast"]
    assert (rules.population.min, rules.population.max) == (3.0, 9000.0)
    assert rules.max_units is None


def test_a_chain_is_merged_from_its_far_end_and_all_its_files_are_recorded(folder):
    variant(folder, "extends: base.yaml\nscenario: middle\nrules: {max_units: 5}\n", "middle.yaml")
    path = variant(folder, "extends: middle.yaml\nscenario: v\ntitle: T\n")
    read = read_scenario(path)
    assert (read.scenario.scenario, read.scenario.rules.max_units) == ("v", 5)
    assert [source.role for source in read.sources] == ["scenario", *["scenario base"] * 2]
    assert [source.path for source in read.sources] == [
        str(path),
        str(folder / "middle.yaml"),
        str(folder / "base.yaml"),
    ]


def test_a_scenario_may_extend_a_bundled_one_by_name(folder, tmp_path, monkeypatch):
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "kz.yaml").write_text("scenario: kz\nterritory: {dataset: toy}\n")
    monkeypatch.setattr("amalgamation.scenario.layers.bundled_folder", lambda _kind: bundle)
    read = read_scenario(variant(folder, "extends: kz\ntitle: mine\n"))
    assert (read.scenario.territory.dataset, read.scenario.title) == ("toy", "mine")
    assert read.sources[1].path == "kz (bundled)"
    assert read.folder == folder


def test_paths_of_a_base_still_mean_the_files_beside_the_base(folder):
    variant(folder, BASE, "sub/base.yaml")
    read = read_scenario(variant(folder, "extends: sub/base.yaml\nscenario: v\n"))
    territory = read.scenario.territory
    assert (read.folder, territory.units) == (folder, "sub/units.csv")
    assert territory.tables[0].path == "sub/t.csv"
    assert str(folder) not in read.text


def test_a_path_that_the_variant_states_starts_at_the_variant(folder):
    variant(folder, BASE, "sub/base.yaml")
    text = "extends: sub/base.yaml\nscenario: v\nterritory: {units: mine.csv}\n"
    assert read_scenario(variant(folder, text)).scenario.territory.units == "mine.csv"


def test_a_base_outside_the_folder_is_read_only_when_that_is_allowed(folder):
    path = variant(folder, "extends: ../base.yaml\nscenario: v\n", "sub/v.yaml")
    finding = only(path)
    assert finding.where == f"{path}, line 1, extends"
    assert "leads out of the scenario's folder" in finding.found
    read = read_scenario(path, allow_outside=True)
    assert read.scenario.territory.units == "../units.csv"


def test_a_mistake_in_the_base_is_reported_in_the_base(folder):
    variant(folder, BASE.replace("max_units", "max_unit"))
    path = variant(folder, "extends: variant.yaml\nscenario: v\n", "v.yaml")
    finding = only(path)
    assert finding.where == f"{folder / 'variant.yaml'}, line 6, rules.max_unit"
    assert finding.remedy == "did you mean `max_units`?"


def test_a_range_that_only_the_merge_makes_impossible_is_refused(folder):
    finding = only(variant(folder, "extends: base.yaml\nrules: {population: {min: 10000}}\n"))
    assert finding.found == "min 10,000 above max 9,000"


def test_null_on_a_key_that_the_base_lacks_is_still_checked_for_its_spelling(folder):
    finding = only(variant(folder, "extends: base.yaml\nrules: {max_unit: null}\n"))
    assert finding.remedy == "did you mean `max_units`?"


def test_91_a_circle_of_bases_is_refused_with_the_whole_circle(folder):
    variant(folder, "extends: b.yaml\n", "a.yaml")
    path = variant(folder, "extends: a.yaml\n", "b.yaml")
    finding = only(path)
    a, b = folder / "a.yaml", folder / "b.yaml"
    assert finding.where == f"{a}, line 1, extends"
    assert finding.found == f"a circle of bases (read so far: {b} -> {a} -> {b})"
    assert finding.expected == "bases that end somewhere"
    assert finding.remedy == "let one of them stand on its own"


def test_91_a_scenario_that_extends_itself_is_a_circle_too(folder):
    assert "a circle of bases" in only(variant(folder, "extends: ./variant.yaml\n")).found


def test_91_a_missing_base_is_refused_with_the_chain(folder):
    variant(folder, "scenario: m\nextends: absent.yaml\n", "middle.yaml")
    path = variant(folder, "extends: middle.yaml\n")
    finding = only(path)
    middle = folder / "middle.yaml"
    assert finding.where == f"{middle}, line 2, extends"
    assert finding.found == (
        f'the base "absent.yaml", which does not exist (read so far: {path} -> {middle})'
    )
    assert finding.expected == "a scenario file"
    assert finding.remedy == "correct the path"


def test_91_a_base_named_without_its_ending_is_found_beside_the_scenario(folder):
    finding = only(variant(folder, "extends: base\n"))
    assert 'the base "base", which does not exist' in finding.found
    assert "a bundled scenario" in finding.expected
    assert finding.remedy == "did you mean `base.yaml`?"


@pytest.mark.parametrize("base", ["5", "[base.yaml]", "null", "{a: b}"])
def test_91_a_base_that_is_no_name_is_refused(folder, base):
    finding = only(variant(folder, f"extends: {base}\n"))
    assert finding.expected == "the name of a bundled scenario, or a path to a .yaml file"


def test_91_an_endless_chain_is_refused(folder):
    for number in range(25):
        variant(folder, f"extends: s{number + 1}.yaml\n", f"s{number}.yaml")
    (folder / "s25.yaml").write_text(BASE)
    assert only(folder / "s0.yaml").expected == "at most 20"


@pytest.mark.parametrize("base", ["http://example.org/base.yaml", "/vsicurl/base.yaml"])
def test_100_a_base_from_the_network_is_refused(folder, base):
    finding = only(variant(folder, f"extends: '{base}'\n"), allow_outside=True)
    assert "a virtual, network or database path" in finding.found
