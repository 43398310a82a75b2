"""The study folder: whole files, one process at a time, nothing of others, plain words."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from amalgamation.errors import DataError, InputError, OutputError
from amalgamation.study.sweep import Outcome, read_study
from amalgamation.study.sweep import lock as lock_module
from amalgamation.study.sweep.folder import opened, put_outcome, put_running, read_outcomes
from amalgamation.study.sweep.lock import is_locked, locked
from amalgamation.study.sweep.manifest import Asked, Manifest, read_manifest
from studies import ending

RUN = {"run.json": b"{}", "assignment.csv": b"unit_id\n"}


def manifest(**keys):
    asked = tuple(
        Asked(name, {"rules.max_units": n}, key) for n, (name, key) in enumerate(keys.items())
    )
    return Manifest("toy", "A toy", "Why?", asked, (), {"amalgamation": "1"})


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def begin(folder, **keys):
    """Open a study, answer all of it, and close it."""
    with opened(folder, manifest(**keys)):
        for name, key in keys.items():
            put_outcome(
                folder, key, Outcome(name, "optimal", 1.0, 1.0, 0.0, municipalities=4, files=RUN)
            )


def test_a_finished_variant_is_there_as_row_and_run_folder_and_nothing_else_is(tmp_path):
    begin(tmp_path / "s", a="1", b="2")
    names = {str(path.relative_to(tmp_path / "s")) for path in (tmp_path / "s").rglob("*")}
    assert {name for name in names if not name.startswith((".lock", ".holder"))} == {
        *("study.json", "outcomes", "outcomes/a.json", "outcomes/b.json", "runs"),
        *(f"runs/{name}{file}" for name in "ab" for file in ("", "/run.json", "/assignment.csv")),
    }
    assert read_manifest(tmp_path / "s") == manifest(a="1", b="2")


def test_what_is_finished_is_kept_when_the_study_is_opened_again(tmp_path):
    begin(tmp_path, a="1")
    with opened(tmp_path, manifest(a="1", b="2")) as kept:
        assert list(kept) == ["a"]
        assert kept["a"].cost == 1.0


def test_a_variant_that_failed_is_not_finished_and_is_tried_again(tmp_path):
    with opened(tmp_path, manifest(a="1")):
        put_outcome(tmp_path, "1", Outcome("a", "failed", reason="its worker died"))
    assert read_study(tmp_path).failed == 1
    with opened(tmp_path, manifest(a="1")) as kept:
        assert kept == {}


def test_finished_variants_of_another_question_are_given_up_only_when_told(tmp_path):
    begin(tmp_path, a="1", b="2")
    with (
        pytest.raises(InputError, match=r"1 finished variants .*: b;.*--overwrite"),
        opened(tmp_path, manifest(a="1", b="changed")),
    ):
        pass
    assert list(read_outcomes(tmp_path)) == ["a", "b"]
    with opened(tmp_path, manifest(a="1", b="changed"), overwrite=True) as kept:
        assert list(kept) == ["a"]
    assert not (tmp_path / "runs" / "b").exists()


@pytest.mark.parametrize("place", ["file", "files of others"])
def test_nothing_of_others_is_touched(tmp_path, place):
    target = tmp_path / "there"
    if place == "file":
        target.touch()
    else:
        target.mkdir()
        (target / "precious.txt").touch()
    with pytest.raises(InputError, match=r"a file|precious\.txt"), opened(target, manifest(a="1")):
        pass
    assert not list(tmp_path.rglob("study.json"))


def test_a_run_folder_without_its_row_is_answered_again(tmp_path):
    """The row comes last: what a killed process left between both is not finished."""
    begin(tmp_path, a="1")
    (tmp_path / "outcomes" / "a.json").unlink()
    (tmp_path / "runs" / ".a.partial").mkdir()
    with opened(tmp_path, manifest(a="1")) as kept:
        assert kept == {}
        put_outcome(tmp_path, "1", Outcome("a", "optimal", municipalities=4, files=RUN))
    assert names_in(tmp_path / "runs") == ["a"]


@pytest.mark.parametrize("place", ["rename", "write_bytes"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_does_not_do_it_is_told_and_what_stood_there_is_whole(
    tmp_path, monkeypatch, place, number
):
    begin(tmp_path, a="1")
    before = {path: path.read_bytes() for path in tmp_path.rglob("[!.]*") if path.is_file()}

    def refuses(path, *_):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, place, refuses)
    with pytest.raises(OutputError, match=f"{os.strerror(number)}.*make room") as told:
        put_outcome(tmp_path, "2", Outcome("b", "optimal", files=RUN))
    assert str(tmp_path) in str(told.value)
    after = {path: path.read_bytes() for path in tmp_path.rglob("[!.]*") if path.is_file()}
    assert after == before
    assert not list(tmp_path.rglob("*.partial"))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_real_limit_of_the_system_is_told_as_a_full_disk_is(tmp_path):
    """A limit on the size of files stands in for a disk that fills up half-way."""
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from amalgamation.errors import OutputError\n"
        "from amalgamation.study.sweep.folder import put_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    put_whole(Path(sys.argv[1]), 'study.csv', bytes(5000))\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    (tmp_path / "study.csv").write_text("whole")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "File too large" in done.stdout
    assert "make room on the disk" in done.stdout
    assert names_in(tmp_path) == ["study.csv"]
    assert (tmp_path / "study.csv").read_text() == "whole"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with (
            pytest.raises(OutputError, match="Permission denied"),
            opened(tmp_path / "s", manifest(a="1")),
        ):
            pass
    finally:
        tmp_path.chmod(0o700)


HOLD = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from amalgamation.study.sweep.lock import locked\n"
    "with locked(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(600)\n"
)


def hold(folder):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    return process


def test_two_processes_exclude_each_other_and_one_that_is_killed_leaves_no_lock(tmp_path):
    with ending(hold(tmp_path)) as other:
        assert is_locked(tmp_path)
        with (
            pytest.raises(InputError, match=rf"process {other.pid} of .* at work on it"),
            locked(tmp_path),
        ):
            pass
        other.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        other.wait()
        assert not is_locked(tmp_path)
        with locked(tmp_path):
            assert is_locked(tmp_path)
    assert not is_locked(tmp_path)


def test_a_disk_that_knows_no_locks_is_told(tmp_path, monkeypatch):
    """Such as some network disks; without a lock, two processes would spoil each other's work."""

    def refuses(*_, **__):
        raise NotImplementedError

    monkeypatch.setattr(lock_module, "FileLock", refuses)
    with pytest.raises(InputError, match="a disk without locks"), locked(tmp_path):
        pass
    assert not is_locked(tmp_path)


