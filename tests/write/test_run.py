"""A run folder is written whole or not at all, and over nobody's files."""

from __future__ import annotations

import errno
import json
import math
import os
import shutil
import subprocess
import tempfile
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from amalgamation.errors import OutputError
from amalgamation.status import FrontierPoint
from amalgamation.write import (
    FORMATS,
    RUN_FILES,
    check_formats,
    check_run_folder,
    read_assignment,
    write_run,
)
from amalgamation.write import catalogue as catalogue_room


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture(scope="module")
def full_record(record):
    """With all that a run may have: the frontier too, of which most tests know nothing."""
    points = (FrontierPoint(3, 1.5, 1.2), FrontierPoint(4, math.inf, 1.1))
    certificate = replace(record.certificate, frontier=points)
    formats = tuple(name for name in FORMATS if not check_formats([name]))
    pictures = {
        "map_svg": b"<svg/>",
        "frontier_png": b"\x89PNG of a line",
        "nations_png": b"\x89PNG of nations",
    }
    reasons = pd.DataFrame({"unit": ["r00c00"], "breaks": [""]})
    return replace(record, certificate=certificate, formats=formats, reasons=reasons, **pictures)


@pytest.fixture(scope="module")
def folder(full_record, tmp_path_factory):
    target = tmp_path_factory.mktemp("runs") / "rows"
    write_run(target, full_record)
    return target


def test_every_file_of_the_catalogue_is_there_and_nothing_beside(folder):
    absent = {file for name in FORMATS if check_formats([name]) for file in FORMATS[name].files}
    assert names(folder) == sorted({*RUN_FILES} - absent)
    assert names(folder.parent) == ["rows"]


def test_the_plan_comes_back(folder, record):
    assert read_assignment(folder / "assignment.csv") == record.plan


def test_the_record_has_exactly_its_keys_and_no_infinity(folder, record):
    content = json.loads((folder / "run.json").read_text(), parse_constant=pytest.fail)
    keys = ["format", "scenario", "certificate", "outside", "inputs", "versions"]
    keys += ["checks", "notices"]
    assert list(content) == keys
    certificate = content["certificate"]
    assert (certificate["bound"], certificate["gap"], certificate["seed"]) == (None, None, 7)
    assert certificate["aims"][0]["raw"] == 3
    assert certificate["blocks"][0]["solver_status"] == "kTimeLimit"
    said = [*record.scorecard.remarks, *record.scorecard.notices]
    assert content["notices"] == [record.territory.notice, *said]
    assert content["inputs"] == [{"role": "units", "path": "grid.gpkg", "sha256": "0" * 64}]
    assert type(record.scenario).model_validate(content["scenario"]) == record.scenario


def test_the_tables_say_that_data_are_synthetic(folder):
    for name in ("scorecard.csv", "national.csv"):
        assert pd.read_csv(folder / name)["synthetic"].all()


def test_the_scorecard_is_municipality_by_measure(folder, record):
    table = pd.read_csv(folder / "scorecard.csv", index_col="municipality_id")
    expected = record.scorecard.municipalities["population"]
    assert table["population"].to_dict() == expected.to_dict()
    national = pd.read_csv(folder / "national.csv", index_col="measure")
    assert national.loc["municipalities", ["today", "plan"]].to_list() == [12, 3]


def test_the_geopackage_is_of_version_1_2(folder):
    path = folder / "plan.gpkg"
    layers = dict(pyogrio.list_layers(path))
    assert {"units", "municipalities", "seats", "ties"} < set(layers)
    header = path.read_bytes()[60:72]
    # SQLite's user_version and application_id: GeoPackage 1.2, clause 1.1.1.1.1
    assert int.from_bytes(header[:4]) == 10200
    assert header[8:] == b"GPKG"
    ties = gpd.read_file(path, layer="ties")
    assert len(ties) == 17
    assert ties["severed"].sum() == 8


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is not installed")
@pytest.mark.parametrize("name", ["units.geojson", "municipalities.geojson", "plan.gpkg"])
def test_gdals_own_tool_reads_it_without_a_word_of_warning(folder, name):
    run = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", folder / name], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    assert "Feature Count" in run.stdout


