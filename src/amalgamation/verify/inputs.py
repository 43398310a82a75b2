"""Check that the files of a run are still those that it was made from.

In: the record's inputs and those read anew. Out: one finding for each file that changed,
notes for those that could not be compared.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amalgamation.bundled import bundled_folder
from amalgamation.findings import Finding, Severity
from amalgamation.provenance import read_source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.provenance import Source

__all__ = ["check_inputs", "name_way_out"]

# How the record names a scenario that shipped with the package, or a base that did.
_SCENARIOS = ("scenario", "scenario base")
_BUNDLED = " (bundled)"


def check_inputs(recorded: Sequence[Source], read: Sequence[Source], home: Path) -> list[Finding]:
    """Compare hashes.

    Parameters
    ----------
    recorded
        What ``run.json`` names.
    read
        Files of territory and graph, read anew.
    home
        Folder that the paths are relative to.
    """
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


def name_way_out(finding: Finding, data_folder: Path | None) -> Finding:
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
