"""A scenario's name or path -> one tree: the file, laid over the bases it extends.

Comes in: a path to a .yaml file or a bundled name. Goes out: the merged tree, the findings
so far and the hashes of all files read.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.bundled import bundled_folder
from amalgamation.errors import ScenarioError, UnknownDatasetError
from amalgamation.findings import Finding
from amalgamation.provenance import Source
from amalgamation.scenario.merge import merge
from amalgamation.scenario.nearest import nearest
from amalgamation.scenario.parse import MOST_BYTES, parse_yaml
from amalgamation.scenario.paths import check_path
from amalgamation.scenario.tree import Document, Node, quoted, shown, where

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Layers", "read_layers", "scenario_names"]

_SUFFIXES = (".yaml", ".yml")
_MOST_BASES = 20


@dataclass(frozen=True)
class Layers:
    """Hold a scenario merged with its bases.

    Parameters
    ----------
    root
        The merged tree, without ``extends``.
    document
        The file that was asked for.
    sources
        That file and its bases, the nearest first.
    findings
        What is wrong in the files themselves.
    """

    root: Node
    document: Document
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _File:
    path: Path
    document: Document

    @property
    def identity(self) -> Path:
        return self.path.resolve()


def scenario_names() -> tuple[str, ...]:
    """Return the names of the bundled scenarios, sorted."""
    return tuple(sorted(path.stem for path in bundled_folder("scenarios").glob("*.yaml")))


def read_layers(source: str | Path, *, allow_outside: bool = False) -> Layers:
    """Read a scenario file and all bases that it extends.

    Raises
    ------
    UnknownDatasetError
        If no bundled scenario has the name.
    ScenarioError
        If a file cannot be read or a base is missing or extends itself.
    """
    return _read(_locate(source), (), allow_outside=allow_outside)


def is_path(source: str | Path) -> bool:
    """Return whether a source is meant as a path, not as a bundled name."""
    text = str(source)
    separated = "/" in text or "\\" in text
    return isinstance(source, Path) or separated or text.lower().endswith(_SUFFIXES)


def _locate(source: str | Path) -> _File:
    if not is_path(source):
        return _bundled(str(source))
    path = Path(source)
    return _File(path, Document(str(source), path.parent, path.parent))


def _bundled(name: str) -> _File:
    if name not in scenario_names():
        raise UnknownDatasetError([_unknown(name)])
    folder = bundled_folder("scenarios")
    return _File(folder / f"{name}.yaml", Document(f"{name} (bundled)", folder, folder))


def _unknown(name: str) -> Finding:
    names = scenario_names()
    near = nearest(name, names)
    hint = f"did you mean `{near[0]}`? " if near else ""
    return Finding(
        "unknown-scenario",
        "scenario",
        f"the name {quoted(name)}",
        f"a path to a .yaml file, or a bundled scenario: {', '.join(names) or 'none is installed'}",
        f"{hint}A file of your own is named with its ending .yaml".strip(),
    )


def _read(file: _File, chain: tuple[_File, ...], *, allow_outside: bool) -> Layers:
    text, source = _read_text(file, "scenario base" if chain else "scenario")
    root, findings = parse_yaml(text, file.document)
    root, base_name = _without_extends(root)
    if base_name is None:
        return Layers(root, file.document, (source,), tuple(findings))
    chain = (*chain, file)
    base_file = _locate_base(base_name, chain, allow_outside=allow_outside)
    base = _read(base_file, chain, allow_outside=allow_outside)
    return Layers(
        merge(base.root, root),
        file.document,
        (source, *base.sources),
        (*findings, *base.findings),
    )


def _without_extends(root: Node) -> tuple[Node, Node | None]:
    entries = dict(root.value) if isinstance(root.value, dict) else {}
    base = entries.pop("extends", None)
    return replace(root, value=entries), base


def _locate_base(name: Node, chain: tuple[_File, ...], *, allow_outside: bool) -> _File:
    if not isinstance(name.value, str):
        expected = "the name of a bundled scenario, or a path to a .yaml file"
        raise _broken(name, chain, shown(name), expected, "name the base")
    file = _base(name, name.value, chain, allow_outside=allow_outside)
    if file.identity in [above.identity for above in chain]:
        remedy = "let one of them stand on its own"
        raise _broken(name, (*chain, file), "a circle of bases", "bases that end somewhere", remedy)
    if len(chain) >= _MOST_BASES:
        expected = f"at most {_MOST_BASES}"
        raise _broken(name, chain, f"more than {_MOST_BASES} bases", expected, "flatten the chain")
    return file


def _base(name: Node, text: str, chain: tuple[_File, ...], *, allow_outside: bool) -> _File:
    document = chain[-1].document
    if not is_path(text):
        return _bundled_base(name, text, chain)
    complaint = check_path(text, document, allow_outside=allow_outside)
    if complaint:
        raise _broken(name, chain, *complaint)
    path = document.folder / text
    if not path.is_file():
        found = f"the base {quoted(text)}, which does not exist"
        raise _broken(name, chain, found, "a scenario file", "correct the path")
    label = os.path.normpath(Path(document.label).parent / text)
    return _File(path, Document(Path(label).as_posix(), path.parent, document.root))


def _bundled_base(name: Node, text: str, chain: tuple[_File, ...]) -> _File:
    if text in scenario_names():
        return _bundled(text)
    beside = [f"{text}{suffix}" for suffix in _SUFFIXES]
    folder = chain[-1].document.folder
    meant = [file for file in beside if (folder / file).is_file()] or nearest(
        text, scenario_names()
    )
    expected = f"a path to a .yaml file, or a bundled scenario: {', '.join(scenario_names())}"
    remedy = f"did you mean `{meant[0]}`?" if meant else "correct the name"
    raise _broken(name, chain, f"the base {quoted(text)}, which does not exist", expected, remedy)


def _broken(
    name: Node, chain: Sequence[_File], found: str, expected: str, remedy: str
) -> ScenarioError:
    road = " -> ".join(file.document.label for file in chain)
    found = f"{found} (read so far: {road})"
    return ScenarioError(
        [Finding("extends", where(name.place, ("extends",)), found, expected, remedy)]
    )


def _read_text(file: _File, role: str) -> tuple[str, Source]:
    label = file.document.label
    complaint = _check_file(file.path)
    if complaint:
        raise ScenarioError([Finding("scenario-file", label, *complaint)])
    content = _read_bytes(file.path, label)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"bytes that are not UTF-8, in line {line}"
        raise ScenarioError(
            [Finding("scenario-file", label, found, "UTF-8", "save the file as UTF-8")]
        ) from error
    return text, Source(role, label, hashlib.sha256(content).hexdigest())


def _read_bytes(path: Path, label: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        finding = Finding("scenario-file", label, found, "a readable file", "check its permissions")
        raise ScenarioError([finding]) from error


def _check_file(path: Path) -> tuple[str, str, str] | None:
    if path.suffix.lower() not in _SUFFIXES:
        ending = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        return ending, "a scenario file that ends in .yaml", "name the .yaml file"
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no such file"
        return found, "a scenario file", "correct the path"
    size = path.stat().st_size
    if size > MOST_BYTES:
        found = f"a file of {size:,} bytes"
        return found, f"at most {MOST_BYTES:,} bytes", "move tables into files of their own"
    return None
