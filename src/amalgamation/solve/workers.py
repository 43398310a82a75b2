"""Workers: blocks solved side by side in processes of this machine.

loky starts them, because its workers do not run the caller's script again: six lines in a
notebook or a script without a ``__main__`` guard work on every system. Workers and caller
meet in a folder: each block's latest answer stands there as a file, and so does the wish
to stop.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
import warnings
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from loky import ProcessPoolExecutor

from amalgamation.solve.compact import Look, measure_prices
from amalgamation.solve.engines import solve_block, start_block
from amalgamation.solve.interrupt import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from amalgamation.model import Problem
    from amalgamation.solve.task import BlockAnswer, BlockTask

__all__ = ["Progress", "Question", "Workers", "count_cores"]

Question: TypeAlias = "Callable[[Problem, Any, Callable[[], bool]], BlockAnswer]"
"""What `Workers.ask` puts to a block."""

# How often the caller looks at the folder, and an engine at the flag, in seconds.
_LOOK = 0.25
# How long a worker keeps the question for its memory, so that each gets one, in seconds.
_HOLD = 0.02


@dataclass(frozen=True)
class Progress:
    """Tell where one block stands.

    Parameters
    ----------
    block
        Name of the block.
    stage
        ``"start"``, ``"ladder"``, ``"curve"``, ``"solve"``, ``"settle"`` or ``"frontier"``.
    cost, bound
        So far, with the price of the municipalities; infinite where unknown.
    done
        True once the block has finished the stage.
    blocks
        How many blocks the problem has.
    """

    block: str
    stage: str
    cost: float = math.inf
    bound: float = -math.inf
    done: bool = False
    blocks: int = 0


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@dataclass
class Workers:
    """Run tasks on several processes, or here where one is enough.

    Parameters
    ----------
    problem
        What all tasks are about.
    processes
        How many processes.
    folder
        Where workers and caller meet.
    report
        Called with the progress of each block.
    seconds
        From now on; what is not begun by then is not begun, what runs then ends.
    """

    problem: Problem
    processes: int
    folder: Path
    report: Callable[[Progress], None]
    seconds: float = math.inf
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        # The clock that all processes share.
        deadline = time.time() + self.seconds
        if self.processes > 1:
            # A worker that holds models is large, not leaking.
            warnings.filterwarnings("ignore", "A worker was restarted", module="loky")
            self._pool = ProcessPoolExecutor(
                max_workers=self.processes, initializer=_prepare, initargs=(self.problem, deadline)
            )
        else:
            _prepare(self.problem, deadline, ignore_interrupt=False)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, kill_workers=True)

    def solve(self, stage: str, tasks: Sequence[BlockTask]) -> list[BlockAnswer]:
        """Solve tasks, the largest block first; return answers in the order of the tasks."""
        return self._run(_solve, stage, tasks, ())

    def start(
        self, stage: str, tasks: Sequence[BlockTask], *, ladder: bool
    ) -> list[list[BlockAnswer]]:
        """Find first plans of each task's block, in the order of the tasks."""
        return self._run(_start, stage, tasks, (ladder,))

    def measure(
        self, stage: str, tasks: Sequence[BlockTask], prices: Sequence[float]
    ) -> list[Look]:
        """Measure the curve of each task's block at some prices, in the order of the tasks."""
        return self._run(_measure, stage, tasks, (tuple(prices),))

    def ask(self, question: Question, stage: str, tasks: Sequence[BlockTask]) -> list[BlockAnswer]:
        """Put a question of the caller's own to each task's block, in the order of the tasks.

        Parameters
        ----------
        question
            A function of a module, so that other processes find it: called with the problem,
            a task and what tells it to stop.
        stage
            What progress calls it.
        tasks
            May be of a kind of their own.
        """
        return self._run(_ask, stage, tasks, (question,))

    def peak_mb(self) -> float:
        """Return the most memory that this process and its workers held, in MB; 0 if unknown."""
        own = _peak_mb()
        if self._pool is None:
            return own
        tasks = [self._pool.submit(_peak_of_worker) for _ in range(4 * self.processes)]
        peaks = dict(task.result() for task in tasks)
        return own + sum(peaks.values())

    def _run(
        self,
        function: Callable[..., Any],
        stage: str,
        tasks: Sequence[BlockTask],
        extra: tuple[Any, ...],
    ) -> list[Any]:
        order = sorted(range(len(tasks)), key=lambda i: -len(self.problem.blocks[tasks[i].block]))
        results: dict[int, Any] = {}
        for position, result in self._each(function, stage, tasks, order, extra):
            results[position] = result
            self._tell(stage, tasks[position].block, done=True)
        return [results[position] for position in range(len(tasks))]

    def _each(
        self,
        function: Callable[..., Any],
        stage: str,
        tasks: Sequence[BlockTask],
        order: Sequence[int],
        extra: tuple[Any, ...],
    ) -> Iterator[tuple[int, Any]]:
        if self._pool is None:
            for position in order:
                yield position, function(tasks[position], str(self.folder), *extra)
            return
        with uninterrupted():
            futures = {
                self._pool.submit(function, tasks[position], str(self.folder), *extra): position
                for position in order
            }
        waiting = set(futures)
        while waiting:
            finished, waiting = wait(waiting, timeout=_LOOK, return_when=FIRST_COMPLETED)
            for future in finished:
                yield futures[future], future.result()
            for future in waiting:
                if future.running():
                    self._tell(stage, tasks[futures[future]].block, done=False)

    def _tell(self, stage: str, block: int, *, done: bool) -> None:
        cost, bound = _read_note(self.folder, block)
        name = self.problem.blocks[block].name
        self.report(Progress(name, stage, cost, bound, done, len(self.problem.blocks)))


