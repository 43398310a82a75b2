"""Money: running cost, own revenue and tax base, in thousand KZT a year.

Real are two totals of the third tier (facts/kazakhstan.md): 442 bn KZT of budgets in 2025,
and one third of it from own revenue.  All else is drawn.  Cities stand outside the 442 bn.
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from .quotas import apportion
from .settings import OWN_KIND, build_rng

THIRD_TIER_COST = 442_000_000
THIRD_TIER_OWN = THIRD_TIER_COST // 3
# Half of all cost falls on every unit alike, half grows a little slower than its residents:
# so the cost per head falls with size, which is what a merger may save.
FIXED_SHARE = 0.5
SIZE_POWER = 0.9
# Own revenue per head beside that of a crop-growing unit, by production.
WEALTH = {
    "crops": 1.0,
    "livestock": 0.6,
    "mixed": 0.8,
    "mining": 4.0,
    "industry": 3.0,
    "services": 2.5,
}
SPREAD = 0.5  # standard deviation of the logarithm of revenue per head
# Poor okrugs cover 5 to 10 % of their cost (facts/kazakhstan.md); nobody needs no grant at all.
LEAST_SHARE, MOST_SHARE = (0.05, 0.09), 0.95
# A tenth of the base, the rate of income tax, of which 85 to 100 % is collected.
TAX_RATE = 0.10
COLLECTED = (0.85, 1.0)
# Cities: thousand KZT per resident (schools and roads are on their budgets), and own share.
CITY_COST = 180
CITY_OWN_SHARE = (0.55, 0.85)


def add_money(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add `running_cost`, `own_revenue` and `tax_base`."""
    rng = build_rng(11)
    own_kind = units["type"].isin(OWN_KIND)
    third, cities = units[~own_kind], units[own_kind]
    cost = pd.concat([_share_cost(third, rng), _price_cities(cities, rng)])
    own = pd.concat([
        _share_revenue(third, cost[third.index], rng),
        (cost[cities.index] * rng.uniform(*CITY_OWN_SHARE, size=len(cities))).round(),
    ])  # fmt: skip
    collected = pd.Series(rng.uniform(*COLLECTED, size=len(units)), index=units.index)
    units["running_cost"] = cost.astype(np.int64)
    units["own_revenue"] = own.astype(np.int64)
    units["tax_base"] = (own / (TAX_RATE * collected)).round().astype(np.int64)
    return units


def _share_cost(units: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.Series:
    """Share the budgets of the third tier among its units."""
    chance = rng.normal(1, 0.12, size=len(units)).clip(0.6, 1.4)
    size = units["population"] ** SIZE_POWER
    weight = FIXED_SHARE / len(units) + (1 - FIXED_SHARE) * size / size.sum()
    return pd.Series(apportion(THIRD_TIER_COST, weight * chance), index=units.index)


def _price_cities(units: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.Series:
    """Price the budgets of cities by their residents."""
    chance = rng.normal(1, 0.15, size=len(units)).clip(0.6, 1.4)
    cost: pd.Series = (units["population"] * CITY_COST * chance).round()
    return cost


def _share_revenue(units: gpd.GeoDataFrame, cost: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Share own revenue by wealth, each unit's within its limits, to the real total."""
    chance = np.exp(rng.normal(0, SPREAD, size=len(units)))
    wanted = (units["population"] * units["production"].map(WEALTH) * chance).to_numpy()
    low = rng.uniform(*LEAST_SHARE, size=len(units)) * cost.to_numpy()
    high = MOST_SHARE * cost.to_numpy()
    scale = _find_scale(wanted, low, high)
    own = apportion(THIRD_TIER_OWN, np.clip(scale * wanted, low, high))
    return pd.Series(own, index=units.index)


def _find_scale(wanted: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    """Find the factor with which the limited revenues sum to the total, by halving."""
    small, large = 0.0, 10_000.0
    for _ in range(80):
        middle = (small + large) / 2
        if np.clip(middle * wanted, low, high).sum() < THIRD_TIER_OWN:
            small = middle
        else:
            large = middle
    return large
