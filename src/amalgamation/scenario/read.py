"""A scenario file -> a checked `Scenario`; every mistake in it is reported at once.

Comes in: a path or a bundled name, and overrides. Goes out: the scenario, the folder its
paths start from, its resolved text and the hashes of the files read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from amalgamation.errors import ScenarioError
from amalgamation.findings import Finding
from amalgamation.scenario.layers import read_layers
from amalgamation.scenario.merge import merge
from amalgamation.scenario.overrides import from_overrides
from amalgamation.scenario.parse import parse_yaml
from amalgamation.scenario.paths import check_paths, rebase_paths
from amalgamation.scenario.schema import Scenario
from amalgamation.scenario.translate import findings_from
from amalgamation.scenario.tree import Document, Node
from amalgamation.scenario.write import write_scenario_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.provenance import Source
    from amalgamation.scenario.layers import Layers

__all__ = ["ScenarioFile", "read_scenario", "read_variants", "scenario_from_text"]


@dataclass(frozen=True)
class ScenarioFile:
    """Hold a scenario and where it came from.

    Parameters
    ----------
    scenario
        The checked scenario, bases merged and overrides applied.
    folder
        Folder from which its relative paths start; never written to outputs.
    text
        The resolved scenario as YAML, for the run's record.
    sources
        The file and its bases, the nearest first, with hashes.
    """

    scenario: Scenario
    folder: Path
    text: str
    sources: tuple[Source, ...]

    def __repr__(self) -> str:
        return f"<ScenarioFile {self.sources[0].path}: {self.scenario!r}>"


def read_scenario(
    source: str | Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    allow_outside: bool = False,
) -> ScenarioFile:
    r"""Read a scenario, merge its bases, apply overrides and check all of it.

    Parameters
    ----------
    source
        Path to a ``.yaml`` file, or the name of a bundled scenario.
    overrides
        Dotted keys and their values, such as ``{"rules.population.min": 3000}``; None
        removes a key. Paths in them start at the scenario's folder.
    allow_outside
        Whether paths may lead out of the scenario's folder. A relative path starts at the
        folder of the file that states it; those of a base are rewritten to start at
        ``ScenarioFile.folder``.

    Raises
    ------
    UnknownDatasetError
        If no bundled scenario has the name.
    ScenarioError
        If anything is wrong; it carries every finding, in the order of the files' lines.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "small.yaml")
    ...     _ = path.write_text("scenario: small\nterritory: {dataset: toy}\n")
    ...     read_scenario(path, {"rules.population.min": 3000}).scenario
    <Scenario small: toy; rules population; aims none>
    """
    layers = read_layers(source, allow_outside=allow_outside)
    return _resolve(layers, overrides or {}, allow_outside=allow_outside)


def read_variants(
    source: str | Path, variants: Sequence[Mapping[str, Any]], *, allow_outside: bool = False
) -> tuple[ScenarioFile, ...]:
    """Read a scenario once, and check it under each of several sets of overrides.

    Parameters
    ----------
    source
        Path to a ``.yaml`` file, or the name of a bundled scenario.
    variants
        Overrides, as `read_scenario` takes them; one scenario for each.
    allow_outside
        Whether paths may lead out of the scenario's folder.

    Raises
    ------
    UnknownDatasetError
        If no bundled scenario has the name.
    ScenarioError
        If anything is wrong in any of them; what is wrong in several is told once.

    Examples
    --------
    >>> variants = [{"rules.population.min": least} for least in (3000, 5000)]
    >>> [file.scenario.rules.population.min for file in read_variants("toy", variants)]
    [3000.0, 5000.0]
    """
    layers = read_layers(source, allow_outside=allow_outside)
    files, findings = [], list[Finding]()
    for overrides in variants:
        try:
            files.append(_resolve(layers, overrides, allow_outside=allow_outside))
        except ScenarioError as error:
            findings += error.findings
    if findings:
        raise ScenarioError(list(dict.fromkeys(findings)))
    return tuple(files)


def _resolve(layers: Layers, overrides: Mapping[str, Any], *, allow_outside: bool) -> ScenarioFile:
    folder = layers.document.folder
    document = Document("override", folder, layers.document.root)
    changes, findings = from_overrides(overrides, layers.root, document)
    root = merge(layers.root, changes)
    findings = [*layers.findings, *findings, *check_paths(root, allow_outside=allow_outside)]
    scenario = _validated(rebase_paths(root, folder), findings)
    return ScenarioFile(scenario, folder, write_scenario_text(scenario), layers.sources)


def scenario_from_text(
    text: str,
    label: str = "scenario",
    *,
    folder: Path | None = None,
    allow_outside: bool = False,
) -> Scenario:
    r"""Convert a text without ``extends``, such as a run's record, to a scenario.

    Parameters
    ----------
    text
        The scenario as YAML.
    label
        What messages call it.
    folder
        Folder from which its paths will start; default: the current one.
    allow_outside
        Whether paths may lead out of that folder.

    Raises
    ------
    ScenarioError
        If anything is wrong; it carries every finding.

    Examples
    --------
    >>> scenario_from_text("scenario: small\nterritory: {dataset: toy}")
    <Scenario small: toy; rules none; aims none>
    """
    home = folder or Path()
    root, findings = parse_yaml(text, Document(label, home, home))
    return _validated(root, [*findings, *check_paths(root, allow_outside=allow_outside)])


def _validated(root: Node, findings: Sequence[Finding]) -> Scenario:
    try:
        scenario = Scenario.model_validate(root.plain())
    except ValidationError as error:
        told = {finding.where for finding in findings}
        more = [finding for finding in findings_from(error, root) if finding.where not in told]
        raise ScenarioError(sorted([*findings, *more], key=_file_and_line)) from error
    if findings:
        raise ScenarioError(sorted(findings, key=_file_and_line))
    return scenario


def _file_and_line(finding: Finding) -> list[str | int]:
    parts = re.split(r"(\d+)", finding.where)
    return [int(part) if part.isdecimal() else part for part in parts]
