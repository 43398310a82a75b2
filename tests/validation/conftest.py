"""What the validation found, kept as figures: printed at the end, and written to a page.

A test notes what it held against what (``figure``); only notes of tests that passed are
told. Tests marked ``whole`` are the long part, which ``make validate`` runs and CI does not.
"""

import json
import re

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
    """Return name -> table of the figures, as Markdown."""
    rows = {}
    for report in reports:
        for key, value in report.user_properties:
            if key == _KEY:
                table, *row = json.loads(value)
                rows.setdefault(table, []).append(row)
    return {table: _markdown(own) for table, own in rows.items()}


def _markdown(rows):
    lines = (" | ".join(row) for row in [_HEAD, ["---"] * len(_HEAD), *sorted(rows)])
    return "\n".join(f"| {line} |" for line in lines)


def tables_in(text):
    """Return name -> table of what `told` has written.

    >>> tables_in(told({"a": "| x |", "b": "| y |"}))
    {'a': '| x |', 'b': '| y |'}
    """
    found = re.findall(r"^\*\*(.+)\*\*\n\n((?:\|.*\n?)+)", text, flags=re.MULTILINE)
    return {name: table.strip() for name, table in found}


def told(tables):
    """Return tables as a page has them, by name."""
    return "\n\n".join(f"**{name}**\n\n{table}" for name, table in sorted(tables.items()))


def pytest_terminal_summary(terminalreporter, config):
    """Tell the figures; a run of some tests replaces on the page the tables that it made."""
    tables = tables_of(terminalreporter.stats.get("passed", []))
    if not (tables and config.getoption("--whole")):
        return
    terminalreporter.section("figures")
    terminalreporter.write_line(told(tables))
    page, broken = config.getoption("--figures"), ("failed", "error")
    if page is not None and not any(terminalreporter.stats.get(word) for word in broken):
        text = page.read_text(encoding="utf-8")
        _, _, before = text.partition(f"<!-- {MARK}:begin -->")
        whole = told(tables_in(before) | tables)
        page.write_text(replace_between(text, MARK, whole, str(page)), encoding="utf-8")
        terminalreporter.write_line(f"written to {page}")
