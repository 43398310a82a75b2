"""One variant, answered wherever it is sent: what travels there, and what comes back.

In: a `Land`, which many variants share, and a `Task`. Out: an `Outcome` with the bytes of
the run folder. Nothing is read from the disk of whoever asked, and nothing is left on the
disk of whoever answers, so that a worker needs the package and nothing else.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from amalgamation.road import answer, build_ground, judge
from amalgamation.status import Status
from amalgamation.study.sweep.outcome import Outcome, build_outcome, build_refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.graph import UnitGraph
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source
    from amalgamation.result import Result
    from amalgamation.scenario import ScenarioFile
    from amalgamation.territory import Territory

__all__ = ["Land", "Task", "run_task"]


@dataclass(frozen=True)
class Land:
    """Hold a territory and its graph, read once for all variants that ask about them."""

    territory: Territory
    graph: UnitGraph


@dataclass(frozen=True)
class Task:
    """Ask for the answer of one variant.

    Parameters
    ----------
    name
        The variant's.
    land
        Name of the land that it asks about.
    file
        Its scenario, with the wishes read.
    given
        The plan that it measures, with the file that the plan came from; None solves.
    processes
        Blocks solved side by side.
    """

    name: str
    land: str
    file: ScenarioFile
    given: tuple[Plan, tuple[Source, ...]] | None = None
    processes: int = 1


def run_task(land: Land, task: Task) -> Outcome:
    """Answer one variant; what goes wrong is its outcome, so that the study goes on.

    Parameters
    ----------
    land
        What it asks about.
    task
        What it asks.
    """
    began = time.monotonic()
    try:
        result = _answer(land, task)
        files = {} if result.plan is None else _write(result)
        return build_outcome(task.name, result, time.monotonic() - began, files)
    except InputError as error:
        return build_refusal(task.name, error.findings, time.monotonic() - began)
    except Exception as error:  # noqa: BLE001 - the other variants are still to be answered
        reason, seconds = f"{type(error).__name__}: {error}", time.monotonic() - began
        return Outcome(task.name, str(Status.FAILED), seconds=round(seconds, 3), reason=reason)


def _answer(land: Land, task: Task) -> Result:
    asked = task.file.scenario
    solve = asked.solve.model_copy(update={"processes": task.processes})
    here = replace(task.file, scenario=asked.model_copy(update={"solve": solve}))
    ground = build_ground(here, land.territory, land.graph)
    result = answer(ground) if task.given is None else judge(ground, *task.given)
    # where it was answered is no part of the answer
    return replace(result, scenario=asked)


def _write(result: Result) -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="amalgamation-") as name:
        folder = Path(name, "run")
        result.write(folder)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
