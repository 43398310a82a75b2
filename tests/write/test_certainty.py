"""Certainty as files: tables that keep codes, and layers that a GIS opens."""

from __future__ import annotations

import pandas as pd
import pyogrio

from amalgamation.graph import build_graph
from amalgamation.measure import build_certainty, build_today
from amalgamation.plan import Plan
from amalgamation.territory import grid_territory
from amalgamation.write import write_certainty

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
    assert [str(name) for name in pyogrio.list_layers(path)[:, 0]] == ["borders", "units"]
    borders = pyogrio.read_dataframe(path, "borders")
    assert borders["stands_percent"].eq(50).all()
    assert (borders.length / 1000).round(6).equals(borders["border_km"].round(6))
    assert len(pyogrio.read_dataframe(path, "units")) == 6
    assert (tmp_path / "certainty.png").read_bytes() == b"picture"
