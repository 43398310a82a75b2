"""What is certain and what is a choice, as files: tables, and layers for a GIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely

from amalgamation.graph import build_borders
from amalgamation.write.certainty_styles import build_certainty_styles
from amalgamation.write.styles import build_style_table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from amalgamation.measure import Certainty
    from amalgamation.territory import Territory

__all__ = ["CERTAINTY_FILES", "write_certainty"]

CERTAINTY_FILES = (
    "ties_certainty.csv",
    "units_certainty.csv",
    "municipalities_certainty.csv",
    "parents_certainty.csv",
    "certainty.gpkg",
    "certainty.png",
)
"""What `write_certainty` writes, where there is geometry and a picture."""


def write_certainty(
    folder: Path, certainty: Certainty, territory: Territory, picture: bytes | None = None
) -> None:
    """Write tables of ties, units, municipalities and parents, and what a GIS shows of them.

    ``certainty.gpkg`` (GeoPackage 1.2) has the layers ``borders`` (of the ties that have
    one; ``stands_percent`` besides) and ``units``, in the territory's CRS, with styles that QGIS
    applies on opening.

    Parameters
    ----------
    folder
        Exists.
    certainty, territory
        What to write; without geometry there are tables alone.
    picture
        PNG of the map; None leaves it out.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    tables = {
        "ties": certainty.ties,
        "units": certainty.units,
        "municipalities": certainty.municipalities,
        "parents": certainty.parents,
    }
    for name, table in tables.items():
        text = _marked(table, certainty).to_csv(float_format="%.10g", lineterminator="\n")
        (folder / f"{name}_certainty.csv").write_bytes(str(text).encode())
    if picture is not None:
        (folder / "certainty.png").write_bytes(picture)
    if territory.has_geometry:
        _write_layers(folder / "certainty.gpkg", certainty, territory)


def _marked(table: pd.DataFrame, certainty: Certainty) -> pd.DataFrame:
    return table.assign(synthetic=True) if certainty.notice else table


def _write_layers(path: Path, certainty: Certainty, territory: Territory) -> None:
    units = territory.geometry
    stands = certainty.ties.assign(stands_percent=100 - certainty.ties["together_percent"])
    lines = build_borders(units, certainty.ties)
    there = ~shapely.is_empty(lines.to_numpy())
    layers = {
        "borders": (stands[there], lines[there], "MultiLineString"),
        "units": (certainty.units, units, "MultiPolygon"),
    }
    for name, (table, shapes, kind) in layers.items():
        content = _marked(table, certainty)
        layer = gpd.GeoDataFrame(content.reset_index(), geometry=shapes.to_numpy(), crs=shapes.crs)
        # the version belongs to the file, so only its first layer may name it
        version = {} if path.exists() else {"VERSION": "1.2"}
        options = {"geometry_type": kind, **version}
        pyogrio.write_dataframe(layer, path, name, "GPKG", **options)
    styles = build_style_table(build_certainty_styles())
    pyogrio.write_dataframe(styles, path, "layer_styles", "GPKG", FID="id")
