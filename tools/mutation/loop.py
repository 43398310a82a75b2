"""The loop over mutants, as a plugin of pytest: collect once, then fork for each mutant.

Nothing is read, imported or collected again: a child gets the mutant's code into its
functions and runs the tests that reach the changed lines, the likeliest to fail first, up to
the first that does. Time is counted in seconds of the processor, so that other work on the
machine changes no verdict.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tools.mutation.swapping import Functions, changed_functions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import CodeType

    from tools.mutation.mutants import Mutant

__all__ = [
    "KILLED",
    "MODULE",
    "SLOW",
    "SURVIVED",
    "UNREACHED",
    "Loop",
    "Reach",
    "Verdict",
    "silence",
]

KILLED, SLOW, SURVIVED, UNREACHED = "killed", "killed by time", "survived", "not reached"
MODULE = "of the module"
_LONGER = 6.0
_SPARE_SECONDS = 4.0
_MOST_MEMORY = 3 * 2**30


@dataclass
class Verdict:
    """What became of a mutant: the word, and the test that failed."""

    mutant: Mutant
    word: str
    test: str = ""


@dataclass(frozen=True)
class Reach:
    """Hold what each test takes, in seconds, and which come by a line of a file."""

    times: dict[str, float]
    lines: dict[tuple[str, int], frozenset[str]]

    def order(self, path: str, mutant: Mutant, kills: Mapping[tuple[str, str], int]) -> list[str]:
        """Return the tests that come by a mutant: those that failed beside it, then the quick."""
        lines = range(mutant.first, mutant.last + 1)
        tests = frozenset().union(*(self.lines.get((path, line), frozenset()) for line in lines))

        def merit(test: str) -> tuple[float, float, str]:
            worth = kills.get((mutant.function, test), 0) / (0.05 + self.times[test])
            return -worth, self.times[test], test

        return sorted(tests, key=merit)

    def any_of(self, path: str, seconds: float) -> list[str]:
        """Return quick tests that come by any line of a file."""
        tests = frozenset().union(*(own for (file, _), own in self.lines.items() if file == path))
        return self.within(sorted(tests, key=lambda test: (self.times[test], test)), seconds)

    def within(self, order: Sequence[str], seconds: float) -> list[str]:
        """Return the first tests that fit into so many seconds, and one in any case."""
        spent = 0.0
        taken: list[str] = []
        for test in order:
            spent += self.times[test]
            if taken and spent > seconds:
                break
            taken.append(test)
        return taken


@dataclass
class Loop:
    """Run tests on mutants.

    Parameters
    ----------
    root
        Of the project.
    mutants
        To be judged.
    processes
        Children at a time.
    examples
        At most so many examples of each law.
    quick
        Run tests of so many seconds in all for a mutant, the likeliest to fail first.
    until
        Begin no mutant later than this, by the monotonic clock.
    log
        Gets a line for each verdict.
    read_anew
        Whether the mutant, then the only one, was read in the place of its file.
    reach
        What the tests come by; found out where ``read_anew`` is false.
    """

    root: Path
    mutants: Sequence[Mutant]
    processes: int = 1
    examples: int = 50
    quick: float = float("inf")
    until: float = float("inf")
    log: Path = Path(os.devnull)
    read_anew: bool = False
    reach: Reach = field(default_factory=lambda: Reach({}, {}))
    verdicts: list[Verdict] = field(default_factory=list)
    failed: str = ""
    _compiled: dict[str, CodeType] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a failure."""
        if report.failed:
            self.failed = report.nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        items = {item.nodeid: item for item in session.items}
        for item in items.values():
            _soften(item, self.examples)
        if self.read_anew:
            (mutant,) = self.mutants
            word, test = self._fork(
                [items[test] for test in self.reach.any_of(self._path(mutant), self.quick)]
            )
            self._tell(mutant, word, test)
            return True
        reach = self.reach = self._look(items)
        spent = sum(reach.times.values())
        print(f"{len(items)} tests, {spent:.0f} s; {len(self.mutants)} mutants", flush=True)
        self._judge(items, reach)
        return True

    # --- which test reaches which line ---------------------------------------------------

    def _look(self, items: dict[str, Any]) -> Reach:
        """Run every test once, in a child, and see where it comes by."""
        files = sorted({self._path(mutant) for mutant in self.mutants})
        with tempfile.NamedTemporaryFile("w+") as answer:
            child = os.fork()
            if not child:
                self._trace(list(items.values()), files, answer.name)
            os.waitpid(child, 0)
            told = json.loads(Path(answer.name).read_text(encoding="utf-8") or "{}")
        if not told or told["failed"]:
            sys.exit(f"A test fails without any mutant: {told.get('failed', 'all')}")
        lines = {
            (file, int(line)): frozenset(tests) - {""}
            for file, own in told["lines"].items()
            for line, tests in own.items()
        }
        return Reach(told["times"], lines)

    def _trace(self, items: list[Any], files: list[str], answer: str) -> None:
        import coverage  # noqa: PLC0415 - here alone

        silence()
        watch = coverage.Coverage(data_file=None, include=files, config_file=False)
        watch.start()
        times = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            watch.switch_context(item.nodeid)
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            times[item.nodeid] = time.process_time() - began
        watch.stop()
        data = watch.get_data()
        lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        told = {"times": times, "lines": lines, "failed": self.failed}
        Path(answer).write_text(json.dumps(told))
        os._exit(0)

    # --- judging ---------------------------------------------------------------------------

    def _judge(self, items: dict[str, Any], reach: Reach) -> None:
        functions = Functions({self._path(mutant) for mutant in self.mutants})
        gc.collect()
        gc.freeze()  # children share what is never counted again
        kills: Counter[tuple[str, str]] = Counter()
        waiting: dict[int, tuple[Mutant, Any]] = {}
        for mutant in self.mutants:
            if time.monotonic() > self.until:
                break
            changes = self._changes(mutant)
            order = reach.order(self._path(mutant), mutant, kills)
            if changes is None or not functions.know(self._path(mutant), changes):
                self._tell(mutant, MODULE)
            elif not order:
                self._tell(mutant, UNREACHED)
            else:
                while len(waiting) >= self.processes:
                    self._gather(waiting, kills)
                answer = tempfile.NamedTemporaryFile("w+")  # noqa: SIM115 - closed when gathered
                child = os.fork()
                if not child:
                    functions.swap(self._path(mutant), changes)
                    chosen = [items[test] for test in reach.within(order, self.quick)]
                    self._run(chosen, reach.times, answer.name)
                waiting[child] = mutant, answer
        while waiting:
            self._gather(waiting, kills)

    def _path(self, mutant: Mutant) -> str:
        return str(self.root / mutant.file)

    def _changes(self, mutant: Mutant) -> dict[tuple[str, int], CodeType] | None:
        path = self._path(mutant)
        if path not in self._compiled:
            self._compiled[path] = compile(Path(path).read_text(encoding="utf-8"), path, "exec")
        return changed_functions(self._compiled[path], compile(mutant.source, path, "exec"))

    def _gather(
        self, waiting: dict[int, tuple[Mutant, Any]], kills: Counter[tuple[str, str]]
    ) -> None:
        """Wait for a child, and learn from how it ended."""
        pid, status = os.wait()
        mutant, answer = waiting.pop(pid)
        word, test = _read(status, Path(answer.name).read_text(encoding="utf-8"))
        answer.close()
        if test:
            kills[mutant.function, test] += 1
        self._tell(mutant, word, test)

    def _tell(self, mutant: Mutant, word: str, test: str = "") -> None:
        self.verdicts.append(Verdict(mutant, word, test))
        with self.log.open("a", encoding="utf-8") as log:
            told = {
                "line": mutant.first,
                "word": word,
                "key": mutant.key,
                "test": test,
            }
            log.write(json.dumps(told, ensure_ascii=False) + "\n")

    def _fork(self, items: list[Any]) -> tuple[str, str]:
        with tempfile.NamedTemporaryFile("w+") as answer:
            child = os.fork()
            if not child:
                self._run(items, self.reach.times, answer.name)
            _, status = os.waitpid(child, 0)
            return _read(status, Path(answer.name).read_text())

    def _run(self, items: list[Any], times: dict[str, float], answer: str) -> None:
        """Run tests up to the first that fails; never return."""
        silence()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        try:
            for item, following in zip(items, [*items[1:], None], strict=True):
                Path(answer).write_text(item.nodeid)
                limit = _LONGER * times.get(item.nodeid, 10.0) + _SPARE_SECONDS
                signal.setitimer(signal.ITIMER_PROF, limit)
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failed:
                    Path(answer).write_text(self.failed)
                    os._exit(1)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - whatever it is, the mutant was found
            os._exit(1)


def _read(status: int, test: str) -> tuple[str, str]:
    """Return the word for how a child ended, and the test that ended it."""
    if os.WIFSIGNALED(status):
        slow = os.WTERMSIG(status) in {signal.SIGPROF, signal.SIGKILL}
        return (SLOW if slow else KILLED), test
    code = os.WEXITSTATUS(status)
    if code == 0:
        return SURVIVED, ""
    return KILLED, test


def silence() -> None:
    """Send away what this process prints."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _soften(item: Any, examples: int) -> None:
    """Let a law be tried quickly: fixed examples, no shrinking, no clock."""
    from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415

    function: Any = getattr(item, "obj", None)
    own = getattr(function, "_hypothesis_internal_use_settings", None)
    if own is None:
        return
    function = getattr(function, "__func__", function)
    function._hypothesis_internal_use_settings = settings(  # noqa: SLF001
        own,
        max_examples=min(own.max_examples, examples),
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
