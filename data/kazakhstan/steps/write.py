"""Write the built dataset, the same bytes of attributes and geometry at each build."""

import geopandas as gpd
import pandas as pd
import pyogrio

from .settings import PARENTS, UNITS

COLUMNS = [
    "code", "name_en", "name_ru", "name_kk", "type", "rayon", "oblast", "settlements",
    "population", "school_age", "area_km2", "tax_base", "own_revenue", "running_cost",
    "natural_zone", "production", "seat_lon", "seat_lat", "name_origin", "population_origin",
    "geometry",
]  # fmt: skip
# GeoPackage states when a layer was last changed; the date of the data is the stable answer.
LAST_CHANGE = "2021-01-01T00:00:00.000Z"


def write_dataset(units: gpd.GeoDataFrame, parents: pd.DataFrame) -> None:
    """Write units and parents beside the script."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": LAST_CHANGE})
    UNITS.unlink(missing_ok=True)
    units[COLUMNS].to_file(UNITS, layer="units", driver="GPKG", engine="pyogrio", VERSION="1.2")
    parents.to_csv(PARENTS, index=False, lineterminator="\n")
