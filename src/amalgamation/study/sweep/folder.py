"""The study folder on the disk: every file whole or not there, every finished variant at once.

A variant is finished when its row stands in ``outcomes``; its run folder stood in ``runs``
before that. Files and folders are made aside under a name with a dot, and renamed.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError, InputError, OutputError
from amalgamation.findings import Finding, name_some
from amalgamation.study.sweep.lock import is_locked, locked
from amalgamation.study.sweep.manifest import MANIFEST
from amalgamation.study.sweep.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from amalgamation.study.sweep.manifest import Manifest

__all__ = [
    "WORK",
    "opened",
    "put_outcome",
    "put_running",
    "put_whole",
    "read_outcomes",
    "read_running",
    "run_folder",
]

WORK = ".work"
"""Folder of what workers read; it lives as long as a study is worked on."""

_ROWS, _RUNS, _RUNNING = "outcomes", "runs", "running.json"


def run_folder(folder: Path, name: str) -> Path:
    """Return where the run folder of a variant stands."""
    return folder / _RUNS / name


@contextmanager
def opened(
    folder: Path, manifest: Manifest, *, overwrite: bool = False
) -> Iterator[dict[str, Outcome]]:
    """Hold a study folder, and give the outcomes that are finished and still hold.

    Parameters
    ----------
    folder
        Absent, empty, or a study.
    manifest
        What is asked now; it is written before the first variant is answered.
    overwrite
        Give up finished variants that ask something else.

    Raises
    ------
    InputError
        If another process holds it, or it is no folder for this study.
    OutputError
        If it cannot be written.
    """
    _refuse(_check_place(folder))
    with ExitStack() as stack:
        with _telling(folder):
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder))
        kept = _keep(folder, manifest, overwrite=overwrite)
        with _telling(folder):
            shutil.rmtree(folder / WORK, ignore_errors=True)
            _write_whole(folder / MANIFEST, manifest.to_json().encode())
        try:
            yield kept
        finally:
            shutil.rmtree(folder / WORK, ignore_errors=True)
            with suppress(OSError):
                (folder / _RUNNING).unlink(missing_ok=True)


def put_outcome(folder: Path, key: str, outcome: Outcome) -> None:
    """Put an outcome on the disk: the run folder, then the row that says that it is there.

    Raises
    ------
    OutputError
        If it cannot be written; what stood there before is whole.
    """
    row = {"key": key, **outcome.to_object()}
    with _telling(folder):
        if outcome.files:
            _put_files(run_folder(folder, outcome.name), outcome.files)
        (folder / _ROWS).mkdir(exist_ok=True)
        text = json.dumps(row, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        _write_whole(_row_of(folder, outcome.name), text.encode())


def read_outcomes(folder: Path) -> dict[str, tuple[str, Outcome]]:
    """Read the outcomes on the disk: name -> key and outcome.

    Raises
    ------
    DataError
        If a row cannot be read: none of ours is ever half-written.
    """
    found, findings = {}, []
    for path in sorted((folder / _ROWS).glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            key = content.pop("key")
            found[path.stem] = key, Outcome.from_object(content)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            findings.append(_broken_row(path, error))
    if findings:
        raise DataError(findings)
    return found


def put_running(folder: Path, content: Mapping[str, Any]) -> None:
    """Say on the disk what is at work, for whoever asks.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    put_whole(folder, _RUNNING, json.dumps(content).encode())


def read_running(folder: Path) -> dict[str, Any]:
    """Read what is at work; empty where no process is."""
    if not is_locked(folder):
        return {}  # a process that was killed may have left the file
    try:
        return dict(json.loads((folder / _RUNNING).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def put_whole(folder: Path, name: str, content: bytes) -> None:
    """Put a file of the study on the disk.

    Raises
    ------
    OutputError
        If it cannot be written; what stood there before is as it was.
    """
    with _telling(folder):
        _write_whole(folder / name, content)


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file aside and rename it, so that nobody ever reads half of it."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _put_files(target: Path, files: Mapping[str, bytes]) -> None:
    partial = target.with_name(f".{target.name}.partial")
    # what a killed process left here belongs to nobody
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        for name, content in files.items():
            (partial / name).write_bytes(content)
        if target.exists():  # a run folder whose row was never written
            shutil.rmtree(target)
        partial.rename(target)
    except OSError:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _row_of(folder: Path, name: str) -> Path:
    return folder / _ROWS / f"{name}.json"


def _keep(folder: Path, manifest: Manifest, *, overwrite: bool) -> dict[str, Outcome]:
    """Return the finished outcomes that hold; remove the others, if that is allowed."""
    wanted = {asked.name: asked.key for asked in manifest.variants}
    found = read_outcomes(folder)
    alien = [name for name, (key, _) in found.items() if wanted.get(name) != key]
    lost = [name for name in alien if found[name][1].is_finished]
    if lost and not overwrite:
        raise InputError([_other_study(folder, lost)])
    with _telling(folder):
        for name in alien:
            _row_of(folder, name).unlink()
            shutil.rmtree(run_folder(folder, name), ignore_errors=True)
    return {
        name: outcome
        for name, (_, outcome) in found.items()
        if name not in alien and outcome.is_finished
    }


def _check_place(folder: Path) -> list[Finding]:
    where, expected = f"study {folder}", "an empty or new folder, or a study"
    if not os.path.lexists(folder):
        return []
    if not folder.is_dir():
        return [Finding("study-folder", where, "a file", expected, "name another folder")]
    with _telling(folder):
        inside = sorted(path.name for path in folder.iterdir() if path.name[0] != ".")
    if not inside or MANIFEST in inside:
        return []
    found = "files of others: " + name_some(inside)
    return [Finding("study-folder", where, found, expected, "name a new folder")]


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise InputError(findings)


def _other_study(folder: Path, lost: Sequence[str]) -> Finding:
    return Finding(
        "study-other",
        f"study {folder}",
        f"{len(lost)} finished variants of another scenario, other data or another version: "
        + name_some(lost),
        "the study that is asked for, or a part of it",
        "name a new folder, or give them up by --overwrite (overwrite=True)",
        subjects=tuple(lost),
    )


def _broken_row(path: Path, error: Exception) -> Finding:
    remedy = "delete it, and give the command of the study again"
    return Finding("study-row", f"row {path}", f"a file that cannot be read: {error}", "", remedy)


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    """Say plainly what the disk does not do."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        found = error.strerror or str(error) or type(error).__name__
        where = f" ({error.filename})" if error.filename else ""
        remedy = (
            "name a folder that you may write, or make room on the disk, and give the same "
            "command again: what is finished there is kept"
        )
        finding = Finding("study-folder", f"study {folder}", found + where, "to write", remedy)
        raise OutputError(finding.sentence()) from error
