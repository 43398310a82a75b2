"""A study from beginning to end: rows, files, tables, page; and on again after any end."""

import json
import math
import re
from importlib.util import find_spec

import pandas as pd
import pytest

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.study.sweep import Standing, read_study
from amalgamation.study.sweep import run as run_module
from amalgamation.verify import verify_run
from studies import LEAST, NAMES, OVER, VALUES, HerePool, stamps, without_clock

# One is impossible: three municipalities of twelve thousand do not fit.
MIXED = {LEAST: [6000, 8000, 30_000]}


@pytest.fixture
def pools(monkeypatch):
    """Answer in this process; gives the pools that were made."""
    made = []

    def make(*arguments):
        made.append(HerePool(*arguments))
        return made[-1]

    monkeypatch.setattr(run_module, "LocalPool", make)
    # what is drawn on the page is looked at in test_compared.py
    monkeypatch.setattr(run_module, "build_compared", lambda *_: [])
    return made


@pytest.mark.usefixtures("pools")
def test_each_variant_has_a_row_and_a_run_folder_that_holds_what_it_claims(tmp_path):
    told = []
    study = am.sweep("toy", tmp_path / "s", over=OVER, report=told.append)
    assert repr(study) == "<Study toy: 3 of 3 variants finished>"
    assert list(study.table.index) == NAMES
    assert list(study.table[LEAST]) == VALUES
    for name in NAMES:
        folder = tmp_path / "s" / "runs" / name
        assert verify_run(folder) == ()
        national = pd.read_csv(folder / "national.csv", index_col="measure")["plan"]
        row = study.table.loc[name]
        assert row["population_mean"] == pytest.approx(national["population_mean"])
    ends = [standing for standing in told if standing.latest is not None]
    assert [standing.finished for standing in ends] == [1, 2, 3]
    assert isinstance(ends[0], Standing)
    assert ends[0].seconds_left > 0
    assert ends[-1].at_work == ()


@pytest.mark.usefixtures("pools")
def test_a_variant_is_the_run_of_the_same_keys(tmp_path):
    study = am.sweep("toy", tmp_path / "s", over=OVER)
    alone = am.run("toy", overrides={LEAST: 6000, "solve.processes": 1, "write": ["csv"]})
    alone.write(tmp_path / "alone")
    assert study.outcomes[NAMES[0]].cost == alone.certificate.cost
    plans = [
        (folder / "assignment.csv").read_bytes()
        for folder in (tmp_path / "alone", tmp_path / "s" / "runs" / NAMES[0])
    ]
    assert plans[0] == plans[1]
    record = json.loads((tmp_path / "s" / "runs" / NAMES[0] / "run.json").read_text())
    assert record["scenario"]["scenario"] == NAMES[0]
    assert record["scenario"]["solve"]["processes"] is None
    assert record["scenario"]["sweep"] is None


@pytest.mark.usefixtures("pools")
def test_the_runs_of_a_study_can_be_compared(tmp_path):
    am.sweep("toy", tmp_path, over=OVER)
    compared = am.compare(*(tmp_path / "runs" / name for name in NAMES))
    assert compared.labels == ["today", *NAMES]


@pytest.mark.usefixtures("pools")
def test_what_has_no_plan_is_a_row_with_its_reason_and_the_others_have_theirs(tmp_path):
    study = am.sweep("toy", tmp_path, over=MIXED)
    statuses = list(study.table["status"])
    assert statuses == ["optimal", "optimal", "infeasible"]
    last = study.table.iloc[-1]
    assert math.isnan(last["cost"])
    assert "30,000" in last["reason"]
    assert not (tmp_path / "runs" / "population.min-30000").exists()
    assert study.finished == 3


@pytest.mark.usefixtures("pools")
def test_data_that_fail_in_one_variant_are_its_row(tmp_path):
    study = am.sweep("toy", tmp_path, over={"rules.keep_together": [[], [{"units": ["x", "y"]}]]})
    assert sorted(study.table["status"]) == ["failed", "optimal"]
    assert (study.finished, study.failed) == (1, 1)
    assert any("x" in reason for reason in study.table["reason"])


