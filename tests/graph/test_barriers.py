"""Rivers and ranges as lines: they cut the ties across them, and a link bridges them."""

import geopandas as gpd
import pytest
from shapely import LineString, Point

from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.scenario.schema import Graph
from amalgamation.territory import grid_territory

GRID = grid_territory(2, 3)  # cells of 10 km; r is the row, c the column
WEST, SOUTH, EAST, NORTH = GRID.geometry.total_bounds
BORDER = WEST + (EAST - WEST) / 3  # between the first and the second column
MIDDLE = (SOUTH + NORTH) / 2


def build(folder, *lines, links=(), **keys):
    gpd.GeoDataFrame(geometry=list(lines), crs=GRID.crs).to_file(folder / "rivers.gpkg")
    barriers = {"file": "rivers.gpkg", "reason": "river without a bridge"} | keys
    return build_graph(GRID, Graph(barriers=barriers, links=list(links)), folder)


def cut(graph):
    whole = build_graph(GRID)
    tied = set(map(tuple, graph.ties[["a", "b"]].to_numpy()))
    return sorted(set(map(tuple, whole.ties[["a", "b"]].to_numpy())) - tied)


def test_a_river_along_a_border_cuts_it_and_the_ties_are_listed(tmp_path):
    river = LineString([(BORDER + 150, SOUTH), (BORDER - 150, NORTH)])
    graph = build(tmp_path, river)
    assert cut(graph) == [("r00c00", "r00c01"), ("r01c00", "r01c01")]
    (finding,) = [one for one in graph.findings if one.check == "barrier"]
    assert finding.found.startswith("2 ties cut (river without a bridge): ")
    assert finding.subjects == ("r00c00", "r00c01", "r01c00", "r01c01")


def test_a_river_across_a_border_cuts_nothing(tmp_path):
    """It meets the border in one point: people on each bank keep their neighbours."""
    river = LineString([(WEST, MIDDLE + 4000), (EAST, MIDDLE + 4000)])
    assert cut(build(tmp_path, river)) == []


def test_a_river_between_the_seats_cuts_when_asked(tmp_path):
    river = LineString([(BORDER + 2000, SOUTH), (BORDER + 2000, NORTH)])
    assert cut(build(tmp_path, river)) == []
    expected = [("r00c00", "r00c01"), ("r01c00", "r01c01")]
    assert cut(build(tmp_path, river, between_seats=True)) == expected


def test_the_share_of_the_border_decides(tmp_path):
    """The river follows four of the ten kilometres of one border."""
    half = LineString([(BORDER, SOUTH), (BORDER, SOUTH + 4000)])
    assert cut(build(tmp_path, half)) == []
    assert len(cut(build(tmp_path, half, share_percent=40))) == 1


def test_a_declared_link_is_a_bridge(tmp_path):
    river = LineString([(BORDER, SOUTH), (BORDER, NORTH)])
    bridge = {"units": ["r00c00", "r00c01"], "reason": "bridge"}
    assert cut(build(tmp_path, river, links=[bridge])) == [("r01c00", "r01c01")]


def test_points_are_no_barrier(tmp_path):
    with pytest.raises(DataError, match="something else than lines"):
        build(tmp_path, Point(BORDER, SOUTH))
