"""Trace what lies between two aims: the two ends by order, the points between by a limit.

The epsilon-constraint method [haimes1971]_: minimise the first aim while the second is at
most epsilon, for several values of epsilon between the second's own ends. Unlike weights, it
finds plans in the dents of the frontier as well.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.road import answer, build_ground, prepare
from amalgamation.scenario import nearest, write_scenario_text
from amalgamation.scenario.schema import Scenario
from amalgamation.status import Status, name_ending
from amalgamation.study.figures import figure_text
from amalgamation.study.two_aims.two_aims import Point, TwoAims, sort_points

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from amalgamation.plan import Plan
    from amalgamation.result import Result
    from amalgamation.road import Ground
    from amalgamation.status import AimValue

__all__ = ["check_between", "trace_two_aims"]

_KINDS = ("access", "balance", "ties_cut", "crossings", "heterogeneity", "wishes", "left_out")
_FEWEST = 2


def check_between(between: Sequence[str], points: int) -> None:
    """Refuse names and numbers that make no sense, before any time is spent.

    Raises
    ------
    InputError
        All of them at once.
    """
    where, findings = "option --between", []
    if len(between) != 2 or len(set(between)) != len(between):  # noqa: PLR2004 - two aims
        found = ", ".join(between) or "no aims"
        findings.append(Finding("usage", where, found, "two aims", "name two, as access,ties_cut"))
    for name in between:
        kind = name.partition(".")[0]
        if kind == "number":
            remedy = "`amalgamation run` writes frontier.csv: cost at each number (solve.frontier)"
            findings.append(Finding("usage", where, "number", "another aim", remedy))
        elif kind not in _KINDS:
            close = nearest(kind, _KINDS)
            remedy = f"did you mean {' or '.join(close)}?" if close else "correct the name"
            expected = f"an aim: {', '.join(_KINDS)}"
            findings.append(Finding("usage", where, f"`{name}`", expected, remedy))
    if points < _FEWEST:
        found = f"{points} points"
        findings.append(Finding("usage", "option --points", found, "2 or more", "the ends are two"))
    if findings:
        raise InputError(findings)


def trace_two_aims(
    scenario: str | Path,
    between: Sequence[str],
    *,
    points: int = 8,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> TwoAims:
    """Find plans between two aims, each with the proven least of the first.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one; its other aims do not count.
        Each point takes the scenario's own time and gap (``solve``).
    between
        The aim that is minimised, and the one that is limited, as `aims.order` names them.
    points
        How many, both ends among them.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.
    report
        Called with a sentence for each point.

    Raises
    ------
    InputError
        If the question cannot be used, or has no plan.
    VerificationError
        If a plan breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> few = {"points": 3, "overrides": {"solve.processes": 1}}
    >>> found = trace_two_aims("toy", ("access", "ties_cut"), **few)
    >>> found.table["status"].to_list()
    ['optimal', 'optimal', 'optimal']
    """
    check_between(between, points)
    tracer = _Tracer(prepare(scenario, overrides=overrides, allow_outside=allow_outside), between)
    return tracer.trace(points, report)


class _Tracer:
    """Answer one question after another about the same territory and graph."""

    def __init__(self, ground: Ground, between: Sequence[str]) -> None:
        self.ground = ground
        self.first, self.second = between
        self.points: list[Point] = []
        self.missing: list[float] = []
        self.values: dict[str, AimValue] = {}
        self.interrupted = False
        _check_question(ground.file.scenario, self.second)

    def trace(self, points: int, report: Callable[[str], None]) -> TwoAims:
        low = self._end((self.second, self.first))
        report(f"least {self.second}: {low.certificate.sentence()}")
        stages = low.certificate.stages
        least = self._raw(self.second, stages[0].bound)
        self._learn("1", low, self._raw(self.second, stages[0].limit), stages[1].bound)
        if not self.interrupted:
            self._go_on(low, points, report)
        return TwoAims(
            self.ground.file.scenario,
            self.ground.territory,
            (self.first, self.second),
            (self.values[self.first].unit, self.values[self.second].unit),
            (self.values[self.first].reference, self.values[self.second].reference),
            sort_points(self.points),
            least,
            tuple(self.missing),
            self.interrupted,
        )

    def _go_on(self, low: Result, points: int, report: Callable[[str], None]) -> None:
        """Find the other end, then what lies between, from tight to loose."""
        try:
            high = self._end((self.first, self.second), low.plan)
            report(f"least {self.first}: {high.certificate.sentence()}")
            self._learn(str(points), high, math.inf, high.certificate.stages[0].bound)
            start, (low_most, high_most) = low.plan, (self.points[0].most, self.points[-1].second)
            for number in range(2, points):
                if self.interrupted or high_most <= low_most:
                    return
                most = low_most + (high_most - low_most) * (number - 1) / (points - 1)
                start = self._between(number, most, start, report)
        except KeyboardInterrupt:
            self.interrupted = True

    def _between(
        self, number: int, most: float, start: Plan | None, report: Callable[[str], None]
    ) -> Plan | None:
        result = self._ask([self.first], start, {self.second: most})
        report(f"{self.second} at most {figure_text(most)}: {result.certificate.sentence()}")
        if result.plan is None:
            self.missing.append(most)
            self.interrupted |= result.status is Status.INTERRUPTED
            return start
        self._learn(str(number), result, most, result.certificate.bound)
        return result.plan

    def _end(self, order: tuple[str, str], start: Plan | None = None) -> Result:
        result = self._ask(order, start)
        if result.plan is None and result.status is Status.INTERRUPTED:
            raise KeyboardInterrupt
        if result.plan is None:
            where = f"scenario {self.ground.file.scenario.scenario}"
            remedy = "`amalgamation run` says why"
            found = f"status {result.status}: no plan"
            raise InputError([Finding("no-plan", where, found, "a question with a plan", remedy)])
        self.values |= {_plain(aim.name): aim for aim in result.certificate.aims}
        return result

    def _learn(self, name: str, result: Result, most: float, bound: float) -> None:
        certificate, plan = result.certificate, result.plan
        assert plan is not None  # noqa: S101 - the caller has looked
        raws = {_plain(aim.name): aim.raw for aim in certificate.aims}
        raws |= {cap.name: cap.raw for cap in certificate.caps if cap.name not in raws}
        first, least = raws[self.first], self._raw(self.first, max(0.0, bound))
        least = min(first, least)
        # of an end, whose own status is that of both stages, the first aim alone counts here
        status = name_ending(first, least, self.ground.file.scenario.solve.gap_percent / 100)
        if result.status is Status.INTERRUPTED and status is Status.FEASIBLE:
            status = Status.INTERRUPTED
        point = Point(
            name,
            plan,
            first,
            raws[self.second],
            most,
            least,
            str(status),
            certificate.seconds,
        )
        self.points.append(point)
        self.interrupted |= result.status is Status.INTERRUPTED

    def _raw(self, name: str, part: float) -> float:
        """Return a part of a cost, in the aim's unit; weights are all 1."""
        return part * self.values[name].reference / self.values[name].weight

    def _ask(
        self,
        aims: Sequence[str],
        start: Plan | None = None,
        at_most: Mapping[str, float] | None = None,
    ) -> Result:
        targets = {name: aim.target for name, aim in self.values.items() if aim.target is not None}
        question = _ask_for(self.ground.file.scenario, aims, at_most or {}, targets)
        file = replace(self.ground.file, scenario=question, text=write_scenario_text(question))
        return answer(build_ground(file, self.ground.territory, self.ground.graph), start=start)


