"""Studies small enough to be answered within a test, and pools that need no process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from amalgamation.study.sweep.pool import WorkerLostError
from amalgamation.study.sweep.task import run_task

LEAST = "rules.population.min"
VALUES = [6000, 7000, 8000]
NAMES = [f"population.min-{value}" for value in VALUES]
OVER = {LEAST: VALUES}
# What may differ between two answers to one question.
CLOCK = ["seconds", "solve_seconds"]


# A study that lasts long enough to be killed in the middle: each variant is solved at many
# numbers of municipalities besides.
LONG = [
    *("sweep", "toy", "--over", f"{LEAST}=5000,6000,7000,8000", "-q"),
    *("--set", "solve.frontier=2", "--set", "rules.municipalities={exactly: null, min: 2, max: 5}"),
]
VARIANTS = 4


class HerePool:
    """Answer in this process, one after the other; may lose a worker now and then.

    `loses` maps a variant to how often its worker dies.
    """

    tries = 3

    def __init__(self, lands, *_, loses=None, side_by_side=2):
        self.lands, self.loses, self.side_by_side = lands, dict(loses or {}), side_by_side
        self.most_at_once, self.tasks = 0, []

    @property
    def handed_out(self):
        return [task.name for task in self.tasks]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        pass

    def room(self):
        return self.side_by_side

    def submit(self, task):
        self.tasks.append(task)
        return len(self.tasks)

    def wait(self, futures):
        self.most_at_once = max(self.most_at_once, len(futures))
        return [min(futures)]

    def result(self, future):
        task = self.tasks[future - 1]
        if self.loses.get(task.name, 0) > 0:
            self.loses[task.name] -= 1
            message = "its worker died"
            raise WorkerLostError(message)
        return run_task(self.lands[task.land], task)


def command(*arguments, **options):
    """Start the command in a process of its own, which hears Ctrl-C as in a terminal.

    A shell lets what it starts in the background ignore Ctrl-C, and children inherit that:
    without this, tests that run in the background would wait for a study to its end.
    """
    words = [sys.executable, "-m", "amalgamation", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(words, env=dict(os.environ), **pipes, **options)
    finally:
        signal.signal(signal.SIGINT, before)


def finish(process, seconds=300):
    """Wait for a process; return its exit status and what it said."""
    said, _ = process.communicate(timeout=seconds)
    return process.returncode, said.decode()


@contextmanager
def ending(process):
    """Leave no process behind."""
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(condition, process):
    """Wait until something is true that a process brings about; return it."""
    while process.poll() is None:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    message = f"it ended before: {process.communicate()}"
    raise AssertionError(message)


def rows(folder):
    """Return the rows on the disk: one for each variant that is finished."""
    return sorted(Path(folder).glob("outcomes/*.json"))


def stamps(folder):
    """Return when each finished variant was written: row, and files of the run folder."""
    names = [path.stem for path in rows(folder)]
    files = [path for name in names for path in sorted(Path(folder, "runs", name).iterdir())]
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in [*rows(folder), *files]
    }


def check_kept(folder, before):
    """Nothing that was finished before was written again."""
    after = stamps(folder)
    assert {name: after[name] for name in before} == before


def without_clock(table):
    """Return a study's table without what two runs cannot share."""
    return table.drop(columns=CLOCK)
