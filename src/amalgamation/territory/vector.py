"""Read a vector file: polygons and their attributes, as GDAL gives them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.archive import unpacked
from amalgamation.territory.crs import with_crs
from amalgamation.territory.shapefile import check_parts, mend_words
from amalgamation.territory.vector_kind import check_kind
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from amalgamation.territory.ledger import Ledger

__all__ = ["read_vector"]


def read_vector(
    path: Path,
    ledger: Ledger,
    *,
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
    section: str = "territory",
) -> pd.DataFrame:
    """Read one layer of a vector file.

    Parameters
    ----------
    path
        A file of a kind that `check_kind` knows; nothing outside this machine.
    ledger
        Takes the warnings: GDAL's own, Z values dropped, a CRS that was given twice; and
        the errors that leave something to check: polygons that cannot be built, no CRS, or
        coordinates that cannot be what the CRS says.
    layer
        Needed where there are several with geometry.
    crs, encoding
        Those of the file, where it does not say its own.
    section
        The scenario's section that names the file: where messages say to put layer or CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        With a CRS, unless an error says why; a plain DataFrame where the layer has no
        geometry.

    Raises
    ------
    DataError
        If it is of another kind, GDAL cannot read it, the layer is not chosen or not
        there, or it is empty.
    """
    check_kind(path)
    if path.suffix.lower() == ".zip":
        with unpacked(path, layer, section) as (file, inner):
            check_kind(file)
            frame = _read_file(file, inner, encoding, ledger, path.name, section)
    else:
        frame = _read_file(path, layer, encoding, ledger, path.name, section)
    if frame.empty:
        raise DataError(
            [Finding("no-units", path.name, "no features", "at least one unit", "check the layer")]
        )
    _check_names(frame, path.name)
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame
    placed = with_crs(frame, path.name, crs, ledger, section)
    flat: pd.DataFrame = _without_z(placed, path.name, ledger)
    return flat


def _read_file(
    path: Path, layer: str | None, encoding: str | None, ledger: Ledger, name: str, section: str
) -> pd.DataFrame:
    if path.suffix.lower() == ".parquet":
        return _read_parquet(path, name)
    shapefile = path.suffix.lower() == ".shp"
    absent = check_parts(path) if shapefile else []
    if absent:
        raise DataError(absent)
    frame = _read_layer(path, _choose_layer(path, layer, name, section), ledger, name)
    return mend_words(frame, path, encoding, ledger) if shapefile else frame


def _read_layer(path: Path, layer: str, ledger: Ledger, name: str) -> pd.DataFrame:
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                frame: pd.DataFrame = pyogrio.read_dataframe(path, layer=layer)
            except shapely.errors.ShapelyError as error:
                ledger.add([_unbuilt(name, str(error))])
                frame = pyogrio.read_dataframe(path, layer=layer, on_invalid="ignore")
    except (RuntimeError, ValueError, OSError) as error:
        raise DataError([_unreadable(path, str(error), name)]) from error
    for message in sorted({str(warning.message) for warning in told}):
        ledger.warn("gdal", name, message.replace(str(path), name))
    return frame


def _read_parquet(path: Path, name: str) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = gpd.read_parquet(path)
    except ImportError as error:
        missing = Finding(
            "parquet",
            name,
            "a GeoParquet file, but not the part that reads it",
            "pyarrow",
            "install amalgamation[parquet], or export the file as GeoPackage",
        )
        raise DataError([missing]) from error
    except (ValueError, OSError, TypeError, KeyError) as error:
        raise DataError([_unreadable(path, str(error), name)]) from error
    return frame


def _check_names(frame: pd.DataFrame, name: str) -> None:
    names = [str(column).strip() for column in frame.columns]
    twice = sorted({column for column in names if names.count(column) > 1})
    if not twice and "" not in names:
        return
    found = name_some([f"{column} twice" if column else "a column without a name"
                       for column in twice or [""]])  # fmt: skip
    expected = "each column with a name of its own"
    raise DataError([Finding("column-names", name, found, expected, "rename or delete columns")])


def _unbuilt(name: str, error: str) -> Finding:
    return Finding(
        "geometry-unbuilt",
        name,
        f"polygons that cannot be built ({error})",
        "rings that close, of four points or more",
        "repair the units without geometry that are named below, and export the file again",
    )


def _choose_layer(path: Path, layer: str | None, name: str, section: str) -> str:
    try:
        listed = pyogrio.list_layers(path)
    except (RuntimeError, ValueError, OSError) as error:
        raise DataError([_unreadable(path, str(error), name)]) from error
    layers = [str(one) for one in listed[:, 0]]
    spatial = [str(one) for one, kind in listed if kind is not None]
    if layer in layers:
        return str(layer)
    if layer is None and len(spatial or layers) == 1:
        return (spatial or layers)[0]
    found = f"no layer {layer}" if layer else f"{len(layers)} layers, none of them chosen"
    remedy = nearest(layer, layers) if layer else f"name it as {section}.layer"
    expected = f"one of the layers {name_some(layers, 20)}"
    raise DataError([Finding("layer", name, found, expected, remedy)])


def _unreadable(path: Path, error: str, name: str) -> Finding:
    return Finding(
        "unreadable-vector",
        name,
        f"what GDAL cannot read ({error.replace(str(path), name)})",
        "a vector file such as GeoPackage, GeoJSON or Shapefile (with .shp, .shx, .dbf, .prj)",
        "open it in a GIS and export it as GeoPackage",
    )


def _without_z(frame: gpd.GeoDataFrame, name: str, ledger: Ledger) -> gpd.GeoDataFrame:
    shapes = frame.geometry.to_numpy()
    if not (shapely.has_z(shapes) | shapely.has_m(shapes)).any():
        return frame
    ledger.warn("z-dropped", name, "heights or measures (Z or M values), which are not used")
    return frame.set_geometry(shapely.force_2d(shapes), crs=frame.crs)
