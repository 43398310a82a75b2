"""The whole road on one page: from a scenario to a verified plan with its scorecard.

Each step is a room of the house, and each may be walked alone::

    file = read_scenario("kz-two-tier")
    territory = read_territory(file.scenario.territory, file.folder)
    graph = build_graph(territory, file.scenario.graph, file.folder)
    problem = build_problem(file.scenario, territory, graph)
    solution = solve_problem(problem, gap=0.01, seconds=300)
    findings = verify_plan(solution.plan, file.scenario, territory, graph)
    scorecard = measure_plan(solution.plan, territory, graph, parameters=file.scenario.scorecard)
"""

from __future__ import annotations

import math
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from amalgamation.errors import InputError, ScenarioError, VerificationError
from amalgamation.explain import check_arithmetic, check_references, explain_proven
from amalgamation.findings import Severity, errors_in
from amalgamation.given import build_certificate, read_given_plan
from amalgamation.graph import UnitGraph, draw_islands, draw_near_misses
from amalgamation.inputs import read_inputs
from amalgamation.measure import check_scorecard, measure_plan
from amalgamation.model import Problem, build_problem
from amalgamation.notebook import notebook_progress
from amalgamation.provenance import versions
from amalgamation.result import Result
from amalgamation.scenario import ScenarioFile, read_scenario
from amalgamation.solve import Progress, Solution, solve_problem
from amalgamation.status import Certificate, Status
from amalgamation.study import Comparison, compare_runs
from amalgamation.territory import Flaw, Territory, read_flaws
from amalgamation.verify import soften_breaches, verify_plan
from amalgamation.write import check_formats, read_assignment, write_flaws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amalgamation.findings import Finding
    from amalgamation.plan import Plan
    from amalgamation.provenance import Source

__all__ = ["Ground", "compare", "map_flaws", "measure", "prepare", "run"]

_SECONDS = 60.0


@dataclass(frozen=True)
class Ground:
    """Hold a scenario with the territory and the graph that it asks about.

    Parameters
    ----------
    file
        The scenario and where it came from.
    territory, graph
        Units and ties.
    findings
        Warnings and notes of the reading.
    impossible
        Proofs, by arithmetic alone, that no plan keeps the rules; empty if none was found.
    """

    file: ScenarioFile
    territory: Territory
    graph: UnitGraph
    findings: tuple[Finding, ...]
    impossible: tuple[Finding, ...]


