"""GeoParquet is there for those who installed it, and refused in words for others."""

from __future__ import annotations

import importlib.util

import geopandas as gpd
import numpy as np
import pytest

import amalgamation as am
from amalgamation.errors import ScenarioError
from amalgamation.write import FORMATS, check_formats, geoparquet


@pytest.fixture
def _no_extra(monkeypatch):
    monkeypatch.setattr(geoparquet, "find_spec", lambda _: None)


@pytest.mark.usefixtures("_no_extra")
def test_without_the_extra_it_is_refused_before_anything_is_solved():
    with pytest.raises(ScenarioError, match=r"pip install 'amalgamation\[parquet\]', or leave"):
        am.prepare("toy", overrides={"write": ["csv", "parquet"]})


@pytest.mark.usefixtures("_no_extra")
def test_who_does_not_ask_for_it_does_not_need_it():
    assert check_formats(["csv", "gpkg", "xlsx"]) == []


@pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="the extra parquet is not installed"
)
def test_what_is_read_again_is_the_same(record, tmp_path):
    FORMATS["parquet"].write(tmp_path, record)
    layer = gpd.read_parquet(tmp_path / "municipalities.parquet").set_index("municipality_id")
    card = record.scorecard.municipalities
    assert layer.crs == "EPSG:4326"
    assert np.array_equal(layer["population"], card["population"])
    units = gpd.read_parquet(tmp_path / "units.parquet")
    assert len(units) == len(record.territory.units)
