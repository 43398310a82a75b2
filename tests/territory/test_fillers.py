"""Lakes and ranges among the units: left out where the scenario names their type."""

import pytest

from amalgamation import api
from bad_input_files import ask, only, read, told, write_units

KINDS = ["village", "lake", "village"]


def scenario(folder, population, fillers=("lake",), **more):
    write_units(folder, population=population, kind=KINDS, **more)
    section = {"units": "units.gpkg", "type": "kind", "fillers": list(fillers)}
    return ask(folder, section)


@pytest.mark.parametrize("nobody", [0, None])
def test_a_lake_is_left_out_though_nothing_says_that_nobody_lives_there(tmp_path, nobody):
    file = scenario(tmp_path, [10, nobody, 20])
    territory = read(file)
    assert territory.ids == ("01", "10")
    assert territory.types == ("village",)
    assert told(file, "fillers")["found"] == "1 polygon left out: lake (1)"


def test_units_are_not_tied_across_a_lake(tmp_path):
    """Ash and Birch lie side by side below Cedar: without Birch, Ash keeps Cedar alone."""
    ties = api.prepare(scenario(tmp_path, [10, 0, 20])).graph.ties
    assert ties[["a", "b"]].to_numpy().tolist() == [["01", "10"]]


def test_a_filler_needs_no_parent(tmp_path):
    file = scenario(tmp_path, [10, 0, 20], county=["x", None, "x"])
    section = {
        "units": "units.gpkg", "type": "kind", "fillers": ["lake"], "parents": {"rayon": "county"},
    }  # fmt: skip
    assert read(ask(tmp_path, section)).ids == ("01", "10")
    assert only(ask(tmp_path, section | {"fillers": []}))["found"].startswith("no parent in 1 unit")
    assert file.exists()


def test_residents_of_a_filler_are_refused_by_name(tmp_path):
    finding = only(scenario(tmp_path, [10, 7, 20]))
    assert finding["where"] == "territory.fillers"
    assert finding["found"] == "residents in 1 filler: 02 (Birch): 7"


def test_a_type_that_no_unit_has_is_refused_with_the_nearest(tmp_path):
    finding = only(scenario(tmp_path, [10, 0, 20], ["lakes"]))
    assert finding["found"] == "no unit of the type lakes"
    assert finding["remedy"] == "did you mean lake?"


def test_fillers_need_a_column_of_types(tmp_path):
    write_units(tmp_path, population=[1, 2, 3])
    finding = only(ask(tmp_path, {"units": "units.gpkg", "fillers": ["lake"]}))
    assert finding["found"] == "no column of types in units.gpkg"
    assert finding["remedy"] == "name it as territory.type"
