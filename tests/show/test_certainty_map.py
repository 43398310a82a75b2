"""The map of certainty draws each border as often as it stands, and says what is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.collections import LineCollection

from amalgamation.errors import DataError
from amalgamation.graph import build_graph
from amalgamation.measure import build_certainty
from amalgamation.plan import Plan
from amalgamation.show import plot_certainty, to_png, to_svg
from amalgamation.show.certainty import _FILLS, _LINES, _colours
from amalgamation.territory import grid_territory

TERRITORY = grid_territory(1, 4)
GRAPH = build_graph(TERRITORY)


def plan_of(seats):
    ids = TERRITORY.ids
    return Plan.from_seats({ids[at]: ids[int(seat)] for at, seat in enumerate(seats)})


def certainty_of(*drawn):
    return build_certainty([plan_of(seats) for seats in drawn], TERRITORY, GRAPH)


def lines_by_colour(figure):
    collections = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    return {
        (c.get_linewidths()[0], tuple(c.get_colors()[0])): len(c.get_segments())
        for c in collections
    }


def test_a_border_is_the_thicker_the_more_plans_have_it_and_absent_where_none_has():
    figure = plot_certainty(certainty_of("0022", "0022", "0122", "0022"), TERRITORY)
    drawn = {
        width: number for (width, _), number in lines_by_colour(figure).items() if width != 0.3
    }
    widths = [width for _, width, _, _ in _LINES]
    # the middle border stands in all, the first in one of four, the last in none
    assert (drawn[widths[0]], drawn.get(widths[1], 0), drawn[widths[2]]) == (1, 0, 1)


def test_the_darkest_shade_is_for_units_that_are_with_their_own_in_every_plan_alone():
    stays = certainty_of("0022", "0022", "0122").units["stays_percent"]
    assert stays.round().to_list() == [67, 67, 100, 100]
    shades = [colour for _, colour, _ in _FILLS]
    assert _colours(stays).to_list() == [shades[1], shades[1], shades[3], shades[3]]


def test_the_map_has_a_legend_for_borders_and_units_and_counts_its_plans():
    figure = plot_certainty(certainty_of("0022", "0123"), TERRITORY, title="Choices")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "Choices" in words
    assert "2 plans: 0 % of the ties are kept in all, 33 % cut in all, 67 % are a choice" in words
    legends = [child for child in figure.axes[0].get_children() if hasattr(child, "get_title")]
    titles = [legend.get_title().get_text() for legend in legends if legend.get_title()]
    assert {"A border stands in", "A unit is with its own municipality in"} <= set(titles)


def test_made_up_data_are_called_so_and_real_ones_are_not():
    certainty = certainty_of("0022")
    for synthetic in (True, False):
        territory = replace(TERRITORY, synthetic=synthetic, notice="")
        words = [text.get_text() for text in plot_certainty(certainty, territory).axes[0].texts]
        assert any("Synthetic" in text for text in words) is synthetic


def test_the_picture_is_the_same_each_time_as_png_and_as_svg():
    certainty = certainty_of("0022", "0123")
    pictures = [plot_certainty(certainty, TERRITORY) for _ in range(2)]
    assert to_png(pictures[0], dpi=40) == to_png(pictures[1], dpi=40)
    assert to_svg(pictures[0]).startswith(b"<?xml")


def test_units_without_polygons_cannot_be_drawn():
    import pandas as pd  # noqa: PLC0415

    bare = pd.DataFrame(TERRITORY.units.drop(columns="geometry"))
    with pytest.raises(DataError, match="polygons to draw"):
        plot_certainty(certainty_of("0022"), replace(TERRITORY, units=bare, crs=None))
