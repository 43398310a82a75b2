"""The country's report and map: small enough to send, and the page of a real size works."""

from __future__ import annotations

import pytest

import amalgamation as am
from amalgamation import api
from amalgamation.show import to_svg

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

from reading import agrees, downloaded, find, press, rows_of, text_of

SETTINGS = {"plan": {"tier": "rayon"}}
MOST_BYTES = 6_000_000
MOST_BYTES_OF_A_MAP = 2_000_000


@pytest.fixture(scope="module")
def result():
    return am.run("kz-two-tier", overrides=SETTINGS)


@pytest.fixture(scope="module")
def path(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("country") / "report.html"
    path.write_text(result.report(), encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_country_is_shown_drawn_and_judged_from_one_small_file(path, open_page):
    assert path.stat().st_size < MOST_BYTES
    page = open_page(path)
    assert page.get_log("browser") == []
    assert "from 2,492 units" in text_of(page, "tiles")
    page.find_element(By.CSS_SELECTOR, "#list-table p button").click()
    assert len(rows_of(page)) == 201
    press(page, "hand")
    find(page, "Сатпаев")
    press(page, "merge")
    agrees(page, api.measure(downloaded(page), "kz-two-tier"))


@pytest.mark.slow
def test_the_map_of_the_country_is_small_and_has_no_inset_where_nothing_is_crowded(result):
    """201 rayons and cities are large enough to be seen; their units have no say."""
    figure = result.plot()
    assert len(figure.axes) == 1
    assert len(to_svg(figure)) < MOST_BYTES_OF_A_MAP
