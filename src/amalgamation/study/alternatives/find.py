"""Find alternatives: plans near one that there is, as unlike it and each other as can be.

In: a ground and a plan on it. Out: `Alternatives`. Two stages: *depart* looks in every block
for a plan within its budget that decides the ties otherwise than those found so far, again
and again; *probe* takes ties that all of these decide alike, and proves that this is certain,
or finds a plan that decides them otherwise.
"""

from __future__ import annotations

import math
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from amalgamation.errors import InputError, VerificationError
from amalgamation.findings import Finding
from amalgamation.measure import build_certainty
from amalgamation.model import build_problem
from amalgamation.solve.interrupt import StopSignal
from amalgamation.solve.workers import Workers, count_cores
from amalgamation.study.alternatives.alternatives import Alternatives
from amalgamation.study.alternatives.certify import Alternative, certify
from amalgamation.study.alternatives.departures import Departures
from amalgamation.study.alternatives.near import Near
from amalgamation.study.alternatives.probe import Probe, is_proven
from amalgamation.study.alternatives.probes import ask_ties
from amalgamation.study.ruled import ruled_ties
from amalgamation.study.whole_plan import refuse_limits_on_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from amalgamation.measure import Reason
    from amalgamation.plan import Plan
    from amalgamation.road import Ground
    from amalgamation.solve.task import BlockAnswer

__all__ = ["check_options", "find_alternatives"]

# Share of the time that departing may take; probing gets what is left.
_DEPART_SHARE = 0.6
_MOST_PERCENT = 100.0


