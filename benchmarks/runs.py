"""One run of `amalgamation`, measured: in a process of its own, through `amalgamation.run`.

In: a scenario file and overrides. Out: an `Outcome`: how it ended, cost, bound, gap, time,
memory. A process of its own means that no run profits from what another left in memory.
"""

from __future__ import annotations

import math
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.status import is_within
from benchmarks.memory import PeakMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from amalgamation.plan import Plan
    from amalgamation.solve import Progress
    from amalgamation.status import Certificate

__all__ = ["Outcome", "run_apart", "run_scenario"]


@dataclass(frozen=True)
class Outcome:
    """Hold what one run came to.

    Parameters
    ----------
    engine
        The engine asked for.
    status
        How it ended; ``"refused"`` where the question was not even tried, ``"died"`` where
        its process did.
    reason
        Why there is no answer.
    certificate, plan
        As `amalgamation.run` gave them; None where the run was refused.
    whole_seconds
        Wall time from reading the scenario to the verified result.
    first_plan
        Seconds from reading the scenario until every block had a plan, by the progress
        reports; None if they never said so.
    memory
        Peak of the process tree in MiB; None without psutil.
    """

    engine: str
    status: str
    reason: str = ""
    certificate: Certificate | None = None
    plan: Plan | None = None
    whole_seconds: float = math.nan
    first_plan: float | None = None
    memory: float | None = None

    @property
    def seconds(self) -> float:
        """Wall time of the solve alone."""
        return math.nan if self.certificate is None else self.certificate.seconds

    @property
    def cost(self) -> float:
        """Cost of the plan, without unit."""
        return math.inf if self.certificate is None else self.certificate.cost

    @property
    def bound(self) -> float:
        """Proven bound, without unit."""
        return -math.inf if self.certificate is None else self.certificate.bound

    @property
    def gap_percent(self) -> float:
        """Proven gap in per cent."""
        return math.inf if self.certificate is None else 100 * self.certificate.gap

    @property
    def number(self) -> int | None:
        """Number of municipalities."""
        return None if self.plan is None else len(self.plan.seat_of)

    def raw(self, aim: str) -> float | None:
        """Return an aim's value in its own unit; None where there is no plan."""
        aims = () if self.certificate is None else self.certificate.aims
        return next((value.raw for value in aims if value.name == aim), None)

    def reached(self, gap_percent: float) -> bool:
        """Say whether the gap was proven."""
        return is_within(self.gap_percent / 100, gap_percent / 100)


@dataclass
class _Watch:
    """Note when every block had a plan."""

    began: float = field(default_factory=time.perf_counter)
    costs: dict[str, float] = field(default_factory=dict)
    first_plan: float | None = None

    def note(self, progress: Progress) -> None:
        known = min(progress.cost, self.costs.get(progress.block, math.inf))
        self.costs[progress.block] = known
        whole = len(self.costs) == progress.blocks
        if self.first_plan is None and whole and all(map(math.isfinite, self.costs.values())):
            self.first_plan = self.seconds

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began


def run_scenario(scenario: str | Path, engine: str, overrides: Mapping[str, Any]) -> Outcome:
    """Run a scenario with an engine, in a process of its own.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    engine
        What ``solve.engine`` is set to.
    overrides
        Dotted keys that change the scenario.
    """
    return run_apart(engine, _run, str(scenario), engine, {**overrides, "solve.engine": engine})


def run_apart(who: str, solve: Callable[..., Outcome], *arguments: Any) -> Outcome:
    """Call a function of a module in a process of its own, and watch its memory.

    Parameters
    ----------
    who
        Whose run it is, for the case that the process dies: that costs this run alone.
    solve
        What the process calls.
    arguments
        What it is called with; they are sent to the process.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as apart, PeakMemory() as peak:
        try:
            outcome = apart.submit(solve, *arguments).result()
        except BrokenProcessPool:
            outcome = Outcome(who, "died", "its process was ended from outside, or by the system")
    return replace(outcome, memory=peak.mebibytes)


def _run(scenario: str, engine: str, changes: dict[str, Any]) -> Outcome:
    watch = _Watch()
    try:
        result = am.run(scenario, overrides=changes, report=watch.note)
    except InputError as error:  # such as an engine that this version does not know
        return Outcome(engine, "refused", " ".join(str(error).split()))
    return Outcome(
        engine,
        str(result.status),
        certificate=result.certificate,
        plan=result.plan,
        whole_seconds=watch.seconds,
        first_plan=watch.first_plan,
    )
