"""The report in a browser: it opens from disk, asks nobody, and draws as `measure` judges."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

import amalgamation as am
from amalgamation import api
from amalgamation.show import build_report
from amalgamation.write import read_assignment

selenium = pytest.importorskip("selenium")
from selenium.webdriver import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.select import Select  # noqa: E402

from reading import (  # noqa: E402
    agrees,
    columns_of,
    downloaded,
    find,
    press,
    requests_of,
    rows_of,
    shown,
    text_of,
    wait_until,
)

SETTINGS = {
    "solve.processes": 1,
    "rules.municipalities": {"exactly": None, "min": 3, "max": 5},
    "rules.reach_km": {"max": 30},
    "rules.walls": ["oblast"],
    "aims.balance": {"population": 0.5},
    "aims.ties_cut": 0.2,
    "aims.crossings": {"rayon": 0.1},
    "write": ["csv", "html"],
}
OUTSIDE = "990104000"
HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def result():
    return am.run("toy", overrides=SETTINGS)


@pytest.fixture(scope="module")
def folder(result, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "toy"
    result.write(folder)
    return folder


@pytest.fixture
def page(open_page, folder):
    return open_page(folder / "report.html")


def picture(page):
    return page.execute_script("return document.getElementById('canvas').toDataURL()")


# --- it opens ---------------------------------------------------------------------------


def test_it_opens_from_disk_without_a_request_and_without_a_complaint(page):
    assert requests_of(page) == []
    assert page.get_log("browser") == [], "nothing broke, and the policy stopped nothing"


def test_its_own_policy_lets_no_other_script_run_and_no_address_be_asked(page):
    page.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s);"
        "fetch('https://example.org/').then(() => { window.asked = 1 }, () => {});"
        "const i = new Image(); i.src = 'https://example.org/x.png'; document.body.append(i);"
    )
    time.sleep(0.2)
    assert page.execute_script("return window.ran === undefined && window.asked === undefined")
    assert sum("Content Security Policy" in one["message"] for one in page.get_log("browser")) >= 3


def test_it_shows_the_question_the_status_and_the_number_of_municipalities(page, result):
    assert text_of(page, "title") == result.scenario.title
    assert text_of(page, "question") == result.scenario.question
    assert text_of(page, "meaning") == result.certificate.meaning()
    assert "Optimal" in text_of(page, "tiles")
    assert len(rows_of(page)) == len(result.plan.municipalities)
    assert "made-up units" in text_of(page, "synthetic")


def test_figures_of_the_list_are_those_of_the_scorecard(page, result):
    table = result.scorecard.municipalities
    names = {m.title: m.name for m in result.scorecard.measures} | {"Area": "area_km2"}
    heads = columns_of(page)
    for municipality, cells in rows_of(page).items():
        for head, cell in list(zip(heads, cells, strict=True))[3:]:
            assert cell == shown(table.loc[municipality, names[head]]), (municipality, head)


# --- it is looked at --------------------------------------------------------------------


def test_each_layer_changes_the_picture_and_comes_back(page):
    boxes = page.find_elements(By.CSS_SELECTOR, "#layers input")
    names = [box.get_attribute("data-layer") for box in boxes]
    assert names == ["names", "seats", "units", "ties", "tier.rayon", "tier.oblast"]
    for name in ("ties", "tier.rayon", "seats"):
        before = picture(page)
        box = page.find_element(By.CSS_SELECTOR, f"[data-layer='{name}']")
        box.click()
        wait_until(lambda: picture(page) != before, f"{name} changes nothing")  # noqa: B023
        box.click()
        wait_until(lambda: picture(page) == before, f"{name} does not come back")  # noqa: B023


def test_colours_may_show_any_measure_and_the_legend_says_which(page):
    before = picture(page)
    choice = Select(page.find_element(By.ID, "colour-by"))
    assert len(choice.options) > 10
    choice.select_by_value("density")
    wait_until(lambda: picture(page) != before, "the colours stay")
    assert text_of(page, "legend").startswith("Density, residents/km²")
    assert page.find_elements(By.CSS_SELECTOR, "#legend .swatch")


def test_the_words_change_with_the_language_and_names_with_them(page):
    press_language(page, "kk")
    assert (
        page.find_element(By.CSS_SELECTOR, "section:not([hidden]) h2").text
        == "Жоспардың көрсеткіштері"
    )
    assert all("Ойыншық" in cells[0] for cells in rows_of(page).values())
    press_language(page, "ru")
    assert "Центры" in text_of(page, "layers")
    assert text_of(page, "scorecard-table").count("Среднее население муниципалитета") == 1
    press_language(page, "en")
    assert page.find_element(By.CSS_SELECTOR, "section:not([hidden]) h2").text == "Scorecard"


def press_language(page, code):
    page.find_element(By.CSS_SELECTOR, f"#languages [lang={code}]").click()


def test_the_address_may_name_the_language(open_page, folder):
    page = open_page(folder / "report.html", "ru")
    assert page.find_element(By.CSS_SELECTOR, "section:not([hidden]) h2").text == "Показатели плана"
    assert "2,6" in text_of(page, "tiles"), "numbers have the comma of the language"


@pytest.mark.parametrize("spelling", ["Toy 07", "toy 07", "Ойыншық 07", "990203000"])
def test_a_unit_is_found_by_each_of_its_names_and_by_its_code(page, spelling):
    find(page, spelling)
    assert page.find_element(By.CSS_SELECTOR, "#panel h3").text == "Toy 07"


def test_a_click_on_the_map_chooses_what_lies_there(page, result):
    payload = json.loads(text_of(page, "payload"))
    canvas = page.find_element(By.ID, "canvas")
    wide, high = canvas.size["width"], canvas.size["height"]
    (across, down), pad = payload["map"]["size"], 14
    scale = min((wide - 2 * pad) / across, (high - 2 * pad) / down)
    unit = payload["units"]["id"].index("990101000")
    x, y = payload["map"]["seats"][unit]
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
    place = ((x - across / 2) * scale, (y - down / 2) * scale)
    ActionChains(page).move_to_element_with_offset(canvas, *map(round, place)).click().perform()
    seat = result.plan.seat_of_unit("990101000")
    name = result.territory.units.loc[seat, "name"]
    assert page.find_element(By.CSS_SELECTOR, "#panel h3").text == name
    assert "Toy 01" in text_of(page, "tip"), "what the pointer is over is named"
    assert page.find_element(By.CSS_SELECTOR, "#why h4").text == "Why Toy 01 is here"


def test_a_click_on_a_heading_sorts_and_a_click_on_a_row_chooses(page):
    def first_units():
        return [float(cells[3]) for cells in rows_of(page).values()]

    head = next(
        h
        for h in page.find_elements(By.CSS_SELECTOR, "#municipalities th button")
        if h.text == "Units"
    )
    head.click()
    assert first_units() == sorted(first_units(), reverse=True)
    next(
        h
        for h in page.find_elements(By.CSS_SELECTOR, "#municipalities th button")
        if h.text == "Units"
    ).click()
    assert first_units() == sorted(first_units())
    row = page.find_element(By.CSS_SELECTOR, "#municipalities tbody button")
    name = row.text
    row.click()
    assert page.find_element(By.CSS_SELECTOR, "#panel h3").text == name
    assert len(page.find_elements(By.CSS_SELECTOR, "#municipalities tr.marked")) == 1


def test_what_binds_is_the_least_room_of_each_rule(page, result):
    people = result.scorecard.municipalities["population"]
    row = page.find_element(By.CSS_SELECTOR, "#binding-table tbody tr")
    assert row.text.startswith("Population: at least 8,000 residents")
    assert f"{(people <= 8400).sum()} / {len(people)}" in row.text
    assert f"{people.min():,.0f} residents" in row.find_element(By.CSS_SELECTOR, ".place").text


def test_names_that_are_markup_stay_text_everywhere(open_page, result, tmp_path):
    units = result.territory.units.copy()
    for column in ("name", "name_ru", "name_kk", "type"):
        units[column] = HOSTILE
    ground = replace(
        result.territory,
        units=units,
        notice=HOSTILE,
        parent_names={tier: dict.fromkeys(units[tier], HOSTILE) for tier in result.territory.tiers},
    )
    title = {"title": HOSTILE, "question": HOSTILE}
    subject = replace(
        result.to_report_subject(),
        territory=ground,
        scenario=result.scenario.model_copy(update=title),
        notices=(HOSTILE,),
    )
    (tmp_path / "report.html").write_text(build_report(subject), encoding="utf-8")
    page = open_page(tmp_path / "report.html")
    press(page, "hand")
    find(page, "img")
    assert page.find_elements(By.TAG_NAME, "img") == []
    assert page.title == HOSTILE
    assert HOSTILE in text_of(page, "panel")
    assert page.get_log("browser") == [], "no alert, no error, nothing that the policy stopped"


# --- it draws ---------------------------------------------------------------------------


def judged(path):
    return api.measure(path, "toy", overrides=SETTINGS)


def test_the_plan_of_the_run_keeps_all_rules_and_comes_back_as_it_was(page, result):
    press(page, "hand")
    agrees(page, result)
    assert downloaded(page).read_bytes() == assignment_of(result)


def assignment_of(result):
    return result.plan.to_frame().to_csv(index=False, lineterminator="\n").encode()


def test_a_unit_that_is_moved_changes_sizes_ways_and_cost_as_measure_says(page):
    press(page, "hand")
    before = text_of(page, "cost-now")
    find(page, "Toy 02")
    others = Select(page.find_element(By.ID, "move-to")).options
    others[0].click()
    press(page, "move")
    assert text_of(page, "cost-now") != before
    assert page.find_element(By.ID, "drawn").is_displayed()
    agrees(page, judged(downloaded(page)))


def test_every_way_of_drawing_agrees_with_measure_and_undo_takes_each_back(page, result):
    press(page, "hand")
    find(page, "Toy 06")
    press(page, "split")
    agrees(page, judged(downloaded(page)))
    find(page, "Toy 01")
    press(page, "seat")
    agrees(page, judged(downloaded(page)))
    find(page, "Toy 11")
    press(page, "merge")
    third = downloaded(page).read_bytes()
    agrees(page, judged(downloaded(page)))
    press(page, "undo")
    press(page, "undo")
    press(page, "undo")
    assert downloaded(page).read_bytes() == assignment_of(result)
    assert not page.find_element(By.ID, "drawn").is_displayed()
    for _ in range(3):
        press(page, "redo")
    assert downloaded(page).read_bytes() == third
    press(page, "restart")
    assert downloaded(page).read_bytes() == assignment_of(result)


def test_a_municipality_torn_apart_is_told_as_measure_tells_it(page):
    """Toy 12 lies in a corner: Toy 01, in the other, is not its neighbour."""
    press(page, "hand")
    find(page, "Toy 08")
    press(page, "split")
    find(page, "Toy 04")
    Select(page.find_element(By.ID, "move-to")).options[-1].click()
    press(page, "move")
    verdict = judged(downloaded(page))
    assert verdict.breaches, "a plan that breaks rules is what this is about"
    agrees(page, verdict)


def test_a_unit_outside_every_municipality_is_told_and_stays_outside(open_page, result, tmp_path):
    homes = dict(result.plan.municipality_of)
    assert homes.pop(OUTSIDE) != OUTSIDE, "it is no seat"
    plan = am.Plan(homes, result.plan.seat_of, (OUTSIDE,))
    subject = replace(result.to_report_subject(), plan=plan)
    (tmp_path / "report.html").write_text(build_report(subject), encoding="utf-8")
    page = open_page(tmp_path / "report.html")
    press(page, "hand")
    assert read_assignment(downloaded(page)) == plan
    find(page, OUTSIDE)
    assert page.find_elements(By.ID, "merge") == [], "it has no municipality to merge"
    press(page, "split")
    assert read_assignment(downloaded(page)).outside == ()
    assert len(rows_of(page)) == len(plan.municipalities) + 1
    assert page.get_log("browser") == []


def test_a_run_that_was_asked_for_a_language_opens_in_it(open_page, result, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(result.report(language="ru"), encoding="utf-8")
    page = open_page(path, language="")
    assert page.execute_script("return document.documentElement.lang") == "ru"
    assert "Игрушечная территория" in text_of(page, "title")
    assert text_of(page, "synthetic").count("интетические данные") == 1


def test_parents_and_sentences_of_the_program_change_with_the_language(page):
    press_language(page, "ru")
    assert "сегодняшние центры (район, область)" in text_of(page, "account")
    assert "Игрушка" in text_of(page, "list-table")
    press_language(page, "en")
    assert "seats today (rayon, oblast)" in text_of(page, "account")
