"""A map of flaws: a GeoPackage that a GIS opens beside the data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from amalgamation.errors import OutputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.territory import Flaw

__all__ = ["write_flaws"]

_KINDS = {"flaw_polygons": 2, "flaw_lines": 1}


def write_flaws(path: Path, flaws: Sequence[Flaw], units: gpd.GeoSeries) -> None:
    """Write flaws as a GeoPackage: the whole file, or nothing.

    Layers: ``flaw_points`` (one point for each flaw, to find even the smallest),
    ``flaw_polygons``, ``flaw_lines`` and ``units`` (the polygons as they are). Columns of
    the flaws: check, severity, units, where, found, expected, remedy, area_km2, width_m.

    Parameters
    ----------
    path
        File to write, ending in ``.gpkg``; a former one is replaced.
    flaws
        In the CRS of the units.
    units
        Polygons, indexed by unit id.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    if path.suffix.lower() != ".gpkg":
        raise OutputError(_unsuited(path, f"the ending {path.suffix!r}", "an ending .gpkg"))
    table = _table(flaws)
    shapes = [flaw.geometry for flaw in flaws]
    layers = {"units": gpd.GeoDataFrame({"unit_id": units.index}, geometry=units.to_numpy())}
    for name, dimension in _KINDS.items():
        rows = [at for at, one in enumerate(shapes) if shapely.get_dimensions(one) == dimension]
        layers[name] = gpd.GeoDataFrame(table.iloc[rows], geometry=[shapes[at] for at in rows])
    layers["flaw_points"] = gpd.GeoDataFrame(table, geometry=shapely.point_on_surface(shapes))
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".flaws-") as folder:
            whole = Path(folder, "flaws.gpkg")
            for name, layer in layers.items():
                if not layer.empty:
                    version = {} if whole.exists() else {"VERSION": "1.2"}
                    placed = layer.set_crs(units.crs, allow_override=True)
                    placed.to_file(whole, layer=name, driver="GPKG", **version)
            whole.replace(path)
    except OSError as error:
        found = error.strerror or str(error)
        raise OutputError(_unsuited(path, found, "to write")) from error


def _table(flaws: Sequence[Flaw]) -> pd.DataFrame:
    rows = [
        {
            "check": finding.check,
            "severity": str(finding.severity),
            "units": ", ".join(flaw.units),
            "where": finding.where,
            "found": finding.found,
            "expected": finding.expected,
            "remedy": finding.remedy,
            "area_km2": flaw.area_km2,
            "width_m": flaw.width_m,
        }
        for flaw, finding in ((flaw, flaw.finding()) for flaw in flaws)
    ]
    columns = ("check", "severity", "units", "where", "found", "expected", "remedy")
    return pd.DataFrame(rows, columns=[*columns, "area_km2", "width_m"])


def _unsuited(path: Path, found: str, expected: str) -> str:
    return Finding("map", f"file {path}", found, expected, "name another file").sentence()