def _plain(name: str) -> str:
    return "number" if name.startswith("number.") else name


def _check_question(question: Scenario, second: str) -> None:
    where, findings = f"scenario {question.scenario}", []
    if question.plan is not None:
        remedy = "remove plan (--set plan=null)"
        findings.append(Finding("plan-given", where, "a plan that is given", "a question", remedy))
    if second in question.rules.at_most.amounts:
        key, remedy = f"rules.at_most.{second}", "remove it: each point sets a limit of its own"
        findings.append(Finding("usage", f"{where}, {key}", "a limit on it", "none", remedy))
    if findings:
        raise InputError(findings)


def _ask_for(
    question: Scenario,
    aims: Sequence[str],
    at_most: Mapping[str, float],
    targets: Mapping[str, float],
) -> Scenario:
    """Return the question with these aims alone, in their order, and limits on others."""
    tree = question.model_dump(mode="json", by_alias=True)
    section = tree["aims"]
    for name in question.aims.weights:
        _weigh(section, name, 0.0)
    for name in (*aims, *at_most):
        _weigh(section, name, 1.0 if name in aims else 0.0, targets.get(name))
    section["order"] = list(aims) if len(aims) > 1 else []
    section["yield_percent"] = section["yield_percent"] if len(aims) > 1 else None
    for name, most in at_most.items():
        kind, _, detail = name.partition(".")
        if detail:
            tree["rules"]["at_most"][kind][detail] = most
        else:
            tree["rules"]["at_most"][kind] = most
    return Scenario.model_validate_json(json.dumps(tree))


def _weigh(section: dict[str, Any], name: str, weight: float, target: float | None = None) -> None:
    """Set the weight of an aim in a section, and keep how else it is described."""
    kind, _, detail = name.partition(".")
    holder, key = (section[kind], detail) if detail else (section, kind)
    held = holder.get(key)
    if isinstance(held, dict):
        held["weight"] = weight
    elif kind == "wishes":
        where, remedy = "option --between", "add aims.wishes to the scenario"
        raise InputError(
            [Finding("usage", where, "wishes, of which there are none", "an aim", remedy)]
        )
    else:
        holder[key] = {"weight": weight} if kind == "balance" else weight
    if kind == "balance" and target is not None:
        holder[key]["target"] = target