def test_a_table_without_geometry_leaves_maps_out_and_says_so(bare_record, tmp_path):
    write_run(tmp_path / "bare", bare_record)
    tables = ["assignment.csv", "national.csv", "report.html", "run.json", "scorecard.csv"]
    assert names(tmp_path / "bare") == tables
    notices = json.loads((tmp_path / "bare" / "run.json").read_text())["notices"]
    assert "plan.gpkg and plan.qgz left out: the territory is a table without geometry" in notices
    assert "map.png left out: the territory is a table without geometry" in notices


def test_only_the_formats_asked_for_are_written(record, tmp_path):
    write_run(tmp_path / "run", replace(record, formats=("png",)))
    assert names(tmp_path / "run") == ["map.png", "run.json"]


def test_a_map_that_was_not_drawn_is_said(record, tmp_path):
    write_run(tmp_path / "run", replace(record, formats=("png",), map_png=None))
    assert "map.png left out: no map was drawn" in (tmp_path / "run" / "run.json").read_text()


def test_the_same_run_gives_the_same_bytes_in_every_text(folder, full_record, tmp_path):
    write_run(tmp_path / "again", full_record)
    for name in names(folder):
        if not name.endswith((".gpkg", ".xlsx")):  # both hold the time of writing
            assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_a_former_run_is_replaced_only_on_request(record, tmp_path):
    small = replace(record, formats=("csv",))
    write_run(tmp_path / "run", record)
    with pytest.raises(OutputError, match=r"a former run; .* or ask to overwrite it"):
        write_run(tmp_path / "run", small)
    assert "plan.gpkg" in names(tmp_path / "run")
    write_run(tmp_path / "run", small, overwrite=True)
    assert "plan.gpkg" not in names(tmp_path / "run")
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_files_of_others_are_never_touched(record, tmp_path, overwrite):
    (tmp_path / "thesis.txt").write_text("ten years")
    with pytest.raises(OutputError, match=r"found files of others: thesis.txt"):
        write_run(tmp_path, record, overwrite=overwrite)
    assert names(tmp_path) == ["thesis.txt"]


def test_notes_put_into_a_run_folder_are_not_lost(record, tmp_path):
    small = replace(record, formats=("csv",))
    write_run(tmp_path / "run", small)
    (tmp_path / "run" / "notes.txt").write_text("look at r00c01")
    with pytest.raises(OutputError, match=r"files that no run wrote: notes.txt; .*move them"):
        write_run(tmp_path / "run", small, overwrite=True)
    assert (tmp_path / "run" / "notes.txt").exists()


def test_an_empty_folder_and_absent_parents_will_do(record, tmp_path):
    small = replace(record, formats=("csv",))
    (tmp_path / "empty").mkdir()
    write_run(tmp_path / "empty", small)
    write_run(tmp_path / "new" / "пәпка with spaces" / "run", small)
    assert "run.json" in names(tmp_path / "empty")
    assert "run.json" in names(tmp_path / "new" / "пәпка with spaces" / "run")


def test_a_full_disk_leaves_the_former_run_as_it_was(record, tmp_path, monkeypatch):
    write_run(tmp_path / "run", record)
    before = (tmp_path / "run" / "run.json").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    broken = replace(catalogue_room.FORMATS["gpkg"], write=full)
    monkeypatch.setitem(catalogue_room.FORMATS, "gpkg", broken)
    with pytest.raises(OutputError, match=r"No space left on device.*make room on the disk"):
        write_run(tmp_path / "run", record, overwrite=True)
    assert (tmp_path / "run" / "run.json").read_bytes() == before
    assert names(tmp_path) == ["run"]


