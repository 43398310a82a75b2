"""Workers of a Dask cluster, which need the package and nothing else.

What travels to a worker: each land once, pickled, and a task of some kilobytes. What
travels back: the row and the bytes of the run folder, which the caller writes. No disk is
shared. A land is a task of the cluster itself, so that it is made again where the worker
that held it dies.
"""

from __future__ import annotations

import pickle
import threading
import warnings
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

from amalgamation.errors import InputError
from amalgamation.findings import Finding, name_some
from amalgamation.provenance import package_version
from amalgamation.study.sweep.pool import WorkerLostError
from amalgamation.study.sweep.task import run_task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from amalgamation.study.sweep.outcome import Outcome
    from amalgamation.study.sweep.task import Land, Task

__all__ = ["ClusterPool"]

_ANSWER, _WORKERS, _WAIT = 10, 60, 5


@dataclass
class ClusterPool:
    """Answer variants on the workers of a Dask cluster, one at a time on each.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://host:8786``.
    lands
        Name -> what the tasks ask about.
    """

    address: str
    lands: Mapping[str, Land]
    # Dask hands a task out again by itself (distributed.scheduler.allowed-failures).
    tries: int = 1
    _stack: ExitStack = field(default_factory=ExitStack, init=False)
    _client: Any = field(default=None, init=False)
    _dask: Any = field(default=None, init=False)
    _there: dict[str, Any] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        self._dask = _import_dask(self.address)
        with self._stack as stack:
            # a land is as large as it is
            stack.enter_context(warnings.catch_warnings())
            warnings.filterwarnings("ignore", "Sending large graph")
            self._client = stack.enter_context(_connect(self._dask, self.address))
            _check_workers(self._client, self.address)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._there.clear()
        self._stack.close()

    def room(self) -> int:
        """Return how many workers there are now; one may come yet."""
        with self._asking():
            return max(1, len(self._client.nthreads()))

    def submit(self, task: Task) -> Any:
        """Hand a task to the scheduler."""
        with self._asking():
            if task.land not in self._there:
                content = pickle.dumps(self.lands[task.land], pickle.HIGHEST_PROTOCOL)
                self._there[task.land] = self._client.submit(_open, content, pure=False)
            return self._client.submit(_work, self._there[task.land], task, pure=False)

    def wait(self, futures: Collection[Any]) -> Collection[Any]:
        """Wait until a variant is answered."""
        with self._asking(), self._client.as_current():
            try:
                found = self._dask.wait(list(futures), _WAIT, return_when="FIRST_COMPLETED")
            except TimeoutError:
                return ()
        return tuple(found.done)

    def result(self, future: Any) -> Outcome:
        """Return an answer."""
        with self._asking():
            try:
                outcome: Outcome = future.result()
            except self._dask.KilledWorker as error:
                raise WorkerLostError(_killed(error)) from error
            future.release()
        return outcome

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Say plainly that the scheduler answers no more."""
        try:
            yield
        except (CancelledError, OSError) as error:  # Dask's errors of the line are OSErrors
            remedy = "start it again, and give the same command: what is finished is kept"
            found = "a scheduler that answers no more"
            raise InputError([_finding(self.address, found, "one that stays", remedy)]) from error


def _import_dask(address: str) -> Any:
    if find_spec("distributed") is None:
        remedy = "pip install 'amalgamation[dask]', or leave the scheduler out"
        found, expected = "no package distributed", "the extra dask"
        where = f"scheduler {address}"
        raise InputError([Finding("extra-absent", where, found, expected, remedy)])
    return import_module("distributed")


def _connect(dask: Any, address: str) -> Any:
    try:
        return dask.Client(address, timeout=_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        found = f"no answer ({' '.join(str(error).split())})"
        remedy = "start one by `dask scheduler`, and name the address that it prints"
        raise InputError([_finding(address, found, "a Dask scheduler", remedy)]) from error


def _check_workers(client: Any, address: str) -> None:
    """Find out before any task is sent that workers cannot answer it."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS)
        found = client.run(package_version)
    except TimeoutError as error:
        remedy = f"start some by `dask worker {address} --nthreads 1`"
        raise InputError([_finding(address, "no worker", "workers", remedy)]) from error
    except ImportError as error:
        found = f"workers without amalgamation ({error})"
        raise InputError([_finding(address, found, "the package", _SAME)]) from error
    ours = package_version()
    strange = sorted(f"{worker}: {theirs}" for worker, theirs in found.items() if theirs != ours)
    if strange:
        found = f"amalgamation of another version on {name_some(strange)}"
        raise InputError([_finding(address, found, ours, _SAME)])


_SAME = "install the same version of amalgamation in the environment of every worker"


def _killed(error: Exception) -> str:
    remedy = "too little memory (see the worker's log), or somebody ended it"
    return f"its worker died each time that it was tried: {remedy}: {error}"


def _finding(address: str, found: str, expected: str, remedy: str) -> Finding:
    return Finding("scheduler", f"scheduler {address}", found, expected, remedy)


# --- inside a worker ---------------------------------------------------------------------

# A worker that was started with several threads must still answer one after the other: a
# solve holds what it knows in the process.
_ALONE = threading.Lock()


def _open(content: bytes) -> Land:
    land: Land = pickle.loads(content)  # noqa: S301 - as all that Dask sends
    return land


def _work(land: Land, task: Task) -> Outcome:
    with _ALONE:
        return run_task(land, task)
