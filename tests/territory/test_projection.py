"""Projection: areas are kept, and shared borders stay shared."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod

from amalgamation.territory import choose_crs
from amalgamation.territory.crs import check_accuracy
from amalgamation.territory.noding import add_shared_vertices


@given(
    west=st.floats(-170, 130), south=st.floats(-80, 70),
    width=st.floats(0.01, 45), height=st.floats(0.01, 15),
)  # fmt: skip
def test_any_extent_gets_an_equal_area_crs(west, south, width, height):
    crs = CRS(choose_crs(west, south, west + width, south + height))
    cell = shapely.box(west, south, west + width, south + height).segmentize(0.05)
    drawn = gpd.GeoSeries([cell], crs=4326).to_crs(crs).area.iloc[0]
    on_the_globe = abs(Geod(ellps="WGS84").geometry_area_perimeter(cell)[0])
    assert drawn == pytest.approx(on_the_globe, rel=2e-4)


@given(shift=st.floats(-0.004, 0.004))
def test_crs_does_not_tremble_with_the_data(shift):
    assert choose_crs(46.5 + shift, 40.6, 87.3, 55.4) == choose_crs(46.5, 40.6, 87.3, 55.4)


def test_vertex_of_a_neighbour_is_added_to_a_long_edge_exactly():
    wall = gpd.GeoSeries(
        [shapely.box(0, 0, 3, 1), shapely.box(0, 1, 1.1, 2), shapely.box(1.1, 1, 3, 2)], crs=4326
    )
    noded = add_shared_vertices(wall)
    assert shapely.coverage_is_valid(noded.to_numpy())
    assert (1.1, 1.0) in set(map(tuple, shapely.get_coordinates(noded.iloc[0])))
    assert noded.geom_equals(wall).all()


def test_holes_and_parts_keep_their_vertices():
    hole = shapely.box(1, 1, 2, 2)
    land = shapely.MultiPolygon([shapely.box(0, 0, 3, 3) - hole, shapely.box(5, 0, 6, 3)])
    halves = [shapely.box(1, 1, 1.5, 2), shapely.box(1.5, 1, 2, 2)]
    noded = add_shared_vertices(gpd.GeoSeries([land, *halves], crs=4326))
    assert noded.geom_equals(gpd.GeoSeries([land, *halves], crs=4326)).all()
    assert shapely.coverage_is_valid(noded.to_numpy())


def test_valid_coverage_is_left_alone():
    points = np.random.default_rng(1).uniform(0, 10, (40, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    geometry = gpd.GeoSeries(cells, crs=4326)
    assert add_shared_vertices(geometry) is geometry


def test_a_datum_whose_best_grid_is_not_installed_is_told_with_what_is_left():
    """PROJ warns of the absent grid itself: its words name no metres."""
    (finding,) = check_accuracy(CRS("EPSG:4267"), (-84.0, 34.0, -76.0, 36.0))
    assert finding.check == "crs-accuracy"
    assert finding.where == "CRS NAD27"
    assert finding.found.endswith(" m")
