"""What is drawn is simpler than the data, opens no gap, and lines of two tiers run together."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.plan import Plan
from amalgamation.show import plot_plan, to_svg
from amalgamation.show.scene import build_scene
from amalgamation.territory import grid_territory

KM = 1000.0


def build_wavy(seed=0, step=250.0):
    """Units whose borders have a vertex every so many metres, none of them straight."""
    grid = grid_territory(4, 5)

    def bend(xy):
        x, y = np.round(xy).T  # both sides of a border bend alike
        turn = seed / 7
        wave = np.sin(x / 700 + turn) + np.sin(y / 900 + turn)
        return np.column_stack([x + 300 * wave, y + 300 * np.cos(x / 800 + y / 600)])

    shapes = shapely.transform(shapely.segmentize(grid.geometry.to_numpy(), step), bend)
    return replace(
        grid, units=grid.units.set_geometry(gpd.GeoSeries(shapes, grid.units.index, crs=grid.crs))
    )


def plan_of(territory):
    return Plan.from_seats({unit: f"{unit[:4]}02" for unit in territory.ids})


def scene_of(territory, tolerance, window=None):
    return build_scene(plan_of(territory), territory, tolerance, window)


def corners(shapes):
    return {tuple(xy) for xy in shapely.get_coordinates(shapes.to_numpy())}


@given(seed=st.integers(0, 100), tolerance=st.floats(10.0, 1000.0))
@settings(max_examples=15, deadline=None)
def test_neighbours_still_share_their_borders_and_thick_lines_run_along_thin_ones(seed, tolerance):
    territory = build_wavy(seed)
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    scene = scene_of(territory, tolerance)
    for shapes in (scene.units, scene.municipalities):
        assert shapely.coverage_is_valid(shapes.to_numpy())
        assert shapes.area.sum() == pytest.approx(scene.units.area.sum())
    assert corners(scene.municipalities) <= corners(scene.units)
    assert len(corners(scene.units)) < len(corners(territory.geometry))


def length(lines):
    return sum(shapely.LineString(line).length for line in lines)


def outline(shapes):
    return shapely.union_all(shapes.to_numpy()).length


@given(seed=st.integers(0, 100))
@settings(max_examples=10, deadline=None)
def test_each_border_is_drawn_once_by_the_highest_of_what_it_parts(seed):
    """Both sides of all units make twice the inner borders, and the outer one once."""
    scene = scene_of(build_wavy(seed), 200.0)
    inner, between, outer = scene.borders
    assert length(outer) == pytest.approx(outline(scene.units), rel=1e-3)
    walls = scene.municipalities.length.sum() - outline(scene.units)
    assert length(between) == pytest.approx(walls / 2, rel=1e-3)
    every = (scene.units.length.sum() + outline(scene.units)) / 2
    assert length([*inner, *between, *outer]) == pytest.approx(every, rel=1e-3)


def test_borders_of_parents_are_those_of_the_outermost_tier():
    """Columns 0 to 5 are one oblast, 6 and 7 the next: six rows of 10 km part them."""
    grid = grid_territory(6, 8)
    _inner, _between, outer = scene_of(grid, 1.0).borders
    assert length(outer) == pytest.approx((2 * (60 + 80) + 60) * KM, rel=1e-3)


def test_a_unit_outside_is_kept_apart_and_its_border_is_a_municipalitys():
    grid = grid_territory(1, 3)
    plan = Plan.from_seats({"r00c00": "r00c00", "r00c01": "r00c00"}, outside=["r00c02"])
    scene = build_scene(plan, grid, 1.0)
    assert list(scene.outside.index) == ["r00c02"]
    inner, between, _outer = scene.borders
    assert [length(inner), length(between)] == pytest.approx([10 * KM] * 2, rel=1e-3)


def test_no_border_moves_further_than_the_eye_sees():
    territory = build_wavy()
    scene = scene_of(territory, 200.0)
    moved = shapely.hausdorff_distance(
        shapely.boundary(territory.geometry.to_numpy()), shapely.boundary(scene.units.to_numpy())
    )
    assert 0 < moved.max() < 300.0


def test_units_that_overlap_are_drawn_all_the_same():
    territory = build_wavy()
    shapes = territory.geometry.buffer(400.0)
    assert not shapely.coverage_is_valid(shapes.to_numpy())
    scene = scene_of(replace(territory, units=territory.units.set_geometry(shapes)), 500.0)
    assert scene.units.is_valid.all()
    assert (scene.units.area > 0.9 * shapes.area).all()


def test_only_what_is_seen_through_the_window_is_drawn():
    grid = grid_territory(4, 5)
    west, south, *_ = grid.geometry.total_bounds
    part = scene_of(grid, 1.0, (west + KM, south + KM, west + 12 * KM, south + 5 * KM))
    assert list(part.units.index) == ["r00c00", "r00c01"]
    assert part.municipalities.area.to_dict() == {"r00c02": 200 * KM**2}


def test_a_picture_of_five_times_the_vertices_is_not_much_larger():
    """What nobody can see is not stored."""
    coarse, fine = (build_wavy(step=step) for step in (50.0, 10.0))
    vertices = [one.geometry.count_coordinates().sum() for one in (coarse, fine)]
    assert vertices[1] > 4 * vertices[0]
    sizes = [len(to_svg(plot_plan(plan_of(one), one))) for one in (coarse, fine)]
    assert sizes[1] < 1.1 * sizes[0]
