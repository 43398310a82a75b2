"""The run folder on the disk: whole or not at all, and never over somebody's own files."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import OutputError
from amalgamation.findings import Finding, name_some
from amalgamation.write.catalogue import RUN_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["check_run_folder", "whole_folder"]

_NOBODYS = (".DS_Store", "Thumbs.db", "desktop.ini", "plan.gpkg-shm", "plan.gpkg-wal")


def check_run_folder(
    folder: Path, *, overwrite: bool = False, files: Sequence[str] = RUN_FILES
) -> list[Finding]:
    """Check that a run may be written to a folder, before any time is spent on it.

    Parameters
    ----------
    folder
        Where the run folder shall stand; absent, empty, or a former run folder.
    overwrite
        Whether a former run folder may be replaced.
    files
        Names, or patterns of names, that such a folder may hold; the first is always there.

    Returns
    -------
    list of Finding
        Empty if the folder can be used.

    Examples
    --------
    >>> check_run_folder(Path("no-such-folder"))
    []
    """
    target = _target(folder)
    found = _check_place(target, files, overwrite=overwrite)
    findings = found or _check_lock(target) or _try_out(target)
    return [replace(finding, where=f"folder {folder}") for finding in findings]


def _target(folder: Path) -> Path:
    """Return the folder by its own name, below the real path of what it lies in."""
    target = folder.expanduser()
    return target.parent.resolve() / target.name if target.name not in {"", ".."} else target


def _check_place(target: Path, files: Sequence[str], *, overwrite: bool) -> list[Finding]:
    if not os.path.lexists(target):
        return []
    try:
        found, remedy = _obstacle(target, files, overwrite=overwrite)
    except OSError as error:
        return [_unwritable(target, error)]
    return [_finding(target, found, remedy)] if found else []


def _check_lock(target: Path) -> list[Finding]:
    lock = _lock_of(target)
    if not os.path.lexists(lock):
        return []
    found = f"the lock {lock} of another run that is writing here"
    return [_finding(target, found, "wait for it; if none is running, delete the lock")]


def _try_out(target: Path) -> list[Finding]:
    """Make the folders that a run will make, in one that goes at once.

    Permissions alone do not tell of disks that are read-only, nor of names too long.
    """
    home = next((above for above in target.parents if os.path.lexists(above)), Path())
    partial = target.relative_to(home).with_name(f".{target.name}.partial")
    try:
        with tempfile.TemporaryDirectory(prefix=".", dir=home) as trial:
            Path(trial, partial).mkdir(parents=True)
    except OSError as error:
        return [_unwritable(target, OSError(error.errno, error.strerror))]
    if target.exists() and not os.access(target, os.W_OK | os.X_OK):
        return [_unwritable(target, OSError(errno.EACCES, os.strerror(errno.EACCES)))]
    return []


def _obstacle(folder: Path, files: Sequence[str], *, overwrite: bool) -> tuple[str, str]:
    """Return what is in the way and what to do; two empty strings if nothing is."""
    if not folder.is_dir():
        return "a file", "name another folder"
    if folder.resolve() in (here := Path.cwd(), *here.parents):
        return "the folder you are in", "name a new folder inside it"
    inside = sorted(entry.name for entry in folder.iterdir())
    if inside and files[0] not in inside:
        return "files of others: " + name_some(inside), "name a new folder"
    if inside and not overwrite:
        return "a former run", "name a new folder, or ask to overwrite it"
    known = (*files, *_NOBODYS)
    strange = [name for name in inside if not any(fnmatch(name, each) for each in known)]
    if strange:
        found = "a former run with files that no run wrote: " + name_some(strange)
        return found, "move them elsewhere, or name a new folder"
    return "", ""


def _finding(folder: Path, found: str, remedy: str) -> Finding:
    return Finding("folder", f"folder {folder}", found, "an empty or new folder", remedy)


@contextmanager
def whole_folder(
    folder: Path, *, overwrite: bool = False, files: Sequence[str] = RUN_FILES
) -> Iterator[Path]:
    """Give a temporary folder beside ``folder``, and put it in its place at the end.

    If anything fails on the way, the temporary folder goes and ``folder`` is as it was.
    Parameters are those of `check_run_folder`.

    Raises
    ------
    OutputError
        If the folder may not be used, cannot be written, or another run is writing it.
    """
    target = _target(folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target):
            _refuse(_check_place(target, files, overwrite=overwrite))
            with _beside(target, "partial") as partial:
                yield partial
                _replace(target, partial)
    except OutputError:
        raise
    except OSError as error:
        finding = _unwritable(folder, error, "; nothing was left there")
        raise OutputError(finding.sentence()) from error


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise OutputError("\n".join(finding.sentence() for finding in findings))


def _lock_of(target: Path) -> Path:
    return target.parent / f".{target.name}.lock"


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    lock = _lock_of(target)
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        _refuse(_check_lock(target))
        raise
    try:
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)
        lock.unlink(missing_ok=True)


@contextmanager
def _beside(target: Path, word: str) -> Iterator[Path]:
    folder = target.parent / f".{target.name}.{word}"
    # the lock is ours, so what a killed run left behind here belongs to nobody
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _replace(target: Path, partial: Path) -> None:
    if not target.exists():
        partial.rename(target)
        return
    with _beside(target, "former") as former:
        kept = former / "run"
        target.rename(kept)
        try:
            partial.rename(target)
        except OSError:
            kept.rename(target)
            raise


def _unwritable(folder: Path, error: OSError, ending: str = "") -> Finding:
    found = error.strerror or str(error) or type(error).__name__
    where = f" ({error.filename})" if error.filename else ""
    remedy = f"name a folder that you may write, or make room on the disk{ending}"
    return Finding("folder", f"folder {folder}", found + where, "to write", remedy)
