"""What a study asks: ``study.json``, written before the first variant is answered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.provenance import versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from amalgamation.study.sweep.cases import Question

__all__ = ["MANIFEST", "Asked", "Manifest", "build_manifest", "read_manifest"]

MANIFEST = "study.json"
"""The file that makes a folder a study."""

_FORMAT = 1


@dataclass(frozen=True)
class Asked:
    """Hold what one variant asks.

    Parameters
    ----------
    name
        The variant's, and that of its run folder.
    changes
        Dotted keys and their values.
    key
        Hash of all that its answer depends on.
    """

    name: str
    changes: Mapping[str, Any]
    key: str


@dataclass(frozen=True)
class Manifest:
    """Hold what a study asks.

    Parameters
    ----------
    scenario, title, question
        Of the scenario that is varied.
    variants
        In their order.
    inputs
        The files read: role, path and hash.
    versions
        Of us and of the parts that a result depends on.
    """

    scenario: str
    title: str
    question: str
    variants: tuple[Asked, ...]
    inputs: tuple[Mapping[str, str], ...]
    versions: Mapping[str, str]

    def to_json(self) -> str:
        """Return the text of ``study.json``."""
        content = {"format": _FORMAT, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def build_manifest(question: Question) -> Manifest:
    """Build the manifest of a study."""
    asked = question.base.scenario
    return Manifest(
        asked.scenario,
        asked.title,
        asked.question,
        tuple(Asked(c.variant.name, c.variant.changes, c.key) for c in question.cases),
        tuple(asdict(source) for source in question.sources),
        versions(),
    )


def read_manifest(folder: Path) -> Manifest:
    """Read what a study asks.

    Raises
    ------
    DataError
        If the folder is no study.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content.pop("format") != _FORMAT:
            raise DataError([_no_study(folder, f"{MANIFEST} of another version")])
        variants = tuple(Asked(**one) for one in content.pop("variants"))
        inputs = tuple(content.pop("inputs"))
        return Manifest(variants=variants, inputs=inputs, **content)
    except FileNotFoundError as error:
        found = f"no {MANIFEST}" if folder.is_dir() else "no such folder"
        raise DataError([_no_study(folder, found)]) from error
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        if isinstance(error, DataError):
            raise
        found = f"{MANIFEST} that cannot be read: {error}"
        raise DataError([_no_study(folder, found)]) from error


def _no_study(folder: Path, found: str) -> Finding:
    remedy = "name a folder that `amalgamation sweep` wrote"
    return Finding("study-folder", f"study {folder}", found, "a study", remedy)
