"""Read what a run folder says of itself.

In: a run folder. Out: the resolved scenario, the certificate and the hashes of the inputs
from ``run.json``, and the plan from ``assignment.csv``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.plan import Plan
from amalgamation.provenance import Source
from amalgamation.scenario.schema import Scenario
from amalgamation.status import AimValue, CapValue, Certificate, Stage, Status

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMAT", "RunRecord", "read_assignment", "read_record"]

FORMAT = 1
"""Version of ``run.json`` that is read here."""


@dataclass(frozen=True)
class RunRecord:
    """Hold what ``run.json`` claims.

    Parameters
    ----------
    scenario
        The scenario as it was solved, with all defaults.
    certificate
        Status, cost, bound and aims; None where nothing was solved.
    inputs
        Files that the run was made from, with their hashes.
    """

    scenario: Scenario
    certificate: Certificate | None
    inputs: tuple[Source, ...]


def read_record(folder: Path) -> RunRecord:
    """Read ``run.json`` of a run folder.

    Raises
    ------
    DataError
        If the file is absent, is no JSON, has another format, or lacks a part.
    """
    path = folder / "run.json"
    record = _read_json(path)
    if record.get("format") != FORMAT:
        raise DataError([_bad(path, f"format {record.get('format')!r}", f"format {FORMAT}")])
    try:
        return RunRecord(
            Scenario.model_validate_json(json.dumps(record["scenario"])),
            _certificate(record["certificate"]),
            tuple(Source(**source) for source in record["inputs"]),
        )
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        expected = "scenario, certificate and inputs as `amalgamation run` writes them"
        raise DataError([_bad(path, f"{type(error).__name__}: {error}", expected)]) from error


def read_assignment(folder: Path) -> Plan:
    """Read ``assignment.csv`` of a run folder.

    Raises
    ------
    DataError
        If the file is absent or does not hold a plan.
    """
    path = folder / "assignment.csv"
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, UnicodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError([_bad(path, str(error), "a table of units and municipalities")]) from error
    return Plan.from_frame(frame)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError([_bad(path, str(error), "the record of a run")]) from error
    if not isinstance(record, dict):
        raise DataError([_bad(path, type(record).__name__, "a JSON object")])
    return record


def _bad(path: Path, found: str, expected: str) -> Finding:
    remedy = "run the scenario again"
    return Finding("run-record", f"{path.parent.name}/{path.name}", found, expected, remedy)


def _certificate(record: dict[str, Any] | None) -> Certificate | None:
    if record is None:
        return None
    return Certificate(
        Status(record["status"]),
        _number(record["cost"], math.inf),
        _number(record["bound"], -math.inf),
        tuple(_aim(aim) for aim in record["aims"]),
        caps=tuple(CapValue(**cap) for cap in record.get("caps", ())),
        stages=tuple(_stage(stage) for stage in record.get("stages", ())),
    )


def _stage(record: dict[str, Any]) -> Stage:
    return Stage(
        tuple(record["aims"]),
        _number(record["value"], math.nan),
        _number(record["bound"], -math.inf),
        _number(record["limit"], math.inf),
    )


def _number(value: float | None, absent: float) -> float:
    """Return a number; JSON has no infinity, so an absent one stands for it."""
    return absent if value is None else float(value)


def _aim(record: dict[str, Any]) -> AimValue:
    return AimValue(
        name=record["name"],
        unit=record["unit"],
        raw=_number(record["raw"], math.nan),
        reference=_number(record["reference"], math.nan),
        weight=float(record["weight"]),
        target=None if record.get("target") is None else float(record["target"]),
    )
