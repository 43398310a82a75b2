"""One process at a time on a study folder.

The operating system holds the lock, so it ends with the process that took it, however that
ends: no lock is left behind to be deleted by hand.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["is_locked", "locked"]

# `is_locked` holds the lock for an instant: whoever wants it in earnest waits as long.
_PATIENCE = 1.0


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a study folder for this process alone.

    Raises
    ------
    InputError
        If another process holds it, or the disk knows no locks.
    OSError
        If the lock cannot be written.
    """
    try:
        with FileLock(_lock(folder), timeout=_PATIENCE):
            holder = {"process": os.getpid(), "machine": platform.node()}
            _holder(folder).write_text(json.dumps(holder), encoding="utf-8")
            yield
    except Timeout as error:
        raise InputError([_busy(folder)]) from error
    except NotImplementedError as error:
        raise InputError([_no_locks(folder)]) from error


def is_locked(folder: Path) -> bool:
    """Say whether a process is at work on a study folder; False where nobody can tell."""
    try:
        with FileLock(_lock(folder), blocking=False):
            return False
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False


def _lock(folder: Path) -> Path:
    return folder / ".lock"


def _holder(folder: Path) -> Path:
    return folder / ".holder"


def _busy(folder: Path) -> Finding:
    try:
        holder = json.loads(_holder(folder).read_text(encoding="utf-8"))
        who = f"process {holder['process']} of {holder['machine']}"
    except (OSError, ValueError, LookupError, TypeError):
        who = "another process"
    return Finding(
        "study-busy",
        f"study {folder}",
        f"{who} at work on it",
        "one process at a time",
        f"wait for it (`amalgamation status {folder}` tells how far it is), or stop it",
    )


def _no_locks(folder: Path) -> Finding:
    remedy = "name a folder on a disk of this machine"
    found, expected = "a disk without locks", "a disk that lets one process lock a file"
    return Finding("study-lock", f"study {folder}", found, expected, remedy)
