"""Hands and eyes for a report in a browser: search, press, read, compare with `measure`."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

from selenium.webdriver.common.by import By

__all__ = [
    "agrees",
    "columns_of",
    "downloaded",
    "find",
    "press",
    "requests_of",
    "rows_of",
    "shown",
    "text_of",
    "wait_until",
]


def press(page, name):
    page.execute_script("arguments[0].click()", page.find_element(By.ID, name))


def find(page, text):
    """Search for a name and choose the first that is found."""
    field = page.find_element(By.ID, "search")
    field.send_keys(text)
    page.find_element(By.CSS_SELECTOR, "#found button").click()


def text_of(page, name):
    return page.find_element(By.ID, name).get_attribute("textContent")


def wait_until(condition, failing):
    """Wait for what comes with the next frame, or from the disk."""
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit, failing
        time.sleep(0.02)


def requests_of(page):
    """Return the addresses that the page asked for, its own left out."""
    events = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    asked = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
    return [a["request"]["url"] for a in asked if a["documentURL"] != a["request"]["url"]]


def rows_of(page):
    table = page.find_elements(By.CSS_SELECTOR, "#municipalities tbody tr")
    cells = [[cell.text for cell in row.find_elements(By.TAG_NAME, "td")] for row in table]
    return {row.get_attribute("data-id"): cell for row, cell in zip(table, cells, strict=True)}


def columns_of(page):
    heads = page.find_elements(By.CSS_SELECTOR, "#municipalities thead th button")
    return [head.text for head in heads]


def shown(value):
    """Spell a figure as the page does in English."""
    if math.isinf(value):
        return "∞"
    whole = float(value).is_integer() or abs(value) >= 1000
    return f"{value:,.0f}" if whole else f"{value:.3g}"


def downloaded(page):
    path = Path(page.download_folder, "assignment.csv")
    path.unlink(missing_ok=True)
    press(page, "download")
    wait_until(path.exists, "no file came")
    return path


def agrees(page, result):
    """Compare every figure of the list, the cost and the broken rules with `measure`."""
    table, heads = result.scorecard.municipalities, columns_of(page)
    names = {m.title: m.name for m in result.scorecard.measures} | {"Area": "area_km2"}
    rows = rows_of(page)
    assert set(rows) == set(table.index)
    for municipality, cells in rows.items():
        for head, cell in list(zip(heads, cells, strict=True))[3:]:
            assert cell == shown(table.loc[municipality, names[head]]), (municipality, head)
    assert text_of(page, "cost-now") == f"{result.certificate.cost:.6g}"
    # `measure` names each unit out of reach, the page each municipality and rule
    broken = len({finding.where for finding in result.breaches})
    assert text_of(page, "breaches").startswith(f"{broken} rule" if broken else "All rules")
    rows = page.find_elements(By.CSS_SELECTOR, "#costs tbody tr:not(.sum)")
    raws = [row.find_element(By.CSS_SELECTOR, "td:last-child").text for row in rows]
    assert raws == [shown(aim.raw) for aim in result.certificate.aims]
