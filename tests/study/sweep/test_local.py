"""Processes of this machine: the same answers, and what is left when one is killed."""

import os
import signal
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import amalgamation as am
from amalgamation.study.sweep import local, read_study
from studies import (
    LEAST,
    LONG,
    NAMES,
    OVER,
    VALUES,
    VARIANTS,
    check_kept,
    command,
    ending,
    finish,
    rows,
    stamps,
    wait_for,
    without_clock,
)

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads processes from /proc")


@pytest.fixture(scope="module")
def long_study(tmp_path_factory):
    """The long study as it ends when nobody disturbs it."""
    folder = tmp_path_factory.mktemp("whole") / "s"
    status, said = finish(command(*LONG, "-o", folder))
    assert status == 0, said
    return read_study(folder)


@pytest.mark.parametrize("processes", [1, 2])
def test_the_plans_are_the_same_whatever_the_number_of_processes(tmp_path, processes):
    study = am.sweep("toy", tmp_path / "s", over=OVER, processes=processes)
    assert list(study.table["status"]) == ["optimal"] * len(VALUES)
    for least, name in zip(VALUES, NAMES, strict=True):
        alone = am.run("toy", overrides={LEAST: least, "solve.processes": 1})
        alone.write(tmp_path / name)
        plans = [tmp_path / name, tmp_path / "s" / "runs" / name]
        assert len({(plan / "assignment.csv").read_bytes() for plan in plans}) == 1


def children(process):
    """Return the ids of the loky workers that a process started, from what Linux says."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):  # it ended while we looked
            continue
        if parent == process and b"popen_loky" in words:
            found.append(int(folder.name))
    return found


@LINUX
def test_a_worker_that_is_killed_costs_one_try_and_the_study_goes_on(tmp_path, long_study):
    with ending(command(*LONG, "-o", tmp_path / "s", "--processes", "2")) as study:
        wait_for(lambda: rows(tmp_path / "s"), study)
        os.kill(wait_for(lambda: children(study.pid), study)[0], signal.SIGKILL)
        status, said = finish(study)
    assert status == 0, said
    again = read_study(tmp_path / "s")
    pd.testing.assert_frame_equal(without_clock(again.table), without_clock(long_study.table))


@LINUX
def test_a_study_that_is_killed_leaves_no_worker_and_goes_on_where_it_was(tmp_path, long_study):
    folder = tmp_path / "s"
    with ending(command(*LONG, "-o", folder, "--processes", "2")) as study:
        wait_for(lambda: rows(folder), study)
        workers = wait_for(lambda: children(study.pid), study)
        study.kill()
        study.wait()
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        time.sleep(0.05)
    kept, broken = stamps(folder), read_study(folder)
    assert 1 <= broken.finished < VARIANTS
    assert broken.at_work == ()
    status, said = finish(command(*LONG, "-o", folder))
    assert status == 0, said
    check_kept(folder, kept)
    whole = read_study(folder)
    pd.testing.assert_frame_equal(without_clock(whole.table), without_clock(long_study.table))
    assert not (folder / ".work").exists()


def test_a_second_process_on_a_folder_is_refused_while_the_first_works(tmp_path):
    with ending(command(*LONG, "-o", tmp_path / "s")) as first:
        wait_for((tmp_path / "s" / "study.json").exists, first)
        status, said = finish(command(*LONG, "-o", tmp_path / "s"))
        assert status == 2
        assert f"process {first.pid} of " in said
        told = finish(command("status", tmp_path / "s", "--json"))
        assert told[0] == 0
        assert '"variants": 4' in told[1]


def test_ctrl_c_ends_with_what_is_finished(tmp_path):
    # so many variants that some are left whenever the signal comes
    many = ("--over", "solve.seed=" + ",".join(map(str, range(1, 11))))
    with ending(command(*LONG, *many, "-o", tmp_path / "s")) as study:
        wait_for(lambda: rows(tmp_path / "s"), study)
        study.send_signal(signal.SIGINT)
        status, said = finish(study)
    assert status == 130
    assert "of 40 variants are kept; the same command goes on" in said
    assert "Traceback" not in said
    assert (tmp_path / "s" / "study.csv").is_file()
    assert not (tmp_path / "s" / ".work").exists()


def test_where_memory_is_short_fewer_are_at_work_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(local, "measure_free_mb", lambda: 1000.0)
    with local.LocalPool({}, tmp_path / "work", 8, need_mb=100_000.0) as pool:
        assert pool.room() == 1
    monkeypatch.setattr(local, "measure_free_mb", lambda: 1e9)
    with local.LocalPool({}, tmp_path / "other", 8) as pool:
        assert pool.need_mb > 0
        assert pool.room() == 8
