"""What `explore` shows in a notebook is alive, asks nobody, and reaches nothing of the notebook."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import amalgamation as am
from amalgamation.errors import DataError, InputError
from amalgamation.show import build_explorer
from amalgamation.status import Certificate, Status
from amalgamation.territory import grid_territory

HOSTILE = '</script></iframe><img src=x onerror="alert(1)">&quot;'


@pytest.fixture(scope="module")
def result():
    return am.run("toy", overrides={"solve.processes": 1})


def test_it_stays_short_in_words_and_gives_a_frame_in_a_notebook(result):
    explorer = result.explore(height=500)
    assert repr(explorer) == "Explorer(title='A toy territory of twelve units', height=500)"
    frame = explorer._repr_html_()
    assert frame.startswith('<iframe title="A toy territory of twelve units" sandbox=')
    assert "height: 500px" in frame
    assert frame.count("<") == 2, "the page within is an attribute, and so is all that it holds"


def test_the_frame_has_neither_the_notebooks_origin_nor_its_top(result):
    allowed = re.search(r'sandbox="([^"]*)"', result.explore()._repr_html_())[1].split()
    assert allowed == ["allow-scripts", "allow-downloads"]


def test_without_a_plan_or_without_geometry_there_is_nothing_to_explore(result):
    without = replace(
        result, plan=None, scorecard=None, certificate=Certificate(Status.NO_PLAN, 1.0, 0.0)
    )
    with pytest.raises(InputError, match="expected a plan"):
        without.explore()
    table = replace(result.to_report_subject(), territory=grid_territory(1, 2, with_geometry=False))
    with pytest.raises(DataError, match="a table of units; expected polygons"):
        build_explorer(table)


# --- in a browser -----------------------------------------------------------------------

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By  # noqa: E402

from reading import downloaded, find, press, requests_of, text_of, wait_until  # noqa: E402
from seeing import canvas_of, difference  # noqa: E402


@pytest.fixture
def notebook(chromium, tmp_path):
    """A page that holds the output of a cell, as a notebook does; the frame is entered."""

    def opened(explorer):
        body = f"<h1>notebook</h1><script>window.secret = 1</script>{explorer._repr_html_()}"
        path = tmp_path / "notebook.html"
        path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{body}", encoding="utf-8")
        chromium.get("about:blank")
        for log in ("browser", "performance"):
            chromium.get_log(log)
        chromium.get(path.as_uri())
        chromium.switch_to.frame(chromium.find_element(By.TAG_NAME, "iframe"))
        ready = "return document.documentElement.dataset.ready"
        wait_until(lambda: chromium.execute_script(ready), "the page is never ready")
        return chromium

    yield opened
    chromium.switch_to.default_content()


def test_the_map_is_drawn_without_a_request_and_without_a_complaint(notebook, result):
    page = notebook(result.explore())
    wait_until(lambda: bool((canvas_of(page) < 250).any()), "the map is blank")
    assert [one for one in requests_of(page) if not one.startswith("about:")] == []
    assert page.get_log("browser") == []


def test_only_the_map_with_its_tools_is_in_sight(notebook, result):
    page = notebook(result.explore())
    seen = [
        heading.text for heading in page.find_elements(By.TAG_NAME, "h2") if heading.is_displayed()
    ]
    assert seen == []
    for name in ("title", "synthetic", "canvas", "search", "colour-by", "layers", "languages"):
        assert page.find_element(By.ID, name).is_displayed(), name
    for name in ("tiles", "meaning", "print", "scorecard-table"):
        assert not page.find_element(By.ID, name).is_displayed(), name


def test_it_is_searched_and_drawn_and_what_is_drawn_is_downloaded(notebook, result):
    page = notebook(result.explore())
    before = canvas_of(page)
    press(page, "hand")
    find(page, "Toy 06")
    press(page, "split")
    assert text_of(page, "panel").count("Toy 06")
    wait_until(lambda: difference(before, canvas_of(page)) > 0.005, "nothing is drawn anew")
    given = am.Plan(result.plan.municipality_of, result.plan.seat_of).to_frame()
    assert len(downloaded(page).read_text().splitlines()) == len(given) + 1


def test_it_cannot_reach_the_notebook(notebook, result):
    page = notebook(result.explore())
    reach = "try { return parent.secret } catch (error) { return error.name }"
    assert page.execute_script(reach) == "SecurityError"
    store = "try { return String(localStorage) } catch (error) { return error.name }"
    assert page.execute_script(store) == "SecurityError"


def test_names_that_are_markup_stay_text_in_the_frame_and_around_it(notebook, result):
    units = result.territory.units.assign(name=HOSTILE)
    subject = result.to_report_subject()
    hostile = replace(
        subject,
        territory=replace(subject.territory, units=units),
        scenario=subject.scenario.model_copy(update={"title": HOSTILE}),
    )
    page = notebook(build_explorer(hostile))
    assert text_of(page, "title") == HOSTILE
    assert page.find_elements(By.TAG_NAME, "img") == []
    assert page.get_log("browser") == []
    page.switch_to.default_content()
    assert page.find_elements(By.TAG_NAME, "img") == []
    (frame,) = page.find_elements(By.TAG_NAME, "iframe")
    assert frame.get_attribute("title") == HOSTILE
    page.switch_to.frame(frame)
