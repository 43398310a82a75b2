"""Outlines for a screen: each border once, no gaps, and the shape of what was simplified."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.show.outline import build_outline
from amalgamation.territory import grid_territory


def points_of(outline, ring):
    """Return the points of a ring, closed, by walking its arcs."""
    walked = []
    for number in ring:
        arc = outline.arcs[number] if number >= 0 else outline.arcs[-1 - number][::-1]
        assert not walked or walked[-1] == arc[0], "the arcs of a ring follow one another"
        walked += arc if not walked else arc[1:]
    assert walked[0] == walked[-1], "a ring comes back to its start"
    return walked


def area_of(outline, rings):
    """Return the area in cells; holes turn the other way and so count less."""
    return sum(twice_area(points_of(outline, ring)) for ring in rings) / 2


def twice_area(points):
    x, y = np.array(points, dtype=object).T
    return int(sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


@given(rows=st.integers(1, 4), columns=st.integers(1, 5))
@settings(max_examples=12, deadline=None)
def test_each_border_between_two_units_is_held_once(rows, columns):
    outline = build_outline(grid_territory(rows, columns).geometry)
    used = [n if n >= 0 else -1 - n for rings in outline.shapes for ring in rings for n in ring]
    shared = rows * (columns - 1) + columns * (rows - 1)
    assert sorted(set(used)) == list(range(len(outline.arcs)))
    assert sum(used.count(arc) == 2 for arc in set(used)) == shared
    assert max(map(used.count, used)) <= 2


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_simplified_units_still_cover_the_ground_without_gap_or_overlap(seed):
    """The areas, in whole cells, add up exactly to that of the outer border."""
    random = np.random.default_rng(seed)
    cells = shapely.voronoi_polygons(
        shapely.multipoints(random.uniform(0, 1e5, (25, 2))), extend_to=shapely.box(0, 0, 1e5, 1e5)
    )
    wavy = shapely.segmentize(np.array(cells.geoms), 900.0)
    outline = build_outline(gpd.GeoSeries(wavy, crs="EPSG:3857"), most_points=400)
    areas = [area_of(outline, rings) for rings in outline.shapes]
    used = [n for rings in outline.shapes for ring in rings for n in ring]
    outer = [n for n in used if -1 - n not in used]
    around = sum(cross(outline, number) for number in outer) / 2
    assert all(area * areas[0] > 0 for area in areas), "every unit is left, and turns one way"
    assert sum(areas) == around


def cross(outline, number):
    """Return twice the area that an arc spans with the corner of the grid."""
    arc = outline.arcs[number] if number >= 0 else outline.arcs[-1 - number][::-1]
    x, y = np.array(arc, dtype=object).T
    return int(sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def test_a_lake_is_a_ring_of_its_own_and_an_enclave_its_neighbour():
    ring = shapely.Polygon(
        shapely.box(0, 0, 9000, 9000).exterior, [shapely.box(3000, 3000, 6000, 6000).exterior]
    )
    outline = build_outline(gpd.GeoSeries([ring, shapely.box(3000, 3000, 6000, 6000)]))
    assert [len(rings) for rings in outline.shapes] == [2, 1]
    (inner,), outer = outline.shapes[1], outline.shapes[0]
    assert any(hole == (-1 - inner[0],) for hole in outer), "one arc, gone both ways"
    share = area_of(outline, outline.shapes[1]) / area_of(outline, outer)
    assert share == pytest.approx(1 / 8, rel=1e-3)


def test_few_vertices_are_left_as_they_are_and_many_become_few():
    smooth = shapely.Point(0, 0).buffer(1e5, quad_segs=4000)
    as_is = build_outline(gpd.GeoSeries([smooth]), most_points=1_000_000)
    fewer = build_outline(gpd.GeoSeries([smooth]), most_points=400)
    assert len(as_is.arcs[0]) > 10_000
    assert len(fewer.arcs[0]) <= 400
    assert area_of(fewer, fewer.shapes[0]) == pytest.approx(
        area_of(as_is, as_is.shapes[0]), rel=2e-3
    )


def test_json_holds_the_same_points_as_steps():
    outline = build_outline(grid_territory(2, 2).geometry)
    held = outline.to_json()["arcs"]
    walked = [np.cumsum(np.reshape(arc, (-1, 2)), axis=0).tolist() for arc in held]
    assert walked == [[list(point) for point in arc] for arc in outline.arcs]
