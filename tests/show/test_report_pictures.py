"""The map of the report looks as it looked when a person found it right.

Compared are the dots of the canvas, without names, since fonts differ from machine to machine.
"""

from __future__ import annotations

import numpy as np
import pytest

import amalgamation as am
from amalgamation.show import PALETTE

selenium = pytest.importorskip("selenium")
from matplotlib.colors import to_rgb  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402

from reading import find, press, wait_until  # noqa: E402
from seeing import TOLERANCE, alike, canvas_of, difference  # noqa: E402

SIZE = (480, 320)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(am.run("toy", overrides={"solve.processes": 1}).report(), encoding="utf-8")
    return path


@pytest.fixture
def page(open_page, path):
    """A map of one size on every machine, without names."""
    page = open_page(path)
    page.execute_script(
        "const { style } = document.getElementById('map'); style.minHeight = 0; style.border = 0;"
        f"style.width = '{SIZE[0]}px'; style.height = '{SIZE[1]}px';"
    )
    toggle(page, "names")
    wait_until(lambda: canvas_of(page).shape == (SIZE[1], SIZE[0], 3), "the map keeps its size")
    return page


def toggle(page, layer):
    page.find_element(By.CSS_SELECTOR, f"[data-layer='{layer}']").click()


def test_municipalities_units_seats_and_borders(page, tmp_path):
    alike(canvas_of(page), "neighbours-apart", tmp_path)


def test_ties_and_rayons(page, tmp_path):
    toggle(page, "ties")
    toggle(page, "tier.rayon")
    alike(canvas_of(page), "ties-and-rayons", tmp_path)


def test_shaded_by_population(page, tmp_path):
    Select(page.find_element(By.ID, "colour-by")).select_by_value("population")
    alike(canvas_of(page), "shaded", tmp_path)


def test_a_municipality_drawn_by_hand_and_chosen(page, tmp_path):
    press(page, "hand")
    find(page, "Toy 06")
    press(page, "split")
    press(page, "zoom-all")
    alike(canvas_of(page), "drawn-by-hand", tmp_path)


# --- the yardstick itself ---------------------------------------------------------------


def test_a_blank_map_would_be_seen(page):
    drawn = canvas_of(page)
    assert difference(drawn, np.full_like(drawn, 255)) > 50 * TOLERANCE


def test_other_colours_would_be_seen(page):
    """Each colour of the palette becomes the next one."""
    drawn = canvas_of(page)
    colours = [np.round(255 * np.array(to_rgb(one))).astype(int) for one in PALETTE]
    changed = drawn.copy()
    for colour, other in zip(colours, [*colours[1:], colours[0]], strict=True):
        changed[(np.abs(drawn.astype(int) - colour) <= 1).all(axis=2)] = other
    assert difference(drawn, changed) > 50 * TOLERANCE


@pytest.mark.parametrize("layer", ["units", "ties", "tier.rayon"])
def test_a_layer_that_is_lost_would_be_seen(page, layer):
    before = canvas_of(page)
    toggle(page, layer)
    assert difference(before, canvas_of(page)) > TOLERANCE


def test_the_same_map_twice_does_not_differ(page):
    before = canvas_of(page)
    toggle(page, "ties")
    toggle(page, "ties")
    assert difference(before, canvas_of(page)) == 0.0
