"""`amalgamation check --map`: a GeoPackage of what is wrong, also where the data are refused."""

import geopandas as gpd
import pyogrio
import pytest
from shapely import Polygon, box

from amalgamation.cli import main

KM = 1000.0
COLUMNS = {"check", "severity", "units", "where", "found", "expected", "remedy"}


def write(folder):
    shapes = [
        box(0, 0, KM, KM),
        box(900, 0, 2 * KM, KM),  # overlaps the first
        box(2012, 0, 3 * KM, KM),  # 12 m beside the second
        Polygon([(0, 5 * KM), (KM, 6 * KM), (KM, 5 * KM), (0, 6 * KM)]),  # crosses itself
    ]
    frame = gpd.GeoDataFrame({"code": list("abcd")}, geometry=shapes, crs=32642)
    frame.geometry = frame.translate(500_000, 5_500_000)
    frame.to_file(folder / "units.gpkg")
    text = "scenario: odd\nterritory: {units: units.gpkg}\n"
    (folder / "odd.yaml").write_text(text, encoding="utf-8")


def run(*arguments):
    return main([str(one) for one in arguments])


def test_a_refusal_says_that_the_map_alone_was_written(tmp_path, capsys):
    write(tmp_path)
    path = tmp_path / "flaws.gpkg"
    run("check", tmp_path / "odd.yaml", "--map", path)
    headline = capsys.readouterr().err.splitlines()[0]
    assert headline.endswith(f" the input; only {path} was written")
    run("check", tmp_path / "odd.yaml")
    assert capsys.readouterr().err.splitlines()[0].endswith("the input; nothing was written")


def test_flaws_are_drawn_though_the_data_are_refused(tmp_path):
    write(tmp_path)
    path = tmp_path / "flaws.gpkg"
    assert run("check", tmp_path / "odd.yaml", "--map", path) == 2
    layers = {str(name) for name, _ in pyogrio.list_layers(path)}
    assert layers == {"units", "flaw_polygons", "flaw_lines", "flaw_points"}
    points = gpd.read_file(path, layer="flaw_points")
    assert set(points["check"]) == {"overlap", "near-miss", "geometry-invalid", "island"}
    assert set(points.columns) >= COLUMNS
    assert gpd.read_file(path, layer="flaw_polygons").area.sum() == pytest.approx(
        100 * KM, rel=0.01
    )
    lines = gpd.read_file(path, layer="flaw_lines").set_index("check")
    assert lines.loc["near-miss", "units"] == "b, c"
    assert lines.crs.is_projected


def test_a_map_needs_the_ending_that_a_gis_knows(tmp_path, capsys):
    write(tmp_path)
    assert run("check", tmp_path / "odd.yaml", "--map", tmp_path / "flaws.xyz") == 2
    assert "an ending .gpkg" in capsys.readouterr().err
    assert not (tmp_path / "flaws.xyz").exists()


def test_an_island_is_drawn_with_lines_to_its_nearest_candidates(tmp_path):
    """c lies 2 km beyond b and 3 km beyond a, which are tied to each other."""
    shapes = [box(0, 0, KM, KM), box(KM, 0, 2 * KM, KM), box(4 * KM, 0, 5 * KM, KM)]
    frame = gpd.GeoDataFrame({"code": list("abc")}, geometry=shapes, crs=32642)
    frame.geometry = frame.translate(500_000, 5_500_000)
    frame.to_file(tmp_path / "units.gpkg")
    text = "scenario: odd\nterritory: {units: units.gpkg}\n"
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    path = tmp_path / "flaws.gpkg"
    assert run("check", tmp_path / "odd.yaml", "--map", path) == 0
    (island,) = gpd.read_file(path, layer="flaw_lines").itertuples()
    assert (island.check, island.severity, island.units) == ("island", "warning", "c")
    assert island.found.startswith("c (nearest b at 2.00")
    assert "a at 3.00" in island.found
    assert [line.length for line in island.geometry.geoms] == pytest.approx(
        [2 * KM, 3 * KM], rel=0.01
    )
    link = "graph: {links: [{units: [c, b], reason: ferry}]}\n"
    (tmp_path / "odd.yaml").write_text(text + link, encoding="utf-8")
    path.unlink()
    assert run("check", tmp_path / "odd.yaml", "--map", path) == 0
    assert "flaw_lines" not in {str(name) for name, _ in pyogrio.list_layers(path)}