def test_what_is_at_work_is_told_while_a_process_is_and_not_after_it_was_killed(tmp_path):
    begin(tmp_path, a="1")
    with opened(tmp_path, manifest(a="1", b="2", c="3")):
        put_running(tmp_path, {"at_work": ["a", "b"]})
        study = read_study(tmp_path)
        assert study.at_work == ("b",)
        assert (study.finished, study.waiting, study.failed) == (1, 1, 0)
        # what a killed process leaves
        left = (tmp_path / "running.json").read_bytes()
    (tmp_path / "running.json").write_bytes(left)
    assert read_study(tmp_path).at_work == ()
    assert read_study(tmp_path).waiting == 2


def test_a_reader_never_sees_half_a_row_while_rows_are_written(tmp_path):
    """One process writes a row again and again; every reading of it is whole."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from amalgamation.study.sweep import Outcome\n"
        "from amalgamation.study.sweep.folder import put_outcome\n"
        "for number in range(100_000):\n"
        "    put_outcome(Path(sys.argv[1]), '1', Outcome('a', 'failed', reason='x' * number))\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    with ending(writer):
        while not (tmp_path / "outcomes" / "a.json").exists():
            time.sleep(0.05)
        lengths = set()
        while len(lengths) < 20:  # however the system shares its time between the two
            lengths.add(len(read_outcomes(tmp_path)["a"][1].reason))
    assert "a" in read_outcomes(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no study.json"),
        ("{", "cannot be read"),
        ('{"format": 9}', "another version"),
        ("[]", "cannot be read"),
        ('{"format": 1, "variants": []}', "cannot be read"),
    ],
)
def test_a_folder_that_is_no_study_is_told(tmp_path, content, told):
    if content is not None:
        (tmp_path / "study.json").write_text(content)
    with pytest.raises(DataError, match=told):
        read_study(tmp_path)
    with pytest.raises(DataError, match="no such folder"):
        read_study(tmp_path / "absent")


def test_a_row_that_somebody_spoilt_is_named(tmp_path):
    begin(tmp_path, a="1")
    row = tmp_path / "outcomes" / "a.json"
    whole = json.loads(row.read_text())
    for text in ("", "{}", json.dumps(whole | {"strange": 1})):
        row.write_text(text)
        with pytest.raises(DataError, match=r"a\.json.*delete it"):
            read_study(tmp_path)