def _peak_mb() -> float:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


# --- inside a worker ---------------------------------------------------------------------

_PROBLEM: Problem
_DEADLINE: float


def _prepare(problem: Problem, deadline: float, *, ignore_interrupt: bool = True) -> None:
    """Receive the problem once; leave Ctrl-C to the caller, who sets the flag."""
    global _PROBLEM, _DEADLINE
    _PROBLEM, _DEADLINE = problem, deadline
    if ignore_interrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _peak_of_worker() -> tuple[int, float]:
    time.sleep(_HOLD)
    return os.getpid(), _peak_mb()


def _solve(task: BlockTask, folder: str) -> BlockAnswer:
    return solve_block(_PROBLEM, task, _stop_flag(Path(folder)), _note_taker(Path(folder)))


def _start(task: BlockTask, folder: str, ladder: bool) -> list[BlockAnswer]:  # noqa: FBT001
    answers = start_block(_PROBLEM, task, _stop_flag(Path(folder)), ladder=ladder)
    kept = [answer for answer in answers if answer.seat_of and task.admits(answer.number)]
    if kept:
        _note_taker(Path(folder))(min(kept, key=lambda answer: answer.priced_cost))
    return answers


def _measure(task: BlockTask, folder: str, prices: tuple[float, ...]) -> Look:
    return measure_prices(_PROBLEM, task, prices, _stop_flag(Path(folder)))


def _ask(task: BlockTask, folder: str, question: Question) -> BlockAnswer:
    return question(_PROBLEM, task, _stop_flag(Path(folder)))


def _stop_flag(folder: Path) -> Callable[[], bool]:
    """Return a question that costs a look at the disk only every now and then."""
    looked, stopped = -math.inf, False

    def asked() -> bool:
        nonlocal looked, stopped
        if not stopped and time.monotonic() - looked > _LOOK:
            looked = time.monotonic()
            stopped = time.time() > _DEADLINE or (folder / "stop").exists()
        return stopped

    return asked


def _note_taker(folder: Path) -> Callable[[BlockAnswer], None]:
    def note(answer: BlockAnswer) -> None:
        path = folder / f"block-{answer.task.block}.json"
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps([answer.priced_cost, answer.bound]), encoding="utf-8")
        draft.replace(path)

    return note


def _read_note(folder: Path, block: int) -> tuple[float, float]:
    path = folder / f"block-{block}.json"
    if not path.exists():
        return math.inf, -math.inf
    cost, bound = json.loads(path.read_text(encoding="utf-8"))
    return float(cost), float(bound)
