"""Borders as lines: what is drawn is what ties two units."""

import geopandas as gpd
import pytest
from shapely import box

from amalgamation.graph import build_borders, build_graph, find_ties
from amalgamation.territory import grid_territory


def borders_of(*cells, tolerance_m=1.0):
    geometry = gpd.GeoSeries(list(cells), index=[*"abcd"[: len(cells)]], crs="EPSG:3035")
    ties = find_ties(geometry, 100.0, tolerance_m)
    return ties, build_borders(geometry, ties)


def test_lines_are_as_long_as_the_borders_that_tie():
    territory = grid_territory(3, 4)
    ties = build_graph(territory).ties
    lines = build_borders(territory.geometry, ties)
    assert (lines.length / 1000).to_list() == pytest.approx(ties["border_km"].to_list())
    assert lines.index.equals(ties.index)


def test_a_border_with_a_vertex_on_one_side_alone_is_whole():
    cells = box(0, 0, 2000, 1000), box(0, 1000, 900, 2000), box(900, 1000, 2000, 2000)
    ties, lines = borders_of(*cells)
    assert dict(zip(ties["a"] + ties["b"], lines.length, strict=True)) == pytest.approx(
        {"ab": 900.0, "ac": 1100.0, "bc": 1000.0}
    )


def test_a_border_drawn_twice_with_a_gap_is_that_of_the_first_side():
    _, lines = borders_of(box(0, 0, 1000, 1000), box(1000.5, 0, 2000, 1000))
    assert lines.length.to_list() == pytest.approx([1000.0], abs=20)
    assert lines.total_bounds[0] > 980


def test_a_declared_link_has_no_line():
    geometry = gpd.GeoSeries([box(0, 0, 1, 1), box(9000, 0, 9001, 1)], ["a", "b"], crs="EPSG:3035")
    ties = find_ties(geometry).reindex([0])
    ties[["a", "b", "border_km"]] = ["a", "b", 0.0]
    assert build_borders(geometry, ties).is_empty.all()
