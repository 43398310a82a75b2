"""How large the country's report is, and how soon a browser shows it.

In: `kz-two-tier`, with plans that need no solve: today's units, and one municipality per
rayon. Out: one line per plan. Needs selenium, and chromium with its chromedriver.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.support.wait import WebDriverWait

import amalgamation as am
from benchmarks.options import Options

__all__ = ["main"]

_QUESTION = "How large is the report, how soon is it ready, and how soon does it answer an edit?"
_PLANS: dict[str, Any] = {"today": "today", "by rayon": {"tier": "rayon"}}
_TIMES = 5
_READY = "return document.documentElement.dataset.ready"
_PATIENCE = 60

# The first unit joins its neighbours, as a person would have it, and the page is up to date
# when the click returns; only the picture comes with the next frame.
_EDIT = """
document.getElementById("hand").click();
const field = document.getElementById("search");
field.value = JSON.parse(document.getElementById("payload").textContent).units.id[0];
field.dispatchEvent(new Event("input"));
document.querySelector("#found button").click();
const began = performance.now();
document.getElementById("merge").click();
return (performance.now() - began) / 1000;
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("report", _QUESTION, engine=None)
    options.add_argument("--scenario", default="kz-two-tier", help="territory and rules")
    chosen = options.read(arguments)
    page = options.page(chosen)
    rows = [_measure(name, chosen.scenario) for name in _PLANS]
    page.show("The report in headless Chromium, without a graphics card", rows)
    page.note(f"ready and edit: the median of {_TIMES} openings; slowest: the slowest of them")
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def _measure(name: str, scenario: str) -> dict[str, Any]:
    result = am.run(scenario, overrides={"plan": _PLANS[name]})
    began = time.perf_counter()
    text = result.report().encode()
    took = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.html")
        path.write_bytes(text)
        ready, edits = zip(*(_open(path) for _ in range(_TIMES)), strict=True)
    return {
        "plan": name,
        "municipalities": 0 if result.plan is None else len(result.plan.seat_of),
        "made in s": took,
        "MB": len(text) / 1e6,
        "ready in s": statistics.median(ready),
        "slowest in s": max(ready),
        "edit in s": statistics.median(edits),
    }


def _open(path: Path) -> tuple[float, float]:
    """Open a page in a browser of its own; return the seconds until ready, and of an edit."""
    browser = webdriver.Chrome(options=_options(), service=_service())
    try:
        began = time.perf_counter()
        browser.get(path.as_uri())
        WebDriverWait(browser, _PATIENCE, 0.02).until(lambda one: one.execute_script(_READY))
        return time.perf_counter() - began, float(browser.execute_script(_EDIT))
    finally:
        browser.quit()


def _options() -> webdriver.ChromeOptions:
    options = webdriver.ChromeOptions()
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    options.binary_location = next(path for path in map(shutil.which, names) if path)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1366,1000"):
        options.add_argument(argument)
    return options


def _service() -> webdriver.ChromeService:
    return webdriver.ChromeService(shutil.which("chromedriver"))


if __name__ == "__main__":
    sys.exit(main())
