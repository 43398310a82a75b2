"""Judge a run folder from its files alone.

In: a run folder and, where the territory is not bundled, the folder of the scenario file,
which its inputs are relative to. Out: findings. Nothing of the run is believed: territory
and graph are read again, every rule, aim and cost is recomputed, every input is hashed
again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.errors import InputError
from amalgamation.graph import build_graph
from amalgamation.status import Status
from amalgamation.territory import read_territory
from amalgamation.verify.frontier import check_frontier
from amalgamation.verify.inputs import check_inputs, name_way_out
from amalgamation.verify.outputs import check_outputs
from amalgamation.verify.plan import soften_breaches, verify_plan
from amalgamation.verify.record import RunRecord, read_assignment, read_record
from amalgamation.verify.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.findings import Finding

__all__ = ["verify_run"]


def verify_run(folder: Path, data_folder: Path | None = None) -> tuple[Finding, ...]:
    """Recompute everything that a run folder claims, from its files.

    Parameters
    ----------
    folder
        Run folder with ``run.json`` and ``assignment.csv``.
    data_folder
        Folder that the scenario's inputs are relative to: that of the scenario file. A
        run does not record it; without it, only what is bundled is found.

    Returns
    -------
    tuple of Finding
        Errors for what does not hold, notes for what could not be compared; warnings for
        rules that a plan breaks which was only measured. Files that cannot be read are
        findings too.
    """
    home = data_folder or folder
    try:
        return _verify(folder, home, read_record(folder))
    except InputError as error:
        return tuple(name_way_out(finding, data_folder) for finding in error.findings)


def _verify(folder: Path, home: Path, record: RunRecord) -> tuple[Finding, ...]:
    plan = read_assignment(folder)
    territory = read_territory(record.scenario.territory, home)
    encoding = record.scenario.territory.encoding
    graph = build_graph(territory, record.scenario.graph, home, encoding=encoding)
    verdict = verify_plan(plan, record.scenario, territory, graph, record.certificate)
    if record.certificate is not None and record.certificate.status is Status.MEASURED:
        verdict = soften_breaches(verdict)  # such a run claims no rule
    view = View(plan, record.scenario, territory, graph, record.certificate)
    hashes = check_inputs(record.inputs, (*territory.sources, *graph.sources), home)
    return (*hashes, *verdict, *check_outputs(view, folder), *check_frontier(view, folder))
