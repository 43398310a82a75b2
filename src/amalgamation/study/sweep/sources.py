"""What a comparison may be asked of: run folders, studies, and tables of studies.

In: paths as people name them. Out: run folders, or a table of plans with what is known of
its columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.errors import DataError, InputError
from amalgamation.findings import Finding
from amalgamation.study.compare.trade_off import Axis
from amalgamation.study.finished import read_finished_runs
from amalgamation.study.sweep.folder import run_folder
from amalgamation.study.sweep.manifest import MANIFEST, read_manifest
from amalgamation.study.sweep.study import Study, read_study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["PlanTable", "expand_studies", "find_plan_table", "is_study_table"]

_MADE_UP = "Synthetic data: made up, not the real units."


@dataclass(frozen=True)
class PlanTable:
    """Hold a table of plans, such as a study leaves.

    Parameters
    ----------
    table
        Indexed by variant; measures and keys that vary are columns.
    axes
        Column -> what is known of it.
    notice
        The sentence that says that the data are made up; empty where they are not.
    """

    table: pd.DataFrame
    axes: Mapping[str, Axis] = field(default_factory=dict)
    notice: str = ""


def expand_studies(folders: Sequence[Path]) -> list[Path]:
    """Put the run folders of a study in the place of its own, in the study's order.

    Raises
    ------
    DataError
        If a study's record cannot be read, or it has no run yet; then with all that is wrong
        with the other folders.

    Examples
    --------
    >>> from pathlib import Path
    >>> expand_studies([Path("runs/a")]) == [Path("runs/a")]
    True
    """
    expanded: list[Path] = []
    findings: list[Finding] = []
    for folder in folders:
        if not (folder / MANIFEST).is_file():
            expanded.append(folder)
            continue
        try:
            expanded += _runs_of(folder)
        except InputError as error:
            findings += error.findings
    if findings:
        raise DataError([*findings, *_check_others(expanded)])
    return expanded


def _check_others(folders: Sequence[Path]) -> Sequence[Finding]:
    """Say what is wrong with the other folders, so that all of it is told at once."""
    try:
        read_finished_runs(folders)
    except DataError as error:
        return error.findings if folders else []
    return []


def _runs_of(study: Path) -> list[Path]:
    named = [run_folder(study, asked.name) for asked in read_manifest(study).variants]
    there = [folder for folder in named if folder.is_dir()]
    if not there:
        remedy = "wait until a variant is answered, or look at its report.html"
        where = f"study {study}"
        raise DataError([Finding("study-empty", where, "no run", "a variant with a plan", remedy)])
    return there


def is_study_table(path: Path) -> bool:
    """Say whether a path is a file that may hold a study's table."""
    return path.suffix in {".csv", ".parquet"} and path.is_file()


def find_plan_table(source: Path | Study | pd.DataFrame) -> PlanTable:
    """Find the table of a study: by itself, in its folder, or in a file of it.

    Titles, units and better directions of measures are known where the study's folder is.

    Raises
    ------
    DataError
        If the path is none of these, or cannot be read.
    """
    if isinstance(source, Study):
        return _table_of(source)
    if isinstance(source, pd.DataFrame):
        return PlanTable(source, {}, _notice_of(source))
    if not is_study_table(source):
        return _table_of(read_study(source))
    table = _read_table(source)
    if (source.parent / MANIFEST).is_file():
        known = _table_of(read_study(source.parent))
        return PlanTable(table, known.axes, known.notice)
    return PlanTable(table, {}, _notice_of(table))


def _notice_of(table: pd.DataFrame) -> str:
    return _MADE_UP if "synthetic" in table else ""


def _table_of(study: Study) -> PlanTable:
    axes = {
        figure.name: Axis(figure.name, figure.title, figure.unit, figure.higher_is_better)
        for outcome in study.outcomes.values()
        for figure in outcome.figures
    }
    return PlanTable(study.table, axes, study.notice)


def _read_table(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet" and find_spec("pyarrow") is None:
        remedy = 'name study.csv, or: pip install "amalgamation[parquet]"'
        raise DataError([_unreadable(path, "Parquet, which nothing here reads", remedy)])
    try:
        if path.suffix == ".parquet":
            table = pd.read_parquet(path)
        else:
            table = pd.read_csv(path, dtype={"variant": str})
    except (OSError, ValueError, pd.errors.ParserError) as error:
        line = " ".join(str(error).split())
        raise DataError([_unreadable(path, f"a file that cannot be read: {line}")]) from error
    if "variant" in table.columns:
        table = table.set_index("variant")
    if table.index.name != "variant":
        raise DataError([_unreadable(path, "no column variant")])
    return table


def _unreadable(path: Path, found: str, remedy: str = "") -> Finding:
    remedy = remedy or "name a study's folder, or the table in it"
    return Finding("study-table", f"file {path}", found, "the table of a study", remedy)
