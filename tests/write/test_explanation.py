"""An explanation on the disk: whole or not at all, and over nobody's files."""

import json

import pytest

from amalgamation.errors import OutputError
from amalgamation.territory import grid_territory
from amalgamation.write import EXPLANATION_FILES, write_explanation

ROLES = [
    (("no plan here", ("r00c00",)), ("neighbour", ("r00c01", "r01c00"))),
    (("no plan here", ("r01c00",)), ("neighbour", ("r00c00",))),
]


def write(folder, reasons=ROLES, *, territory=None, **options):
    territory = grid_territory(2, 2) if territory is None else territory
    content = {"status": "infeasible", "ruled_out": float("-inf"), "numbers": (1.0, 2.5)}
    return write_explanation(folder, content, territory, reasons, **options)


def test_it_holds_the_text_the_units_and_the_picture(tmp_path):
    folder = tmp_path / "why"
    assert write(folder, png=b"picture") == EXPLANATION_FILES
    content = json.loads((folder / "explanation.json").read_text())
    assert content == {"status": "infeasible", "ruled_out": None, "numbers": [1, 2.5]}
    assert (folder / "reason.png").read_bytes() == b"picture"


def test_each_unit_stands_once_with_its_part_in_the_first_reason_that_names_it(tmp_path):
    write(tmp_path / "why")
    layer = json.loads((tmp_path / "why" / "reason.geojson").read_text())
    parts = {f["id"]: f["properties"] for f in layer["features"]}
    assert {unit: (own["reason"], own["part"]) for unit, own in parts.items()} == {
        "r00c00": (1, "no plan here"),
        "r00c01": (1, "neighbour"),
        "r01c00": (1, "neighbour"),
    }
    assert all(own["synthetic"] for own in parts.values())
    assert layer["notice"]


@pytest.mark.parametrize("reasons", [[], ROLES])
def test_without_reasons_or_polygons_there_is_only_the_text(tmp_path, reasons):
    table = grid_territory(2, 2, with_geometry=not reasons)
    assert write(tmp_path / "why", reasons, territory=table) == ("explanation.json",)


def test_a_former_explanation_is_replaced_only_if_asked(tmp_path):
    folder = tmp_path / "why"
    write(folder, png=b"picture")
    with pytest.raises(OutputError, match="overwrite"):
        write(folder)
    assert write(folder, [], overwrite=True) == ("explanation.json",)
    assert [path.name for path in folder.iterdir()] == ["explanation.json"]


@pytest.mark.parametrize("name", ["run.json", "notes.txt"])
def test_neither_a_run_nor_files_of_others_are_replaced(tmp_path, name):
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / name).write_text("precious")
    with pytest.raises(OutputError, match="files of others"):
        write(folder, overwrite=True)
    assert [path.name for path in folder.iterdir()] == [name]
    (folder / "explanation.json").write_text("{}")
    with pytest.raises(OutputError, match="files that no run wrote"):
        write(folder, overwrite=True)
