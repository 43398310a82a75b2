"""The frontier shows what is known at each number, and does not show what is not."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from amalgamation.errors import DataError
from amalgamation.show import plot_frontier, to_png
from amalgamation.status import FrontierPoint
from amalgamation.territory import grid_territory

POINTS = (
    FrontierPoint(3, math.inf, 2.9),
    FrontierPoint(4, 2.6, 2.3),
    FrontierPoint(5, 1.9, 1.9),
    FrontierPoint(6, math.inf, math.inf),
    FrontierPoint(8, 2.0, 1.7),
)


@pytest.fixture(scope="module")
def territory():
    return grid_territory(3, 4)


def words(ax):
    return " ".join(text.get_text() for text in ax.texts)


def line(ax, label):
    return next(each for each in ax.lines if each.get_label().startswith(label))


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_known_plans_are_dots_and_only_they(territory):
    dots = line(plot_frontier(POINTS, territory).axes[0], "best plan known")
    shown = {int(x): y for x, y in zip(*dots.get_data(), strict=True) if np.isfinite(y)}
    assert shown == {4: 2.6, 5: 1.9, 8: 2.0}
    assert dots.get_linestyle() == "None", "between two whole numbers there is no plan"


def test_the_bound_breaks_where_a_number_is_impossible_or_absent(territory):
    bound = line(plot_frontier(POINTS, territory).axes[0], "bound")
    x, y = (np.asarray(values, dtype=float) for values in bound.get_data())
    assert x[np.isnan(y)].tolist() == [5.5, 6.5, 6.5, 7.5]
    assert y[np.isfinite(y)].tolist() == [2.9, 2.9, 2.3, 2.3, 1.9, 1.9, 1.7, 1.7]


def test_the_band_reaches_from_bound_to_cost_where_both_are_known(territory):
    ax = plot_frontier(POINTS, territory).axes[0]
    band = next(each for each in ax.collections if isinstance(each, PolyCollection))
    boxes = [path.get_extents().extents.tolist() for path in band.get_paths()]
    # 4 and 5 stand side by side, 8 apart
    assert boxes == [[3.5, 1.9, 5.5, 2.6], [7.5, 1.7, 8.5, 2.0]]


def test_the_chosen_number_is_marked_and_named(territory):
    ax = plot_frontier(POINTS, territory, chosen=5).axes[0]
    assert "5 municipalities, cost 1.9" in words(ax)
    assert "no plan beats the chosen one" in words(ax)
    assert "chosen plan" in legend(ax)


@pytest.mark.parametrize("chosen", [None, 3, 7])
def test_no_plan_is_marked_where_there_is_none(territory, chosen):
    ax = plot_frontier(POINTS, territory, chosen=chosen).axes[0]
    assert "chosen" not in words(ax)
    assert "chosen plan" not in legend(ax)


def test_a_bound_without_a_plan_is_explained_only_where_there_is_one(territory):
    assert "no plan is known there" in words(plot_frontier(POINTS, territory).axes[0])
    assert "no plan is known" not in words(plot_frontier(POINTS[1:3], territory).axes[0])


def test_titles_axes_and_source_are_written(territory):
    ax = plot_frontier(POINTS, territory, title="Three to eight", subtitle="of a grid").axes[0]
    assert {"Three to eight", "of a grid"} <= {text.get_text() for text in ax.texts}
    assert "Source: grid 3 x 4." in words(ax)
    assert ax.get_xlabel() == "Number of municipalities"
    assert "without unit" in ax.get_ylabel()


def test_synthetic_data_are_called_so_and_real_data_are_not(territory):
    assert territory.notice in words(plot_frontier(POINTS, territory).axes[0])
    real = replace(territory, synthetic=False, notice="")
    assert "ynthetic" not in words(plot_frontier(POINTS, real).axes[0])


def test_no_word_leaves_the_picture_even_where_the_notice_is_long(territory):
    wordy = replace(territory, notice="Synthetic: " + "made up by a patient machine " * 6)
    figure = plot_frontier(POINTS, wordy, chosen=8, title="A title of many words " * 6)
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert 0 <= box.x0 < box.x1 <= figure.bbox.x1, text.get_text()
        assert 0 <= box.y0 < box.y1 <= figure.bbox.y1, text.get_text()


def test_whole_numbers_alone_are_ticks(territory):
    ax = plot_frontier(POINTS[1:3], territory).axes[0]
    assert all(float(tick).is_integer() for tick in ax.get_xticks())


def test_the_same_points_give_the_same_bytes(territory):
    assert to_png(plot_frontier(POINTS, territory)) == to_png(plot_frontier(POINTS, territory))


def test_axes_of_ones_own_are_drawn_on(territory):
    figure = Figure()
    left, _right = figure.subplots(1, 2)
    assert plot_frontier(POINTS, territory, ax=left) is figure
    assert left.lines


@pytest.mark.parametrize(
    "points", [(), POINTS[:1], (POINTS[3], FrontierPoint(7, math.inf, -math.inf))]
)
def test_what_is_no_line_is_refused_with_what_to_do(territory, points):
    with pytest.raises(DataError, match=r"expected two points at least, .*ask for a range"):
        plot_frontier(points, territory)
