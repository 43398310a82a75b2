"""Small files with faults, and the command run on them: what the tests of bad input share."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from shapely import box

from amalgamation import api
from amalgamation.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.territory import Territory

__all__ = [
    "SQUARES",
    "answer",
    "ask",
    "only",
    "read",
    "refused",
    "row",
    "told",
    "write_units",
]

SQUARES = [box(70, 50, 70.1, 50.1), box(70.1, 50, 70.2, 50.1), box(70, 50.1, 70.2, 50.2)]
"""Three units that cover a rectangle; the third lies across the top."""

Finding = dict[str, Any]


def row(count: int) -> list[Any]:
    """Return so many squares in a row, from west to east."""
    return [box(70 + 0.1 * at, 50, 70.1 + 0.1 * at, 50.1) for at in range(count)]


def write_units(
    folder: Path,
    file: str = "units.gpkg",
    geometry: Sequence[Any] | None = None,
    crs: Any = 4326,
    **columns: Sequence[Any],
) -> str:
    """Write units with the codes 01, 02, 10 (Ash, Birch, Cedar) and the columns given."""
    shapes = SQUARES if geometry is None else list(geometry)
    named = {"code": ["01", "02", "10"], "name": ["Ash", "Birch", "Cedar"]}
    gpd.GeoDataFrame(named | columns, geometry=shapes, crs=crs).to_file(folder / file)
    return file


def ask(folder: Path, territory: dict[str, Any] | str | None = None, **sections: Any) -> Path:
    """Write a scenario about `units.gpkg`, another file, or a whole territory section."""
    if not isinstance(territory, dict):
        territory = {"units": territory or "units.gpkg"}
    question = {"scenario": "case", "territory": territory, "write": ["csv"]} | sections
    path = folder / "s.yaml"
    path.write_text(json.dumps(question, ensure_ascii=False), encoding="utf-8")
    return path


def answer(scenario: Path, *command: str) -> tuple[int, dict[str, Any]]:
    """Run a command in JSON; return its exit status and its answer."""
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        status = main([command[0], str(scenario), "--json", "-q", *command[1:]])
    assert "Traceback" not in error.getvalue()
    return status, json.loads(out.getvalue())


def refused(scenario: Path, status: int = 2) -> list[Finding]:
    """Run a scenario that must be refused: all four parts are told, and nothing is written."""
    before = _content(scenario.parent)
    ended, said = answer(scenario, "run", "-o", str(scenario.parent / "out"))
    errors = [one for one in said["findings"] if one["severity"] == "error"]
    assert ended == status, said
    assert errors
    for finding in errors:
        assert all(finding[part] for part in ("where", "found", "expected", "remedy")), finding
    assert _content(scenario.parent) == before
    return errors


def only(scenario: Path) -> Finding:
    """Return the one finding that refuses a scenario."""
    (finding,) = refused(scenario)
    return finding


def told(scenario: Path, check: str) -> Finding:
    """Check a scenario that goes on; return the one warning or note of this kind."""
    before = _content(scenario.parent)
    ended, said = answer(scenario, "check")
    assert ended == 0, said
    assert _content(scenario.parent) == before
    (finding,) = [one for one in said["findings"] if one["check"] == check]
    assert finding["severity"] in {"warning", "note"}
    assert finding["where"]
    assert finding["found"]
    return finding


def read(scenario: Path) -> Territory:
    """Read what a scenario asks about."""
    return api.prepare(scenario).territory


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
