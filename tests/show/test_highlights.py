"""The map of a reason: what stands out, what it is called, and what is made up."""

import pytest
from matplotlib.colors import to_hex

from amalgamation.errors import DataError
from amalgamation.show import Highlights, plot_highlights, to_png
from amalgamation.territory import grid_territory

ROLES = (
    ("no plan here", ("r00c00", "r00c01")),
    ("stands alone, and cuts off", ()),
    ("behind a wall", ("r01c00",)),
)


@pytest.fixture
def territory():
    return grid_territory(3, 4)


def draw(territory, **changes):
    own = {"title": "Why", "sentence": "too few residents", "roles": ROLES} | changes
    return plot_highlights(Highlights(**own), territory).axes[0]


def words_of(ax):
    return [text.get_text() for text in ax.texts]


def legend_of(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_each_part_has_a_colour_of_its_own_and_a_part_without_units_is_not_explained(territory):
    ax = draw(territory)
    assert legend_of(ax) == ["no plan here", "behind a wall"]
    fills = [to_hex(colour) for colour in ax.collections[0].get_facecolors()]
    of = dict(zip(territory.ids, fills, strict=True))
    assert of["r00c00"] == of["r00c01"]
    assert len({of["r00c00"], of["r01c00"], of["r02c03"]}) == 3


def test_it_names_the_units_that_stand_out_and_no_others(territory):
    names = territory.units["name"]
    shown = words_of(draw(territory))
    assert set(names[["r00c00", "r00c01", "r01c00"]]) <= set(shown)
    assert names["r02c03"] not in shown


def test_it_says_why_and_that_data_are_made_up(territory):
    shown = words_of(draw(territory, sentence="word " * 200))
    assert "Why" in shown
    assert any(line.endswith("…") for line in shown)
    assert any("made" in line.lower() or "synthetic" in line.lower() for line in shown)


@pytest.mark.parametrize("sentence", ["short", "word " * 60, "word " * 200])
def test_title_and_sentence_stand_inside_the_picture_however_long(territory, sentence):
    figure = draw(territory, sentence=sentence).get_figure()
    figure.draw_without_rendering()
    top = figure.bbox.height
    assert max(text.get_window_extent().y1 for text in figure.axes[0].texts) <= top


def test_it_comes_as_near_as_the_units_allow(territory):
    near, far = draw(territory), draw(territory, roles=(("no plan here", territory.ids),))
    assert near.get_xlim()[1] - near.get_xlim()[0] < far.get_xlim()[1] - far.get_xlim()[0]


def test_walls_and_ties_that_would_help_are_drawn_and_explained(territory):
    ax = draw(territory, walls=("rayon",), links=(("r00c00", "r02c02"),))
    assert legend_of(ax)[-2:] == ["wall of rayon", "a tie that would help"]
    (line,) = [line for line in ax.lines if line.get_linestyle() == "--"]
    places = territory.units.loc[["r00c00", "r02c02"]]
    assert line.get_xdata() == pytest.approx(places["seat_x"])
    assert line.get_ydata() == pytest.approx(places["seat_y"])


def test_the_same_reason_gives_the_same_picture(territory):
    one, other = (draw(territory).get_figure() for _ in range(2))
    assert to_png(one, dpi=30) == to_png(other, dpi=30)


def test_a_territory_without_polygons_has_no_map():
    with pytest.raises(DataError, match="polygons to draw"):
        draw(grid_territory(3, 4, with_geometry=False))
