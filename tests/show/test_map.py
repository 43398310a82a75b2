"""The map shows every municipality, says what it must, and needs no display."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from amalgamation.errors import DataError
from amalgamation.measure import build_municipality_polygons, build_today
from amalgamation.plan import Plan
from amalgamation.show import HUES, colour_neighbours, plot_plan, to_png
from amalgamation.show.scale import round_length
from amalgamation.territory import grid_territory


@pytest.fixture(scope="module")
def territory():
    return grid_territory(6, 9)


@pytest.fixture(scope="module")
def plan(territory):
    return Plan.from_seats({unit: f"r{int(unit[1:3]) // 2 * 2:02d}c04" for unit in territory.ids})


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def fills(figure):
    return next(c for c in figure.axes[0].collections if isinstance(c, PathCollection))


def test_title_subtitle_source_and_notice_stand_on_the_map(territory, plan):
    shown = words(plot_plan(plan, territory, title="Three rows", subtitle="optimal"))
    assert {"Three rows", "optimal", territory.notice} <= set(shown)
    assert any(text.startswith("Source: grid 6 x 9") for text in shown)


def test_without_a_subtitle_the_counts_are_said(territory, plan):
    assert "54 units in 3 municipalities" in words(plot_plan(plan, territory))


def test_real_data_carry_no_word_of_synthetic(territory, plan):
    real = replace(territory, synthetic=False, notice="")
    assert not any("ynthetic" in text for text in words(plot_plan(plan, real)))


def test_made_up_data_without_a_notice_are_still_called_so(territory, plan):
    silent = replace(territory, notice="")
    assert any("Synthetic data" in text for text in words(plot_plan(plan, silent)))


def test_each_municipality_is_filled_even_in_parts_and_around_a_hole(territory):
    """Parts of a multipart polygon were once left white."""
    hole, far = "r02c02", {"r00c08", "r05c08"}
    seat = {u: hole if u == hole else "r00c08" if u in far else "r00c00" for u in territory.ids}
    plan = Plan.from_seats(seat)
    paths = fills(plot_plan(plan, territory)).get_paths()
    polygons = build_municipality_polygons(territory.geometry, plan)
    areas = [
        sum(
            shapely.Polygon(ring).area * np.sign(shapely.LinearRing(ring).is_ccw - 0.5)
            for ring in path.to_polygons()
        )
        for path in paths
    ]
    assert np.allclose(areas, polygons.area)


def test_the_map_is_in_true_proportion(territory, plan):
    ax = plot_plan(plan, territory).axes[0]
    across, up = np.diff(ax.transData.transform([(0, 0), (1000, 1000)]), axis=0)[0]
    assert across == pytest.approx(up)


def test_scale_and_legend_stand_beside_the_map_not_on_it():
    """A map that fills its frame to the corners must move up."""
    territory = grid_territory(9, 14)
    ax = plot_plan(build_today(territory), territory).axes[0]
    lowest = ax.transData.transform((0, territory.geometry.total_bounds[1]))[1]
    scale = next(text for text in ax.texts if text.get_text().endswith(" km"))
    assert ax.get_legend().get_window_extent().y1 < lowest
    assert scale.get_window_extent().y1 < lowest


def test_the_picture_is_the_same_twice_and_of_the_size_promised(territory, plan):
    first = to_png(plot_plan(plan, territory, title="Қазақстан: Ә Ғ Қ Ң Ө Ұ Ү Һ І"))
    again = to_png(plot_plan(plan, territory, title="Қазақстан: Ә Ғ Қ Ң Ө Ұ Ү Һ І"))
    assert first == again
    assert (int.from_bytes(first[16:20]), int.from_bytes(first[20:24])) == (2100, 1350)


def test_pyplot_and_its_global_state_stay_out(territory, plan):
    before = "matplotlib.pyplot" in sys.modules
    plot_plan(plan, territory)
    assert ("matplotlib.pyplot" in sys.modules) == before


def test_axes_of_ones_own_are_drawn_on(territory, plan):
    figure = Figure()
    left, _right = figure.subplots(1, 2)
    assert plot_plan(plan, territory, ax=left) is figure
    assert left.collections


def test_labels_do_not_hide_each_other(territory):
    figure = plot_plan(build_today(territory), territory, labels=40)
    ax = figure.axes[0]
    labels = [text for text in ax.texts if text.get_text().startswith("Unit ")]
    boxes = [text.get_window_extent() for text in labels]
    assert len(boxes) > 20
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:number])


def test_dollar_signs_in_a_name_are_text(territory, plan):
    units = territory.units.assign(name="$x^2$ <b>")
    figure = plot_plan(plan, replace(territory, units=units))
    assert not any(text.get_parse_math() for text in figure.axes[0].texts if "$" in text.get_text())
    assert to_png(figure)


def test_a_table_without_geometry_is_refused_with_what_to_do(plan):
    table = grid_territory(6, 9, with_geometry=False)
    with pytest.raises(DataError, match="found a table of units; expected polygons to draw; give"):
        plot_plan(plan, table)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 11), min_size=30, max_size=30))
def test_neighbours_never_share_a_colour(choice):
    """Whatever the plan, even in pieces; corners that touch count as neighbours."""
    territory = grid_territory(5, 6)
    seats = {}
    pairs = list(zip(territory.ids, choice, strict=True))
    for unit, number in pairs:
        seats.setdefault(number, unit)
    plan = Plan.from_seats({unit: seats[number] for unit, number in pairs})
    polygons = build_municipality_polygons(territory.geometry, plan)
    numbers = colour_neighbours(polygons).to_numpy()
    for first, second in shapely.STRtree(polygons).query(polygons, predicate="intersects").T:
        assert first == second or numbers[first] != numbers[second]


def test_six_colours_suffice_for_a_grid():
    numbers = colour_neighbours(grid_territory(12, 12).geometry)
    assert set(numbers) == set(range(HUES))


@given(st.floats(1e-6, 1e9))
def test_a_scale_bar_is_round_and_fits(most):
    length = round_length(most)
    assert length <= most < 2.6 * length
    assert f"{length:.0e}"[0] in "125"


def test_a_map_of_no_width_has_no_scale():
    with pytest.raises(ValueError, match="found a length of 0"):
        round_length(0.0)


def test_units_outside_are_hatched_and_named_in_the_legend(territory, plan):
    """They are in no municipality, so no municipality's colour may stand on them."""
    gone = tuple(unit for unit in territory.ids if unit.endswith("c00"))
    inside = {unit: seat for unit, seat in plan.municipality_of.items() if unit not in gone}
    figure = plot_plan(Plan.from_seats(inside, gone), territory)
    hatched = [c for c in figure.axes[0].collections if c.get_hatch()]
    assert [len(each.get_paths()) for each in hatched] == [len(gone)]
    assert "48 units in 3 municipalities, 6 units outside" in words(figure)
    assert "outside" in [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert not any(c.get_hatch() for c in plot_plan(plan, territory).axes[0].collections)
