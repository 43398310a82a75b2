"""Each command answers its question at tiny size, on screen, as JSON and as a page."""

import json
import shutil
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from importlib.util import find_spec

import pytest
from benchmarks.figures import read_figures

from amalgamation.solve.compact import solve_block
from benchmarks import (
    adjacency,
    compact_against_columns,
    coverage,
    growth,
    kills,
    model_alone,
    peers,
    proof,
    runs,
    studies,
    tables,
)

PEERS = ("spopt", "gerrychain")
ABSENT = [name for name in PEERS if find_spec(name) is None]
MANGYSTAU = "470000000"


class Here(nullcontext):
    """Stand in for a pool of one process: starting Python anew takes longer than the runs."""

    def __enter__(self):
        return self

    def submit(self, call, *arguments):
        future = Future()
        future.set_result(call(*arguments))
        return future


@pytest.fixture
def here(monkeypatch):
    """Run in this process what a command would run in one of its own."""
    monkeypatch.setattr(runs, "ProcessPoolExecutor", lambda *_, **__: Here())


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    """Run a command; return its JSON, and check that page and screen hold its tables."""

    def ask(command, *arguments):
        monkeypatch.setattr(tables, "RESULTS", tmp_path / "results")
        path = tmp_path / "page.json"
        assert command.main([*arguments, "--processes", "1", "--json", str(path), "--keep"]) == 0
        found = json.loads(path.read_text(encoding="utf-8"))
        page = (tmp_path / "results" / f"{found['name']}.md").read_text(encoding="utf-8")
        screen = capsys.readouterr().out
        assert list(read_figures(tmp_path / "results")) == [found["name"]]
        assert found["sheets"]
        assert all(sheet["title"] in page for sheet in found["sheets"])
        assert all(sheet["title"] in screen for sheet in found["sheets"])
        assert all(f"{key}: {value}" in page for key, value in found["machine"].items())
        return found

    return ask


def test_a_run_has_a_process_of_its_own_whose_memory_is_seen():
    """What Python and our parts take alone is above 50 MiB: less would be the wrong process."""
    outcome = runs.run_scenario("toy", "compact", {"solve.processes": 1})
    assert (outcome.status, outcome.number, outcome.reason) == ("optimal", 4, "")
    assert outcome.whole_seconds > outcome.seconds > 0
    assert outcome.memory is None if find_spec("psutil") is None else outcome.memory > 50


def test_a_run_whose_process_dies_is_told_and_costs_no_other(monkeypatch):
    """Hours of other rows stand on the same page."""

    class Dead(Here):
        def submit(self, *_):
            future = Future()
            future.set_exception(BrokenProcessPool("terminated abruptly"))
            return future

    monkeypatch.setattr(runs, "ProcessPoolExecutor", lambda *_, **__: Dead())
    outcome = runs.run_scenario("toy", "compact", {})
    assert (outcome.engine, outcome.status) == ("compact", "died")
    assert "ended from outside" in outcome.reason
    assert not outcome.reached(100)


@pytest.mark.usefixtures("here")
def test_an_engine_that_is_not_known_is_refused_and_not_passed_over():
    """A table must say that nothing was measured, and why."""
    outcome = runs.run_scenario("toy", "abacus", {})
    assert outcome.status == "refused"
    assert "solve.engine" in outcome.reason
    assert not outcome.reached(100)


@pytest.mark.usefixtures("here")
def test_compact_against_columns_compares_all_contenders_on_one_block(ask):
    """The model alone and both engines prove the gap, and each is set against the last."""
    found = ask(compact_against_columns, "--blocks", "8", "--oblasts", "none", "--gaps", "0.5")
    rows = {row["who"]: row for row in found["sheets"][0]["rows"]}
    assert list(rows) == ["model alone", "compact", "columns"]
    assert all(row["gap %"] <= 0.5 for row in rows.values())
    for row in rows.values():
        assert row["s / columns"] == pytest.approx(row["s"] / rows["columns"]["s"])
        assert row["cost / columns"] == pytest.approx(1, rel=0.005)


