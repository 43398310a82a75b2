"""A map shaded by a measure says what it shades, and hides nothing that is not known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.legend import Legend

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.measure import build_municipality_polygons
from amalgamation.plan import Plan
from amalgamation.show import plot_before_after, plot_plan, shade, tell_apart, to_png, to_svg
from amalgamation.show.fills import SHADES
from amalgamation.territory import grid_territory


@pytest.fixture(scope="module")
def territory():
    return grid_territory(6, 9)


@pytest.fixture(scope="module")
def plan(territory):
    return Plan.from_seats({unit: f"{unit[:4]}04" for unit in territory.ids})


@pytest.fixture(scope="module")
def polygons(territory, plan):
    return build_municipality_polygons(territory.geometry, plan)


@pytest.fixture(scope="module")
def toy():
    return am.run("toy", overrides={"solve.processes": 1})


def legends(ax):
    """Every legend's words, the one that was kept as an artist too."""
    found = [child for child in ax.get_children() if isinstance(child, Legend)]
    return [[text.get_text() for text in legend.get_texts()] for legend in found]


def brightness(colour):
    return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114)))


def test_shades_darken_step_by_step_so_that_they_are_read_in_grey():
    steps = np.diff([brightness(colour) for colour in SHADES])
    assert (steps < -0.08).all()


def test_more_is_darker_and_equal_is_equal(polygons):
    values = pd.Series([1.0, 5.0, 5.0, 9.0, 20.0, 30.0], polygons.index)
    colours = shade(polygons, values, "way (km)").colours
    bright = [brightness(colour) for colour in colours]
    assert bright == sorted(bright, reverse=True)
    assert colours.iloc[1] == colours.iloc[2]


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(math.nan)), min_size=6, max_size=6))
def test_each_figure_lies_within_the_words_of_its_class(polygons, values):
    fills = shade(polygons, pd.Series(values, polygons.index), "x")
    legend = dict(fills.classes)
    order = [colour for colour, words in fills.classes if words != "no data"]
    known = [(v, c) for v, c in zip(values, fills.colours, strict=True) if not math.isnan(v)]
    assert all(colour in order for _value, colour in known)
    ranks = [order.index(colour) for _value, colour in sorted(known, key=lambda pair: pair[0])]
    assert ranks == sorted(ranks)
    unknown = {c for v, c in zip(values, fills.colours, strict=True) if math.isnan(v)}
    assert [legend[colour] for colour in unknown] == ["no data"] * len(unknown)


def test_what_cannot_be_reached_is_no_data_and_the_legend_says_so(polygons):
    values = pd.Series([1.0, math.inf, 2.0, math.nan, 3.0, 4.0], polygons.index)
    fills = shade(polygons, values, "way (km)")
    grey = next(colour for colour, words in fills.classes if words == "no data")
    assert [colour == grey for colour in fills.colours] == [False, True, False, True, False, False]


def test_the_legend_names_measure_unit_and_classes_beside_lines_and_dots(territory, plan, polygons):
    values = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], polygons.index)
    fills = shade(polygons, values, "way (km)")
    ax = plot_plan(plan, territory, fills=fills).axes[0]
    assert sorted(len(words) for words in legends(ax)) == [3, 5]
    assert ax.get_legend().get_title().get_text() == "way (km)"
    assert "Source: grid 6 x 9. Shaded: way (km)." in [text.get_text() for text in ax.texts]


def test_the_legends_stand_beside_the_map_and_not_on_each_other(territory, plan, polygons):
    fills = shade(polygons, pd.Series(range(6), polygons.index, dtype=float), "way (km)")
    figure = plot_plan(plan, territory, fills=fills)
    FigureCanvasAgg(figure).draw()
    ax = figure.axes[0]
    lowest = ax.transData.transform((0, territory.geometry.total_bounds[1]))[1]
    first, second = (c for c in ax.get_children() if isinstance(c, Legend))
    boxes = [each.get_window_extent() for each in (first, second)]
    assert max(box.y1 for box in boxes) < lowest
    texts = [t.get_window_extent() for each in (first, second) for t in each.get_texts()]
    assert not [(a, b) for at, a in enumerate(texts) for b in texts[:at] if a.overlaps(b)]


def test_a_result_shades_by_any_column_of_its_scorecard(toy):
    shaded = toy.plot("population")
    assert shaded.axes[0].get_legend().get_title().get_text() == "Population (residents)"
    assert to_png(shaded) != to_png(toy.plot())


def test_a_measure_that_is_not_there_is_named_with_the_nearest(toy):
    with pytest.raises(InputError, match=r"measure populaton: .* such as population"):
        toy.plot("populaton")


def test_before_and_after_have_the_same_extent_and_their_own_colours(territory, plan):
    today = Plan.from_seats({unit: unit for unit in territory.ids})
    figure = plot_before_after(today, plan, territory, title="Rows <қ>")
    left, right = figure.axes
    assert left.get_xlim() == pytest.approx(right.get_xlim())
    words = [text.get_text() for ax in figure.axes for text in ax.texts]
    assert {"Rows <қ>", "Before: 54 municipalities", "After: 6 municipalities"} <= set(words)
    assert territory.notice in words


def test_a_result_draws_itself_after_today(toy):
    words = [text.get_text() for ax in toy.plot_before_after().axes for text in ax.texts]
    assert {"Before: 12 municipalities", "After: 4 municipalities"} <= set(words)


def test_two_plans_that_are_no_before_and_after_have_names_of_their_own(toy):
    figure = toy.plot_before_after(toy.plan, words=("Ours", "Theirs"))
    words = [text.get_text() for ax in figure.axes for text in ax.texts]
    assert {"Ours: 4 municipalities", "Theirs: 4 municipalities"} <= set(words)


def test_svg_is_the_same_twice_and_holds_outlines_of_letters(territory, plan):
    first = to_svg(plot_plan(plan, territory, title="Қазақстан: Ә Ғ Қ Ң Ө Ұ Ү Һ І"))
    assert first == to_svg(plot_plan(plan, territory, title="Қазақстан: Ә Ғ Қ Ң Ө Ұ Ү Һ І"))
    assert b"<text" not in first  # or the letters would depend on the fonts of the reader


def test_colours_are_the_same_for_the_same_plan(polygons):
    assert tell_apart(polygons).colours.equals(tell_apart(polygons.copy()).colours)


def test_a_picture_is_drawn_once_for_both_formats(toy, monkeypatch):
    drawn = []
    plot = type(toy).plot
    monkeypatch.setattr(type(toy), "plot", lambda self, **how: drawn.append(1) or plot(self, **how))
    scenario = toy.scenario.model_copy(update={"write": ["png", "svg"]})
    record = am.Result(**{**vars_of(toy), "scenario": scenario})._record()
    assert drawn == [1]
    assert record.map_png.startswith(b"\x89PNG")
    assert record.map_svg.startswith(b"<?xml")


def vars_of(result):
    return {name: getattr(result, name) for name in type(result).__dataclass_fields__}
