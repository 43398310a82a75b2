"""The ground of a question: scenario, territory and graph, read and checked together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.errors import ScenarioError
from amalgamation.explain import check_arithmetic, check_references
from amalgamation.findings import Severity, errors_in
from amalgamation.inputs import read_inputs
from amalgamation.measure import check_scorecard
from amalgamation.scenario import ScenarioFile, read_scenario
from amalgamation.write import check_formats

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from amalgamation.findings import Finding
    from amalgamation.graph import UnitGraph
    from amalgamation.territory import Territory

__all__ = ["Ground", "prepare"]


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
