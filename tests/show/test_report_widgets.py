"""Each button, box and chart of the report does what it says, and can be seen to fail."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import amalgamation as am
from amalgamation.measure import nation_means, nearest_nations, read_nations
from amalgamation.show import build_report
from amalgamation.status import FrontierPoint

selenium = pytest.importorskip("selenium")
from selenium.webdriver import ActionChains, Keys  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402

from reading import find, press, shown, text_of, wait_until  # noqa: E402
from seeing import canvas_of, difference  # noqa: E402

SETTINGS = {"solve.processes": 1}


@pytest.fixture(scope="module")
def result():
    return am.run("toy", overrides=SETTINGS)


@pytest.fixture(scope="module")
def path(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    points = (FrontierPoint(3, 2.9, 2.5), FrontierPoint(4, result.certificate.cost, 2.4))
    certificate = replace(result.certificate, frontier=points)
    subject = replace(result.to_report_subject(), certificate=certificate)
    path.write_text(build_report(subject), encoding="utf-8")
    return path


@pytest.fixture
def page(open_page, path):
    return open_page(path)


@pytest.fixture
def canvas(page):
    canvas = page.find_element(By.ID, "canvas")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
    return canvas


def all_of(page, selector):
    return page.find_elements(By.CSS_SELECTOR, selector)


def scale(page):
    return text_of(page, "scale-words")


def changed(page, before):
    wait_until(lambda: difference(before, canvas_of(page)) > 0.01, "the map stays as it was")


def back(page, before):
    wait_until(lambda: difference(before, canvas_of(page)) == 0, "the map does not come back")


# --- the map is moved ------------------------------------------------------------------------


def test_buttons_bring_the_map_nearer_and_back(page):
    before, far = canvas_of(page), scale(page)
    press(page, "zoom-in")
    press(page, "zoom-in")
    changed(page, before)
    assert scale(page) != far
    press(page, "zoom-out")
    press(page, "zoom-out")
    back(page, before)
    press(page, "zoom-in")
    press(page, "zoom-all")
    back(page, before)


def test_the_map_is_pulled_with_the_pointer(page, canvas):
    before = canvas_of(page)
    hands = ActionChains(page)
    hands.move_to_element(canvas).click_and_hold().move_by_offset(60, 30).release().perform()
    changed(page, before)
    assert not all_of(page, "#panel h3"), "what was pulled was not clicked"
    press(page, "zoom-all")
    back(page, before)


def test_the_wheel_brings_the_map_nearer_where_the_pointer_is(page, canvas):
    before, far = canvas_of(page), scale(page)
    origin = selenium.webdriver.common.actions.wheel_input.ScrollOrigin.from_element(canvas)
    ActionChains(page).scroll_from_origin(origin, 0, -400).perform()
    changed(page, before)
    assert scale(page) != far


def test_keys_move_the_map_and_let_go_of_what_is_chosen(page, canvas):
    find(page, "Toy 01")
    assert all_of(page, "#panel h3")
    canvas.send_keys(Keys.ESCAPE)
    assert not all_of(page, "#panel h3")
    press(page, "zoom-all")
    before = canvas_of(page)
    canvas.send_keys("+")
    changed(page, before)
    canvas.send_keys("-")
    back(page, before)
    canvas.send_keys(Keys.ARROW_LEFT)
    changed(page, before)
    canvas.send_keys(Keys.ARROW_RIGHT)
    back(page, before)


def test_municipalities_of_different_sizes_are_shaded_differently_however_like_they_are(
    page, result
):
    """Sizes of 8,000 and some are not all 8,000."""
    sizes = result.scorecard.municipalities["population"]
    assert sizes.nunique() == 4
    Select(page.find_element(By.ID, "colour-by")).select_by_value("population")
    swatches = all_of(page, "#legend .swatch")
    assert len({one.get_attribute("style") for one in swatches}) == 4
    ends = [row.text.split(" – ") for row in all_of(page, "#legend li") if "–" in row.text]
    assert [ends[0][0], ends[-1][-1]] == [shown(sizes.min()), shown(sizes.max())]


# --- more or less of a table -----------------------------------------------------------------


def test_the_scorecard_shows_main_measures_or_all(page, result):
    rows = "#scorecard-table tbody tr"
    few = len(all_of(page, rows))
    assert few == len(result.scorecard._facts())
    page.find_element(By.CSS_SELECTOR, "#scorecard-table p button").click()
    assert len(all_of(page, rows)) == len(result.scorecard.national) > few
    page.find_element(By.CSS_SELECTOR, "#scorecard-table p button").click()
    assert len(all_of(page, rows)) == few


def test_bars_of_the_scorecard_are_as_long_as_their_figures(page, result):
    national = result.scorecard.national.loc["population_mean"]
    title = str(national["title"])
    row = next(r for r in all_of(page, "#scorecard-table tbody tr") if r.text.startswith(title))
    today, plan = (
        float(bar.get_attribute("width")) for bar in row.find_elements(By.TAG_NAME, "rect")
    )
    assert today / plan == pytest.approx(national["today"] / national["plan"], rel=1e-6)


def test_the_panel_shows_some_figures_or_all(page):
    find(page, "Toy 01")
    rows = "#panel table:first-of-type tbody tr"
    few = len(all_of(page, rows))
    page.find_element(By.CSS_SELECTOR, "#panel .card > p > button.link").click()
    assert len(all_of(page, rows)) > few
    page.find_element(By.CSS_SELECTOR, "#panel .card > p > button.link").click()
    assert len(all_of(page, rows)) == few


def test_sizes_of_bodies_are_shares_that_make_a_hundred(page):
    words = [text.text for text in all_of(page, "#panel .sizes text")]
    shares = [int(word.removesuffix("%")) for word in words if word.endswith("%")]
    assert len(shares) > 1
    assert abs(sum(shares) - 100) <= len(shares)


# --- the search box --------------------------------------------------------------------------


def test_the_search_takes_enter_forgets_on_escape_and_says_when_nothing_is_found(page):
    field = page.find_element(By.ID, "search")
    field.send_keys("no such place")
    assert "Nothing has this name" in text_of(page, "found")
    field.send_keys(Keys.ESCAPE)
    assert not page.find_element(By.ID, "found").is_displayed()
    field.clear()
    field.send_keys("Toy 05", Keys.ENTER)
    assert "Toy 05" in text_of(page, "panel")


def test_the_print_button_prints(page):
    page.execute_script("window.print = () => { window.printed = true; }")
    press(page, "print")
    assert page.execute_script("return window.printed")


# --- where most residents lose ---------------------------------------------------------------


def test_losers_are_those_of_the_scorecard_with_its_figures(page, result):
    tables = all_of(page, "#losers-tables table")
    assert len(tables) == len(result.scorecard.seats_today) == 2
    for table, seat in zip(tables, result.scorecard.seats_today, strict=True):
        expected = result.scorecard.where_most_lose(seat)
        rows = table.find_elements(By.CSS_SELECTOR, "tbody tr")
        assert [row.get_attribute("data-id") for row in rows] == list(expected.index)
        for row, figures in zip(rows, expected.itertuples(index=False), strict=True):
            cells = [cell.text for cell in row.find_elements(By.TAG_NAME, "td")]
            assert cells == [figures[0], *map(shown, figures[1:])]


def test_a_row_of_losers_flies_to_its_place_also_after_a_merger_by_hand(page):
    before = canvas_of(page)
    row = page.find_element(By.CSS_SELECTOR, "#losers-tables tbody button")
    name = row.text
    row.click()
    changed(page, before)
    assert page.find_element(By.CSS_SELECTOR, "#panel h3").text == name
    press(page, "hand")
    find(page, name)
    press(page, "merge")
    into = page.find_element(By.CSS_SELECTOR, "#panel .card h3").text
    page.find_element(By.CSS_SELECTOR, "#losers-tables tbody button").click()
    assert page.find_element(By.CSS_SELECTOR, "#panel .card h3").text == into
    assert page.get_log("browser") == []


def test_where_nobody_is_known_to_lose_there_is_no_such_table(open_page, result, tmp_path):
    card = result.scorecard
    kept = [name for name in card.municipalities if not str(name).startswith("farther_than_")]
    card = replace(
        card,
        municipalities=card.municipalities[kept],
        national=card.national.drop(index="area_km2_mean"),
    )
    page_text = build_report(replace(result.to_report_subject(), scorecard=card))
    (tmp_path / "report.html").write_text(page_text, encoding="utf-8")
    page = open_page(tmp_path / "report.html")
    assert not page.find_element(By.ID, "losers").is_displayed()
    assert not page.find_element(By.ID, "nations").is_displayed(), "nor a chart without areas"
    assert page.get_log("browser") == []


def test_the_tightest_place_of_a_rule_is_a_way_to_it(page):
    before = canvas_of(page)
    place = page.find_element(By.CSS_SELECTOR, "#binding-table .place button")
    name = place.text
    place.click()
    changed(page, before)
    assert page.find_element(By.CSS_SELECTOR, "#panel h3").text == name


# --- among nations ---------------------------------------------------------------------------


def dots(page, kind):
    found = all_of(page, f"#nations-chart circle.{kind}")
    return [(float(dot.get_attribute("cx")), float(dot.get_attribute("cy"))) for dot in found]


def test_every_country_has_a_dot_and_the_plan_and_today_stand_out(page):
    assert len(dots(page, "country")) == len(read_nations())
    assert len(dots(page, "plan")) == len(dots(page, "today")) == 1
    names = [text.text for text in all_of(page, "#nations-chart .name")]
    assert names[:2] == ["Plan", "Today"]


def test_dots_lie_where_the_logarithms_say(page, result):
    """From today to the plan as many pixels as the means have ratio, as between countries."""
    means = nation_means(result.scorecard.national)
    (plan,), (today,) = dots(page, "plan"), dots(page, "today")
    table = read_nations()
    places = dict(zip(table.index, dots(page, "country"), strict=True))
    for axis, column in ((0, "mean_population"), (1, "mean_area_km2")):
        pixels = places["Finland"][axis] - places["Czechia"][axis]
        decades = math.log(table.loc["Finland", column] / table.loc["Czechia", column])
        moved = math.log(means["plan"][axis] / means["today"][axis])
        assert plan[axis] - today[axis] == pytest.approx(pixels / decades * moved, abs=0.01)


def test_lines_lead_to_the_three_nearest_and_a_sentence_names_them(page, result):
    means = nation_means(result.scorecard.national)
    ends = [
        (float(line.get_attribute("x2")), float(line.get_attribute("y2")))
        for line in all_of(page, "#nations-chart line.near")
    ]
    places = dict(zip(read_nations().index, dots(page, "country"), strict=True))
    nearest = nearest_nations(*means["plan"])
    assert sorted(ends) == sorted(places[name] for name in nearest)
    sentence = text_of(page, "nations-nearest")
    assert sentence.endswith(f"the plan {', '.join(nearest)}.")


def test_no_name_hides_another_name_or_a_dot(page):
    boxes = page.execute_script(
        "const all = (s) => [...document.querySelectorAll(`#nations-chart ${s}`)];"
        "const ends = ({ x, y, width, height }) => [x, y, x + width, y + height];"
        "const box = (one) => ends(one.getBBox());"
        "return [all('.name').map(box), all('circle').map(box)];"
    )
    names, circles = boxes
    assert len(names) > 15
    for at, name in enumerate(names):
        assert not any(overlap(name, other) for other in names[:at])
        assert not any(overlap(name, circle) for circle in circles)


def overlap(a, b):
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 2 and b[1] < a[3] - 2


# --- the frontier ----------------------------------------------------------------------------


def test_the_frontier_has_a_dot_for_each_number_and_marks_the_plan(page, result):
    assert page.find_element(By.ID, "frontier").is_displayed()
    assert len(all_of(page, "#frontier-chart circle")) == 2
    (chosen,) = all_of(page, "#frontier-chart circle.chosen")
    assert chosen.get_attribute("textContent").startswith(f"{len(result.plan.municipalities)}: ")
    assert len(all_of(page, "#frontier-chart .band")) == 2


# --- on paper --------------------------------------------------------------------------------


def test_paper_has_map_and_tables_and_none_of_the_tools(page):
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        tools = [".bar", ".tools", "#zoom", "#panel", "#scorecard-table p"]
        assert not [one for one in tools if page.find_element(By.CSS_SELECTOR, one).is_displayed()]
        for name in ("canvas", "legend", "scorecard-table", "losers", "nations", "municipalities"):
            assert page.find_element(By.ID, name).is_displayed(), name
        head = page.find_element(By.CSS_SELECTOR, "#municipalities th button")
        # a button in a head is not repeated on the next sheet; its text is
        assert head.value_of_css_property("display") == "contents"
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
