"""An explanation on the disk: its text for machines, and the units that it speaks of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.write.folder import whole_folder
from amalgamation.write.geojson import to_json_value, write_geojson
from amalgamation.write.polygons import to_lon_lat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from amalgamation.territory import Territory

__all__ = ["EXPLANATION_FILES", "write_explanation"]

EXPLANATION_FILES = ("explanation.json", "reason.geojson", "reason.png")
"""All files that an explanation may have; the first marks its folder."""

_Roles = tuple[tuple[str, tuple[str, ...]], ...]


def write_explanation(
    folder: Path,
    content: Mapping[str, Any],
    territory: Territory,
    reasons: Sequence[_Roles],
    *,
    png: bytes | None = None,
    overwrite: bool = False,
) -> tuple[str, ...]:
    """Write an explanation, whole or not at all.

    Parameters
    ----------
    folder
        Absent, empty, or (with ``overwrite``) that of a former explanation.
    content
        Of ``explanation.json``; infinite numbers become null.
    territory
        With polygons, ``reason.geojson`` holds the units of all reasons.
    reasons
        (part, units) of each reason.
    png
        Of ``reason.png``; None leaves it out.
    overwrite
        Replace a former explanation.

    Returns
    -------
    tuple of str
        Names of the files written.

    Raises
    ------
    OutputError
        If the folder may not be used or cannot be written.
    """
    with whole_folder(folder, overwrite=overwrite, files=EXPLANATION_FILES) as partial:
        text = json.dumps(_finite(dict(content)), indent=2, ensure_ascii=False, allow_nan=False)
        (partial / "explanation.json").write_bytes(f"{text}\n".encode())
        if territory.has_geometry and reasons:
            table = _build_table(territory, reasons)
            polygons = to_lon_lat(territory.geometry.loc[table.index])
            notice = territory.notice
            write_geojson(partial / "reason.geojson", table, polygons, notice=notice)
        if png is not None:
            (partial / "reason.png").write_bytes(png)
        return tuple(sorted(path.name for path in partial.iterdir()))


def _build_table(territory: Territory, reasons: Sequence[_Roles]) -> pd.DataFrame:
    """Return a row for each unit, with its part in the first reason that speaks of it."""
    rows = {
        unit: (territory.units.loc[unit, "name"], number, part)
        for number, roles in reversed(list(enumerate(reasons, start=1)))
        for part, units in reversed(roles)
        for unit in units
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", "reason", "part"])
    table = table.sort_index().rename_axis("unit_id")
    return table.assign(synthetic=True) if territory.synthetic else table


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    return to_json_value(value)
