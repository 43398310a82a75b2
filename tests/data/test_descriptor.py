"""`datapackage.json` says of every bundled table what it is, and no more than it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def find_misfits(monkeypatch):
    monkeypatch.syspath_prepend(DATA / "kazakhstan")
    from steps.descriptor import find_misfits  # noqa: PLC0415 - a script, on no path of ours

    return find_misfits


@pytest.fixture
def toy(tmp_path):
    return Path(shutil.copytree(DATA / "toy", tmp_path / "toy"))


def fields_of(folder, change, resource=0):
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = package["resources"][resource]["schema"]["fields"]
    change({field["name"]: field for field in fields}, fields)
    path.write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize(
    "path", sorted(DATA.glob("*/datapackage.json")), ids=lambda p: p.parent.name
)
def test_every_bundled_dataset_is_as_its_descriptor_says(find_misfits, path):
    assert find_misfits(path.parent) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda own, _: own["population"].update(name="people"), "columns people, population"),
        (lambda _, fields: fields.reverse(), "columns in another order differ"),
        (lambda own, _: own["area_km2"].update(type="integer"), "area_km2: not of type integer"),
        (lambda own, _: own["code"].update(type="integer"), "code: not of type integer"),
        (lambda own, _: own["population"].update(type="string"), "population: not of type string"),
        (lambda own, _: own["tax_base"].pop("unit"), "tax_base: no unit"),
        (lambda own, _: own["tax_base"].update(origin="guessed"), "tax_base: origin guessed"),
        (lambda own, _: own["type"]["constraints"]["enum"].remove("town"), "type: enum does not"),
        (lambda own, _: own["rayon"]["constraints"].update(unique=True), "rayon: unique does not"),
        (lambda own, _: own["code"]["constraints"].update(pattern="x"), "pattern does not"),
        (lambda own, _: own["population"]["constraints"].update(minimum=1e9), "minimum does not"),
        (lambda own, _: own["code"]["constraints"].update(magic=1), "code: magic does not hold"),
    ],
)  # fmt: skip
def test_a_descriptor_that_says_something_else_is_found_out(find_misfits, toy, change, told):
    fields_of(toy, change)
    assert told in "; ".join(find_misfits(toy))


def test_a_table_without_a_word_and_a_word_without_a_table_are_found_out(find_misfits, toy):
    pd.DataFrame({"a": [1]}).to_csv(toy / "more.csv", index=False)
    (toy / "units.geojson").rename(toy / "others.geojson")
    assert find_misfits(toy) == [
        "units.geojson: described, but not there",
        "more.csv: there, but not described",
        "others.geojson: there, but not described",
    ]


def test_text_of_a_csv_has_the_type_that_it_reads_as(find_misfits, tmp_path):
    (tmp_path / "t.csv").write_text("id,count,share\n01,3,0.5\n02,,x\n02,4,1\n")
    kinds = {"id": "string", "count": "integer", "share": "number"}
    fields = [
        {"name": n, "type": k, "title": n, "unit": n, "origin": "real", "description": n,
         "constraints": {"required": True}}
        for n, k in kinds.items()
    ]  # fmt: skip
    resource = {"path": "t.csv", "schema": {"fields": fields, "primaryKey": "id"}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    assert find_misfits(tmp_path) == [
        "t.csv: column count: required does not hold in 1 of 3 rows",
        "t.csv: column share: not of type number",
        "t.csv: primary key id is not unique",
    ]


def test_the_check_of_the_build_fails_on_a_descriptor_that_misses_a_column(tmp_path):
    """The command itself: all laws are kept but this one, and the exit status says so."""
    folder = Path(shutil.copytree(DATA / "kazakhstan", tmp_path / "kazakhstan"))
    fields_of(folder, lambda _, fields: fields.pop())
    done = subprocess.run(
        [sys.executable, "build.py", "--check"], cwd=folder, capture_output=True, check=False,
        text=True,
    )  # fmt: skip
    failed = [line for line in done.stdout.splitlines() if not line.startswith("ok")]
    assert failed == [
        "FAIL  datapackage.json describes every table: units.gpkg: columns geometry differ"
    ], done.stderr
    assert done.returncode == 1
