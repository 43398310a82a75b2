"""The page says why, with the very figures that `amalgamation explain` gives.

What the page shows is composed anew here, from `Reasons` and the words of the catalogue: a
figure that the page reckons, rounds or leaves out otherwise is another line.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import pytest

import amalgamation as am
from amalgamation.explain.this_plan import say_amount
from amalgamation.language import read_page_words
from amalgamation.show import build_report

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

from reading import find, press

WORDS = read_page_words()["en"]
BASE = {"solve.processes": 1}
FREE = {"rules.municipalities": {"exactly": None, "min": 3, "max": 5}}
CASES = {
    "as bundled": {},
    "walls, reach and four aims": {
        **FREE,
        "rules.walls": ["rayon"],
        "rules.reach_km": {"max": 30},
        "aims.balance": {"population": 0.5},
        "aims.ties_cut": {"weight": 0.2, "by": "count"},
        "aims.number": {"weight": 0.1, "prefer": "few"},
    },
    "seats, ratios, classes and exceptions": {
        **FREE,
        "rules.population": {
            "min": 6000,
            "unless": {"area_km2": {"min": 900}},
            "by": "natural_zone",
            "classes": {"steppe": {"min": 6500}},
        },
        "rules.seats": {"or_population_min": 2500, "fixed": ["990203000"]},
        "rules.ratios": {"own": {"of": "own_revenue", "to": "running_cost", "min": 0.1}},
        "rules.max_units": 5,
    },
    "wishes and units left out": {
        **FREE,
        "rules.population": {"min": 7000},
        "rules.leave_out": {"units": ["990204000"], "may": [{"population": {"max": 2600}}]},
        "rules.keep_apart": [{"units": ["990105000", "990106000"]}],
        "aims.left_out": 0.3,
        "aims.wishes": {
            "weight": 0.01,
            "wishes": [
                {"unit": "990201000", "with": "990203000", "reason": "one school"},
                {"unit": "990101000", "against": "990102000"},
                {"unit": "990206000", "with": "990101000"},
            ],
        },
    },
}


def words(key, n=None, **places):
    form = key if n is None else f"{key}.{'one' if n == 1 else 'other'}"
    places |= {} if n is None else {"n": f"{n:,}"}
    return (WORDS.get(form) or WORDS[key]).format(**places)


def unit_word(unit):
    return WORDS.get(f"unit.{unit}", unit)


def amount(value, unit=""):
    figure = "∞" if math.isinf(value) else say_amount(value)
    return f"{figure} {unit_word(unit)}".rstrip()


class Lines:
    """Compose what the page must say of reasons, line by line."""

    def __init__(self, drawn):
        self.drawn, self.territory = drawn, drawn.territory
        self.unit_at = {label: unit for unit, label in self.territory.labels.items()}

    def name(self, unit):
        return str(self.territory.units.loc[unit, "name"])

    def unit_of(self, what):
        known = self.territory.attributes
        return known.get(what, what if what in ("km", "minutes") else "")

    def subject(self, key):
        _, _, rest = key.partition(".")
        rule, _, name = rest.partition(".")
        told = {
            "municipalities": "rule.number",
            "reach_km": "rule.reach",
            "max_units": "rule.max_units",
            "seats": "rule.fixed" if name == "fixed" else "rule.seats",
            "keep_apart": "rule.apart",
        }
        if key == "contiguity":
            return words("rule.contiguity")
        if rule in told:
            return words(told[rule])
        noun = name.split(".")[0] if rule in ("sums", "ratios") else rule
        return WORDS[f"name.{noun}"]

    def limit(self, margin):
        key = "rule.least" if margin.side == "min" else "rule.most"
        key = "rule.exactly" if margin.key.endswith(".exactly") else key
        return words(key, limit=amount(margin.limit, self.unit_of(margin.what)))

    def found(self, margin):
        at = f" ({self.name(self.unit_at[margin.at])})" if margin.at else ""
        return amount(margin.found, self.unit_of(margin.what)) + at

    def gap(self, margin):
        key = "spare" if margin.slack >= 0 else "short" if margin.side == "min" else "over"
        return words(f"why.{key}", by=amount(abs(margin.slack), self.unit_of(margin.what)))

    def margin(self, margin):
        head = f"{self.subject(margin.key)}: {self.limit(margin)}; {self.found(margin)}"
        if margin.lifted:
            return words("why.lifted", limit=head, why=margin.lifted)
        return f"{head}, {self.gap(margin)}"

    def share(self, cost):
        share = 100 * cost / self.drawn.cost
        return words("why.share", share=say_amount(share, signed=bool(share)))

    def price(self, choice):
        if math.isinf(choice.cost):
            return words("why.no_way")
        aims = [aim for aim in choice.aims if abs(aim.cost) > 1e-12]
        parts = [
            f"{say_amount(aim.raw, signed=True)} {unit_word(aim.unit)} ({self.aim(aim.name)})"
            for aim in aims
        ]
        return f"{', '.join(parts) or words('why.same')} = {self.share(choice.cost)}"

    def aim(self, name):
        kind, _, what = name.partition(".")
        return words(f"aim.{kind}", what=WORDS.get(f"name.{what}", ""))

    def what(self, choice, home):
        unit = self.name(choice.unit) if choice.unit else ""
        seat_of = self.drawn.plan.seat_of
        if choice.kind == "move":
            return words("why.move", unit=unit, name=self.name(seat_of[choice.to]))
        if choice.kind == "merge":
            other = choice.municipality if choice.to == home else choice.to
            seat = next(iter(choice.seats.values()))
            return words("why.merge", name=self.name(seat_of[other]), seat=self.name(seat))
        if choice.kind == "seat":
            return words("why.seat", name=self.name(choice.to))
        return words("why.alone" if choice.kind == "alone" else "why.apart", unit=unit)

    def breach(self, breach):
        at = self.subject(breach.key) + (f", {self.name(breach.seat)}" if breach.seat else "")
        margin = breach.margin
        if margin is None:
            return f"{at} ({breach.found})"
        return f"{at}: {self.found(margin)}, {self.gap(margin)} ({self.limit(margin)})"

    def tail(self, choice):
        told = "; ".join(map(self.breach, choice.breaks))
        breaks = words("why.breaks", rules=told) if told else words("why.free")
        return f"{self.price(choice)}{breaks}"

    def choice(self, choice, home):
        return f"{self.what(choice, home)}: {self.tail(choice)}"

    def refused(self, refused, home):
        key = "why.with" if refused.together else "why.against"
        wish = words(key, unit=self.name(refused.unit), other=self.name(refused.other))
        head = f"{wish} ({refused.reason})" if refused.reason else wish
        if refused.choice is None:
            return f"{head}: {words('why.never')}"
        return f"{head}: {words('why.granted')} {self.choice(refused.choice, home)}"


# One call for all units: the search is used, each list opened, and what stands there read.
READ = """
const [codes, whole] = arguments;
const texts = (query) => [...document.querySelectorAll(query)].map((node) => node.textContent);
return codes.map((code) => {
  const field = document.getElementById("search");
  field.value = code;
  field.dispatchEvent(new Event("input"));
  document.querySelector("#found button").click();
  if (whole) document.querySelector("#why-whole button").click();
  const buttons = () => [...document.querySelectorAll("#why p.screen button")];
  const more = () => buttons().find((one) => one.textContent.startsWith("All"));
  while (more()) more().click();
  return {
    limits: texts("#why-limits > li"),
    binding: texts("#why .why-binds"),
    choices: texts("#why-choices > li"),
    walled: texts("#why-walled > li"),
    refused: texts("#why-refused > li"),
  };
});
"""


def read(page, codes, *, whole):
    """Return for each unit, or for all of its municipality, the lines that the page shows."""
    return [
        {name: [line.replace("\xa0", " ") for line in lines] for name, lines in one.items()}
        for one in page.execute_script(READ, codes, whole)
    ]


def compare(shown, reasons, home):
    lines = Lines(reasons.drawn)
    assert shown["limits"] == [lines.margin(one) for one in reasons.margins]
    told = [lines.choice(one, home) for one in reasons.choices]
    assert sorted(shown["choices"]) == sorted(told)
    assert len(shown["binding"]) == len(reasons.binding) + bool(reasons.cheaper)
    for number, line in zip(reasons.binding.values(), shown["binding"], strict=False):
        assert f" {number} change" in line
    assert len(shown["walled"]) == len(reasons.walled)
    assert shown["refused"] == [lines.refused(one, home) for one in reasons.refused]


@cache
def answered(case):
    return am.run("toy", overrides={**BASE, **CASES[case]})


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("why") / "report.html"
    path.write_text(answered("walls, reach and four aims").report(), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES)
def test_every_figure_of_every_reason_is_that_of_explain(case, open_page, tmp_path):
    result = answered(case)
    (tmp_path / "report.html").write_text(result.report(), encoding="utf-8")
    page = open_page(tmp_path / "report.html")
    units = list(result.drawn.block_of)
    for unit, shown in zip(units, read(page, units, whole=False), strict=True):
        compare(shown, result.explain_unit(unit), result.plan.municipality_of.get(unit, ""))
    seats = result.plan.seat_of
    told = read(page, list(seats.values()), whole=True)
    for municipality, shown in zip(seats, told, strict=True):
        compare(shown, result.explain_municipality(municipality), municipality)
    assert page.get_log("browser") == []


def test_the_cases_have_what_they_are_about():
    """Else the comparison above would compare nothing."""
    results = {case: answered(case) for case in CASES}
    reasons = {
        name: [result.explain_unit(unit) for unit in result.drawn.block_of]
        for name, result in results.items()
    }
    every = [one for told in reasons.values() for one in told]
    keys = {key for one in every for choice in one.choices for key in choice.keys}
    assert {"contiguity", "rules.seats", "rules.reach_km.max", "rules.keep_apart"} <= keys
    assert {"rules.ratios.own.min", "rules.municipalities.exactly"} <= keys
    kinds = {choice.kind for one in every for choice in one.choices}
    assert kinds == {"move", "alone", "outside", "merge", "seat"}
    assert any(margin.lifted for one in every for margin in one.margins)
    assert any(one.walled for one in every)
    refused = [wish for one in every for wish in one.refused]
    assert any(wish.choice for wish in refused)


def test_reasons_are_told_in_the_language_of_the_page(path, open_page):
    """Words of the page, and what judges say, change; no English is left in a line."""
    page = open_page(path, "ru")
    (shown,) = read(page, ["990201000"], whole=False)
    assert shown["limits"][0].startswith("Население: не менее")
    text = " ".join(shown["choices"])
    assert "стоимости" in text
    assert not set(text.lower().split()) & {"breaks", "pieces", "of", "alone", "seat", "km"}


def test_what_is_drawn_by_hand_has_no_reasons_and_what_is_beside_it_says_whose_they_are(
    path, open_page
):
    page = open_page(path)
    press(page, "hand")
    find(page, "Toy 07")
    assert page.find_elements(By.ID, "why")
    press(page, "merge")
    assert not page.find_elements(By.ID, "why"), "a municipality drawn by hand"


def test_reasons_are_printed_with_what_is_chosen_and_buttons_are_not(path, open_page):
    page = open_page(path)
    panel = page.find_element(By.ID, "panel")
    assert panel.get_attribute("class") == "screen", "an empty panel has no place on paper"
    find(page, "Toy 07")
    assert panel.get_attribute("class") == ""
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert page.find_element(By.ID, "why-limits").is_displayed()
        assert not page.find_element(By.ID, "why-whole").is_displayed()
        assert not page.find_element(By.ID, "search").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_plan_across_a_wall_has_a_page_without_reasons():
    """Across a wall no price is defined, so nothing is told instead of something wrong."""
    result = am.run("toy", overrides={**BASE, "rules.walls": ["rayon"], **FREE})
    homes = dict(result.plan.municipality_of)
    first = next(iter(result.plan.seat_of))
    torn = am.Plan(dict.fromkeys(homes, first), {first: result.plan.seat_of[first]})
    assert '"reasons":null' in replace(result, plan=torn).report()


def test_the_page_of_a_notebook_is_quick_and_tells_no_reasons():
    result = am.run("toy", overrides=BASE)
    assert '"reasons":null' in build_report(result.to_report_subject(), map_only=True)
