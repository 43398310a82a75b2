"""Check that the other files of a run folder tell of the same plan.

In: a run folder and a view of its plan. Out: findings for files that disagree in the
number of municipalities or in residents; files that were not written are passed over.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.findings import Finding
from amalgamation.territory.words import count_of
from amalgamation.verify.tolerance import spell

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.verify.view import View

__all__ = ["check_outputs"]

_ROUNDING = 1e-4
"""Relative difference that rounding in a written table may leave."""


def check_outputs(view: View, folder: Path) -> list[Finding]:
    """Check ``municipalities.geojson`` and ``scorecard.csv``, where they are present."""
    findings = []
    for name, reader in (
        ("municipalities.geojson", _read_features),
        ("scorecard.csv", _read_scorecard),
    ):
        path = folder / name
        if path.exists():
            findings += _check_file(view, path, reader)
    return findings


def _check_file(view: View, path: Path, reader: Any) -> list[Finding]:
    try:
        rows = reader(path)
        return [] if rows is None else _check_rows(view, path, rows)
    except (OSError, ValueError, KeyError, TypeError, pd.errors.ParserError) as error:
        return [_disagree(path, f"{type(error).__name__}: {error}", "a file that can be read")]


def _check_rows(view: View, path: Path, rows: pd.DataFrame) -> list[Finding]:
    findings = []
    if len(rows) != len(view.members):
        found, expected = count_of(len(rows), "municipality"), f"{len(view.members):,}"
        findings.append(_disagree(path, found, expected))
    if "population" in rows.columns and "population" in view.territory.attributes:
        found_sum = float(pd.to_numeric(rows["population"]).sum())
        expected_sum = math.fsum(view.sums("population").values())
        if not math.isclose(found_sum, expected_sum, rel_tol=_ROUNDING, abs_tol=1.0):
            found, expected = (spell(total, "residents") for total in (found_sum, expected_sum))
            findings.append(_disagree(path, found, expected))
    return findings


def _read_features(path: Path) -> pd.DataFrame:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return pd.DataFrame([feature["properties"] for feature in features])


def _read_scorecard(path: Path) -> pd.DataFrame | None:
    """Return the rows per municipality; None where the scorecard only has totals."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "municipality_id" not in table.columns:
        return None
    return table


def _disagree(path: Path, found: str, expected: str) -> Finding:
    remedy = "write the run folder again; its files are not of one run"
    return Finding(f"outputs.{path.name}", path.name, found, expected, remedy)
