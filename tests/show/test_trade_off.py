"""The picture of a trade-off: who is marked, how the stairs run, and what stands around it."""

import pandas as pd
import pytest

from amalgamation.show import plot_trade_off, to_png

POINTS = pd.DataFrame(
    {"x": [1.0, 3.0, 2.0, 3.0], "y": [9.0, 4.0, 9.5, 8.0], "pareto": [True, True, False, False]},
    index=["a", "b", "$c_1$", "d"],
)


def stairs(ax):
    return list(zip(*ax.lines[0].get_data(), strict=True))


@pytest.mark.parametrize(
    ("ways", "corners"),
    [
        ((False, False), [(1, 9), (3, 9), (3, 4)]),
        ((True, True), [(3, 4), (1, 4), (1, 9)]),
    ],
)
def test_the_stairs_run_from_the_best_in_one_to_the_best_in_the_other(ways, corners):
    """Seen from the better side: from each plan as far as the next one, then up or down."""
    ax = plot_trade_off(POINTS, ("km", "cost"), ways).axes[0]
    assert stairs(ax) == corners
    assert [len(one.get_offsets()) for one in ax.collections[:2]] == [2, 2]


def test_words_say_the_direction_and_what_is_made_up_and_names_stay_text():
    figure = plot_trade_off(
        POINTS, ("km", "share $x$"), (False, True), notice="Made up.", language="ru"
    )
    ax = figure.axes[0]
    assert ax.get_xlabel() == "km: чем меньше, тем лучше"
    assert ax.get_ylabel() == "share $x$: чем больше, тем лучше"
    texts = [text.get_text() for text in ax.texts]
    assert "Made up." in texts
    assert "$c_1$" in texts
    assert to_png(figure)[1:4] == b"PNG"


def test_equal_figures_and_one_plan_are_drawn_too():
    same = POINTS.assign(x=1.0, y=0.0, pareto=True)
    assert len(plot_trade_off(same, ("km", "cost"), (False, False)).axes) == 1
    assert len(plot_trade_off(POINTS.head(1), ("km", "cost"), (False, False)).axes) == 1
