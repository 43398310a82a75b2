"""The page of a study: how sure each border is, and every plan to be looked at."""

from __future__ import annotations

import json
import re

import pytest

import amalgamation as am
from amalgamation.study.robustness import variants_from_text

pytest.importorskip("selenium")
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

from reading import downloaded, find, press, requests_of, rows_of, text_of, wait_until
from seeing import canvas_of, difference

SETTINGS = {"solve.processes": 1, "aims.ties_cut": 0.1}


@pytest.fixture(scope="module")
def found():
    return am.alternatives("toy", within=12, number=3, probes=8, overrides=SETTINGS)


@pytest.fixture(scope="module")
def path(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("studies") / "toy"
    found.write(folder)
    return folder / "report.html"


@pytest.fixture(scope="module")
def payload(path):
    held = re.search(r'id="payload">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    return json.loads(held[1])


@pytest.fixture
def page(open_page, path):
    return open_page(path)


def show(page, name):
    row = page.find_element(By.CSS_SELECTOR, f"#plans tr[data-plan='{name}'] button")
    page.execute_script("arguments[0].click()", row)


def hover(page, payload, a, b):
    """Point at the middle of the border between two units; return what the page says of it."""
    map_ = payload["map"]
    at = [payload["units"]["id"].index(unit) for unit in (a, b)]
    arcs = [
        {arc if arc >= 0 else -1 - arc for ring in map_["shapes"][unit] for arc in ring}
        for unit in at
    ]
    (arc, *_) = sorted(arcs[0] & arcs[1])
    steps = map_["arcs"][arc]
    ends = [sum(steps[0::2]), sum(steps[1::2])]
    middle = [(start + end) / 2 for start, end in zip(steps[:2], ends, strict=True)]
    canvas = page.find_element(By.ID, "canvas")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
    wide, high = canvas.size["width"], canvas.size["height"]
    across, down = map_["size"]
    scale = min((wide - 28) / across, (high - 28) / down)
    place = [round((m - s / 2) * scale) for m, s in zip(middle, (across, down), strict=True)]
    ActionChains(page).move_to_element_with_offset(canvas, *place).perform()
    (words,) = page.find_elements(By.CSS_SELECTOR, "#tip .border")
    return words.text


def test_it_opens_without_a_request_and_says_what_is_certain_and_what_a_choice(page, found):
    assert requests_of(page) == []
    assert page.get_log("browser") == []
    facts, counts = text_of(page, "study-facts"), found.certainty.counts()
    assert facts.startswith("4 plans. Of 23 ties that the rules leave open, ")
    for words in (
        f"{counts['together']} are kept in all, {counts['apart']} cut in all",
        f"({counts['proven']} of both proven), {counts['choice']} are a choice",
    ):
        assert words in facts
    assert "others may differ" in facts


def test_the_list_has_the_figures_of_the_table(page, found):
    rows = page.find_elements(By.CSS_SELECTOR, "#plans tbody tr")
    for row, (name, expected) in zip(rows, found.table.iterrows(), strict=True):
        cells = [cell.text.replace("\xa0", " ") for cell in row.find_elements(By.TAG_NAME, "td")]
        assert cells[:4] == [
            name,
            f"{expected['more_percent']:.2f} %",
            f"{expected['gap_percent']:.2f} %",
            str(expected["municipalities"]),
        ]
        assert cells[4] == f"{expected['differs_percent']:.1f} %"


def test_each_plan_is_shown_with_its_own_municipalities_and_the_first_comes_back(page, found):
    press(page, "hand")
    before = canvas_of(page)
    for name, plan in reversed(found.plans.items()):
        show(page, name)
        expected = plan.to_frame().to_csv(index=False, lineterminator="\n").encode()
        assert downloaded(page).read_bytes() == expected, name
        assert set(rows_of(page)) == set(plan.municipalities)
        assert page.find_element(By.ID, "shown").is_displayed() == (name != "plan")
        assert not page.find_element(By.ID, "drawn").is_displayed(), "nobody drew"
        if name == "1":
            assert difference(before, canvas_of(page)) > 0.01
    assert page.get_log("browser") == []


def test_a_plan_that_is_shown_can_be_drawn_on_and_started_again(page):
    press(page, "hand")
    show(page, "2")
    first = downloaded(page).read_bytes()
    find(page, "Toy 06")
    press(page, "split")
    assert page.find_element(By.ID, "drawn").is_displayed()
    press(page, "restart")
    assert downloaded(page).read_bytes() == first
    assert not page.find_element(By.ID, "drawn").is_displayed()


def test_the_times_that_a_border_stands_are_those_of_the_table_of_ties(payload, found):
    """The page counts plans by itself; the map of certainty and the GIS read the table."""
    homes = [plan["home"] for plan in payload["study"]["plans"]]
    position = {unit: at for at, unit in enumerate(payload["units"]["id"])}
    ties, reasons = found.certainty.ties, payload["study"]["reasons"]
    pairs = list(zip(payload["ties"]["a"], payload["ties"]["b"], strict=True))
    assert len(pairs) == len(ties)
    for a, b, share, reason in ties[["a", "b", "together_percent", "reason"]].itertuples(
        index=False
    ):
        i, j = position[a], position[b]
        kept = sum(home[i] == home[j] >= 0 for home in homes)
        assert 100 * kept / len(homes) == pytest.approx(share)
        at = pairs.index((i, j)) if (i, j) in pairs else pairs.index((j, i))
        assert reasons[payload["study"]["ties"][at]] == reason


def test_a_border_under_the_pointer_says_how_often_it_stands_and_what_is_proven(
    page, payload, found
):
    told = {}
    for a, b, share, verdict, reason in found.certainty.ties[
        ["a", "b", "together_percent", "verdict", "reason"]
    ].itertuples(index=False):
        kind = (verdict, reason)
        if kind in told or reason == "rule":
            continue
        told[kind] = words = hover(page, payload, a, b)
        cut = round(4 * (1 - share / 100))
        assert f"cut in {cut} of 4 plans" in words if cut else "kept in all 4 plans" in words
        assert words.endswith("proven") == (reason == "proven")
    assert {verdict for verdict, _ in told} == {"together", "apart", "choice"}
    assert "proven" in {reason for _, reason in told}


def test_the_layer_and_the_colours_of_certainty_can_be_taken_off(page):
    sure = canvas_of(page)
    assert "A unit is with its own municipality in" in text_of(page, "legend")
    assert "border in every plan: certain" in text_of(page, "legend")
    page.find_element(By.CSS_SELECTOR, "[data-layer='sure']").click()
    wait_until(lambda: difference(sure, canvas_of(page)) > 0.001, "the borders stay")
    assert "border in every plan" not in text_of(page, "legend")
    page.find_element(By.CSS_SELECTOR, "#colour-by option[value='']").click()
    wait_until(lambda: difference(sure, canvas_of(page)) > 0.1, "the shades stay")


def test_a_study_of_robustness_has_the_same_page_and_a_row_for_a_variant_without_a_plan(
    open_page, tmp_path
):
    variants = variants_from_text(
        disturb=(), number=1, seeds=1, vary=("rules.population.min=8000,30000",)
    )
    found = am.robustness("toy", variants, overrides=SETTINGS)
    found.write(tmp_path / "study")
    page = open_page(tmp_path / "study" / "report.html")
    assert text_of(page, "study-title").endswith("under other assumptions")
    rows = page.find_elements(By.CSS_SELECTOR, "#plans tbody tr")
    assert len(rows) == len(found.variations)
    without = [row for row in rows if not row.find_elements(By.TAG_NAME, "button")]
    assert len(without) == sum(each.plan is None for each in found.variations) == 1
    assert "Infeasible" in without[0].text
    assert page.get_log("browser") == []


def test_a_page_of_one_plan_has_nothing_of_a_study(open_page, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(am.run("toy", overrides=SETTINGS).report(), encoding="utf-8")
    page = open_page(path)
    assert not page.find_element(By.ID, "study").is_displayed()
    assert page.find_elements(By.CSS_SELECTOR, "[data-layer='sure']") == []
