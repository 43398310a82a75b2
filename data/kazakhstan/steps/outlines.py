"""Outlines of the 14 oblasts and 3 cities of republican significance.

In: Natural Earth's outlines.  Out: 17 polygons that tile the mainland, indexed by prefix.
Caspian islands are left out (440 km2 in all): each unit is to be one polygon, and nobody
is counted there.  The lease of Baikonur, a hole in the source, belongs to Kyzylorda.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Polygon

from .settings import EQUAL_AREA, GRID, REPUBLICAN, WGS84, build_rng, read_oblasts
from .shapes import build_blob, build_points, grow, largest_part

# Natural Earth's ids, by KATO prefix.
NATURAL_EARTH = {
    "11": "KZ.AM", "15": "KZ.AT", "19": "KZ.AA", "23": "KZ.AR", "27": "KZ.WK", "31": "KZ.ZM",
    "35": "KZ.QG", "39": "KZ.QS", "43": "KZ.QO", "47": "KZ.MG", "55": "KZ.PA", "59": "KZ.NK",
    "61": "KZ.SK", "63": "KZ.EK", "71": "KZ.AS", "75": "KZ.AC",
}  # fmt: skip
# The oblast around each city; Shymkent is missing in the source, the others have grown since.
AROUND = {"71": "11", "75": "19", "79": "61"}
SHYMKENT = "1518980"  # geonameid
LONGEST_DEGREES = 0.1


def build_outlines(raw: gpd.GeoDataFrame, geonames: pd.DataFrame) -> gpd.GeoSeries:
    """Build one polygon per prefix, in WGS 84 and on the common grid."""
    facts = read_oblasts()
    land = {prefix: _mainland(raw, prefix) for prefix in sorted(NATURAL_EARTH)}
    land["79"] = _core_of_shymkent(geonames)
    for city in REPUBLICAN:
        around = AROUND[city]
        land[city] = grow(land[city], within=land[around], area_km2=facts.area_km2[city])
        land[around] = shapely.difference(land[around], land[city])
    return _tile(gpd.GeoSeries(land, crs=EQUAL_AREA).to_crs(WGS84))


def _mainland(raw: gpd.GeoDataFrame, prefix: str) -> Polygon:
    """Take the largest part of an outline with its holes filled."""
    # Long straight borders get vertices first: they are straight in degrees, not in metres.
    dense = raw.set_index("id").geometry.segmentize(LONGEST_DEGREES)
    shape = shapely.make_valid(dense.to_crs(EQUAL_AREA)[NATURAL_EARTH[prefix]])
    return Polygon(largest_part(shape).exterior)


def _core_of_shymkent(geonames: pd.DataFrame) -> Polygon:
    """Draw an irregular core of 500 km2, less than half of the city, around its place."""
    place = geonames.loc[[SHYMKENT]]
    (centre,) = build_points(place.lon, place.lat)
    return build_blob(centre, 500, build_rng(1))


def _tile(outlines: gpd.GeoSeries) -> gpd.GeoSeries:
    """Node all outlines together on the grid, so that neighbours share every vertex."""
    lines = shapely.union_all(shapely.boundary(outlines.to_numpy()), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    owners = find_container(shapely.point_on_surface(faces), outlines)
    parts = gpd.GeoSeries(faces[owners != ""], crs=WGS84)
    merged = parts.groupby(owners[owners != ""]).apply(
        lambda group: largest_part(shapely.coverage_union_all(group.to_numpy()))
    )
    return gpd.GeoSeries(merged, crs=WGS84).sort_index()


def find_container(points: np.ndarray, polygons: gpd.GeoSeries) -> np.ndarray:
    """Find the index label of the polygon around each point; an empty string for none."""
    labels = np.full(len(points), "", dtype=object)
    point, polygon = shapely.STRtree(polygons.to_numpy()).query(points, predicate="within")
    labels[point] = polygons.index.to_numpy()[polygon]
    return labels
