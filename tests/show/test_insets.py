"""Where a map is crowded, an inset shows it once more, larger, and a frame says where it is."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from amalgamation.errors import DataError
from amalgamation.measure import build_today
from amalgamation.show import plot_plan, tell_apart, to_png
from amalgamation.show.crowds import find_crowds
from amalgamation.territory import Territory, grid_territory

SIDE = 100_000.0
CROWD = (15, 2)
LEAST = 12


def build_crowded():
    """240 squares of 100 km, of which one is cut into 100 of 10 km."""
    corners = [(x, y) for x in range(20) for y in range(12) if (x, y) != CROWD]
    large = [shapely.box(x, y, x + 1, y + 1) for x, y in corners]
    tenths = [(CROWD[0] + x / 10, CROWD[1] + y / 10) for x in range(10) for y in range(10)]
    small = [shapely.box(x, y, x + 0.1, y + 0.1) for x, y in tenths]
    # corners of the small ones are corners of their large neighbours too
    whole = shapely.segmentize(np.array([*large, *small]), 0.1)
    shapes = shapely.transform(whole, lambda xy: np.round(xy * 10) * SIDE / 10)
    ids = pd.Index([f"u{at:03d}" for at in range(len(shapes))], name="unit_id")
    units = pd.DataFrame({"name": [f"Name {one}" for one in ids], "population": 1.0}, ids)
    frame = gpd.GeoDataFrame(units, geometry=shapes, crs=grid_territory(1, 1).crs)
    return Territory("crowd", frame, (), {"population": ""}, crs=grid_territory(1, 1).crs)


@pytest.fixture(scope="module")
def crowded():
    return build_crowded()


@pytest.fixture(scope="module")
def figure(crowded):
    figure = plot_plan(build_today(crowded), crowded)
    FigureCanvasAgg(figure).draw()
    return figure


def limits(ax):
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    return west, south, east, north


def frames(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def names(ax):
    return [text for text in ax.texts if isinstance(text, Annotation)]


def test_the_crowd_is_in_the_inset_whole_and_three_times_larger(crowded, figure):
    ax, inset = figure.axes
    crowd = crowded.geometry[crowded.geometry.area < SIDE**2 / 2]
    assert shapely.box(*limits(inset)).covers(shapely.union_all(crowd))
    across = [axes.transData.transform([(0, 0), (SIDE, 0)]) for axes in (ax, inset)]
    once, thrice = (float(np.diff(pixels[:, 0])[0]) for pixels in across)
    assert 3 * once <= thrice < 3.3 * once
    assert f"A  {thrice / once:.2g}×" in [text.get_text() for text in inset.texts]


def test_the_frame_on_the_map_is_what_the_inset_shows_and_has_its_letter(figure):
    ax, inset = figure.axes
    (frame,) = frames(ax)
    (west, south), wide, high = frame.get_xy(), frame.get_width(), frame.get_height()
    assert (west, south, west + wide, south + high) == pytest.approx(limits(inset))
    assert "A" in [text.get_text() for text in ax.texts]


def test_the_inset_stands_beside_the_map_and_the_map_is_as_large_as_without(crowded, figure):
    ax, inset = figure.axes
    assert not ax.get_window_extent().overlaps(inset.get_window_extent())
    alone = plot_plan(build_today(crowded), crowded, inset=False)
    size = alone.axes[0].get_window_extent().size
    assert ax.get_window_extent().size == pytest.approx(size)
    assert len(alone.axes) == 1


def test_a_municipality_has_one_colour_on_map_and_inset(crowded, figure):
    colours = tell_apart(crowded.geometry).colours
    for ax in figure.axes:
        areas = next(c for c in ax.collections if isinstance(c, PathCollection))
        drawn = zip(areas.get_paths(), areas.get_facecolor(), strict=True)
        for path, colour in drawn:
            middle = shapely.Point(path.vertices[:4].mean(axis=0))
            unit = crowded.geometry.index[crowded.geometry.distance(middle) < 1][0]
            assert to_hex(colour) == colours[unit]


def test_names_hide_neither_each_other_nor_frame_letter_and_scale(figure):
    for ax in figure.axes:
        boxes = [text.get_window_extent() for text in ax.texts]
        boxes += [frame.get_window_extent() for frame in frames(ax)]
        labels = [text.get_window_extent() for text in names(ax)]
        assert labels
        for box in labels:
            assert sum(box.overlaps(other) for other in boxes) == 1, "only itself"


def test_where_nothing_is_crowded_there_is_no_inset():
    grid = grid_territory(6, 9)
    assert len(plot_plan(build_today(grid), grid).axes) == 1


def test_units_that_are_named_are_shown_near(crowded):
    corner = ["u000", "u001"]
    inset = plot_plan(build_today(crowded), crowded, inset=corner).axes[1]
    seen = shapely.box(*limits(inset))
    named = crowded.geometry.loc[corner]
    assert seen.covers(shapely.union_all(named))
    assert seen.area < 3 * named.area.sum()
    single = plot_plan(build_today(crowded), crowded, inset="u000").axes[1]
    assert limits(single)[2] - limits(single)[0] < limits(inset)[2] - limits(inset)[0]


def test_a_frame_never_leaves_the_map(crowded):
    bounds = shapely.box(*crowded.geometry.total_bounds)
    for corner in ("u000", "u238", crowded.ids[-1]):
        inset = plot_plan(build_today(crowded), crowded, inset=[corner]).axes[1]
        assert bounds.buffer(1).covers(shapely.box(*limits(inset)))


def test_units_that_are_not_there_are_refused_with_the_nearest(crowded):
    plan = build_today(crowded)
    with pytest.raises(
        DataError, match=r"inset: found 1 unit not in the territory: u00; .* such as u"
    ):
        plot_plan(plan, crowded, inset=["u001", "u00"])
    with pytest.raises(DataError, match="inset: found no unit; expected ids of crowd"):
        plot_plan(plan, crowded, inset=[])


def test_axes_of_ones_own_have_no_inset(crowded):
    own = Figure()
    plot_plan(build_today(crowded), crowded, ax=own.add_subplot())
    assert len(own.axes) == 1
    assert not frames(own.axes[0])


def test_the_same_plan_gives_the_same_picture(crowded):
    first, second = (to_png(plot_plan(build_today(crowded), crowded)) for _ in range(2))
    assert first == second


PLACES = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 200)), min_size=1, max_size=120)


@given(places=PLACES)
@settings(max_examples=40, deadline=None)
def test_windows_hold_a_crowd_each_and_never_overlap(places):
    squares = gpd.GeoSeries([shapely.box(x, y, x + 1, y + 1) for x, y in places])
    windows = find_crowds(squares, scale=30.0, window=(1.2, 1.0), most=3)
    boxes = [shapely.box(*window) for window in windows]
    for at, box in enumerate(boxes):
        assert squares.centroid.intersects(box).sum() >= LEAST
        assert (box.bounds[2] - box.bounds[0], box.bounds[3] - box.bounds[1]) == pytest.approx(
            (36.0, 30.0)
        )
        assert all(box.intersection(other).area < 1e-6 for other in boxes[:at])


@given(places=PLACES.filter(lambda places: len(places) >= LEAST))
@settings(max_examples=25, deadline=None)
def test_small_squares_all_in_one_place_are_always_found(places):
    squares = gpd.GeoSeries(
        [shapely.box(x / 40, y / 40, x / 40 + 1, y / 40 + 1) for x, y in places]
    )
    assert find_crowds(squares, scale=30.0, window=(1.2, 1.0), most=1)


def test_large_ones_are_no_crowd_however_many(crowded):
    large = crowded.geometry[crowded.geometry.area > SIDE**2 / 2]
    assert find_crowds(large, scale=150_000.0, window=(1.0, 1.0), most=2) == []
