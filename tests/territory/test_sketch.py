"""The small map is light, whole, and text alone."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import shapely

from amalgamation.territory import grid_territory, to_sketch


def paths(text):
    return list(ET.fromstring(text).iter("{http://www.w3.org/2000/svg}path"))  # noqa: S314


def test_each_polygon_is_drawn_in_its_colour():
    colours = ["#aabbcc", "#ddeeff"]
    drawn = paths(to_sketch(grid_territory(1, 2).geometry, colours))
    assert [path.get("fill") for path in drawn] == colours


def test_holes_and_parts_are_rings_of_their_own():
    ring = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    both = shapely.MultiPolygon([ring, shapely.box(20, 0, 21, 1)])
    (path,) = paths(to_sketch(gpd.GeoSeries([both])))
    assert path.get("d").count("M") == path.get("d").count("Z") == 3


def test_a_wiggly_border_is_thinned_to_what_a_pixel_shows():
    xs = np.linspace(0, 1000, 5000)
    border = list(zip(xs, 500 + np.sin(xs), strict=True))
    upper = shapely.Polygon([(0, 1000), *border, (1000, 1000)])
    lower = shapely.Polygon([(0, 0), *border, (1000, 0)])
    assert len(to_sketch(gpd.GeoSeries([upper, lower]))) < 3000


def test_polygons_that_overlap_are_drawn_all_the_same():
    shapes = gpd.GeoSeries([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)])
    assert len(paths(to_sketch(shapes))) == 2
