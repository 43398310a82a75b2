"""Peak memory of everything a call starts.

In: nothing but time. Out: the largest sum, over one look, of the resident memory of all
processes below this one. Pages that processes share count once in each, so the figure errs
on the high side.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["MEASURED_BY", "PeakMemory"]

MEASURED_BY = "sum of resident memory of the process tree by psutil, looked at every 0.1 s"

_LOOK = 0.1
_MIB = 2**20


@dataclass
class PeakMemory:
    """Watch the processes below this one while a ``with`` block runs.

    Parameters
    ----------
    mebibytes
        The peak; None where psutil is not installed.
    """

    mebibytes: float | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _watcher: threading.Thread | None = None

    def __enter__(self) -> Self:
        if find_spec("psutil"):
            self.mebibytes = 0.0
            self._watcher = threading.Thread(target=self._watch, daemon=True)
            self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._watcher is not None:
            self._watcher.join()

    def _watch(self) -> None:
        psutil = import_module("psutil")
        own = psutil.Process()
        while not self._over.wait(_LOOK):
            now = sum(_resident(child, psutil) for child in own.children(recursive=True))
            self.mebibytes = max(self.mebibytes or 0.0, now / _MIB)


def _resident(process: Any, psutil: Any) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it ended between the listing and the look
        return 0