def prepare(
    scenario: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> Ground:
    """Read a scenario, its territory and its graph, and check all that can be checked unsolved.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario, such as ``{"rules.population.min": 3000}``.
    allow_outside
        Let the scenario name files outside its own folder.

    Raises
    ------
    InputError
        If scenario or data cannot be used: every problem at once.

    Examples
    --------
    >>> prepare("toy").graph
    <UnitGraph: 12 units, 23 ties, 1 component, 0 islands, distance along_ties (km)>
    """
    file = read_scenario(scenario, overrides, allow_outside=allow_outside)
    file, territory, graph = read_inputs(file)
    question = file.scenario
    references = (
        *check_references(question, territory, graph),
        *check_scorecard(question.scorecard, territory, graph),
        *check_formats(question.write),
    )
    if errors_in(references):
        raise ScenarioError(references)
    measured = question.plan is not None  # then nothing is asked that might be impossible
    arithmetic = () if measured else check_arithmetic(question, territory, graph)
    impossible = tuple(errors_in(arithmetic))
    warnings = [finding for finding in arithmetic if finding.severity is not Severity.ERROR]
    findings = (*territory.findings, *graph.findings, *references, *warnings)
    return Ground(file, territory, graph, findings, impossible)


def map_flaws(
    scenario: str | Path,
    path: Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> tuple[Flaw, ...]:
    """Write what is wrong with a scenario's polygons as a GeoPackage, and return it.

    Also where the data are refused: then the map is needed most. Flaws are those of the
    files, before ``territory.repair`` snaps or divides.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    path
        GeoPackage to write.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.

    Raises
    ------
    InputError
        If scenario or files cannot be read.
    OutputError
        If the map cannot be written.
    """
    file = read_scenario(scenario, overrides, allow_outside=allow_outside)
    found = read_flaws(file.scenario.territory, file.folder)
    near = draw_near_misses(found.geometry, found.labels, file.scenario.graph.ties)
    islands = draw_islands(found.geometry, found.labels, file.scenario.graph)
    flaws = (*found.flaws, *near, *islands)
    write_flaws(path, flaws, found.geometry)
    return flaws


def run(
    scenario: str | Path = "kz-two-tier",
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
    report: Callable[[Progress], None] | None = None,
) -> Result:
    """Answer a scenario with a verified plan, a certificate and a scorecard.

    A scenario that gives its plan is measured instead of solved: rules that the plan breaks
    are told in ``result.breaches``.

    Parameters
    ----------
    scenario
        Path of a scenario file, or the name of a bundled one.
    overrides
        Dotted keys that change the scenario.
    allow_outside
        Let the scenario name files outside its own folder.
    report
        Called with the progress of each block.

    Returns
    -------
    Result
        ``result.plan`` is None where the status says so.

    Raises
    ------
    InputError
        If scenario or data cannot be used.
    VerificationError
        If the plan found breaks a rule: our fault, and nothing is handed out.

    Examples
    --------
    >>> result = run("toy", overrides={"solve.processes": 1})
    >>> result.status, len(result.plan.municipalities)
    (<Status.OPTIMAL: 'optimal'>, 4)
    """
    ground = prepare(scenario, overrides=overrides, allow_outside=allow_outside)
    question = ground.file.scenario
    if question.plan is not None:
        return _measure(
            ground, *read_given_plan(question.plan, ground.territory, ground.file.folder)
        )
    if ground.impossible:
        return _refuse(ground)
    problem = build_problem(question, ground.territory, ground.graph)
    shown = nullcontext(report) if report else notebook_progress(question.scenario)
    with shown as tell:
        solution = _solve(ground, problem, tell)
    return _judge(ground, problem, solution)


def measure(
    assignment: Path,
    scenario: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    allow_outside: bool = False,
) -> Result:
    """Measure a plan that was drawn elsewhere, without solving.

    Parameters
    ----------
    assignment
        CSV with the columns ``unit_id, municipality_id, seat_id``.
    scenario
        Names the territory and the rules; rules that the plan breaks are told in
        ``result.breaches``.

    Raises
    ------
    InputError
        If the table, the scenario or the data cannot be used, or the plan is not one of
        this territory.
    """
    changes = {**(overrides or {}), "plan": None}
    ground = prepare(scenario, overrides=changes, allow_outside=allow_outside)
    return _measure(ground, read_assignment(assignment))


def _measure(ground: Ground, plan: Plan, sources: tuple[Source, ...] = ()) -> Result:
    """Judge a plan that was given: what it breaks is told, and nothing is withheld."""
    began = time.monotonic()
    question, territory, graph = ground.file.scenario, ground.territory, ground.graph
    broken = verify_plan(plan, question, territory, graph)
    misfit = [finding for finding in broken if finding.check == "partition"]
    if misfit:
        raise InputError(misfit)
    certificate = build_certificate(plan, question, territory, graph)
    certificate = replace(certificate, seconds=time.monotonic() - began)
    result = _result(ground, certificate, plan, ())
    return replace(result, breaches=soften_breaches(broken), inputs=(*result.inputs, *sources))


def compare(
    *runs: str | Path, measures: Sequence[str] | Literal["shown", "all"] = "shown"
) -> Comparison:
    """Put finished runs side by side in one table, today as the first column.

    Parameters
    ----------
    *runs
        Run folders, of any version and of any data.
    measures
        Names of national measures; ``"shown"`` are those that a scorecard shows, ``"all"``
        those of any run.

    Returns
    -------
    Comparison
        Says in its notices what is made up, where units or data differ, and what is blank.

    Raises
    ------
    InputError
        If a folder is no run, or no run has a measure of that name.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     run("toy", overrides={"solve.processes": 1}).write(Path(folder, "toy"))
    ...     compare(Path(folder, "toy")).table.loc["municipalities", ["today", "toy"]].to_list()
    [12.0, 4.0]
    """
    return compare_runs([Path(folder) for folder in runs], measures)


def _solve(ground: Ground, problem: Problem, report: Callable[[Progress], None]) -> Solution:
    options = ground.file.scenario.solve
    return solve_problem(
        problem,
        gap=options.gap_percent / 100,
        seconds=options.minutes * _SECONDS,
        seed=options.seed,
        engine=options.engine,
        points=options.frontier,
        processes=options.processes,
        report=report,
    )


def _refuse(ground: Ground) -> Result:
    certificate = Certificate(Status.INFEASIBLE, math.inf, math.inf, versions=versions())
    return _result(ground, certificate, None, ground.impossible)


def _judge(ground: Ground, problem: Problem, solution: Solution) -> Result:
    """Hand a plan out only after every rule and the cost were recomputed."""
    plan, certificate = solution.plan, solution.certificate
    if plan is not None:
        question = ground.file.scenario
        broken = verify_plan(plan, question, ground.territory, ground.graph, certificate)
        if errors_in(broken):
            raise VerificationError(errors_in(broken))
    return _result(ground, certificate, plan, explain_proven(problem, certificate))


def _result(
    ground: Ground, certificate: Certificate, plan: Plan | None, more: tuple[Finding, ...]
) -> Result:
    question, scorecard = ground.file.scenario, None
    if plan is not None:
        parameters = question.scorecard
        scorecard = measure_plan(plan, ground.territory, ground.graph, parameters=parameters)
    return Result(
        scenario=question,
        territory=ground.territory,
        graph=ground.graph,
        certificate=certificate,
        plan=plan,
        scorecard=scorecard,
        findings=(*ground.findings, *more),
        inputs=(*ground.file.sources, *ground.territory.sources, *ground.graph.sources),
    )
