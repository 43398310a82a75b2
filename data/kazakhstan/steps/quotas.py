"""Apportion the national counts of 2021 to the oblasts.

Oblast counts of 2021 are not published in one table, so the national totals are
apportioned by the counts of the KATO edition of 17.07.2026, summed to the oblasts of 2021.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .settings import CHOICES, RAYONS, THIRD_TIER, read_oblasts, read_table


def apportion(total: int, weights: ArrayLike) -> np.ndarray:
    """Split a whole number by weights, by the method of largest remainders.

    Ties go to the first, so the split depends on nothing but its arguments.
    """
    shares = np.asarray(weights, dtype=float)
    exact = total * shares / shares.sum()
    parts: np.ndarray = np.floor(exact).astype(np.int64)
    first = np.argsort(-(exact - parts), kind="stable")[: total - int(parts.sum())]
    parts[first] += 1
    return parts


def build_quotas() -> pd.DataFrame:
    """Count rural okrugs, villages and rayons of each oblast, indexed by its prefix."""
    facts = read_oblasts()
    facts = facts[facts["second_tier_units_2026"] > 0]
    towns = read_table(CHOICES / "towns.csv")
    cities = towns[towns["type"] == "city"].groupby("prefix").size()
    counts = {
        "rural_okrug": apportion(THIRD_TIER["rural_okrug"], facts["rural_okrugs_2026"]),
        "village": apportion(THIRD_TIER["village"], facts["villages_2026"]),
        # Second-tier units less the cities of oblast significance are the rural rayons.
        "rayon": apportion(RAYONS, facts["second_tier_units_2026"] - cities),
    }
    return pd.DataFrame(counts, index=facts.index)
