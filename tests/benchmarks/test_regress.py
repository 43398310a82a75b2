"""A run is judged by another: what is worse is found, and what varies by chance is not."""

import json
import math
import re
from dataclasses import replace

import pytest
from benchmarks.figures import FILE, Figures, gather_figures, read_figures, watching, write_figures
from benchmarks.pages import read_number, read_page, read_pages
from benchmarks.regress import compare_figures, main
from benchmarks.tables import RESULTS, Page, Sheet
from benchmarks.watched import WATCHED, watched_table
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import all as all_benchmarks

STUDY = "oblast: the same study on one and on several processes"
WALL = f"{STUDY} | 2 | wall / one process"
GAP = "A country of walled blocks | 5,000 | gap %"
RACE = "Seconds to a proven gap of 0.1 % | block 157, compact | s / columns"
TIES = "Ties of both, and the pairs that only one has | Georgia, as published | ours"

CELLS = st.one_of(
    st.floats(-1e9, 1e9),
    st.sampled_from([math.inf, math.nan]),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.none(),
    st.sampled_from(["optimal", "no plan found: too small", "a-b, c-d and 3"]),
)


def figures(**found):
    """Return one run with a figure of each of four benchmarks."""
    names = {"studies": WALL, "growth": GAP, "compact_against_columns": RACE, "adjacency": TIES}
    usual = {"studies": 0.6, "growth": 2.0, "compact_against_columns": 20.0, "adjacency": 416.0}
    whole = usual | found
    return {
        name: Figures("seed 1", {"cores": "2"}, 60.0, {names[name]: value})
        for name, value in whole.items()
    }


def page_of(name, title, rows):
    page = Page(name, "How?", {"seed": 1})
    page.sheets.append(Sheet(title, rows))
    return page


@given(rows=st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS, "c": CELLS}), min_size=1))
@settings(deadline=None, max_examples=60)
def test_a_page_is_read_as_it_was_written(rows):
    """Figures come from pages: a cell that reads otherwise would be a figure of nothing."""
    page = page_of("peers", "A block, of 73", rows)
    page.notes.append("A sentence; with a colon: here.")
    read = read_page(page.to_markdown())
    assert (read.name, read.question, read.asked) == ("peers", "How?", "seed 1")
    assert read.seconds is not None
    (sheet,) = read.sheets
    assert sheet.title == "A block, of 73"
    for row, written in zip(sheet.rows, rows, strict=True):
        for column, value in written.items():
            found = read_number(row[column])
            if value is None or isinstance(value, str) or not math.isfinite(value):
                assert found is None
            else:
                assert found == pytest.approx(float(value), rel=6e-4)


def test_a_page_says_how_long_it_took_and_how_busy_the_machine_was(monkeypatch):
    """Figures that were taken beside other work must be known by it."""
    monkeypatch.setattr("os.getloadavg", lambda: (9.0, 7.25, 5.0), raising=False)
    page = page_of("peers", "A block", [{"who": "merge"}])
    monkeypatch.setattr(Page, "seconds", 1234.0)
    text = page.to_markdown()
    assert "It took 1,234 s, the load being 7.2 over the last five minutes." in text
    assert read_page(text).seconds == 1234
    assert read_page(text).asked == "seed 1"


def test_what_is_no_page_of_a_benchmark_is_refused():
    with pytest.raises(ValueError, match=r"found no page of a benchmark.*--keep"):
        read_page("# Figures of the last kept runs\n\nOne page for each command.\n")


def test_figures_are_taken_from_their_tables_and_folded_where_rows_have_no_name():
    columns = ("killed after", "written again", "finished at last", "same table")
    ends = [("3 variants", 0, 12, True), ("7 variants", 2, 11, False)]
    rows = [dict(zip(columns, end, strict=True)) for end in ends]
    page = page_of("kills", "Studies killed at random moments", rows)
    found = gather_figures(read_page(page.to_markdown())).figures
    assert {name.rpartition(" | ")[2]: value for name, value in found.items()} == {
        "written again": 2.0,
        "finished at last": 11.0,
        "same table": 0.0,
    }


def test_a_figure_that_the_page_has_not_is_told_as_none_and_never_as_nought():
    """No plan, no gap: a gap of 0 would pass for a proof."""
    row = {"engine": "auto", "gap / asked": math.inf, "municipalities": None}
    page = page_of("proof", "hard: the whole", [row])
    assert gather_figures(read_page(page.to_markdown())).figures == {
        "hard: the whole | gap / asked": None,
        "hard: the whole | municipalities": None,
    }


def test_two_equal_runs_differ_in_nothing():
    found = compare_figures(figures(), figures())
    assert found.passed
    assert (found.compared, found.worse, found.unlike, found.notes) == (4, (), (), ())


