"""Maps side by side: which borders are red and blue, and the words around them."""

import matplotlib.colors as mcolors
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amalgamation.errors import DataError
from amalgamation.plan import Plan
from amalgamation.show import MOST_MAPS, plot_side_by_side
from amalgamation.show import side_by_side as module
from amalgamation.territory import grid_territory

LAND = grid_territory(3, 3)
ROWS = Plan.from_seats({unit: f"{unit[:3]}c00" for unit in LAND.ids})
COLUMNS = Plan.from_seats({unit: f"r00{unit[3:]}" for unit in LAND.ids})
WHOLE = Plan.from_seats(dict.fromkeys(LAND.ids, "r00c00"))


def length_of(ax, colour):
    """Return how long the lines of one colour are on a map, in km."""
    wanted, total = mcolors.to_rgba(colour), 0.0
    for patch in ax.patches:
        if patch.get_edgecolor() != wanted:
            continue
        for line in patch.get_path().to_polygons(closed_only=False):
            total += np.linalg.norm(np.diff(line, axis=0), axis=1).sum() / 1000
    return total


def colours_on(figure):
    maps = figure.axes[:-1]
    return [
        tuple(round(length_of(ax, colour)) for colour in (module._NEW, module._GONE)) for ax in maps
    ]


def test_new_borders_are_red_and_lost_ones_blue_and_the_first_shows_what_any_loses():
    """A side of a unit is 10 km: rows have two borders of 30 km, columns two across them."""
    plans = {"rows": ROWS, "columns": COLUMNS, "whole": WHOLE}
    assert colours_on(plot_side_by_side(plans, LAND)) == [(0, 60), (60, 60), (0, 60)]
    same = {"rows": ROWS, "again": ROWS}
    assert colours_on(plot_side_by_side(same, LAND)) == [(0, 0), (0, 0)]


GROUPS = st.lists(st.sampled_from("xyz"), min_size=9, max_size=9)


def grouped(groups):
    seats = {}
    return Plan.from_seats(
        {unit: seats.setdefault(g, unit) for unit, g in zip(LAND.ids, groups, strict=True)}
    )


@settings(max_examples=6, deadline=None)  # each draws four maps
@given(GROUPS, GROUPS)
def test_what_one_map_loses_the_other_gains(one, two):
    """Red there is blue here when the order is turned: the difference has no side."""
    there = colours_on(plot_side_by_side({"a": grouped(one), "b": grouped(two)}, LAND))
    back = colours_on(plot_side_by_side({"b": grouped(two), "a": grouped(one)}, LAND))
    assert there[1] == back[1][::-1]
    assert there[0] == (0, there[1][1])


@pytest.mark.parametrize("maps", [1, 4, MOST_MAPS])
def test_any_number_up_to_nine_has_its_maps_and_says_what_is_made_up(maps):
    plans = dict.fromkeys((f"$run_{at}$ <b>" for at in range(maps)), ROWS)
    figure = plot_side_by_side(plans, LAND, title="A title")
    assert len(figure.axes) == maps + 1
    heads = [ax.get_title(loc="left") for ax in figure.axes[:-1]]
    assert heads[0] == "$run_0$ <b>: 3 municipalities"
    foot = " ".join(text.get_text() for text in figure.axes[-1].texts)
    assert "Synthetic" in foot
    boxes = [ax.get_position() for ax in figure.axes[:-1]]
    assert not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[at + 1 :]), (
        "maps lie apart"
    )


def test_too_many_maps_none_and_no_polygons_are_refused():
    with pytest.raises(ValueError, match="10 plans side by side: expected 1 to 9"):
        plot_side_by_side({str(at): ROWS for at in range(10)}, LAND)
    with pytest.raises(ValueError, match="0 plans"):
        plot_side_by_side({}, LAND)
    bare = grid_territory(3, 3, with_geometry=False)
    with pytest.raises(DataError, match="polygons to draw"):
        plot_side_by_side({"rows": ROWS}, bare)


def test_units_outside_are_hatched_and_those_that_change_are_shaded():
    outside = Plan.from_seats(dict.fromkeys(LAND.ids[:8], "r00c00"), outside=LAND.ids[8:])
    figure = plot_side_by_side(
        {"whole": WHOLE, "part": outside}, LAND, changing={"part": ["r02c02"]}
    )
    words = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "outside" in words
    assert "changes municipality" in words
    assert "changes municipality" not in [
        text.get_text() for text in plot_side_by_side({"a": ROWS}, LAND).legends[0].get_texts()
    ]
