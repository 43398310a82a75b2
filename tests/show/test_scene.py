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
from amalgamation.show import plot_plan, tell_apart, to_svg
from amalgamation.show.scene import build_scene
from amalgamation.territory import grid_territory

KM = 1000.0


def build_wavy(seed=0):
    """Units whose borders have a vertex every hundred metres, none of them straight."""
    grid = grid_territory(4, 5)

    def bend(xy):
        x, y = xy.T
        turn = seed / 7
        wave = np.sin(x / 700 + turn) + np.sin(y / 900 + turn)
        return np.column_stack([x + 300 * wave, y + 300 * np.cos(x / 800 + y / 600)])

    shapes = shapely.transform(shapely.segmentize(grid.geometry.to_numpy(), 100.0), bend)
    return replace(
        grid, units=grid.units.set_geometry(gpd.GeoSeries(shapes, grid.units.index, crs=grid.crs))
    )


def scene_of(territory, tolerance):
    plan = Plan.from_seats({unit: f"{unit[:4]}02" for unit in territory.ids})
    fills = tell_apart(territory.geometry)
    return build_scene(plan, territory, fills, tolerance)


def corners(shapes):
    return {tuple(xy) for xy in shapely.get_coordinates(shapes.to_numpy())}


@given(seed=st.integers(0, 100), tolerance=st.floats(10.0, 1000.0))
@settings(max_examples=15, deadline=None)
def test_neighbours_still_share_their_borders_and_thick_lines_run_along_thin_ones(seed, tolerance):
    territory = build_wavy(seed)
    assert shapely.coverage_is_valid(territory.geometry.to_numpy())
    scene = scene_of(territory, tolerance)
    for shapes in (scene.units, scene.municipalities, scene.parents):
        assert shapely.coverage_is_valid(shapes.to_numpy())
        assert shapes.area.sum() == pytest.approx(scene.units.area.sum())
    assert corners(scene.parents) <= corners(scene.municipalities) <= corners(scene.units)
    assert len(corners(scene.units)) < len(corners(territory.geometry))


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


def test_only_what_is_seen_is_drawn():
    scene = scene_of(grid_territory(4, 5), 1.0)
    west, south, *_ = scene.units.total_bounds
    part = scene.within((west + KM, south + KM, west + 12 * KM, south + 5 * KM))
    assert list(part.units.index) == ["r00c00", "r00c01"]
    assert list(part.municipalities.index) == ["r00c02"]
    assert part.municipalities.iloc[0].equals(scene.municipalities["r00c02"])


def test_a_picture_of_ten_times_the_vertices_is_not_much_larger():
    """What nobody can see is not stored."""
    plain = grid_territory(4, 5)
    plan = Plan.from_seats({unit: f"{unit[:4]}02" for unit in plain.ids})
    fine = shapely.segmentize(build_wavy().geometry.to_numpy(), 10.0)
    fine = plain.units.set_geometry(gpd.GeoSeries(fine, plain.units.index, crs=plain.crs))
    sizes = [
        len(to_svg(plot_plan(plan, one))) for one in (build_wavy(), replace(plain, units=fine))
    ]
    assert sizes[1] < 1.1 * sizes[0]
