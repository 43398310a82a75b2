"""reasons.csv: every single change, for a reader's own table and for the page."""

from dataclasses import replace

import pandas as pd
import pytest

import amalgamation as am
from amalgamation.explain import explain_whole
from amalgamation.write import write_run


def test_a_run_writes_its_reasons_if_asked(tmp_path):
    changes = {"solve.processes": 1, "write": ["csv", "reasons"]}
    result = am.run("toy", overrides=changes)
    result.write(tmp_path / "toy")
    table = pd.read_csv(tmp_path / "toy" / "reasons.csv", dtype={"unit": str})
    assert table.pop("synthetic").all()
    whole = explain_whole(result.drawn).to_frame()
    assert list(table.columns) == list(whole.columns)
    assert table["access"].to_list() == pytest.approx(whole["access"].to_list())
    assert table["unit"].fillna("").to_list() == whole["unit"].to_list()
    assert am.verify_run(tmp_path / "toy") == ()


def test_reasons_that_nobody_worked_out_are_left_out_and_told(record, tmp_path):

    write_run(tmp_path / "run", replace(record, formats=("csv", "reasons")))
    assert not (tmp_path / "run" / "reasons.csv").exists()
    told = (tmp_path / "run" / "run.json").read_text("utf-8")
    assert "reasons.csv left out: no reasons were worked out" in told
