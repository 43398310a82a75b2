"""Answer every variant of a scenario, on this machine or on a cluster.

In: a scenario and what varies. Out: a study folder: a manifest, a run folder for each
variant, one table, one page. Whatever ends it, the same command goes on with what is left.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amalgamation.errors import OutputError
from amalgamation.solve.workers import count_cores
from amalgamation.study.sweep.cases import read_question
from amalgamation.study.sweep.cluster import ClusterPool
from amalgamation.study.sweep.compared import build_compared
from amalgamation.study.sweep.folder import (
    WORK,
    opened,
    put_outcome,
    put_running,
    put_whole,
)
from amalgamation.study.sweep.local import LocalPool
from amalgamation.study.sweep.manifest import build_manifest
from amalgamation.study.sweep.outcome import build_refusal
from amalgamation.study.sweep.page import build_page
from amalgamation.study.sweep.pool import run_tasks
from amalgamation.study.sweep.study import Study, estimate_seconds_left, read_study
from amalgamation.study.sweep.table import to_csv, to_parquet
from amalgamation.study.sweep.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amalgamation.study.sweep.cases import Case, Question
    from amalgamation.study.sweep.outcome import Outcome

__all__ = ["Standing", "run_study"]


@dataclass(frozen=True)
class Standing:
    """Tell how far a study is.

    Parameters
    ----------
    variants, finished, failed
        How many there are, are answered, have a reason instead.
    at_work
        Names of those that are answered now.
    seconds_left
        About how long it will take yet; NaN if unknown.
    latest
        The outcome that just came; None where a variant began.
    """

    variants: int
    finished: int
    failed: int
    at_work: tuple[str, ...]
    seconds_left: float
    latest: Outcome | None = None


def run_study(  # noqa: PLR0913 - the options of a study, all by name
    scenario: str | Path,
    folder: str | Path,
    *,
    over: Mapping[str, Sequence[Any]] | None = None,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    overwrite: bool = False,
    processes: int | None = None,
    scheduler: str | None = None,
    report: Callable[[Standing], None] = lambda _: None,
) -> Study:
    """Answer every variant of a scenario; what the folder holds already is not answered again.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    folder
        The study: absent, empty, or one that was begun.
    over
        Dotted key -> values, such as ``{"rules.population.min": [3000, 5000]}``, beside those
        of the file's own section ``sweep``; lists are multiplied.
    overrides
        Dotted keys that change every variant.
    allow_outside
        Let the scenario name files outside its own folder.
    overwrite
        Give up finished variants in the folder that ask something else.
    processes
        Variants answered side by side on this machine; default: as many as there are cores,
        and fewer where memory is short.
    scheduler
        Address of a Dask scheduler, such as ``tcp://host:8786``, whose workers answer instead.
    report
        Called whenever a variant began or ended.

    Returns
    -------
    Study
        Its table has a row for each variant; one that failed says why.

    Raises
    ------
    InputError
        If the scenario, its variants, their data, the folder or the scheduler cannot be used.
    OutputError
        If the folder cannot be written.
    """
    folder = Path(folder)
    question = read_question(scenario, over=over, overrides=overrides, allow_outside=allow_outside)
    with opened(folder, build_manifest(question), overwrite=overwrite) as kept:
        board = _Board(folder, len(question.cases), report)
        for outcome in kept.values():
            board.count(outcome)
        left = [case for case in question.cases if case.variant.name not in kept]
        try:
            _answer_all(question, left, board, processes or count_cores(), scheduler)
        except BaseException:
            with suppress(OutputError):
                _write_tables(folder)
            raise
        study = _write_tables(folder)
        compared = build_compared(study, question.base.folder)
        put_whole(folder, "report.html", build_page(study, compared).encode())
    return read_study(folder)


@dataclass
class _Board:
    """Count what came, put it on the disk, and tell it."""

    folder: Path
    variants: int
    report: Callable[[Standing], None]
    seconds: list[float] = field(default_factory=list)
    need_mb: float = 0.0
    failed: int = 0
    at_work: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> None:
        if outcome.is_finished:
            self.seconds.append(outcome.seconds)
            self.need_mb = max(self.need_mb, outcome.peak_mb)
        else:
            self.failed += 1

    def take(self, key: str, outcome: Outcome) -> None:
        """Keep an outcome, and tell of it once it is on the disk."""
        put_outcome(self.folder, key, outcome)
        self.count(outcome)
        self.at_work = tuple(name for name in self.at_work if name != outcome.name)
        self._tell(outcome)

    def begin(self, names: Sequence[str]) -> None:
        """Say which variants are at work."""
        if tuple(names) != self.at_work:
            self.at_work = tuple(names)
            put_running(self.folder, {"at_work": list(names)})
            self._tell(None)

    def _tell(self, latest: Outcome | None) -> None:
        done = len(self.seconds) + self.failed
        waiting = self.variants - done - len(self.at_work)
        left = estimate_seconds_left(self.seconds, waiting, len(self.at_work))
        now = self.at_work
        self.report(Standing(self.variants, len(self.seconds), self.failed, now, left, latest))


def _answer_all(
    question: Question,
    cases: Sequence[Case],
    board: _Board,
    processes: int,
    scheduler: str | None,
) -> None:
    keys = {case.variant.name: case.key for case in cases}
    for case in cases:
        if case.refused:
            board.take(case.key, build_refusal(case.variant.name, case.refused))
    asked = [case for case in cases if not case.refused]
    if not asked:
        return
    # cores that no variant uses solve blocks
    each = 1 if scheduler else max(1, processes // len(asked))
    # a worker keeps one land at a time
    tasks = sorted((_task(case, each) for case in asked), key=lambda task: task.land)
    lands = {task.land: question.lands[task.land] for task in tasks}
    pool = (
        ClusterPool(scheduler, lands)
        if scheduler
        else LocalPool(lands, board.folder / WORK, processes, board.need_mb)
    )
    with pool:
        for outcome in run_tasks(tasks, pool, board.begin):
            board.take(keys[outcome.name], outcome)


def _task(case: Case, processes: int) -> Task:
    most = case.file.scenario.solve.processes or processes
    return Task(case.variant.name, case.land, case.file, case.given, min(processes, most))


def _write_tables(folder: Path) -> Study:
    """Write the tables, and the page without its pictures: whoever interrupts is in a hurry."""
    study = read_study(folder)
    parquet = to_parquet(study.table)
    put_whole(folder, "study.csv", to_csv(study.table))
    if parquet is not None:
        put_whole(folder, "study.parquet", parquet)
    put_whole(folder, "report.html", build_page(study).encode())
    return study
