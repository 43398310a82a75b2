"""Where variants are answered: what a pool of workers must do, and how tasks are handed out.

The order in which answers come back changes nothing: each is the answer of one variant.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Protocol

from amalgamation.status import Status
from amalgamation.study.sweep.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from amalgamation.study.sweep.task import Task

__all__ = ["Pool", "WorkerLostError", "run_tasks"]


class WorkerLostError(Exception):
    """A worker died before it had answered."""


class Pool(Protocol):
    """Workers, on this machine or elsewhere."""

    tries: int
    """How often a task is handed out whose worker dies."""

    def room(self) -> int:
        """Return how many tasks may be at work now; at least one."""

    def submit(self, task: Task) -> Any:
        """Hand out a task, and return its future."""

    def wait(self, futures: Collection[Any]) -> Collection[Any]:
        """Wait until some futures are done, and return these; none where time passes."""

    def result(self, future: Any) -> Outcome:
        """Return the answer of a future that is done.

        Raises
        ------
        WorkerLostError
            If its worker died.
        """


def run_tasks(
    tasks: Iterable[Task], pool: Pool, at_work: Callable[[list[str]], None] = lambda _: None
) -> Iterator[Outcome]:
    """Hand out tasks, and yield each answer as it comes.

    A worker that dies loses one task, which is handed out again until the pool's tries are
    used up; then its outcome says so.

    Parameters
    ----------
    tasks
        In the order in which they begin.
    pool
        Where they are answered.
    at_work
        Called with the names of those that are at work, whenever these change.
    """
    waiting, lost = deque(tasks), Counter[str]()
    running: dict[Any, Task] = {}
    while waiting or running:
        room = pool.room() - len(running)
        for _ in range(min(room, len(waiting))):
            task = waiting.popleft()
            running[pool.submit(task)] = task
        at_work([task.name for task in running.values()])
        for future in pool.wait(running):
            task = running.pop(future)
            try:
                yield pool.result(future)
            except WorkerLostError as error:
                lost[task.name] += 1
                if lost[task.name] < pool.tries:
                    waiting.appendleft(task)
                else:
                    yield Outcome(task.name, str(Status.FAILED), reason=str(error))
