"""How thickly units lie: a field over the country, in units per area, up to a factor.

Only ratios inside one oblast matter, since the number of units per oblast is given.  All
weights are the project's own choice, set so that areas become as unequal as in life: below
100 km2 at the foot of the Tien Shan, above 10,000 km2 in the deserts.
"""

import geopandas as gpd
import numpy as np
import shapely

from .lines import read_lines
from .settings import EQUAL_AREA, WGS84

# Share of land that people use, by latitude: desert, semi-desert, steppe, forest steppe.
LATITUDES = (44.0, 47.0, 49.5, 52.0, 54.0)
BASE = (0.10, 0.10, 0.25, 0.60, 0.80)
PLACE_REACH_M = 28_000
PLACE_WEIGHT = 0.25  # of a place of 10,000; grows with the square root of its people
UNKNOWN_PEOPLE = 5_000  # of a place without a number in GeoNames: a seat of a rayon


def measure_density(points: np.ndarray, places: gpd.GeoDataFrame) -> np.ndarray:
    """Measure the density of units wanted at points (equal-area CRS)."""
    latitude = gpd.GeoSeries(points, crs=EQUAL_AREA).to_crs(WGS84).y
    density = np.interp(latitude, LATITUDES, BASE)
    for kind in ("river", "foothills"):
        for line in read_lines(kind):
            density += line.weight * line.measure_nearness(points)
    for desert in read_lines("desert"):
        density *= 1 - (1 - desert.weight) * desert.measure_nearness(points)
    whole: np.ndarray = density + _measure_pull(points, places)
    return whole


def _measure_pull(points: np.ndarray, places: gpd.GeoDataFrame) -> np.ndarray:
    """Measure how strongly towns draw units around them."""
    people = places["population"].replace(0, UNKNOWN_PEOPLE).to_numpy()
    weight = PLACE_WEIGHT * np.sqrt(people / 10_000)
    pull = np.zeros(len(points))
    for place, share in zip(places.geometry, weight, strict=True):
        pull += share * np.exp(-((shapely.distance(points, place) / PLACE_REACH_M) ** 2))
    return pull
