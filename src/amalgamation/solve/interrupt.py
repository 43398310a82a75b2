"""Interruption: Ctrl-C ends the search, not the run.

The first Ctrl-C asks every engine to stop and hand over what it has; the second is an
ordinary ``KeyboardInterrupt``.
"""

from __future__ import annotations

import signal
import threading
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Self

from loky.backend import resource_tracker as loky_tracker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

__all__ = ["StopSignal", "uninterrupted"]


class StopSignal(AbstractContextManager["StopSignal"]):
    """Turn the first Ctrl-C into a request to stop.

    Parameters
    ----------
    flag
        File that is created when the stop is asked for, so that other processes see it.
    """

    def __init__(self, flag: Path) -> None:
        self._flag = flag
        self._previous: Any = None
        self.asked = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._previous = signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.asked:
            raise KeyboardInterrupt
        self.ask()

    def ask(self) -> None:
        """Ask every engine to stop."""
        self.asked = True
        self._flag.touch()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while workers start.

    A terminal sends Ctrl-C to every process of the group. A worker that gets it before it
    can say that it does not listen dies, and its parent waits for it for ever. Children
    inherit what is held back here. The trackers are started first, because starting them
    would let signals through again.
    """
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    resource_tracker.ensure_running()
    loky_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