@pytest.mark.usefixtures("here")
def test_a_contender_that_cannot_be_asked_is_named_with_the_reason(ask):
    """An empty ratio without a word would read as a tie."""
    arguments = ("--contenders", "compact,abacus", "--blocks", "8", "--oblasts", "none")
    found = ask(compact_against_columns, *arguments, "--gaps", "0.5")
    compact, abacus = found["sheets"][0]["rows"]
    assert compact["s / abacus"] is None
    assert abacus["how"] == "refused"
    assert any("abacus" in note and "solve.engine" in note for note in found["notes"])


@pytest.mark.usefixtures("here")
def test_the_model_alone_begins_from_nothing(monkeypatch):
    """With a search ahead of it, the table would compare two engines of ours once more."""
    tasks = []

    def note(problem, task):
        tasks.append(task)
        return solve_block(problem, task)

    monkeypatch.setattr(model_alone, "solve_block", note)
    outcome = model_alone.run_model_alone("toy", {"solve.gap_percent": 20, "solve.minutes": 1})
    assert outcome.number == 4
    assert outcome.reached(20)
    assert outcome.bound <= outcome.cost
    assert [(task.start, task.cuts, task.gap) for task in tasks] == [({}, (), 0.2)]


@pytest.mark.usefixtures("here")
def test_the_model_alone_shares_out_no_number_among_blocks():
    with pytest.raises(ValueError, match="found 17 blocks; expected one"):
        model_alone.run_model_alone("kz-two-tier", {})


@pytest.mark.usefixtures("here")
def test_proof_says_where_the_gap_sits(ask):
    """The shares of the blocks are the whole gap, or nothing is left to share."""
    arguments = ("--oblasts", MANGYSTAU, "--engine", "compact", "--gap", "5", "--minutes", "0.5")
    found = ask(proof, "--regimes", "hard", *arguments)
    (whole,), blocks = (sheet["rows"] for sheet in found["sheets"])
    assert whole["gap %"] <= 5
    assert [block["units"] for block in blocks] == [40]
    shares = sum(block["share of the gap %"] for block in blocks)
    assert shares == pytest.approx(100 if whole["gap %"] else 0)


@pytest.mark.usefixtures("here")
def test_growth_measures_every_size_and_fits_an_exponent(ask):
    """Two sizes that reach the gap are enough for a line."""
    arguments = ("--country", "9", "--block", "6,12", "--engine", "compact", "--seconds", "200")
    found = ask(growth, *arguments)
    country, block = (sheet["rows"] for sheet in found["sheets"])
    assert [row["units"] for row in country] == [9]
    assert [row["units x"] for row in block] == [1, 2]
    assert all(row["gap %"] <= 1 + 1e-6 for row in country + block)
    assert any("One block" in note and "units **" in note for note in found["notes"])


@pytest.mark.parametrize(("power", "factor"), [(1.0, 3.0), (2.0, 0.1)])
def test_an_exponent_is_that_of_the_law_behind_the_figures(power, factor):
    """A fit that misses exact powers would miss measured ones."""
    points = [(x, factor * x**power) for x in (50, 100, 400)]
    assert growth.fit_exponent(points) == pytest.approx(power)
    assert growth.fit_exponent([*points[:1], (100, None)]) is None


@pytest.mark.usefixtures("here")
def test_peers_run_without_the_rivals_of_the_group(ask):
    """The greedy merge needs nothing but us, and nobody beats a proven optimum."""
    arguments = ("--blocks", "9", "--seconds", "10", "--gap", "0", "--engine", "compact")
    found = ask(peers, *arguments, "--rivals", "merge")
    ours, merge = found["sheets"][0]["rows"]
    assert ours["admitted"] == merge["admitted"] == 1
    assert ours["broken"] == merge["broken"] == 0
    assert merge["/ ours"] >= 1 - 1e-6


