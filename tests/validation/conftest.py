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


def rows_of(reports):
    """Return (table, what) -> (known, found), as the tests noted it."""
    rows = {}
    for report in reports:
        for key, value in report.user_properties:
            if key == _KEY:
                table, what, *figures = json.loads(value)
                rows[table, what] = tuple(figures)
    return rows


def told(rows):
    """Return figures as tables in Markdown, by name."""
    tables = {}
    for (table, what), figures in sorted(rows.items()):
        tables.setdefault(table, []).append((what, *figures))
    return "\n\n".join(f"**{name}**\n\n{_markdown(own)}" for name, own in tables.items())


def _markdown(rows):
    lines = (" | ".join(row) for row in [_HEAD, ["---"] * len(_HEAD), *rows])
    return "\n".join(f"| {line} |" for line in lines)


def rows_in(text):
    """Return the figures of what `told` has written.

    >>> rows_in(told({("a", "b"): ("1", "1"), ("c", "d"): ("2", "2")}))
    {('a', 'b'): ('1', '1'), ('c', 'd'): ('2', '2')}
    """
    rows, table = {}, ""
    for line in text.splitlines():
        if line.startswith("**"):
            table = line.strip("*")
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if len(cells) == len(_HEAD) and cells != _HEAD and cells[0] != "---":
            rows[table, cells[0]] = cells[1:]
    return rows


def pytest_terminal_summary(terminalreporter, config):
    """Tell the figures; a run of some tests replaces on the page the rows that it made."""
    rows = rows_of(terminalreporter.stats.get("passed", []))
    if not (rows and config.getoption("--whole")):
        return
    terminalreporter.section("figures")
    terminalreporter.write_line(told(rows))
    page, broken = config.getoption("--figures"), ("failed", "error")
    if page is not None and not any(terminalreporter.stats.get(word) for word in broken):
        text = page.read_text(encoding="utf-8")
        former = text.partition(f"<!-- {MARK}:begin -->")[2].partition(f"<!-- {MARK}:end -->")[0]
        whole = told(rows_in(former) | rows)
        page.write_text(replace_between(text, MARK, whole, str(page)), encoding="utf-8")
        terminalreporter.write_line(f"written to {page}")
