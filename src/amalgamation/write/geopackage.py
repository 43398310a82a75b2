"""``plan.gpkg``: GeoPackage 1.2, the version that every GIS of the last years opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from amalgamation.territory import SEAT_COLUMNS
from amalgamation.write.finding_layer import build_finding_layer
from amalgamation.write.polygons import (
    build_municipality_table,
    build_unit_table,
    polygons_of,
)
from amalgamation.write.styles import FILL, build_style_table, build_styles

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.graph import UnitGraph
    from amalgamation.territory import Territory
    from amalgamation.write.qml import Style
    from amalgamation.write.record import RunRecord

__all__ = ["write_geopackage"]


def write_geopackage(path: Path, record: RunRecord) -> list[Style]:
    """Write ``municipalities``, ``units``, ``seats``, ``ties``, ``findings`` and their styles.

    All are in the territory's projected CRS. The styles stand in ``layer_styles``, where
    QGIS looks for them. A seat whose place is not known stands inside its unit.

    Returns
    -------
    list of Style
        What was stored, for a project that shows the same.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    layers = _polygon_layers(record) | _place_layers(record)
    for name, layer in layers.items():
        # the version belongs to the file, so only its first layer may name it
        version = {} if path.exists() else {"VERSION": "1.2"}
        pyogrio.write_dataframe(
            layer.reset_index(), path, name, "GPKG", geometry_type=_kind(name), **version
        )
    styles = build_styles(pd.DataFrame(layers["municipalities"]))
    table = build_style_table(styles)
    pyogrio.write_dataframe(table, path, "layer_styles", "GPKG", FID="id")
    return styles


def _kind(layer: str) -> str:
    kinds = {"seats": "Point", "findings": "Point", "ties": "LineString"}
    return kinds.get(layer, "MultiPolygon")


def _polygon_layers(record: RunRecord) -> dict[str, gpd.GeoDataFrame]:
    polygons = record.territory.geometry
    merged = polygons_of(record)
    units = build_unit_table(record.plan, record.territory)
    municipalities = build_municipality_table(record.scorecard, record.territory)
    if record.fills:
        municipalities = municipalities.assign(**{FILL: municipalities.index.map(record.fills)})
    return {
        "municipalities": _layer(municipalities, merged.loc[municipalities.index]),
        "units": _layer(units, polygons),
    }


def _place_layers(record: RunRecord) -> dict[str, gpd.GeoDataFrame]:
    places = _places(record.territory)
    table = build_municipality_table(record.scorecard, record.territory)
    seats = gpd.GeoSeries(places.loc[table["seat_id"]].to_numpy(), table.index, places.crs)
    return {
        "seats": _layer(table, seats),
        "ties": _ties(record.graph, record, places),
        "findings": build_finding_layer(record, places),
    }


def _places(territory: Territory) -> gpd.GeoSeries:
    units = territory.units
    if not set(SEAT_COLUMNS) <= set(units.columns):
        return territory.geometry.representative_point()
    across, up = SEAT_COLUMNS
    return gpd.GeoSeries.from_xy(units[across], units[up], crs=territory.crs)


def _ties(graph: UnitGraph, record: RunRecord, places: gpd.GeoSeries) -> gpd.GeoDataFrame:
    ties = graph.ties.set_index(["a", "b"], drop=False)
    ties.index = pd.Index([f"{a}-{b}" for a, b in ties.index], name="tie_id", dtype="str")
    home = record.plan.municipality_of
    severed = [
        a not in home or home[a] != home.get(b) for a, b in zip(ties["a"], ties["b"], strict=True)
    ]
    ends = np.stack(
        [shapely.get_coordinates(places.loc[ties[end]].to_numpy()) for end in ("a", "b")], axis=1
    )
    lines = gpd.GeoSeries(shapely.linestrings(ends), index=ties.index, crs=places.crs)
    return _layer(ties.assign(severed=severed), lines)


def _layer(table: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    clean = table.replace([np.inf, -np.inf], np.nan)
    return gpd.GeoDataFrame(clean, geometry=shapes.to_numpy(), crs=shapes.crs)
