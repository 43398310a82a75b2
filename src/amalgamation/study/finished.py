"""Read what finished runs say of themselves, whichever version wrote them.

In: run folders. Out: one `FinishedRun` each, from ``run.json`` (question, status, gap,
inputs), ``national.csv`` (measures) and ``assignment.csv`` (which units). Only what a
comparison needs is asked for, so that a scenario with keys of another version is no obstacle.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.plan import ASSIGNMENT_COLUMNS, Plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["FinishedRun", "read_finished_runs"]

# Files that say what was asked, not of what.
_QUESTIONS = ("scenario", "plan")
_AGAIN = "name a folder that `amalgamation run` wrote, or run the scenario again"


@dataclass(frozen=True)
class FinishedRun:
    """Hold what a run folder says, as far as a comparison asks.

    Parameters
    ----------
    folder
        As it was named.
    scenario
        Short name of the scenario.
    status, gap
        How the run ended; the relative gap is NaN where nothing was proven.
    is_today
        Whether the run measured today as it stands, instead of solving.
    units
        Ids of the units, sorted.
    national
        Indexed by measure: ``title``, ``unit``, ``today``, ``plan``, ``higher_is_better``
        (as text).
    data
        Roles and hashes of the files that the run was made from, but for the scenario.
    plan
        Which unit belongs to which municipality.
    notice
        The sentence that says that the data are made up; empty where they are not.
    territory
        The scenario's section of that name, as the record has it.
    """

    folder: Path
    scenario: str
    status: str
    gap: float
    is_today: bool
    units: tuple[str, ...]
    national: pd.DataFrame
    data: frozenset[tuple[str, str]]
    plan: Plan
    notice: str = ""
    territory: Mapping[str, Any] = field(default_factory=dict)


def read_finished_runs(folders: Sequence[Path]) -> tuple[FinishedRun, ...]:
    """Read run folders; all that is wrong with any of them is told at once.

    Raises
    ------
    DataError
        If a folder is no run, lacks its tables, or is named twice; or none is named.
    """
    findings = _check_named(folders)
    runs: list[FinishedRun] = []
    for folder in dict.fromkeys(folders):
        try:
            runs.append(_read(folder))
        except DataError as error:
            findings += error.findings
    if findings:
        raise DataError(findings)
    return tuple(runs)


def _check_named(folders: Sequence[Path]) -> list[Finding]:
    if not folders:
        remedy = "name at least one run folder"
        return [Finding("no-run", "comparison", "no run folder", "finished runs", remedy)]
    places = [folder.resolve() for folder in folders]
    return [
        Finding("run-twice", f"run {folder}", "a folder named twice", "each once", "name it once")
        for position, folder in enumerate(folders)
        if places[position] in places[:position]
    ]


def _read(folder: Path) -> FinishedRun:
    record = _read_record(folder)
    national = _read_table(folder, "national.csv", ("measure", "plan"))
    assignment = _read_table(folder, "assignment.csv", ASSIGNMENT_COLUMNS)
    try:
        return FinishedRun(
            folder=folder,
            units=tuple(sorted(set(assignment["unit_id"]))),
            national=_national(national),
            data=_data(record),
            notice=_notice(record, national),
            plan=_plan(folder, assignment),
            territory=dict(record["scenario"].get("territory") or {}),
            **_ending(record),
        )
    except DataError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        found = f"run.json without what a run says of itself: {type(error).__name__}: {error}"
        raise DataError([_no_run(folder, found, "the record of a run")]) from error


def _read_record(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        if not folder.exists():
            raise DataError([_no_run(folder, "no such folder", "a run folder")])
        remedy = "name the folder; for a real grouping, name its columns too"
        raise DataError([_no_run(folder, "a file", "a run folder", remedy)])
    try:
        return dict(json.loads((folder / "run.json").read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise DataError([_no_run(folder, "no run.json", "a run folder")]) from error
    except (OSError, ValueError, TypeError) as error:
        found = f"run.json that cannot be read: {error}"
        raise DataError([_no_run(folder, found, "the record of a run")]) from error


def _ending(record: dict[str, Any]) -> dict[str, Any]:
    scenario, certificate = record["scenario"], record.get("certificate") or {}
    gap = certificate.get("gap")
    return {
        "scenario": " ".join(str(scenario["scenario"]).split()),
        "status": str(certificate.get("status", "measured")),
        "gap": math.nan if gap is None else float(gap),
        "is_today": scenario.get("plan") == "today",
    }


def _read_table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    except FileNotFoundError as error:
        remedy = "run the scenario again with `csv` in its `write`"
        raise DataError([_no_run(folder, f"no {name}", f"{name} of the run", remedy)]) from error
    except (OSError, UnicodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        found = f"{name} that cannot be read: {error}"
        raise DataError([_no_run(folder, found, "a table")]) from error
    absent = [column for column in columns if column not in table.columns]
    if absent:
        found = f"{name} without column {', '.join(absent)}"
        raise DataError([_no_run(folder, found, "the table that a run writes")])
    return table


def _plan(folder: Path, assignment: pd.DataFrame) -> Plan:
    try:
        return Plan.from_frame(assignment)
    except DataError as error:
        where = f"run {folder}, assignment.csv"
        raise DataError(
            [replace(one, where=f"{where}, {one.where}") for one in error.findings]
        ) from error


def _no_run(folder: Path, found: str, expected: str, remedy: str = _AGAIN) -> Finding:
    return Finding("run-folder", f"run {folder}", found, expected, remedy)


def _national(table: pd.DataFrame) -> pd.DataFrame:
    known = table.drop_duplicates("measure").set_index("measure")
    known = known.reindex(columns=["title", "unit", "today", "plan", "higher_is_better"])
    words = known.columns.difference(["today", "plan"])
    known[words] = known[words].fillna("").apply(lambda column: column.str.split().str.join(" "))
    known["title"] = known["title"].where(known["title"] != "", known.index.to_series())
    for column in ("today", "plan"):
        known[column] = pd.to_numeric(known[column], errors="coerce").astype("float64")
    return known


def _data(record: dict[str, Any]) -> frozenset[tuple[str, str]]:
    read = [(str(entry["role"]), str(entry["sha256"])) for entry in record.get("inputs", [])]
    return frozenset((role, digest) for role, digest in read if not role.startswith(_QUESTIONS))


def _notice(record: dict[str, Any], national: pd.DataFrame) -> str:
    if "synthetic" not in national.columns:
        return ""
    # a run tells what is made up before anything else
    return str(next(iter(record.get("notices") or []), "Synthetic data"))
