"""Workers on this machine: processes, each with one variant at a time.

Each worker has an executor of its own, so that one that dies takes no other with it.
loky starts them, as it starts those of blocks (docs/decisions/0003). They end with the
process that started them, however that ends.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
import warnings
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from loky import BrokenProcessPool, ProcessPoolExecutor

from amalgamation.solve.interrupt import uninterrupted
from amalgamation.study.sweep.memory import count_room, measure_free_mb, measure_held_mb
from amalgamation.study.sweep.pool import WorkerLostError
from amalgamation.study.sweep.task import run_task

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from amalgamation.study.sweep.outcome import Outcome
    from amalgamation.study.sweep.task import Land, Task

__all__ = ["LocalPool"]

# How often a worker looks whether it is still wanted, and how long a wait lasts, in seconds.
_LOOK, _WAIT = 0.5, 5.0


@dataclass
class LocalPool:
    """Answer variants in processes of this machine, as many as its memory holds.

    Parameters
    ----------
    lands
        Name -> what the tasks ask about.
    folder
        Where workers read the lands; made here, and removed by the caller.
    processes
        At most so many workers.
    need_mb
        Memory that a variant is known to take; 0 if unknown. Until one is finished here, it
        counts for at least what this process holds, which has read the same data.
    """

    lands: Mapping[str, Land]
    folder: Path
    processes: int
    need_mb: float = 0.0
    tries: int = 3
    _free_mb: float = field(default=0.0, init=False)
    _idle: list[ProcessPoolExecutor] = field(default_factory=list, init=False)
    _busy: dict[Future[Outcome], ProcessPoolExecutor] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        self.folder.mkdir()
        for name, land in self.lands.items():
            (self.folder / name).write_bytes(pickle.dumps(land, pickle.HIGHEST_PROTOCOL))
        self.need_mb = max(self.need_mb, measure_held_mb())
        self._free_mb = measure_free_mb()
        # A worker that holds models is large, not leaking.
        warnings.filterwarnings("ignore", "A worker was restarted", module="loky")
        return self

    def __exit__(self, *exception: object) -> None:
        for executor in (*self._idle, *self._busy.values()):
            executor.shutdown(wait=True, kill_workers=True)

    def room(self) -> int:
        """Return how many variants may be at work now."""
        return count_room(self.processes, self._free_mb, self.need_mb)

    def submit(self, task: Task) -> Future[Outcome]:
        """Hand a task to a worker that has none."""
        executor = self._idle.pop() if self._idle else _start()
        with uninterrupted():
            future: Future[Outcome] = executor.submit(_work, str(self.folder / task.land), task)
        self._busy[future] = executor
        return future

    def wait(self, futures: Collection[Any]) -> Collection[Any]:
        """Wait until a variant is answered."""
        return wait(futures, timeout=_WAIT, return_when=FIRST_COMPLETED).done

    def result(self, future: Future[Outcome]) -> Outcome:
        """Return an answer; learn from it how much memory one takes."""
        executor = self._busy.pop(future)
        try:
            outcome = future.result()
        except BrokenProcessPool as error:
            executor.shutdown(wait=True, kill_workers=True)
            message = (
                f"its worker died {self.tries} times: too little memory, or somebody ended "
                "it; try fewer at once (--processes)"
            )
            raise WorkerLostError(message) from error
        self._idle.append(executor)
        self.need_mb = max(self.need_mb, outcome.peak_mb)
        return outcome


def _start() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, initializer=_prepare, initargs=(os.getpid(),))


# --- inside a worker ---------------------------------------------------------------------


def _prepare(parent: int) -> None:
    """Leave Ctrl-C to the caller, and end when the caller is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_stay_with, args=(parent,), daemon=True).start()


def _stay_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _work(path: str, task: Task) -> Outcome:
    return run_task(_read_land(path), task)


@lru_cache(maxsize=1)
def _read_land(path: str) -> Land:
    land: Land = pickle.loads(Path(path).read_bytes())  # noqa: S301 - our own, of this study
    return land
