"""A real Dask cluster of two workers, started as a user starts one."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pandas as pd
import pytest

from amalgamation.cli import main
from amalgamation.errors import InputError
from amalgamation.study.sweep import cluster, read_study
from studies import (
    LEAST,
    LONG,
    check_kept,
    command,
    ending,
    finish,
    rows,
    stamps,
    wait_for,
    without_clock,
)

pytestmark = pytest.mark.skipif(
    find_spec("distributed") is None, reason="not installed: the extra dask"
)


def dask(folder, *words):
    """Start a part of a cluster, in a folder of its own."""
    folder.mkdir()
    environment = {**os.environ, "DASK_TEMPORARY_DIRECTORY": str(folder)}
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, words)],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )


@pytest.fixture
def hub(tmp_path):
    """A scheduler; it ends with the test."""
    words = ["--port", "0", "--no-dashboard", "--scheduler-file", tmp_path / "hub.json"]
    with ending(dask(tmp_path / "hub", "scheduler", *words)) as process:
        yield process


@pytest.fixture
def address(tmp_path, hub):
    """The scheduler's address, as it wrote it down."""
    return wait_for(lambda: address_in(tmp_path / "hub.json"), hub)


def address_in(path):
    try:
        return json.loads(path.read_text())["address"]
    except (FileNotFoundError, ValueError):  # not there yet, or not yet whole
        return ""


@pytest.fixture
def workers(tmp_path, address):
    """Two workers, in folders where nothing of ours lies."""
    words = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    first, second = (dask(tmp_path / name, "worker", *words) for name in ("one", "two"))
    with ending(first), ending(second):
        yield first, second


@pytest.fixture(scope="module")
def local_study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("local") / "s"
    status, said = finish(command(*LONG, "-o", folder))
    assert status == 0, said
    return read_study(folder)


def check_same(folder, local_study):
    """Same rows but for the clock, and byte for byte the same plans."""
    study = read_study(folder)
    pd.testing.assert_frame_equal(without_clock(study.table), without_clock(local_study.table))
    for name in study.outcomes:
        plans = [place / "runs" / name / "assignment.csv" for place in (folder, local_study.folder)]
        assert plans[0].read_bytes() == plans[1].read_bytes()


def test_a_cluster_gives_the_plans_of_this_machine(tmp_path, address, workers, local_study):
    """Data of one's own too: what the workers need is sent, and lies on no disk of theirs."""
    status, said = finish(command(*LONG, "-o", tmp_path / "s", "--scheduler", address))
    assert status == 0, said
    check_same(tmp_path / "s", local_study)
    assert not [path for worker in ("one", "two") for path in (tmp_path / worker).rglob("*.csv")]
    own = tmp_path / "own"
    own.mkdir()
    (own / "units.csv").write_text("id,population\na,9000\nb,9000\nc,9000\n")
    (own / "ties.csv").write_text("from,to,km\na,b,5\nb,c,5\n")
    (own / "own.yaml").write_text(
        "scenario: own\nterritory: {units: units.csv, id: id}\ngraph: {ties: {file: ties.csv}}\n"
        "aims: {access: 1}\nsweep: {over: {rules.municipalities.exactly: [1, 2]}}\n"
    )
    os.environ["AMALGAMATION_SCHEDULER"] = address
    try:
        status, said = finish(command("sweep", own / "own.yaml", "-o", tmp_path / "t"))
    finally:
        del os.environ["AMALGAMATION_SCHEDULER"]
    assert status == 0, said
    assert list(read_study(tmp_path / "t").table["status"]) == ["optimal", "optimal"]
    assert all(worker.poll() is None for worker in workers)


def test_a_worker_that_is_killed_loses_one_variant_which_another_answers(
    tmp_path, address, workers, local_study
):
    folder = tmp_path / "s"
    with ending(command(*LONG, "-o", folder, "--scheduler", address)) as study:
        wait_for(lambda: rows(folder), study)
        workers[0].kill()
        status, said = finish(study)
    assert status == 0, said
    check_same(folder, local_study)


def test_a_client_that_is_killed_has_lost_nothing_that_was_finished(
    tmp_path, address, workers, local_study
):
    folder = tmp_path / "s"
    with ending(command(*LONG, "-o", folder, "--scheduler", address)) as study:
        wait_for(lambda: len(rows(folder)) >= 2, study)
        study.kill()
        study.wait()
    kept = stamps(folder)
    status, said = finish(command(*LONG, "-o", folder, "--scheduler", address))
    assert status == 0, said
    check_kept(folder, kept)
    check_same(folder, local_study)
    assert all(worker.poll() is None for worker in workers)


def test_a_scheduler_that_is_killed_is_told_and_what_is_finished_is_kept(
    tmp_path, hub, address, workers, local_study
):
    folder = tmp_path / "s"
    with ending(command(*LONG, "-o", folder, "--scheduler", address)) as study:
        wait_for(lambda: rows(folder), study)
        assert all(worker.poll() is None for worker in workers)
        hub.kill()
        status, said = finish(study)
    assert status == 2, said
    assert "a scheduler that answers no more" in said
    kept = stamps(folder)
    assert finish(command(*LONG, "-o", folder))[0] == 0
    check_kept(folder, kept)
    check_same(folder, local_study)


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "nonsense://x", "tcp://"])
def test_a_scheduler_that_is_not_there_is_told_before_anything_is_solved(
    tmp_path, monkeypatch, capsys, wrong
):
    monkeypatch.setattr(cluster, "_ANSWER", 1)
    over = ["--over", f"{LEAST}=8000"]
    assert main(["sweep", "toy", *over, "-o", str(tmp_path / "s"), "--scheduler", wrong]) == 2
    said = capsys.readouterr().err
    assert "no answer" in said
    assert "dask scheduler" in said


def test_a_scheduler_without_workers_is_told(address, monkeypatch):
    monkeypatch.setattr(cluster, "_WORKERS", 1)
    with (
        pytest.raises(InputError, match=r"no worker.*dask worker"),
        cluster.ClusterPool(address, {}),
    ):
        pass
