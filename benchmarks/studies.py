"""What a second process brings to a study, and what a task costs beside the bare solve.

In: two sweeps, of many variants of one oblast and of a few variants of the country. Out: wall
times of the same study with one process and with several, as a ratio; seconds and bytes of
each piece, from which the cost of larger studies can be estimated (`docs/studies.md`).
"""

from __future__ import annotations

import os
import pickle
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import amalgamation as am
from amalgamation.study.sweep import read_question
from benchmarks.compact_against_columns import KZ_HARD
from benchmarks.options import Options, solve_overrides, words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from amalgamation.study.sweep import Study
    from benchmarks.tables import Page

__all__ = ["main"]

_QUESTION = "What does a study gain by a second process, and what does a task cost?"
_VARIED, _FIRST, _STEP = "rules.population.min", 10_000, 50
_MB = 1e6


@dataclass(frozen=True)
class Sweep:
    """Hold what a study varies: the minimum of residents, over a part of the country.

    Parameters
    ----------
    oblasts
        Codes; none for the country.
    variants
        How many minimum populations.
    gap
        Proven gap asked for, in per cent.
    seconds
        Limit of each solve; a solve that it cuts need not come to the same plan twice.
    """

    oblasts: Sequence[str]
    variants: int
    gap: float
    seconds: float

    @property
    def told(self) -> str:
        """What is varied, where, and how far each variant is solved."""
        where = " ".join(self.oblasts) or "the country"
        return f"{self.variants} variants of {where} to {self.gap:g} % or {self.seconds:g} s"


@dataclass(frozen=True)
class Run:
    """Hold one run of a study.

    Parameters
    ----------
    study
        What came of it.
    processes
        How many answered variants at once.
    seconds
        Wall time.
    core_seconds
        Time on a core, of the command and of all that it started.
    """

    study: Study
    processes: int
    seconds: float
    core_seconds: float


SWEEPS = {
    "oblast": Sweep(("230000000",), 60, 3.0, 600),
    "country": Sweep((), 12, 3.0, 600),
}
_SAID = ("oblasts", "variants", "gap", "seconds")
"""What the command line may say otherwise of every sweep."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("studies", _QUESTION)
    options.add_argument("--sweeps", type=words, default=list(SWEEPS), help=", ".join(SWEEPS))
    options.add_argument("--scenario", default=str(KZ_HARD), help="what the variants vary")
    options.add_argument("--oblasts", type=words, default=None, help="codes; default: the sweep's")
    options.add_argument("--variants", type=int, default=None, help="default: the sweep's")
    options.add_argument("--gap", type=float, default=None, help="per cent; default: the sweep's")
    options.add_argument("--seconds", type=float, default=None, help="limit of each solve")
    options.add_argument("--at-once", type=int, default=2, help="processes of the second run")
    chosen = options.read(arguments)
    page = options.page(chosen)
    sweeps = {name: _chosen_sweep(name, chosen) for name in chosen.sweeps}
    for name in ("sweeps", *_SAID):
        del page.options[name]
    page.options |= {"scenario": Path(chosen.scenario).stem}
    page.options |= {name: sweep.told for name, sweep in sweeps.items()}
    for name, sweep in sweeps.items():
        _show(sweep, name, chosen, page)
    page.note(
        "Beside a solve stand checks, problem, verification, scorecard and files; beside a "
        "variant, by turns, the start of the workers, reading, and handing out and keeping. "
        "On a core: the command and its workers, without what they waited."
    )
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def _chosen_sweep(name: str, chosen: argparse.Namespace) -> Sweep:
    """Return a sweep with what the command line says otherwise."""
    said = {name: getattr(chosen, name) for name in _SAID if getattr(chosen, name) is not None}
    return replace(SWEEPS[name], **said)


def _show(sweep: Sweep, name: str, chosen: argparse.Namespace, page: Page) -> None:
    asked = _ask(sweep, chosen)
    with tempfile.TemporaryDirectory() as folder:
        studies = [
            _run(asked, Path(folder, str(processes)), processes)
            for processes in (1, chosen.at_once)
        ]
        rows = [_row(one, studies[0]) for one in studies]
        page.show(f"{name}: the same study on one and on several processes", rows)
        pieces = _pieces(asked, studies[0].study)
        page.show(f"{name}: what travels and what is kept, for each variant", [pieces])


def _ask(sweep: Sweep, chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments that both runs share."""
    overrides = solve_overrides(chosen, sweep.gap, sweep.seconds)
    overrides |= {"solve.engine": chosen.engine, "solve.processes": 1}
    if sweep.oblasts:
        overrides["territory.where"] = {"oblast": list(sweep.oblasts)}
    values = [_FIRST + _STEP * number for number in range(sweep.variants)]
    return {"scenario": chosen.scenario, "over": {_VARIED: values}, "overrides": overrides}


def _run(asked: dict[str, Any], folder: Path, processes: int) -> Run:
    began, worked = time.perf_counter(), _core_seconds()
    study = am.sweep(folder=folder, processes=processes, **asked)
    return Run(study, processes, time.perf_counter() - began, _core_seconds() - worked)


def _core_seconds() -> float:
    """Return what this process and all ended processes below it took of cores so far."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _row(run: Run, first: Run) -> dict[str, Any]:
    outcomes = [one for one in run.study.outcomes.values() if one.is_finished]
    count = len(outcomes)
    solving = sum(one.solve_seconds for one in outcomes)
    answering = sum(one.seconds for one in outcomes)
    busy = run.seconds * run.processes
    costs = [first.study.outcomes[one.name].cost for one in outcomes]
    return {
        "processes": run.processes,
        "variants": count,
        "failed": run.study.failed,
        "wall, s": run.seconds,
        "wall / one process": run.seconds / first.seconds,
        "solve, s each": solving / count,
        "beside the solve, s each": (answering - solving) / count,
        "beside the variant, s each": (busy - answering) / count,
        "on a core, s each": run.core_seconds / count,
        "largest gap %": 100 * max(one.gap for one in outcomes),
        "wall / bare solves": busy / solving,
        "same costs": sum(one.cost == cost for one, cost in zip(outcomes, costs, strict=True)),
    }


def _pieces(asked: dict[str, Any], study: Study) -> dict[str, Any]:
    began = time.perf_counter()
    question = read_question(**asked)
    reading = time.perf_counter() - began
    folders = (study.folder / "runs").iterdir()
    sizes = [sum(file.stat().st_size for file in folder.iterdir()) for folder in folders]
    rows = [path.stat().st_size for path in (study.folder / "outcomes").iterdir()]
    lands = [len(pickle.dumps(land, protocol=5)) for land in question.lands.values()]
    return {
        "reading all, s": reading,
        "land, MB": sum(lands) / _MB,
        "task, kB": len(pickle.dumps(question.cases[0].file, protocol=5)) / 1e3,
        "run folder, kB": statistics.mean(sizes) / 1e3,
        "row, kB": statistics.mean(rows) / 1e3,
        "peak of a worker, MB": max(one.peak_mb for one in study.outcomes.values()),
    }


if __name__ == "__main__":
    sys.exit(main())