@pytest.mark.parametrize(
    ("name", "allowed", "worse"),
    [
        ("studies", 0.6 * 1.19, 0.6 * 1.21),
        ("growth", 2.0 * 1.25 + 0.09, 2.0 * 1.25 + 0.11),
        ("compact_against_columns", 20 / 1.99, 20 / 2.01),
        ("adjacency", 416.0, 417.0),
        ("adjacency", 416.0, 415.0),
    ],
)
def test_a_figure_may_be_worse_by_its_tolerance_and_no_more(name, allowed, worse):
    assert compare_figures(figures(), figures(**{name: allowed})).passed
    found = compare_figures(figures(), figures(**{name: worse}))
    assert not found.passed
    assert [(one.benchmark, one.fresh) for one in found.worse] == [(name, worse)]


def test_a_gap_below_the_one_asked_for_is_never_worse():
    """An engine stops once it is below: 0.1 % was luck, and 0.9 % is what was asked."""
    assert compare_figures(figures(growth=0.1), figures(growth=0.9)).passed
    assert not compare_figures(figures(growth=0.1), figures(growth=1.1)).passed


@pytest.mark.parametrize(
    "better", [{"growth": 0.0}, {"studies": 0.5}, {"compact_against_columns": 900.0}]
)
def test_better_is_never_worse(better):
    assert compare_figures(figures(), figures(**better)).passed


def test_a_figure_that_is_gone_is_worse_than_any():
    found = compare_figures(figures(), figures(growth=None))
    assert [(one.figure, one.fresh) for one in found.worse] == [(GAP, None)]
    fresh = figures()
    fresh["growth"] = replace(fresh["growth"], figures={})
    assert [one.figure for one in compare_figures(figures(), fresh).worse] == [GAP]


def test_what_was_never_known_is_not_compared():
    assert compare_figures(figures(growth=None), figures(growth=50.0)).compared == 3


def test_a_benchmark_that_was_not_run_or_asked_otherwise_fails_unless_left_out():
    """A job that passes because it measured nothing is worse than none."""
    fresh = figures()
    del fresh["growth"]
    fresh["studies"] = replace(fresh["studies"], asked="seed 2")
    found = compare_figures(figures(), fresh)
    assert not found.passed
    assert found.compared == 2
    first, second = sorted(found.unlike)
    assert "growth: the fresh run has none" in first
    assert "studies: asked otherwise: stored with 'seed 1', fresh with 'seed 2'" in second
    assert compare_figures(figures(), fresh, ["growth", "studies"]).passed
    assert not compare_figures(figures(), fresh, list(fresh | figures())).passed


def test_a_figure_that_is_watched_no_more_is_told_and_not_compared():
    """The stored file may be older than the table."""
    run = figures()
    run["growth"] = replace(run["growth"], figures={"A country | 600 | beauty": 3.0})
    found = compare_figures(run, run)
    assert (found.passed, found.compared) == (True, 3)
    assert found.notes == ("growth: 1 stored figures are watched no more",)


def test_another_machine_is_told_and_is_no_fault():
    fresh = {name: replace(one, machine={"cores": "4"}) for name, one in figures().items()}
    found = compare_figures(figures(), fresh)
    assert found.passed
    assert "growth: cores was 2, is 4" in found.notes


def _write(folder, run):
    folder.mkdir()
    whole = {name: vars(one) for name, one in run.items()}
    (folder / FILE).write_text(json.dumps(whole), encoding="utf-8")
    return str(folder)


def test_the_command_ends_with_1_for_a_regression_and_with_2_without_two_runs(tmp_path, capsys):
    """What a scheduled job goes by."""
    stored = _write(tmp_path / "stored", figures())
    good, bad = (_write(tmp_path / str(gap), figures(growth=gap)) for gap in (1.9, 4.0))
    assert main([good, "--stored", stored]) == 0
    assert "4 figures compared, 0 worse" in capsys.readouterr().out
    assert main([bad, "--stored", stored]) == 1
    screen = capsys.readouterr().out
    assert "at most 2.6" in screen
    assert "4 figures compared, 1 worse" in screen
    assert main([str(tmp_path / "none"), "--stored", stored]) == 2
    assert "expected the figures of a run" in capsys.readouterr().err


def test_the_stored_figures_are_those_of_the_pages(tmp_path):
    """The file is written from the pages; one that is older would be compared by mistake."""
    for path in RESULTS.glob("*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert write_figures(tmp_path) == read_figures(RESULTS)


def test_every_kept_page_of_the_catalogue_has_its_watched_figures():
    """A renamed column would otherwise end the watch without a word."""
    for name, page in read_pages(RESULTS).items():
        found = gather_figures(page).figures
        lines = [one for one in WATCHED if one.benchmark == name]
        assert lines, name
        met = {watching(name, figure) for figure in found}
        assert met == set(lines), name


def test_every_watched_line_names_a_benchmark_and_stands_in_the_table():
    names = {one.name for one in all_benchmarks.CATALOGUE}
    assert {one.benchmark for one in WATCHED} == names
    table = watched_table().splitlines()
    assert len(table) == len(WATCHED) + 2
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {5}
