"""GeoParquet, for those who analyse runs by the hundred; needs the extra ``parquet``."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import geopandas as gpd

from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

__all__ = ["check_formats", "write_geoparquet"]


def check_formats(formats: Iterable[str]) -> list[Finding]:
    """Check that what each format needs is installed, before any time is spent.

    Parameters
    ----------
    formats
        Names in a scenario's ``write``.

    Examples
    --------
    >>> check_formats(["csv", "gpkg"])
    []
    """
    if "parquet" not in formats or find_spec("pyarrow") is not None:
        return []
    return [
        Finding(
            "extra-absent",
            "write: parquet",
            "no package pyarrow",
            "the extra parquet",
            "pip install 'amalgamation[parquet]', or leave parquet out of write",
        )
    ]


def write_geoparquet(path: Path, table: pd.DataFrame, polygons: gpd.GeoSeries) -> None:
    """Write polygons with their properties as GeoParquet 1.0.

    Parameters
    ----------
    path
        File to write.
    table
        Properties; the index becomes a column.
    polygons
        On the index of ``table``, in WGS 84 degrees.

    Raises
    ------
    ImportError
        If the extra ``parquet`` is not installed.
    OSError
        If the file cannot be written.
    """
    layer = gpd.GeoDataFrame(table, geometry=polygons.loc[table.index].to_numpy())
    layer = layer.set_crs(polygons.crs).reset_index()
    layer.to_parquet(path, index=False, schema_version="1.0.0")
