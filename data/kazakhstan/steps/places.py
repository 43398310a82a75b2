"""Real places: which of GeoNames' records name a unit, as what, and in which oblast.

In: GeoNames and the outlines.  Out: a table of places indexed by geonameid (`zhem` and the
like for the towns that GeoNames lacks), with prefix, type (empty for plain villages), three
names, population (0 where unknown) and their position in the equal-area CRS.
"""

import geopandas as gpd
import pandas as pd
import shapely

from .names import choose_kazakh, choose_russian
from .outlines import find_container
from .settings import CHOICES, EQUAL_AREA, read_table
from .shapes import build_points

# A place stands at least so far inside its oblast (metres).
MARGIN_M = 2_000

COLUMNS = ["prefix", "type", "name_en", "name_ru", "name_kk", "population", "lon", "lat"]


def build_places(geonames: pd.DataFrame, outlines: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Build the table of places, towns of every kind first."""
    records = _mend(geonames)
    towns = _read_towns(records)
    villages = _read_villages(records.drop(index=towns.index, errors="ignore"), outlines)
    table = pd.concat([towns[COLUMNS], villages[COLUMNS]])
    points = build_points(table.lon, table.lat)
    places = gpd.GeoDataFrame(table, geometry=points, crs=EQUAL_AREA)
    return _pull_inside(places, outlines.to_crs(EQUAL_AREA))


def _mend(geonames: pd.DataFrame) -> pd.DataFrame:
    """Apply `choices/geonames_fixes.csv`, and drop records that GeoNames puts in no oblast."""
    fixes = read_table(CHOICES / "geonames_fixes.csv").set_index("geonameid")
    records = geonames.drop(index=fixes.index[fixes["fix"] == "drop"])
    known = fixes.loc[fixes["fix"] == "population", "population"].astype(int)
    records.loc[known.index, "population"] = known
    return records[records["admin1"] != "00"]


def _read_towns(records: pd.DataFrame) -> pd.DataFrame:
    """Read the real cities, towns and settlements of 2021; GeoNames adds place and people."""
    towns = read_table(CHOICES / "towns.csv")
    towns["geonameid"] = towns["geonameid"].fillna(towns["name_en"].str.lower())
    towns = towns.set_index("geonameid")
    towns["population"] = records["population"].reindex(towns.index).fillna(0).astype(int)
    for axis in ("lon", "lat"):
        towns[axis] = towns[axis].fillna(records[axis].reindex(towns.index))
    return towns


def _read_villages(records: pd.DataFrame, outlines: gpd.GeoSeries) -> pd.DataFrame:
    """Read all other places, by the outline that they lie in."""
    points = gpd.points_from_xy(records.lon, records.lat)
    villages = records.assign(prefix=find_container(points, outlines), type="")
    villages = villages[~villages["prefix"].isin(["", "71", "75", "79"])].copy()
    pairs = list(zip(villages["name"], villages["alternates"], strict=True))
    villages["name_en"] = villages["name"]
    villages["name_ru"] = [choose_russian(name, others) for name, others in pairs]
    villages["name_kk"] = [choose_kazakh(name, others) for name, others in pairs]
    return villages


def _pull_inside(places: gpd.GeoDataFrame, outlines: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Move places beside a coarse border, such as Kurchatov, to their own side of it."""
    inside = outlines.buffer(-MARGIN_M)
    own = gpd.GeoSeries(inside[places["prefix"]].to_numpy(), index=places.index, crs=EQUAL_AREA)
    outside = ~places.within(own)
    # The line from shape to shape starts on the first of them: that is the nearest point.
    lines = shapely.shortest_line(own[outside].to_numpy(), places.geometry[outside].to_numpy())
    places.loc[outside, "geometry"] = shapely.get_point(lines, 0)
    return places
