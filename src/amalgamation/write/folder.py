"""The run folder on the disk: whole or not at all, and never over somebody's own files."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import OutputError
from amalgamation.findings import Finding, name_some
from amalgamation.write.catalogue import RUN_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_run_folder", "whole_folder"]

_MARK = "run.json"
_NOBODYS = (".DS_Store", "Thumbs.db", "desktop.ini", "plan.gpkg-shm", "plan.gpkg-wal")


def check_run_folder(folder: Path, *, overwrite: bool = False) -> list[Finding]:
    """Check that a run may be written to a folder, before any time is spent on it.

    Parameters
    ----------
    folder
        Where the run folder shall stand; absent, empty, or a former run folder.
    overwrite
        Whether a former run folder may be replaced.

    Returns
    -------
    list of Finding
        Empty if the folder can be used.

    Examples
    --------
    >>> check_run_folder(Path("no-such-folder"))
    []
    """
    if not os.path.lexists(folder):
        return []
    found, remedy = _obstacle(folder, overwrite=overwrite)
    return [_finding(folder, found, remedy)] if found else []


def _obstacle(folder: Path, *, overwrite: bool) -> tuple[str, str]:
    """Return what is in the way and what to do; two empty strings if nothing is."""
    if not folder.is_dir():
        return "a file", "name another folder"
    if folder.resolve() in (here := Path.cwd(), *here.parents):
        return "the folder you are in", "name a new folder inside it"
    inside = sorted(entry.name for entry in folder.iterdir())
    if inside and _MARK not in inside:
        return "files of others: " + name_some(inside), "name a new folder"
    if inside and not overwrite:
        return "a former run", "name a new folder, or ask to overwrite it"
    strange = sorted(set(inside) - {*RUN_FILES, *_NOBODYS})
    if strange:
        found = "a former run with files that no run wrote: " + name_some(strange)
        return found, "move them elsewhere, or name a new folder"
    return "", ""


def _finding(folder: Path, found: str, remedy: str) -> Finding:
    return Finding("folder", f"folder {folder}", found, "an empty or new folder", remedy)


@contextmanager
def whole_folder(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary folder beside ``folder``, and put it in its place at the end.

    If anything fails on the way, the temporary folder goes and ``folder`` is as it was.

    Raises
    ------
    OutputError
        If the folder may not be used, cannot be written, or another run is writing it.
    """
    target = folder.expanduser()
    target = target.parent.resolve() / target.name if target.name not in {"", ".."} else target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target):
            _refuse(check_run_folder(target, overwrite=overwrite))
            with _beside(target, "partial") as partial:
                yield partial
                _replace(target, partial)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(_plain_words(folder, error)) from error


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise OutputError("\n".join(finding.sentence() for finding in findings))


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    lock = target.parent / f".{target.name}.lock"
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        found = f"the lock {lock} of another run that is writing here"
        remedy = "wait for it; if none is running, delete the lock"
        raise OutputError(_finding(target, found, remedy).sentence()) from None
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


def _plain_words(folder: Path, error: OSError) -> str:
    found = error.strerror or str(error) or type(error).__name__
    where = f" ({error.filename})" if error.filename else ""
    remedy = "name a folder that you may write, or make room on the disk; nothing was left there"
    return Finding("folder", f"folder {folder}", found + where, "to write", remedy).sentence()