@pytest.mark.slow
@pytest.mark.skipif(bool(ABSENT), reason=f"not installed (group benchmarks): {', '.join(ABSENT)}")
@pytest.mark.filterwarnings("ignore")  # rivals warn as they like
@pytest.mark.usefixtures("here")
def test_every_rival_draws_a_plan_that_is_judged(ask):
    """All meet the threshold in one piece here, and none has more than can be proven."""
    arguments = ("--blocks", "12", "--seconds", "0.5", "--gap", "0", "--engine", "compact")
    found = ask(peers, *arguments)
    by_access, by_number = (sheet["rows"] for sheet in found["sheets"])
    assert [row["who"] for row in by_access[1:]] == ["merge", "maxp", "skater", "azp", "recom"]
    assert all(row["below"] == row["torn"] == 0 for row in by_access)
    assert all((row["broken"] == 0) == (row["admitted"] > 0) for row in by_access)
    proven = by_number[0]["proven most"]
    assert all(row["number"] <= proven for row in by_number)


def test_coverage_sets_the_last_size_against_the_first(ask, monkeypatch):
    """Twice the units: the counts say so exactly, and each step has its seconds."""
    monkeypatch.setattr(coverage, "ProcessPoolExecutor", lambda *_, **__: Here())
    rows = ask(coverage, "--units", "40,80")["sheets"][0]["rows"]
    found = {row["what"]: row for row in rows}
    assert found["units"] == {"what": "units", "40 units": 40, "80 units": 80, "times": 2.0}
    assert found["in all, s"]["80 units"] >= found["shared borders, s"]["80 units"] > 0
    assert found["ties"]["times"] == found["ties"]["80 units"] / found["ties"]["40 units"]


def test_adjacency_has_a_row_for_each_way_to_break_polygons(ask, monkeypatch):
    """One small example of libpysal stands for the five of the table."""
    columbus = {"Columbus": ("columbus.shp", "POLYID", "EPSG:32617")}
    monkeypatch.setattr(adjacency, "_EXAMPLES", columbus)
    rows = ask(adjacency)["sheets"][0]["rows"]
    assert [row["polygons"] for row in rows] == list(adjacency._STATES)
    assert rows[0]["ours lost"] == rows[0]["rook lost"] == 0


def test_studies_tells_the_ratio_of_two_runs_and_the_size_of_each_piece(ask):
    """Both runs give the same costs, or a second process would not be worth a thought."""
    arguments = ("--variants", "2", "--at-once", "1", "--oblasts", MANGYSTAU)
    found = ask(studies, "--sweeps", "oblast", *arguments)
    runs_of, (pieces,) = (sheet["rows"] for sheet in found["sheets"])
    assert all(row["largest gap %"] <= 3 for row in runs_of)
    assert [row["variants"] for row in runs_of] == [2, 2]
    assert all((row["same costs"], row["failed"]) == (2, 0) for row in runs_of)
    assert runs_of[0]["wall / one process"] == 1
    assert all(row["wall / bare solves"] > 1 for row in runs_of)
    assert all(row["on a core, s each"] > 0 for row in runs_of)
    assert all(size > 0 for size in pieces.values())


@pytest.mark.slow
def test_a_study_that_is_killed_goes_on_and_repeats_nothing(ask):
    """The handful of the twenty that the command kills by itself; it ends with 1 otherwise."""
    rows = ask(kills, "--times", "3", "--variants", "4")["sheets"][0]["rows"]
    assert [row["finished at last"] for row in rows] == [4, 4, 4]
    assert all(row["same table"] and not row["written again"] for row in rows)


@pytest.mark.skipif(shutil.which("chromedriver") is None, reason="no chromedriver on this machine")
def test_report_tells_size_and_seconds_of_each_plan(ask):
    report = pytest.importorskip("benchmarks.report", reason="needs selenium")
    rows = ask(report, "--scenario", "toy")["sheets"][0]["rows"]
    assert [row["municipalities"] for row in rows] == [12, 2]
    assert all(0 < row["MB"] < 1 and row["ready in s"] <= row["slowest in s"] for row in rows)
