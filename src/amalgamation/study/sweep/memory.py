"""How much memory there is, and how many variants it holds at once.

psutil would tell as much, but nothing else here needs it: Linux says it in two files, and
elsewhere the standard library's ``sysconf`` is asked. Where nobody says, memory limits
nothing.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

__all__ = ["count_room", "measure_free_mb", "measure_held_mb"]

_MEMINFO, _STATM = Path("/proc/meminfo"), Path("/proc/self/statm")
_CGROUP = Path("/sys/fs/cgroup")
_MB = 1e6
# What is left to everything else on the machine.
_SHARE = 0.9


def measure_free_mb(cgroup: Path = _CGROUP) -> float:
    """Return the memory that processes may still take, in MB; infinite if unknown.

    Parameters
    ----------
    cgroup
        Folder of the limits that a container or a batch system sets (cgroup, version 2).
    """
    return min(_machine_mb(), _cgroup_mb(cgroup))


def measure_held_mb() -> float:
    """Return the memory that this process holds, in MB; 0 if unknown."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / _MB


def count_room(processes: int, free_mb: float, need_mb: float) -> int:
    """Return how many variants may be at work at once; at least one.

    Parameters
    ----------
    processes
        At most so many.
    free_mb
        Memory for all of them.
    need_mb
        Memory that one takes; 0 if unknown.

    Examples
    --------
    >>> count_room(8, free_mb=4000, need_mb=1300), count_room(8, free_mb=1000, need_mb=1300)
    (2, 1)
    """
    if need_mb <= 0 or not math.isfinite(free_mb):
        return max(1, processes)
    return max(1, min(processes, int(_SHARE * free_mb / need_mb)))


def _machine_mb() -> float:
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
        (line,) = [line for line in lines if line.startswith("MemAvailable:")]
        return int(line.split()[1]) * 1024 / _MB
    except (OSError, ValueError, IndexError):
        return _sysconf_mb()


def _sysconf_mb() -> float:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / _MB
    except (AttributeError, OSError, ValueError):  # Windows has none; macOS not this one
        return math.inf


def _cgroup_mb(folder: Path) -> float:
    try:
        most, held = (
            (folder / name).read_text(encoding="ascii").strip()
            for name in ("memory.max", "memory.current")
        )
        return math.inf if most == "max" else (int(most) - int(held)) / _MB
    except (OSError, ValueError):
        return math.inf
