"""Read a vector file: polygons and their attributes, as GDAL gives them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from amalgamation.territory.ledger import Ledger

__all__ = ["read_vector"]

_HALF_TURN, _QUARTER_TURN = 180.0, 90.0


def read_vector(path: Path, layer: str | None, crs: str | None, ledger: Ledger) -> pd.DataFrame:
    """Read one layer of a vector file.

    Parameters
    ----------
    path
        Any file that GDAL reads; nothing outside this machine.
    layer
        Needed where the file has several layers with geometry.
    crs
        CRS of the file where it names none.
    ledger
        Takes the warnings: GDAL's own, Z values dropped, a CRS that was given twice.

    Returns
    -------
    geopandas.GeoDataFrame
        With a CRS; a plain DataFrame where the layer has no geometry.

    Raises
    ------
    DataError
        If GDAL cannot read it, the layer is not chosen or not there, it is empty, it has
        no CRS, or its coordinates cannot be degrees although the CRS says so.
    """
    chosen = _choose_layer(path, layer)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            frame: pd.DataFrame = pyogrio.read_dataframe(path, layer=chosen)
    except (DataSourceError, shapely.errors.ShapelyError, ValueError, OSError) as error:
        raise DataError([_unreadable(path, str(error))]) from error
    for warning in told:
        ledger.warn("gdal", path.name, str(warning.message))
    if frame.empty:
        raise DataError(
            [Finding("no-units", path.name, "no features", "at least one unit", "check the layer")]
        )
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame
    placed = _with_crs(frame, path, crs, ledger)
    flat: pd.DataFrame = _without_z(placed, path, ledger)
    return flat


def _choose_layer(path: Path, layer: str | None) -> str:
    try:
        listed = pyogrio.list_layers(path)
    except (DataSourceError, OSError) as error:
        raise DataError([_unreadable(path, str(error))]) from error
    layers = [str(name) for name in listed[:, 0]]
    spatial = [str(name) for name, kind in listed if kind is not None]
    if layer in layers:
        return str(layer)
    if layer is None and len(spatial or layers) == 1:
        return (spatial or layers)[0]
    found = f"no layer {layer}" if layer else f"{len(layers)} layers, none of them chosen"
    remedy = nearest(layer, layers) if layer else "name it as territory.layer"
    expected = f"one of the layers {name_some(layers, 20)}"
    raise DataError([Finding("layer", path.name, found, expected, remedy)])


def _unreadable(path: Path, error: str) -> Finding:
    return Finding(
        "unreadable-vector",
        path.name,
        f"what GDAL cannot read ({error.replace(str(path), path.name)})",
        "a vector file such as GeoPackage, GeoJSON or Shapefile (with .shp, .shx, .dbf, .prj)",
        "open it in a GIS and export it as GeoPackage",
    )


def _with_crs(
    frame: gpd.GeoDataFrame, path: Path, crs: str | None, ledger: Ledger
) -> gpd.GeoDataFrame:
    degrees = frame.crs is not None and frame.crs.is_geographic
    if frame.crs is None or (crs is not None and degrees and not _fits_degrees(frame)):
        # GDAL calls every GeoJSON without a "crs" member WGS 84, whatever its numbers are.
        frame = frame.set_crs(_given_crs(path, crs), allow_override=True)
    elif crs is not None and frame.crs != CRS.from_user_input(_given_crs(path, crs)):
        ledger.warn(
            "crs-twice",
            path.name,
            f"the CRS {frame.crs.name} in the file and {crs} in the scenario",
            "the file's CRS is used; delete territory.crs",
        )
    if frame.crs.is_geographic and not _fits_degrees(frame):
        raise DataError([_not_degrees(frame, path)])
    return frame


def _given_crs(path: Path, crs: str | None) -> CRS:
    remedy = "name it as territory.crs, such as EPSG:4326"
    if crs is None:
        raise DataError(
            [Finding("crs-absent", path.name, "no coordinate reference system", "one", remedy)]
        )
    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        raise DataError(
            [Finding("crs-unknown", "territory.crs", crs, "a CRS known to PROJ", remedy)]
        ) from error


def _fits_degrees(frame: gpd.GeoDataFrame) -> bool:
    west, south, east, north = np.nan_to_num(frame.total_bounds)
    return bool(
        max(abs(west), abs(east)) <= _HALF_TURN and max(abs(south), abs(north)) <= _QUARTER_TURN
    )


def _not_degrees(frame: gpd.GeoDataFrame, path: Path) -> Finding:
    bounds = ", ".join(f"{value:.6g}" for value in frame.total_bounds)
    return Finding(
        "not-degrees",
        path.name,
        f"coordinates from {bounds} (west, south, east, north) in {frame.crs.name}",
        "longitudes within 180 and latitudes within 90 degrees",
        "name the true CRS as territory.crs, such as EPSG:32642",
    )


def _without_z(frame: gpd.GeoDataFrame, path: Path, ledger: Ledger) -> gpd.GeoDataFrame:
    if not shapely.has_z(frame.geometry.values).any():
        return frame
    ledger.warn("z-dropped", path.name, "heights (Z values), which are not used")
    return frame.set_geometry(shapely.force_2d(frame.geometry.values), crs=frame.crs)
