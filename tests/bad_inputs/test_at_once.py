"""What is wrong in any file is told in one go: nobody mends a file ten times."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Polygon, box

from bad_input_files import SQUARES, ask, refused, write_units

BOW = Polygon([(70, 50), (70.1, 50.1), (70.1, 50), (70, 50.1)])


def checks(scenario):
    return sorted(finding["check"] for finding in refused(scenario))


def full(folder, **columns):
    """Three units, a table beside them, ties and distances: every kind of file."""
    write_units(folder, **columns)
    (folder / "table.csv").write_text("id,tax\n01,1\n02,x\n10,3\n")
    (folder / "ties.csv").write_text("from,to\n01,02\n02,99\n")
    (folder / "od.csv").write_text("from,to,km\n01,98,-1\n")
    table = {"path": "table.csv", "id": "id"}
    link = {"units": ["01", "97"], "reason": "ferry"}
    return ask(
        folder,
        {"units": "units.gpkg", "tables": [table], "attributes": {"tax": "tax"},
         "parents": {"rayon": "county"}},
        graph={"ties": {"file": "ties.csv"}, "links": [link], "distance": {"matrix": "od.csv"}},
    )  # fmt: skip


def test_ids_numbers_parents_geometry_and_codes_are_told_together(tmp_path):
    scenario = full(
        tmp_path,
        geometry=[BOW, SQUARES[1], None],
        code=["01", "02", "02"],
        population=[1.0, -2.0, np.nan],
        county=["x", None, "y"],
    )
    assert checks(scenario) == [
        "bad-distance", "geometry-absent", "geometry-invalid", "id-twice", "number-missing",
        "number-negative", "parent-missing", "text-in-numbers", "unknown-unit", "unknown-unit",
        "unknown-unit", "unmatched",
    ]  # fmt: skip


def test_a_unit_of_a_double_id_is_named_in_what_else_is_wrong_with_it(tmp_path):
    write_units(tmp_path, code=["01", "02", "02"], population=[1, 2, -3])
    found = [finding["found"] for finding in refused(ask(tmp_path))]
    assert "negative numbers in 1 unit: 02 (no. 2) (Cedar)" in found


def test_without_a_column_of_ids_the_rest_is_checked_by_rows(tmp_path):
    write_units(tmp_path, geometry=[BOW, *SQUARES[1:]], population=[5, 2, -3])
    errors = refused(ask(tmp_path, {"units": "units.gpkg", "id": "cod"}))
    assert {finding["check"] for finding in errors} == {
        "column-absent", "geometry-invalid", "number-negative",
    }  # fmt: skip
    assert "did you mean code?" in {finding["remedy"] for finding in errors}


def test_a_table_that_cannot_be_read_does_not_make_its_columns_absent(tmp_path):
    write_units(tmp_path, population=[1, -2, 3])
    (tmp_path / "table.csv").write_text("id,tax\n01,1,9\n")
    table = {"path": "table.csv", "id": "id"}
    scenario = ask(
        tmp_path, {"units": "units.gpkg", "tables": [table]}, rules={"sums": {"tax": {"min": 1}}}
    )
    assert checks(scenario) == ["number-negative", "ragged-row"]


def test_overlaps_are_told_beside_wrong_numbers(tmp_path):
    over = box(70.1, 50.05, 70.2, 50.2)
    write_units(tmp_path, geometry=[*SQUARES[:2], over], population=[1, -2, 3])
    assert checks(ask(tmp_path)) == ["number-negative", "overlap"]


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_file_without_crs_is_checked_all_the_same(tmp_path):
    write_units(tmp_path, "units.shp", crs=None, population=[1, -2, 3], code=["01", "01", "10"])
    assert checks(ask(tmp_path, "units.shp")) == ["crs-absent", "id-twice", "number-negative"]


def test_all_tables_that_cannot_be_read_are_told_together_with_the_units(tmp_path):
    (tmp_path / "a.csv").write_text("")
    tables = [{"path": name, "id": "id"} for name in ("a.csv", "b.csv")]
    scenario = ask(tmp_path, {"units": "c.gpkg", "tables": tables})
    assert checks(scenario) == ["empty-table", "file-absent", "file-absent"]


def test_codes_of_a_crosswalk_and_wrong_numbers_are_told_together(tmp_path):
    write_units(tmp_path, population=[1, -2, 3])
    (tmp_path / "table.csv").write_text("id,tax\n01,1\n02,x\n99,3\n")
    (tmp_path / "codes.csv").write_text("old,new\n01,11\n")
    scenario = ask(
        tmp_path,
        {"units": "units.gpkg", "tables": [{"path": "table.csv", "id": "id"}],
         "crosswalk": {"file": "codes.csv", "from": "before", "to": "new"}},
    )  # fmt: skip
    # Nothing is joined by codes that could not be translated: no false "unmatched".
    assert checks(scenario) == ["column-absent", "number-negative"]


def test_parents_settlements_and_tables_of_drawn_units_are_told_together(tmp_path):
    write_units(tmp_path, "rayons.gpkg", code=["1", "1", "2"])
    (tmp_path / "places.csv").write_text("okrug,rayon,people,lon,lat\nA1,1,x,70.05,50.05\n")
    settlements = {"file": "places.csv", "unit": "okrug", "population": "people"}
    within = {"file": "rayons.gpkg", "tier": "rayon", "id": "code"}
    (tmp_path / "list.csv").write_text("code,rayon\nA1,1\nA1,1\n")
    scenario = ask(
        tmp_path,
        {"units": "list.csv", "parents": {"rayon": "rayon"},
         "tables": [{"path": "no.csv", "id": "id"}],
         "draw": {"within": within, "settlements": settlements}},
    )  # fmt: skip
    assert checks(scenario) == ["file-absent", "id-twice", "id-twice", "settlement-residents"]


def test_wishes_are_told_beside_the_territory_and_the_graph(tmp_path):
    write_units(tmp_path, population=[1, 2, 3])
    (tmp_path / "wishes.csv").write_text("unit,with\n01,96\n")
    link = {"units": ["01", "97"], "reason": "ferry"}
    asked = {"graph": {"links": [link]}, "aims": {"wishes": {"weight": 1, "file": "wishes.csv"}}}
    assert checks(ask(tmp_path, **asked)) == ["unknown-unit", "unknown-unit"]
    write_units(tmp_path, population=[1, -2, 3])
    assert checks(ask(tmp_path, **asked)) == ["number-negative", "unknown-unit", "unknown-unit"]


def test_a_table_that_knows_none_of_the_units_is_told_as_that_alone(tmp_path):
    """No unit is left to be placed, which is no fault of the polygons."""
    write_units(tmp_path)
    (tmp_path / "table.csv").write_text("code\n0\n")
    table = {"path": "table.csv", "id": "code"}
    assert checks(ask(tmp_path, {"units": "units.gpkg", "tables": [table]})) == ["unmatched"]
