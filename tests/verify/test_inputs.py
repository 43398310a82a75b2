"""The files that a run was made from are hashed again, wherever they were recorded."""

import pytest

from amalgamation.findings import Severity
from amalgamation.provenance import Source, read_source
from amalgamation.verify.inputs import check_inputs


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "question.yaml"
    path.write_text("scenario: mine\n")
    return read_source("scenario", path, "question.yaml")


def test_a_file_that_nothing_else_reads_is_hashed_where_it_lies(file, tmp_path):
    """Territory and graph do not read the scenario; the judge does."""
    assert check_inputs([file], [], tmp_path) == []
    (tmp_path / "question.yaml").write_text("scenario: yours\n")
    (found,) = check_inputs([file], [], tmp_path)
    changed = read_source("scenario", tmp_path / "question.yaml").sha256
    assert (found.check, found.subjects) == ("input-changed", ("question.yaml",))
    assert found.where == "input question.yaml (scenario)"
    assert (found.found, found.expected) == (f"SHA-256 {changed}", f"SHA-256 {file.sha256}")
    assert found.remedy == "restore the input of the run, or run again on this one"


def test_what_was_read_anew_goes_before_what_lies_in_the_folder(file, tmp_path):
    """Two tables of one name in two folders give two hashes: one of them is the recorded one."""
    other = Source(file.role, file.path, "0" * 64)
    assert check_inputs([other], [other], tmp_path) == []
    assert check_inputs([file], [other, file], tmp_path) == []


def test_a_file_that_the_record_hides_is_told(file, tmp_path):
    (found,) = check_inputs([], [file], tmp_path)
    assert (found.found, found.expected) == (
        "a file that the record does not name",
        "the inputs of the run",
    )


def test_a_file_that_is_gone_is_a_note(file, tmp_path):
    (tmp_path / "question.yaml").unlink()
    (found,) = check_inputs([file], [], tmp_path)
    assert (found.check, found.severity) == ("input-not-compared", Severity.NOTE)
    assert found.where == "input question.yaml (scenario)"
    assert found.found == f"no such file in {tmp_path}; its hash was not compared"


def test_only_a_scenario_is_looked_up_among_those_that_shipped(file, tmp_path):
    """A table may be called `toy (bundled)`: it lies where its path says."""
    table = Source("table", "toy (bundled)", file.sha256)
    (tmp_path / "toy (bundled)").write_text("scenario: mine\n")
    assert check_inputs([table], [], tmp_path) == []
    (found,) = check_inputs([Source("scenario", "toy (bundled)", file.sha256)], [], tmp_path)
    assert found.check == "input-changed"
