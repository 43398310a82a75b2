"""Territories that come with libpysal go in by scenario files alone, no Python written."""

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from libpysal import examples
from libpysal.graph import Graph

from amalgamation.api import prepare
from amalgamation.findings import errors_in

HERE = Path(__file__).parent


def ask(name, file, folder):
    """Copy the example beside its scenario, as a user's files lie."""
    for part in Path(examples.get_path(file)).parent.glob(f"{Path(file).stem}.*"):
        shutil.copy(part, folder)
    shutil.copy(HERE / f"{name}.yaml", folder)
    return prepare(folder / f"{name}.yaml")


@pytest.mark.parametrize(
    ("name", "file", "units", "total"),
    [
        ("georgia", "G_utm.shp", 159, ("population", 6_478_216)),
        ("north-carolina", "sids2.shp", 100, ("BIR74", 329_962)),
        ("albuquerque", "10740.shp", 195, None),
    ],
)
def test_a_scenario_file_is_enough_and_ties_are_those_of_strict_rook(
    name, file, units, total, tmp_path
):
    """Strict rook is right on valid coverages, which these are."""
    ground = ask(name, file, tmp_path)
    assert len(ground.territory.ids) == units
    assert errors_in(ground.findings) == []
    assert ground.impossible == ()
    if total is not None:
        assert ground.territory.total(total[0]) == total[1]
    shapes = gpd.GeoSeries(ground.territory.geometry)
    rook = Graph.build_contiguity(shapes, rook=True, strict=True).adjacency
    pairs = {(a, b) for (a, b), weight in rook.items() if weight > 0 and a < b}
    borders = ground.graph.ties.query("kind == 'border'")
    ours = set(zip(borders["a"], borders["b"], strict=True))
    assert ours <= pairs
    lengths = shapes.boundary
    short = [lengths[a].intersection(lengths[b]).length for a, b in sorted(pairs - ours)]
    assert max(short, default=0) < 100  # graph.ties.min_border_m: a corner is not a border


def test_the_island_is_named_with_its_candidates_and_tied(tmp_path):
    ground = ask("albuquerque", "10740.shp", tmp_path)
    (island,) = [one for one in ground.findings if one.check == "island"]
    assert "the nearest is" in island.found
    assert len(ground.graph.components) == 1
