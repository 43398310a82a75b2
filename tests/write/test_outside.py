"""Units outside keep their row in every file, without a municipality."""

import json
from dataclasses import replace

import geopandas as gpd
import pytest

from amalgamation.measure import measure_plan
from amalgamation.plan import Plan
from amalgamation.write import read_assignment, write_run

GONE = ("r00c00", "r02c03")


@pytest.fixture(scope="module")
def folder(record, tmp_path_factory):
    inside = {u: m for u, m in record.plan.municipality_of.items() if u not in GONE}
    plan = Plan.from_seats(inside, GONE)
    card = measure_plan(plan, record.territory, record.graph)
    path = tmp_path_factory.mktemp("runs") / "outside"
    write_run(path, replace(record, plan=plan, scorecard=card))
    return path


def test_the_assignment_and_the_record_name_them(folder):
    assert read_assignment(folder / "assignment.csv").outside == GONE
    assert json.loads((folder / "run.json").read_text())["outside"] == list(GONE)


def test_their_polygons_have_no_municipality(folder):
    units = json.loads((folder / "units.geojson").read_text())["features"]
    homes = {unit["id"]: unit["properties"]["municipality_id"] for unit in units}
    assert len(homes) == 12
    assert {unit for unit, home in homes.items() if home is None} == set(GONE)
    layer = gpd.read_file(folder / "plan.gpkg", layer="units").set_index("unit_id")
    nowhere = layer["municipality_id"].isna()
    assert set(layer.index[nowhere]) == set(GONE)
    assert not layer.loc[nowhere, "is_seat"].any()


def test_their_ties_are_severed(folder):
    """Of 17 ties, 8 part the three rows; beside these, one along its row leads to each of them."""
    ties = gpd.read_file(folder / "plan.gpkg", layer="ties")
    theirs = ties["a"].isin(GONE) | ties["b"].isin(GONE)
    assert ties.loc[theirs, "severed"].all()
    assert ties["severed"].sum() == 8 + 2
