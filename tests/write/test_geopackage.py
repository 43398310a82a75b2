"""The GeoPackage opens styled and complete; the project beside it names its layers."""

from __future__ import annotations

import math
import sqlite3
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest

from amalgamation.findings import Finding, Severity
from amalgamation.write import FORMATS
from amalgamation.write.qml import to_qml
from amalgamation.write.styles import build_styles

LAYERS = {"municipalities", "units", "seats", "ties", "findings"}
FINDINGS = (
    Finding("too-far", "unit", "90 km", "at most 80 km", "loosen", subjects=("r00c00", "r02c03")),
    Finding("note", "all", "a word", severity=Severity.NOTE),
)


@pytest.fixture(scope="module")
def full(record):
    names = dict.fromkeys(record.territory.units["oblast"], "Oblast <one>")
    territory = replace(record.territory, parent_names={"oblast": names})
    fills = dict(zip(record.plan.seat_of, ("#a9c9e8", "#f4e7ae", "#a9c9e8"), strict=True))
    return replace(record, territory=territory, findings=FINDINGS, fills=fills)


@pytest.fixture(scope="module")
def folder(full, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gpkg")
    FORMATS["gpkg"].write(folder, full)
    return folder


@pytest.fixture(scope="module")
def path(folder):
    return folder / "plan.gpkg"


def test_there_are_five_layers_and_the_table_of_styles(path):
    layers = dict(pyogrio.list_layers(path))
    assert set(layers) == LAYERS | {"layer_styles"}
    assert layers["municipalities"] == "MultiPolygon"
    assert layers["layer_styles"] is None  # a table without geometry


def test_municipalities_carry_the_whole_scorecard_with_names_and_codes(path, full):
    layer = gpd.read_file(path, layer="municipalities").set_index("municipality_id")
    card = full.scorecard.municipalities
    assert set(card.columns) <= set(layer.columns)
    assert (layer["oblast_name"] == "Oblast <one>").all()
    for column in card.select_dtypes("number"):
        expected = card[column].replace([np.inf, -np.inf], np.nan)
        assert np.allclose(layer[column].astype(float), expected, equal_nan=True), column


def test_polygons_and_properties_belong_together(path):
    layer = gpd.read_file(path, layer="municipalities")
    assert np.allclose(layer.area / 1e6, layer["area_km2"])


def test_each_finding_stands_at_each_unit_that_it_names(path, full):
    layer = gpd.read_file(path, layer="findings")
    assert layer["unit_id"].to_list()[:2] == ["r00c00", "r02c03"]
    assert layer["severity"].to_list() == ["error", "error", "note"]
    units = full.territory.geometry
    first, second, nowhere = layer.geometry
    assert units["r00c00"].contains(first)
    assert units["r02c03"].contains(second)
    assert nowhere is None


def test_a_finding_on_a_municipality_stands_at_its_seat(full, tmp_path):
    plan = type(full.plan)(
        {unit: f"m-{home}" for unit, home in full.plan.municipality_of.items()},
        {f"m-{home}": seat for home, seat in full.plan.seat_of.items()},
    )
    home, seat = next(iter(plan.seat_of.items()))
    finding = Finding("small", "municipality", "1", subjects=(home,))
    card = full.scorecard.municipalities
    card = card.set_axis(pd.Index([f"m-{home}" for home in card.index], name=card.index.name))
    record = replace(
        full,
        plan=plan,
        findings=(finding,),
        fills={},
        scorecard=replace(full.scorecard, municipalities=card),
    )
    FORMATS["gpkg"].write(tmp_path, record)
    layer = gpd.read_file(tmp_path / "plan.gpkg", layer="findings")
    assert layer["unit_id"].to_list() == [seat]


def test_without_findings_the_layer_is_there_and_empty(record, tmp_path):
    FORMATS["gpkg"].write(tmp_path, record)
    assert pyogrio.read_info(tmp_path / "plan.gpkg", layer="findings")["features"] == 0


def styles_of(path):
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "select f_table_name, styleName, styleQML, useAsDefault, f_geometry_column "
            "from layer_styles order by id"
        ).fetchall()
    connection.close()
    return rows