def test_the_same_command_goes_on_and_repeats_nothing(tmp_path, pools):
    am.sweep("toy", tmp_path, over={LEAST: VALUES[:2]})
    before = stamps(tmp_path)
    whole = am.sweep("toy", tmp_path, over=OVER)
    assert [pool.handed_out for pool in pools] == [NAMES[:2], NAMES[2:]]
    assert {name: stamp for name, stamp in stamps(tmp_path).items() if name in before} == before
    again = am.sweep("toy", tmp_path, over=OVER)
    assert len(pools) == 2
    pd.testing.assert_frame_equal(whole.table, again.table)
    fresh = am.sweep("toy", tmp_path / "fresh", over=OVER)
    pd.testing.assert_frame_equal(without_clock(fresh.table), without_clock(whole.table))


def test_an_interruption_leaves_a_table_of_what_is_finished(tmp_path, pools):
    def stop(standing):
        if standing.finished == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        am.sweep("toy", tmp_path, over=OVER, report=stop)
    table = pd.read_csv(tmp_path / "study.csv", index_col="variant")
    assert list(table["status"]) == ["optimal", "optimal", "not answered"]
    study = read_study(tmp_path)
    assert (study.finished, study.waiting, study.at_work) == (2, 1, ())
    am.sweep("toy", tmp_path, over=OVER)
    assert pools[-1].handed_out == NAMES[2:]


@pytest.mark.usefixtures("pools")
def test_the_table_is_the_same_as_csv_and_as_parquet(tmp_path):
    over = {LEAST: [6000, 8000], "rules.walls": [[], ["rayon"]]}
    study = am.sweep("toy", tmp_path, over=over)
    read = pd.read_csv(tmp_path / "study.csv", index_col="variant")
    assert list(read.columns) == list(study.table.columns)
    assert list(read["rules.walls"]) == ["[]", '["rayon"]'] * 2
    assert list(read[LEAST]) == [6000, 6000, 8000, 8000]
    assert read["synthetic"].all()
    assert read["cost"].to_numpy() == pytest.approx(study.table["cost"].to_numpy(), nan_ok=True)
    parquet = tmp_path / "study.parquet"
    assert parquet.exists() == (find_spec("pyarrow") is not None)
    if parquet.exists():
        pd.testing.assert_frame_equal(pd.read_parquet(parquet), study.table)


@pytest.mark.usefixtures("pools")
def test_the_page_names_every_variant_its_reason_and_what_is_made_up(tmp_path):
    title = "<b>A & B</b>"
    study = am.sweep("toy", tmp_path, over=MIXED, overrides={"title": title})
    page = re.sub('base64,[^"]+', "", (tmp_path / "report.html").read_text("utf-8"))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in page
    assert title not in page
    assert 'href="runs/population.min-6000/"' in page
    assert "30,000" in page
    assert study.notice in page
    assert not re.search("https?:", page)
    assert "nan" not in page.lower().replace("finance", "").replace("governan", "")
    assert study.notice in study._repr_html_()


def test_a_question_that_cannot_be_asked_leaves_nothing(tmp_path):
    with pytest.raises(InputError, match="many"):
        am.sweep("toy", tmp_path / "s", over={LEAST: ["many"]})
    assert not (tmp_path / "s").exists()


def test_cores_that_no_variant_uses_solve_blocks(tmp_path, monkeypatch):
    seen = []

    class Watching(HerePool):
        def submit(self, task):
            seen.append(task.processes)
            return super().submit(task)

    monkeypatch.setattr(run_module, "LocalPool", Watching)
    am.sweep("toy", tmp_path / "few", over={LEAST: VALUES[:1]}, processes=2)
    am.sweep("toy", tmp_path / "many", over=OVER, processes=2)
    asked = {"solve.processes": 1}
    am.sweep("toy", tmp_path / "said", over={LEAST: VALUES[:1]}, processes=2, overrides=asked)
    assert seen == [2, 1, 1, 1, 1]
