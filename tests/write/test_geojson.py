"""GeoJSON to the letter of RFC 7946, checked on the JSON itself."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from amalgamation.write import FORMATS, to_lon_lat, write_geojson


def rings_of(geometry):
    parts = geometry["coordinates"]
    return [parts] if geometry["type"] == "Polygon" else parts


def twice_area(ring):
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))


def faults(collection):
    """Say what RFC 7946 would object to; the same yardstick for every file here."""
    found = [] if collection["type"] == "FeatureCollection" else ["no collection"]
    found += ["crs member (section 4)"] if "crs" in collection else []
    for feature in collection["features"]:
        if feature["geometry"]["type"] not in {"Polygon", "MultiPolygon"}:
            found.append("no polygon")
            continue
        for exterior, *holes in rings_of(feature["geometry"]):
            for ring in (exterior, *holes):
                found += ["open ring"] if ring[0] != ring[-1] or len(ring) < 4 else []
                found += [
                    "out of range" for x, y in ring if not (-180 <= x <= 180 and -90 <= y <= 90)
                ]
                found += ["decimals" for xy in ring for c in xy if round(c, 6) != c]
            found += ["clockwise exterior"] if twice_area(exterior) <= 0 else []
            found += ["counter-clockwise hole" for hole in holes if twice_area(hole) >= 0]
        found += [] if shape(feature["geometry"]).is_valid else ["invalid"]
    return found


def test_the_yardstick_itself_finds_what_is_wrong():
    clockwise = [[0, 0], [0, 1], [1, 1], [1, 0.12345678], [0, 0]]
    bad = {"type": "Polygon", "coordinates": [clockwise]}
    found = faults(
        {
            "type": "FeatureCollection",
            "crs": {},
            "features": [{"geometry": bad}, {"geometry": {"type": "Point"}}],
        }
    )
    assert found == ["crs member (section 4)", "decimals", "clockwise exterior", "no polygon"]


@pytest.fixture(scope="module")
def files(record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("geojson")
    FORMATS["geojson"].write(folder, record)
    return folder


def test_both_files_keep_to_the_standard(files):
    for name in FORMATS["geojson"].files:
        assert faults(json.loads((files / name).read_text())) == []


def test_features_carry_their_properties_and_the_word_synthetic(files, record):
    collection = json.loads((files / "municipalities.geojson").read_text())
    first = collection["features"][0]["properties"]
    assert collection["notice"] == record.territory.notice
    assert first["municipality_id"] == first["seat_id"] == "r00c01"
    assert first["synthetic"] is True
    assert first["units"] == 4
    assert {"name", "population", "area_km2", "density", "mean_km", "p90_km"} <= set(first)
    units = json.loads((files / "units.geojson").read_text())["features"]
    assert units[0]["properties"]["municipality_id"] == "r00c01"
    assert [unit["properties"]["is_seat"] for unit in units[:3]] == [False, True, False]


def test_municipalities_cover_their_units_exactly_and_share_borders(files):
    units = gpd.read_file(files / "units.geojson")
    merged = gpd.read_file(files / "municipalities.geojson")
    assert shapely.coverage_is_valid(units.geometry.to_numpy())
    assert shapely.coverage_is_valid(merged.geometry.to_numpy())
    vertices = {tuple(xy) for xy in shapely.get_coordinates(units.geometry.to_numpy())}
    assert {tuple(xy) for xy in shapely.get_coordinates(merged.geometry.to_numpy())} <= vertices


def test_the_same_plan_gives_the_same_bytes(files, record, tmp_path):
    FORMATS["geojson"].write(tmp_path, record)
    for name in FORMATS["geojson"].files:
        assert (tmp_path / name).read_bytes() == (files / name).read_bytes()


def test_what_json_cannot_hold_becomes_null(tmp_path):
    missing = [math.nan, math.inf, None, pd.NA, pd.NaT]
    table = pd.DataFrame({f"c{i}": [v] for i, v in enumerate(missing)}, dtype=object)
    table = table.assign(count=np.int64(3), yes=np.True_, text="<қ>").rename_axis("id")
    polygons = gpd.GeoSeries([shapely.box(60, 50, 61, 51)], crs=4326)
    write_geojson(tmp_path / "x.geojson", table, to_lon_lat(polygons))
    text = (tmp_path / "x.geojson").read_text()
    properties = json.loads(text, parse_constant=pytest.fail)["features"][0]["properties"]
    assert [properties[f"c{i}"] for i in range(5)] == [None] * 5
    assert (properties["count"], properties["yes"], properties["text"]) == (3, True, "<қ>")


def test_a_polygon_that_rounding_would_turn_inside_out_stays_valid():
    """A spike thinner than a millionth of a degree folds onto itself when rounded."""
    spike = shapely.Polygon(
        [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2.0000004), (0.9999998, 1), (0, 1)]
    )
    small = shapely.transform(spike, lambda xy: 60 + xy * 1.3e-5)
    assert spike.is_valid
    assert small.is_valid
    assert not shapely.transform(spike, lambda xy: np.round(xy, 6)).is_valid
    rounded = to_lon_lat(gpd.GeoSeries([spike, small], crs=4326))
    assert rounded.is_valid.all()
    assert (shapely.area(rounded.to_numpy()) > 0).all()


@pytest.mark.parametrize("side", [1e-5, 1e-6, 4e-7, 3e-8])
def test_even_a_polygon_below_the_grid_is_not_lost(side):
    tiny = shapely.box(60.0000001, 50.0000001, 60.0000001 + side, 50.0000001 + side)
    rounded = to_lon_lat(gpd.GeoSeries([tiny], crs=4326))
    assert rounded.is_valid.all()
    assert shapely.area(rounded[0]) > 0


@given(st.lists(st.floats(0.001, 0.999), min_size=3, max_size=20), st.floats(1e-6, 1))
def test_neighbours_along_any_border_still_share_it_when_rounded(wiggles, width):
    """One border, two polygons: no vertex of it may go two ways."""
    ys = np.linspace(0, 1, len(wiggles))
    border = [(60 + width * x, 50 + y) for x, y in zip(wiggles, ys, strict=True)]
    left = shapely.Polygon([(59, 50), *border, (59, 51)])
    right = shapely.Polygon([(62, 50), *border, (62, 51)])
    rounded = to_lon_lat(gpd.GeoSeries([left, right], crs=4326)).to_numpy()
    assert shapely.coverage_is_valid(rounded)
    assert shapely.area(shapely.intersection(*rounded)) == 0


def test_holes_and_parts_turn_the_right_way(tmp_path):
    ring = shapely.box(60, 50, 63, 53, ccw=False).difference(shapely.box(61, 51, 62, 52))
    both = shapely.MultiPolygon([ring, shapely.box(70, 50, 71, 51, ccw=False)])
    table = pd.DataFrame({"name": ["both"]}, pd.Index(["m"], name="id"))
    polygons = gpd.GeoSeries([both], index=table.index, crs=4326)
    write_geojson(tmp_path / "x.geojson", table, to_lon_lat(polygons))
    assert faults(json.loads((tmp_path / "x.geojson").read_text())) == []