def test_every_layer_has_one_style_that_qgis_applies_on_opening(path):
    rows = styles_of(path)
    assert sorted(row[0] for row in rows if row[3]) == sorted(LAYERS)
    with sqlite3.connect(path) as connection:
        geometry = dict(
            connection.execute("select table_name, column_name from gpkg_geometry_columns")
        )
    connection.close()
    assert all(row[4] == geometry[row[0]] for row in rows)


def test_styles_are_xml_and_name_columns_that_the_layer_has(path):
    for layer, _name, text, _default, _column in styles_of(path):
        root = ET.fromstring(text)  # noqa: S314 - our own text
        columns = set(gpd.read_file(path, layer=layer).columns)
        renderer = root.find("renderer-v2")
        named = {renderer.get("attr")} - {None}
        named |= {style.get("fieldName") for style in root.iter("text-style")}
        assert named <= columns
        places = {look.get("symbol") for look in root.iter() if look.tag in {"rule", "category"}}
        assert places == {symbol.get("name") for symbol in root.iter("symbol")}


def test_names_of_populous_seats_find_room_first(path, record):
    (text,) = (row[2] for row in styles_of(path) if row[0] == "seats")
    priority = ET.fromstring(text).find(".//Option[@name='Priority']")  # noqa: S314
    told = {option.get("name"): option.get("value") for option in priority}
    assert told["active"] == "true"
    assert told["expression"] == 'min(10, ln(1 + coalesce("population", 0)) / 1.5)'
    bare = record.scorecard.municipalities.drop(columns="population")
    seats = next(style for style in build_styles(bare) if style.layer == "seats")
    assert "Priority" not in to_qml(seats), "without residents there is no order"


def test_each_colour_told_apart_has_its_category(path, full):
    (text,) = (row[2] for row in styles_of(path) if row[1] == "told apart")
    values = {each.get("value") for each in ET.fromstring(text).iter("category")}  # noqa: S314
    assert values == set(full.fills.values())
    layer = gpd.read_file(path, layer="municipalities").set_index("municipality_id")
    assert layer["fill"].to_dict() == full.fills


@pytest.mark.parametrize(
    "values",
    [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [7.0], [5.0, 5.0, 5.0], [1.0, math.nan, math.inf], []],
)
def test_shades_hold_every_figure_in_exactly_one_class(values):
    table = pd.DataFrame({"population": values}, dtype=float)
    style = next(one for one in build_styles(table) if one.name == "by residents")
    *classes, unknown = style.looks
    assert unknown.where == ""
    for value in values:
        hits = [eval_where(look.where, value) for look in classes]
        assert sum(hits) == int(math.isfinite(value)), value


def eval_where(where, value):
    """Read a filter as QGIS does: comparisons joined by AND; unknown figures fit none."""
    if not math.isfinite(value):
        return False
    parts = [part.split() for part in where.split(" AND ")]
    return all(value <= float(p[2]) if p[1] == "<=" else value > float(p[2]) for p in parts)


def test_the_project_names_the_layers_by_a_relative_path_in_drawing_order(folder):
    with zipfile.ZipFile(folder / "plan.qgz") as archive:
        root = ET.fromstring(archive.read("plan.qgs"))  # noqa: S314 - our own text
    sources = [layer.get("source") for layer in root.iter("layer-tree-layer")]
    assert sources[-2:] == ["./plan.gpkg|layername=units", "./plan.gpkg|layername=municipalities"]
    assert {source.split("=")[1] for source in sources} == LAYERS
    ids = [layer.findtext("id") for layer in root.iter("maplayer")]
    assert ids == [layer.get("id") for layer in root.iter("layer-tree-layer")]


def test_the_same_run_gives_the_same_project(folder, full, tmp_path):
    FORMATS["gpkg"].write(tmp_path, full)
    assert (tmp_path / "plan.qgz").read_bytes() == (folder / "plan.qgz").read_bytes()


def test_seats_without_known_places_stand_inside_their_units(full, tmp_path):
    units = full.territory.units.drop(columns=["seat_x", "seat_y"], errors="ignore")
    FORMATS["gpkg"].write(tmp_path, replace(full, territory=replace(full.territory, units=units)))
    seats = gpd.read_file(tmp_path / "plan.gpkg", layer="seats").set_index("seat_id")
    for seat, point in seats.geometry.items():
        assert full.territory.geometry[seat].contains(point)
