"""What the validation found, kept as figures: printed at the end, and written to a page.

A test notes what it held against what (``figure``); only notes of tests that passed are
told. Tests marked ``whole`` are the long part, which ``make validate`` runs and CI does not.
"""

import json

import pytest
from docs.pages.between import replace_between

MARK = "validation"
_KEY = "figure"
_HEAD = ("what", "known", "found")


def pytest_configure(config):
    config.addinivalue_line("markers", "whole: the long part of the validation (--whole)")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--whole"):
        return
    for item in items:
        if item.get_closest_marker("whole"):
            item.add_marker(pytest.mark.skip(reason="long: `make validate`, or --whole"))


@pytest.fixture
def figure(record_property):
    """Note one figure: in which table, what it is of, what was known, what was found."""

    def note(table, what, known, found):
        record_property(_KEY, json.dumps([table, what, str(known), str(found)]))

    return note


def tables_of(reports):
    """Return the figures as Markdown, a table for each name, in the order of the tests."""
    tables = {}
    for report in reports:
        for key, value in report.user_properties:
            if key == _KEY:
                table, *row = json.loads(value)
                tables.setdefault(table, []).append(row)
    return "\n\n".join(_markdown(table, rows) for table, rows in sorted(tables.items()))


def _markdown(table, rows):
    lines = [" | ".join(row) for row in [_HEAD, ["---"] * len(_HEAD), *sorted(rows)]]
    return "\n".join([f"**{table}**", "", *(f"| {line} |" for line in lines)])


def pytest_terminal_summary(terminalreporter, config):
    figures = tables_of(terminalreporter.stats.get("passed", []))
    if not (figures and config.getoption("--whole")):
        return
    terminalreporter.section("figures")
    terminalreporter.write_line(figures)
    page, broken = config.getoption("--figures"), ("failed", "error")
    if page is not None and not any(terminalreporter.stats.get(word) for word in broken):
        text = page.read_text(encoding="utf-8")
        page.write_text(replace_between(text, MARK, figures, str(page)), encoding="utf-8")
        terminalreporter.write_line(f"written to {page}")
