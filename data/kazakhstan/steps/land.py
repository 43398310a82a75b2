"""Land: area, natural zone, prevailing production, and number of villages of each unit.

Zones follow latitude and hand-drawn ranges; productions follow zones, rivers and cities.
Both are rough and synthetic, meant for rules such as "like with like".
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .lines import is_near
from .quotas import apportion
from .settings import EQUAL_AREA, SETTLEMENTS, build_rng
from .shapes import KM2, build_points

# Southern limits of the zones on the plain (degrees north), with a waver of half a degree.
ZONES = ("desert", "semi_desert", "steppe", "forest_steppe")
LIMITS = (47.0, 49.0, 53.2)
WAVER_DEGREES = 0.25
# Below this latitude (degrees) fields need water from a river or from the mountains.
DRY_BELOW = 46
# Chance of each production by zone.
PRODUCTIONS = ("crops", "livestock", "mixed")
CHANCES = {
    "forest_steppe": (0.70, 0.05, 0.25),
    "steppe": (0.45, 0.20, 0.35),
    "semi_desert": (0.05, 0.65, 0.30),
    "desert": (0.02, 0.85, 0.13),
    "mountain": (0.10, 0.50, 0.40),
    "irrigated": (0.65, 0.05, 0.30),
}
# Towns and cities that live by mines, ore or oil, by their English names in choices/towns.csv.
MINING = {
    "Rudny", "Lisakovsk", "Zhezkazgan", "Satpayev", "Karazhal", "Balkhash", "Ekibastuz", "Ridder",
    "Stepnogorsk", "Shakhtinsk", "Saran", "Abay", "Kentau", "Tekeli", "Zhanaozen", "Khromtau",
    "Zhitikara", "Kulsary", "Aksay", "Karatau", "Zhanatas",
}  # fmt: skip
SUBURB_M = 12_000  # from the bounds of a large city: services prevail
LARGE_CITY = 200_000
MOST_VILLAGES = 12  # "rural okrugs of 2 to 12 villages": facts/kazakhstan.md


def measure_area(units: gpd.GeoDataFrame) -> pd.Series:
    """Measure areas in km2 in the equal-area CRS."""
    km2: pd.Series = units.to_crs(EQUAL_AREA).area / KM2
    return km2.round(3)


def find_zones(units: gpd.GeoDataFrame) -> np.ndarray:
    """Find the natural zone of each unit at its seat."""
    seats = build_points(units["seat_lon"], units["seat_lat"]).to_numpy()
    waver = WAVER_DEGREES * np.sin(np.radians(units["seat_lon"]) * 24)
    latitude = units["seat_lat"] + waver
    zone: np.ndarray = np.array(ZONES)[np.digitize(latitude, LIMITS)]
    # The feet of the ranges get rain: steppe, wherever the plain around would be drier.
    dry = np.isin(zone, ("desert", "semi_desert"))
    zone[dry & (is_near("range", seats, 2.2) | is_near("foothills", seats))] = "steppe"
    zone[is_near("range", seats)] = "mountain"
    return zone


def find_productions(units: gpd.GeoDataFrame) -> np.ndarray:
    """Find what each unit lives by."""
    seats = build_points(units["seat_lon"], units["seat_lat"]).to_numpy()
    watered = is_near("river", seats) | is_near("foothills", seats)
    dry = units["natural_zone"].isin(["desert", "semi_desert"]) | (units["seat_lat"] < DRY_BELOW)
    soil = np.where(watered & dry, "irrigated", units["natural_zone"])
    rng = build_rng(7)
    production = np.array([rng.choice(PRODUCTIONS, p=CHANCES[kind]) for kind in soil], dtype=object)
    production[_is_suburb(units)] = "services"
    production[units["type"].isin(["town", "city"])] = "industry"
    production[units["type"] == "settlement"] = "mining"
    production[units["name_en"].isin(MINING) & units["type"].isin(["town", "city"])] = "mining"
    production[units["type"] == "republican_city"] = "services"
    return production


def _is_suburb(units: gpd.GeoDataFrame) -> np.ndarray:
    """Tell which units lie at the bounds of a large city."""
    shapes = units.to_crs(EQUAL_AREA).geometry
    large = units["type"].isin(["city", "republican_city"]) & (units["population"] > LARGE_CITY)
    seats = build_points(units["seat_lon"], units["seat_lat"]).to_numpy()
    near: np.ndarray = shapely.dwithin(seats, shapely.union_all(shapes[large].to_numpy()), SUBURB_M)
    return near


def count_settlements(units: gpd.GeoDataFrame) -> np.ndarray:
    """Count villages and settlements: 7,031 in all, 2 to 12 in a rural okrug.

    A settlement or a village of its own counts one; towns and cities are none of them.  What
    remains goes to the okrugs: two each, then by residents and area, each to its square root.
    """
    single = units["type"].isin(["settlement", "village"]).to_numpy()
    okrug = (units["type"] == "rural_okrug").to_numpy()
    counts: np.ndarray = single.astype(int) + 2 * okrug
    weight = np.sqrt(units["population"] * np.sqrt(units["area_km2"])).to_numpy()
    weight = weight * build_rng(8).gamma(2, size=len(units))
    while (left := SETTLEMENTS - int(counts.sum())) > 0:
        room = okrug & (counts < MOST_VILLAGES)
        counts[room] += apportion(left, weight[room])
        counts = np.minimum(counts, MOST_VILLAGES)
    return counts