def test_an_interruption_leaves_nothing_behind(record, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    broken = replace(catalogue_room.FORMATS["gpkg"], write=interrupted)
    monkeypatch.setitem(catalogue_room.FORMATS, "gpkg", broken)
    with pytest.raises(KeyboardInterrupt):
        write_run(tmp_path / "run", record)
    assert names(tmp_path) == []


def test_two_runs_do_not_clash_on_one_folder(record, tmp_path):
    (tmp_path / ".run.lock").write_text("4711")
    with pytest.raises(OutputError, match=r"\.run\.lock of another run.*delete the lock"):
        write_run(tmp_path / "run", record)
    assert names(tmp_path) == [".run.lock"]


def test_what_a_killed_run_left_is_cleared_away(record, tmp_path):
    (tmp_path / ".run.partial").mkdir()
    (tmp_path / ".run.partial" / "units.geojson").write_text("half")
    write_run(tmp_path / "run", replace(record, formats=("csv",)))
    assert names(tmp_path) == ["run"]
    assert "units.geojson" not in names(tmp_path / "run")


def test_a_file_in_the_place_of_the_folder_is_named(record, tmp_path):
    (tmp_path / "run").write_text("a file")
    with pytest.raises(OutputError, match=r"found a file; .*name another folder"):
        write_run(tmp_path / "run", record)
    with pytest.raises(OutputError, match=r"name a folder that you may write"):
        write_run(tmp_path / "run" / "inside", record)
    assert (tmp_path / "run").read_text() == "a file"


def test_the_folder_one_stands_in_is_refused(record, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(OutputError, match=r"found the folder you are in; .*new folder inside it"):
        write_run(tmp_path / "here", record)


def test_a_folder_can_be_checked_before_time_is_spent(record, tmp_path):
    """Six minutes of solving must not end in `the folder exists`."""
    assert check_run_folder(tmp_path / "new") == []
    write_run(tmp_path / "run", replace(record, formats=("csv",)))
    assert [f.found for f in check_run_folder(tmp_path / "run")] == ["a former run"]
    assert check_run_folder(tmp_path / "run", overwrite=True) == []


def test_a_file_in_the_way_to_the_folder_is_found_before_time_is_spent(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    (finding,) = check_run_folder(tmp_path / "file" / "deep" / "run")
    assert "ot a directory" in finding.found
    assert finding.where == f"folder {tmp_path / 'file' / 'deep' / 'run'}"
    assert names(tmp_path) == ["file"]


def test_a_name_too_long_is_found_before_time_is_spent(tmp_path):
    (finding,) = check_run_folder(tmp_path / "new" / ("x" * 300))
    assert "name a folder that you may write" in finding.remedy
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["run", "new/deep/run"])
def test_a_disk_that_is_read_only_is_found_before_time_is_spent(tmp_path, monkeypatch, place):
    """Whoever is root may write anywhere but there, so the refusal is the system's own."""

    def refuse(*_, **__):
        raise OSError(30, "Read-only file system", "/somewhere/.x1y2z3")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    (finding,) = check_run_folder(tmp_path / place)
    assert finding.found == "Read-only file system"


def test_a_former_run_that_may_not_be_replaced_is_found_before_time_is_spent(
    record, tmp_path, monkeypatch
):
    write_run(tmp_path / "run", replace(record, formats=("csv",)))
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path / "run")
    (finding,) = check_run_folder(tmp_path / "run", overwrite=True)
    assert finding.found == os.strerror(errno.EACCES)


def test_the_lock_of_another_run_is_found_before_time_is_spent(tmp_path):
    (tmp_path / ".run.lock").write_text("4711")
    (finding,) = check_run_folder(tmp_path / "run")
    assert "delete the lock" in finding.remedy


def test_trying_a_folder_out_leaves_nothing_behind(tmp_path):
    assert check_run_folder(tmp_path / "new" / "пәпка with spaces" / "run") == []
    assert names(tmp_path) == []
