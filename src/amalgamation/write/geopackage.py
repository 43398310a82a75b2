"""``plan.gpkg``: GeoPackage 1.2, the version that every GIS of the last years opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from amalgamation.measure.polygons import build_municipality_polygons
from amalgamation.write.polygons import (
    build_municipality_table,
    build_unit_table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.graph import UnitGraph
    from amalgamation.write.record import RunRecord

__all__ = ["write_geopackage"]


def write_geopackage(path: Path, record: RunRecord) -> None:
    """Write the layers ``units``, ``municipalities``, ``seats`` and ``ties``.

    All are in the territory's projected CRS; seats and ties only where the territory
    knows the seats' places.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    layers = _polygon_layers(record) | _place_layers(record)
    for name, layer in layers.items():
        # the version belongs to the file, so only its first layer may name it
        version = {} if path.exists() else {"VERSION": "1.2"}
        layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio", index=True, **version)


def _polygon_layers(record: RunRecord) -> dict[str, gpd.GeoDataFrame]:
    polygons = record.territory.geometry
    merged = build_municipality_polygons(polygons, record.plan)
    units = build_unit_table(record.plan, record.territory)
    municipalities = build_municipality_table(record.scorecard)
    return {
        "units": _layer(units, polygons),
        "municipalities": _layer(municipalities, merged.loc[municipalities.index]),
    }


def _place_layers(record: RunRecord) -> dict[str, gpd.GeoDataFrame]:
    units = record.territory.units
    if not {"seat_x", "seat_y"} <= set(units.columns):
        return {}
    places = gpd.GeoSeries.from_xy(units["seat_x"], units["seat_y"], crs=record.territory.crs)
    table = build_municipality_table(record.scorecard)
    seats = gpd.GeoSeries(places.loc[table["seat_id"]].to_numpy(), table.index, places.crs)
    return {"seats": _layer(table, seats), "ties": _ties(record.graph, record, places)}


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
