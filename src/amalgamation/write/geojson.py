"""GeoJSON to the letter of RFC 7946: WGS 84, right-hand rule, 6 decimals, no ``crs``."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

__all__ = ["to_json_value", "write_geojson"]

_DIGITS = 12


def write_geojson(
    path: Path, table: pd.DataFrame, polygons: gpd.GeoSeries, *, notice: str = ""
) -> None:
    """Write polygons with their properties, one feature per line.

    Parameters
    ----------
    path
        File to write.
    table
        Properties; the index becomes each feature's first property and its ``id``.
    polygons
        In WGS 84 degrees, rounded, on the index of ``table`` (`to_lon_lat` gives them).
    notice
        Sentence that the whole file carries, such as that the data are synthetic.

    Raises
    ------
    OSError
        If the file cannot be written.

    Notes
    -----
    Written here and not by GDAL, so that rounding cannot break a polygon or part two
    neighbours, and the same plan gives the same bytes under any version of GDAL.
    """
    name = str(table.index.name)
    records = table.reset_index().to_dict("records")
    features = [
        _feature(str(record[name]), record, shape.__geo_interface__)
        for record, shape in zip(records, polygons.loc[table.index], strict=True)
    ]
    head = {"type": "FeatureCollection", "name": path.stem}
    opening = json.dumps(head | ({"notice": notice} if notice else {}), ensure_ascii=False)
    body = ",\n".join(features)
    path.write_bytes(f'{opening[:-1]}, "features": [\n{body}\n]}}\n'.encode())


def to_json_value(value: Any) -> Any:
    """Convert a cell to what JSON can hold: NaN, infinities and missing become null.

    Whole numbers lose their ``.0``; others keep 12 significant digits.

    Examples
    --------
    >>> [to_json_value(v) for v in (float("nan"), float("inf"), 5000.0, 0.1 + 0.2, "x")]
    [None, None, 5000, 0.3, 'x']
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else float(f"{value:.{_DIGITS}g}")
    return None if value is None or value is pd.NA or value is pd.NaT else value


def _feature(label: str, properties: Mapping[Any, Any], geometry: Mapping[str, Any]) -> str:
    feature = {
        "type": "Feature",
        "id": label,
        "properties": {str(key): to_json_value(value) for key, value in properties.items()},
        "geometry": geometry,
    }
    return json.dumps(feature, ensure_ascii=False, allow_nan=False)