def find_alternatives(  # noqa: PLR0913 - the options of a study, all by name
    ground: Ground,
    plan: Plan,
    *,
    bound: float = -math.inf,
    within: float = 2.0,
    number: int = 8,
    probes: int = 20,
    seconds: float = 300.0,
    seed: int = 1,
    processes: int | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Alternatives:
    """Find plans that cost at most some per cent more and differ as much as possible.

    Parameters
    ----------
    ground
        What is asked.
    plan
        Keeps its rules; the others are measured against it.
    bound
        Proven lower bound on the cost of any plan.
    within
        Per cent that each block (each piece that walls and water make independent) may cost
        more than in the plan; so the whole costs at most that much more as well.
    number
        How many to look for.
    probes
        Of the ties that all of them decide alike, so many are asked whether that is certain.
    seconds
        Time for all.
    seed
        Of everything random.
    processes
        Blocks side by side; default: as many as there are cores.
    report
        Called with a sentence for each step.

    Returns
    -------
    Alternatives
        Each verified; as many as were found. Ctrl-C ends with those at hand.

    Raises
    ------
    InputError
        If a number makes no sense, or the plan breaks a rule.
    VerificationError
        If an alternative breaks a rule or its budget, or a proof and a plan contradict each
        other: our fault, and nothing is handed out.

    Notes
    -----
    Modelling to generate alternatives ([brill1982]_, [decarolis2011]_): a plan is asked to be
    unlike those found, within a budget, instead of cheap. What all plans of that space have in
    common is what is certain ([neumann2021]_).

    Examples
    --------
    >>> from amalgamation.road import answer, prepare
    >>> ground = prepare("toy", overrides={"solve.processes": 1})
    >>> asked = {"within": 5, "number": 2, "probes": 0}
    >>> len(find_alternatives(ground, answer(ground).plan, **asked).found)
    2
    """
    check_options(within, number, probes)
    refuse_limits_on_whole(ground.file.scenario, "the search for alternatives")
    problem = build_problem(ground.file.scenario, ground.territory, ground.graph)
    near = Near.around(problem, plan, within / 100, seed)
    wanted = min(processes or count_cores(), len(problem.blocks))
    with tempfile.TemporaryDirectory(prefix="amalgamation-") as name:
        folder = Path(name)
        with (
            StopSignal(folder / "stop") as stop,
            Workers(problem, wanted, folder, lambda _: None, seconds) as workers,
        ):
            hunt = _Hunt(ground, near, bound, workers, stop, seconds, seed, report)
            hunt.depart(number)
            hunt.probe(probes, number)
            return hunt.result(within)


def check_options(within: float, number: int, probes: int) -> None:
    """Refuse numbers that make no sense, before any time is spent on a plan to depart from.

    Raises
    ------
    InputError
        All of them at once.
    """
    cases = (
        ("within", f"{within:g} %", "more than 0 and at most 100 %", 0 < within <= _MOST_PERCENT),
        ("number", str(number), "1 or more", number >= 1),
        ("probes", str(probes), "0 or more", probes >= 0),
    )
    wrong = [
        Finding("option", f"option {name}", found, expected, "correct it")
        for name, found, expected, fits in cases
        if not fits
    ]
    if wrong:
        raise InputError(wrong)


@dataclass
class _Hunt:
    """What was found so far, and what it takes to find more."""

    ground: Ground
    near: Near
    bound: float
    workers: Workers
    stop: StopSignal
    seconds: float
    seed: int
    report: Callable[[str], None]
    found: list[Alternative] = field(default_factory=list)
    proven: list[tuple[int, int]] = field(default_factory=list)
    unsettled: list[tuple[int, int]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.departures = Departures(self.near, self.seed)
        self.base = self._certify(self.near.base, "plan")

    def seconds_left(self) -> float:
        """Return the time left; none once a stop was asked for."""
        return 0.0 if self.stop.asked else self.seconds - (time.monotonic() - self.began)

    def _certify(self, answers: Sequence[BlockAnswer], name: str) -> Alternative:
        return certify(self.ground, self.near, self.bound, answers, name)

    def depart(self, number: int) -> None:
        """Look for plans that are unlike those before."""

        def share() -> float:
            left = self.seconds_left() - (1 - _DEPART_SHARE) * self.seconds
            return left / (number - len(self.found))

        for answers in self.departures.walk(self.workers, number, share):
            made = self._certify(answers, str(len(self.found) + 1))
            self.found.append(made)
            self.report(f"alternative {made.name} of {number}: {self._dearer(made)}")
            if len(self.found) == number:
                return

    def _dearer(self, made: Alternative) -> str:
        cost, base = made.certificate.cost, self.base.certificate.cost
        return f"{100 * (cost / base - 1):.2f} % dearer" if base else f"cost {cost:.6g}"

    def probe(self, number: int, wanted: int) -> None:
        """Ask of ties that all plans decide alike whether that is certain.

        A plan that decides one otherwise is an alternative like others while there are fewer
        than wanted; after that it is evidence alone.
        """
        kept, near = self.departures.kept, self.near
        for answer in ask_ties(near, kept, number, self.workers, self.seed, self.seconds_left):
            task = answer.task
            assert isinstance(task, Probe)  # noqa: S101 - answers of probes have no other
            what = self._words(task)
            if answer.seat_of:
                whole = [*near.base]
                whole[task.block] = answer
                self.departures.learn(whole)
                made = self._certify(whole, str(len(self.found) + 1))
                self.found += [made] if len(self.found) < wanted else []
                self.report(f"{what}, yet a choice: a plan {self._dearer(made)} decides otherwise")
            elif is_proven(answer):
                self.proven.append((task.block, task.tie))
                self.report(f"{what}: proven")
            else:
                self.unsettled.append((task.block, task.tie))
                self.report(f"{what}: neither proven nor refuted in its time")

    def _words(self, task: Probe) -> str:
        block = self.near.problem.blocks[task.block]
        first, second = (block.labels[unit] for unit in block.ties[task.tie].tolist())
        return f"{first} and {second} {'together' if task.kept else 'apart'} in all"

    def result(self, within: float) -> Alternatives:
        """Return what was found, with what is certain and what is a choice."""
        ground, found = self.ground, tuple(self.found)
        plans = [made.plan for made in (self.base, *found)]
        differ = [np.any(np.not_equal(of, of[0]), axis=0) for of in self.departures.kept]
        contradicted = [self._pair(*tie) for tie in self.proven if differ[tie[0]][tie[1]]]
        if contradicted:
            raise VerificationError([_contradicted(pair) for pair in contradicted])
        reasons = ruled_ties(self.near.problem, ground.graph) | self._reasons(differ)
        return Alternatives(
            scenario=ground.file.scenario,
            territory=ground.territory,
            graph=ground.graph,
            inputs=(*ground.file.sources, *ground.territory.sources, *ground.graph.sources),
            base=self.base,
            found=found,
            within=within,
            certainty=build_certainty(plans, ground.territory, ground.graph, reasons),
            unsettled=sum(not differ[block][tie] for block, tie in self.unsettled),
            interrupted=self.stop.asked,
            seconds=time.monotonic() - self.began,
        )

    def _reasons(self, differ: Sequence[NDArray[np.bool_]]) -> dict[tuple[str, str], Reason]:
        """Return what probes told: ties that are proven, and those decided otherwise on demand."""
        reasons: dict[tuple[str, str], Reason] = {}
        for position, ties in enumerate(differ):
            for tie in np.flatnonzero(ties).tolist():
                reasons[self._pair(position, tie)] = "asked"
        for position, tie in self.proven:
            reasons[self._pair(position, tie)] = "proven"
        return reasons

    def _pair(self, position: int, tie: int) -> tuple[str, str]:
        block = self.near.problem.blocks[position]
        first, second = block.ties[tie].tolist()
        return block.ids[first], block.ids[second]


def _contradicted(pair: tuple[str, str]) -> Finding:
    where = f"tie {pair[0]} - {pair[1]}"
    return Finding("proof", where, "a plan that decides otherwise what was proven", "none")
