"""The picture among nations shows both the plan and today, and every name only once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.measure import build_today, measure_plan, read_nations
from amalgamation.plan import Plan
from amalgamation.show import plot_nations, to_png
from amalgamation.territory import grid_territory


@pytest.fixture(scope="module")
def territory():
    return grid_territory(3, 4)


@pytest.fixture(scope="module")
def card(territory):
    plan = Plan.from_seats({unit: unit[:4] + "01" for unit in territory.ids})
    return measure_plan(plan, territory, build_graph(territory))


def labels(ax):
    return {text.get_text(): text for text in ax.texts if isinstance(text, Annotation)}


def test_both_axes_are_logarithmic_and_hold_every_country(territory, card):
    ax = plot_nations(card, territory).axes[0]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    table = read_nations()
    assert table["mean_population"].between(*ax.get_xlim()).all()
    assert table["mean_area_km2"].between(*ax.get_ylim()).all()


def test_plan_and_today_stand_at_their_means_and_are_named(territory, card):
    ax = plot_nations(card, territory).axes[0]
    dots = [tuple(np.asarray(each.get_offsets())[0]) for each in ax.collections[-2:]]
    means = card.national.loc[["population_mean", "area_km2_mean"]]
    assert dots == [tuple(means["today"]), tuple(means["plan"])]
    assert {"This plan", "Today"} <= set(labels(ax))


def test_no_name_covers_another(territory, card):
    figure = plot_nations(card, territory)
    FigureCanvasAgg(figure).draw()
    boxes = [text.get_window_extent() for text in labels(figure.axes[0]).values()]
    assert len(boxes) > 20
    pairs = [(a, b) for at, a in enumerate(boxes) for b in boxes[:at]]
    assert not [pair for pair in pairs if pair[0].overlaps(pair[1])]


def test_lines_lead_from_the_plan_to_the_three_nearest(territory, card):
    ax = plot_nations(card, territory).axes[0]
    plan = card.national.loc[["population_mean", "area_km2_mean"], "plan"].to_list()
    starts = [[line.get_xdata()[0], line.get_ydata()[0]] for line in ax.lines]
    assert np.allclose(starts, [plan] * 3)


def test_today_alone_has_one_name_for_both(territory):
    card = measure_plan(build_today(territory), territory, build_graph(territory))
    names = labels(plot_nations(card, territory).axes[0])
    assert "This plan, as today" in names
    assert "Today" not in names


def test_what_is_synthetic_is_called_so_on_the_picture(territory, card):
    words = " ".join(text.get_text() for text in plot_nations(card, territory).axes[0].texts)
    assert "ynthetic" in words
    real = replace(territory, synthetic=False)
    words = " ".join(text.get_text() for text in plot_nations(card, real).axes[0].texts)
    assert "ynthetic" not in words


def test_axes_of_others_are_drawn_on(territory, card):
    figure = Figure()
    ax = figure.add_subplot()
    assert plot_nations(card, territory, ax=ax) is figure


def test_the_same_card_gives_the_same_bytes(territory, card):
    first, second = (to_png(plot_nations(card, territory)) for _ in range(2))
    assert first == second


def test_without_an_area_the_picture_is_refused(territory, card):
    bare = replace(card, national=card.national.drop(index="area_km2_mean"))
    with pytest.raises(DataError, match="without a mean area"):
        plot_nations(bare, territory)
