"""People: residents of 1.01.2021 and children of school age.

Each oblast sums to its real total.  Cities, towns and settlements have GeoNames' number
where it knows one ("real"; its year is not stated there); a rural okrug around a known
village has at least that village's number ("mixed"); all else is drawn ("synthetic").
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from .quotas import apportion
from .settings import EQUAL_AREA, build_rng, read_oblasts
from .shapes import build_points

LEAST = 60  # residents of the smallest unit
SPREAD = 0.17  # standard deviation of the logarithm of a unit's share
# Some third of the units have a large central village.  Two kinds instead of one broad curve
# keep the median at 2,000 with 700 units below 1,000, though seven units of ten lie in oblasts
# where the mean, towns included, is only 1,600 to 2,500.
LARGE_CHANCE, LARGE_WEIGHT = 0.37, 3.1
SUBURB_REACH_M = 30_000
SUBURB_WEIGHT = 0.2  # at a city of 100,000
# Share of residents aged 6 to 17, by latitude: families are larger in the south.  Chosen so
# that the country has some 3.6 m pupils, about a fifth of its residents.
LATITUDES = (42.0, 45.0, 50.0, 54.0)
SCHOOL_SHARE = (0.225, 0.21, 0.16, 0.135)
# What is drawn on top of a known village is the rest of its okrug; a real place without a
# number is mostly the seat of a rayon.
REST_WEIGHT, UNKNOWN_WEIGHT = 0.15, 1.5
KIND_WEIGHT = {"town": 3.0, "settlement": 1.5, "village": 1.0, "rural_okrug": 1.0}


def add_people(units: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add `population`, `population_origin` and `school_age`."""
    known = units["place"].map(places["population"]).fillna(0).astype(int)
    exact = (known > 0) & (units["type"] != "rural_okrug")
    mixed = (known > 0) & (units["type"] == "rural_okrug")
    weight = _draw_weights(units, places)
    population = known.clip(lower=LEAST)
    for prefix, total in read_oblasts()["population_2021"].items():
        rows = units.index[units["prefix"] == prefix]
        drawn = rows[~exact[rows]]
        if len(drawn) == 0:  # a city of republican significance: the total itself
            population[rows] = total
            continue
        left = int(total - population[rows].sum())
        population[drawn] += apportion(left, weight[drawn])
    units["population"] = population
    units["population_origin"] = np.select([exact, mixed], ["real", "mixed"], "synthetic")
    units["school_age"] = _count_pupils(units)
    return units


def _draw_weights(units: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.Series:
    """Draw each unit's share of its oblast: skewed, larger at cities and at real places."""
    rng = build_rng(9)
    chance = np.exp(rng.normal(0, SPREAD, size=len(units)))
    large = np.where(rng.random(len(units)) < LARGE_CHANCE, LARGE_WEIGHT, 1)
    kind = units["type"].map(KIND_WEIGHT).fillna(1)
    known = units["place"].map(places["population"]) > 0
    named = np.select([known, units["place"] != ""], [REST_WEIGHT, UNKNOWN_WEIGHT], 1)
    weight: pd.Series = chance * large * kind * named * (1 + _measure_suburb(units, places))
    return weight


def _measure_suburb(units: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> np.ndarray:
    """Measure how much more a unit weighs because a city is near."""
    cities = places[places["type"].isin(["city", "republican_city"])].to_crs(EQUAL_AREA)
    seats = build_points(units["seat_lon"], units["seat_lat"])
    gain = np.zeros(len(units))
    for city, people in zip(cities.geometry, cities["population"], strict=True):
        nearness = np.exp(-((seats.distance(city).to_numpy() / SUBURB_REACH_M) ** 2))
        gain += SUBURB_WEIGHT * np.sqrt(people / 100_000) * nearness
    return gain


def _count_pupils(units: gpd.GeoDataFrame) -> pd.Series:
    """Count children of school age by latitude, with a tenth of chance."""
    share = np.interp(units["seat_lat"], LATITUDES, SCHOOL_SHARE)
    chance = build_rng(10).normal(1, 0.08, size=len(units)).clip(0.75, 1.25)
    pupils: pd.Series = (units["population"] * share * chance).round().astype(int)
    return pupils
