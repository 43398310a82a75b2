"""Certainty as files: tables that keep codes, and layers that a GIS opens."""

from __future__ import annotations

import itertools
import sqlite3

import pandas as pd
import pyogrio
import pytest

from amalgamation.graph import build_graph
from amalgamation.measure import build_certainty, build_today
from amalgamation.plan import Plan
from amalgamation.territory import grid_territory
from amalgamation.write import write_certainty
from amalgamation.write.certainty_styles import build_certainty_styles

TERRITORY = grid_territory(2, 3)


def certainty():
    whole = Plan.from_seats(dict.fromkeys(TERRITORY.ids, TERRITORY.ids[0]))
    return build_certainty([build_today(TERRITORY), whole], TERRITORY, build_graph(TERRITORY), {})


def test_tables_have_a_row_for_each_tie_unit_and_municipality(tmp_path):
    made = certainty()
    write_certainty(tmp_path, made, TERRITORY)
    for name, table in (
        ("ties", made.ties),
        ("units", made.units),
        ("municipalities", made.municipalities),
        ("parents", made.parents),
    ):
        read = pd.read_csv(tmp_path / f"{name}_certainty.csv", index_col=0)
        assert read.index.astype(str).to_list() == table.index.to_list()
        assert read.columns[:3].to_list() == table.columns[:3].to_list()
    assert not (tmp_path / "certainty.png").exists()


def test_the_layers_are_borders_that_stand_so_often_and_units(tmp_path):
    made = certainty()
    write_certainty(tmp_path, made, TERRITORY, b"picture")
    path = tmp_path / "certainty.gpkg"
    assert [str(name) for name in pyogrio.list_layers(path)[:, 0]] == [
        *("borders", "units", "layer_styles"),
    ]
    borders = pyogrio.read_dataframe(path, "borders")
    assert borders["stands_percent"].eq(50).all()
    assert (borders.length / 1000).round(6).equals(borders["border_km"].round(6))
    assert len(pyogrio.read_dataframe(path, "units")) == 6
    assert (tmp_path / "certainty.png").read_bytes() == b"picture"


def test_each_layer_has_a_style_that_qgis_applies_on_opening(tmp_path):
    write_certainty(tmp_path, certainty(), TERRITORY)
    with sqlite3.connect(tmp_path / "certainty.gpkg") as connection:
        rows = connection.execute("select f_table_name, useAsDefault from layer_styles").fetchall()
    connection.close()
    assert sorted(rows) == [("borders", 1), ("units", 1)]


def hits(look, **row):
    """Ask SQLite, whose expressions are QGIS's here, whether a rule draws a feature."""
    columns = ", ".join(f"? as {name}" for name in row)
    with sqlite3.connect(":memory:") as connection:
        asked = f"select {look.where} from (select {columns})"  # noqa: S608 - our own words
        (hit,) = connection.execute(asked, tuple(row.values())).fetchone()
    connection.close()
    return bool(hit)


@pytest.mark.parametrize("reason", ["found", "proven", "asked", "rule"])
def test_every_border_is_drawn_in_one_way_and_what_is_refuted_never_as_certain(reason):
    _, borders = build_certainty_styles()
    *rules, other = borders.looks
    assert other.where == ""
    for stands in (0.0, 20.0, 50.0, 80.0, 100.0):
        row = {"stands_percent": stands, "reason": reason}
        drawn = [rule.label for rule in rules if hits(rule, **row)]
        if stands == 0 and reason != "proven":
            assert drawn == [], "a border that no plan has"
        else:
            assert len(drawn) == 1
            assert ("certain" in drawn[0]) == (stands == 100 and reason != "asked")


def test_every_unit_has_one_shade():
    units, _ = build_certainty_styles()
    for stays in itertools.chain(range(0, 100, 5), (49.99, 99.99, 100)):
        assert sum(hits(look, stays_percent=float(stays)) for look in units.looks) == 1
