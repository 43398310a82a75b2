"""Judge a run folder from its files alone.

In: a run folder and, where the territory is not bundled, the folder of the scenario file,
which its inputs are relative to. Out: findings. Nothing of the run is believed: territory
and graph are read again, every rule, aim and cost is recomputed, every input is hashed
again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.bundled import bundled_folder
from amalgamation.errors import InputError
from amalgamation.findings import Finding, Severity
from amalgamation.graph import build_graph
from amalgamation.provenance import read_source
from amalgamation.status import Status
from amalgamation.territory import read_territory
from amalgamation.verify.frontier import check_frontier
from amalgamation.verify.outputs import check_outputs
from amalgamation.verify.plan import soften_breaches, verify_plan
from amalgamation.verify.record import RunRecord, read_assignment, read_record
from amalgamation.verify.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.provenance import Source

__all__ = ["verify_run"]

# How the record names a scenario that shipped with the package, or a base that did.
_SCENARIOS = ("scenario", "scenario base")
_BUNDLED = " (bundled)"


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
        return tuple(_name_way_out(finding, data_folder) for finding in error.findings)


def _name_way_out(finding: Finding, data_folder: Path | None) -> Finding:
    """Say of an absent input which folder is meant, and how to name it."""
    if finding.check != "file-absent":
        return finding
    inside = "" if data_folder is None else f" in {data_folder}"
    return replace(
        finding,
        found=f"{finding.found}{inside}",
        expected="the input of the run, relative to the folder of its scenario file",
        remedy="name the folder of the scenario file: --data-folder DIR (data_folder in Python)",
    )


def _verify(folder: Path, home: Path, record: RunRecord) -> tuple[Finding, ...]:
    plan = read_assignment(folder)
    territory = read_territory(record.scenario.territory, home)
    encoding = record.scenario.territory.encoding
    graph = build_graph(territory, record.scenario.graph, home, encoding=encoding)
    verdict = verify_plan(plan, record.scenario, territory, graph, record.certificate)
    if record.certificate is not None and record.certificate.status is Status.MEASURED:
        verdict = soften_breaches(verdict)  # such a run claims no rule
    view = View(plan, record.scenario, territory, graph, record.certificate)
    hashes = _check_inputs(record.inputs, (*territory.sources, *graph.sources), home)
    return (*hashes, *verdict, *check_outputs(view, folder), *check_frontier(view, folder))


def _check_inputs(
    recorded: tuple[Source, ...], read: tuple[Source, ...], home: Path
) -> list[Finding]:
    findings = [
        finding
        for source in recorded
        for finding in _check_input(source, [s.sha256 for s in read if _same(s, source)], home)
    ]
    return findings + [
        _differs(source, "a file that the record does not name", "the inputs of the run")
        for source in read
        if not any(_same(source, one) for one in recorded)
    ]


def _same(one: Source, other: Source) -> bool:
    return (one.role, one.path) == (other.role, other.path)


def _check_input(source: Source, hashes: list[str], home: Path) -> list[Finding]:
    """Compare with what was read again; two tables of one name in two folders give two hashes."""
    path = _locate(source, home)
    if not hashes and path.is_file():
        hashes = [read_source(source.role, path).sha256]
    if not hashes:
        found = f"no such file in {home}; its hash was not compared"
        where = f"input {source.path} ({source.role})"
        return [Finding("input-not-compared", where, found, severity=Severity.NOTE)]
    if source.sha256 in hashes:
        return []
    return [_differs(source, f"SHA-256 {', '.join(hashes)}", f"SHA-256 {source.sha256}")]


def _locate(source: Source, home: Path) -> Path:
    name = source.path.removesuffix(_BUNDLED)
    if source.role in _SCENARIOS and name != source.path:
        return bundled_folder("scenarios") / f"{name}.yaml"
    return home / source.path


def _differs(source: Source, found: str, expected: str) -> Finding:
    remedy = "restore the input of the run, or run again on this one"
    where = f"input {source.path} ({source.role})"
    return Finding("input-changed", where, found, expected, remedy, subjects=(source.path,))
