"""A browser for the report: headless Chromium with the driver that lies beside it."""

from __future__ import annotations

import shutil
import time

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """Start a browser once; nothing is downloaded, and no page may."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    program = next((path for path in map(shutil.which, _NAMES) if path), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no chromium with its chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1366,1000"):
        options.add_argument(argument)
    # a page that flies gently is a page whose pictures come too early
    options.add_argument("--force-prefers-reduced-motion")
    folder = str(tmp_path_factory.mktemp("downloads"))
    preferences = {
        "download.default_directory": folder,
        # else the second file waits for a question that nobody answers
        "profile.default_content_setting_values.automatic_downloads": 1,
    }
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(driver)
    browser = webdriver.Chrome(options=options, service=service)
    browser.download_folder = folder
    yield browser
    browser.quit()


@pytest.fixture
def open_page(chromium):
    """Open a file of the disk, and wait until its script is done."""

    def opened(path, language="en"):
        chromium.get("about:blank")  # else a new fragment alone would not load the page again
        for log in ("browser", "performance"):
            chromium.get_log(log)  # what an earlier page said
        chromium.get(f"{path.as_uri()}#{language}")
        limit = time.monotonic() + 30
        while not chromium.execute_script("return document.documentElement.dataset.ready"):
            assert time.monotonic() < limit, chromium.get_log("browser")
            time.sleep(0.05)
        return chromium

    return opened
