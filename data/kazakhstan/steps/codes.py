"""Types, codes in KATO's form, parents and names of the units.

Codes have KATO's form (two digits of the oblast, two of the rayon or city, two of the unit,
zeros) but are numbered here: only the prefixes of oblasts are KATO's own.
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from .settings import OWN_KIND, build_rng, read_oblasts

FIRST_CITY, FIRST_RAYON, APART = 10, 32, 2  # KATO also leaves gaps: 10, 12, ... and 32, 34, ...
RANK = {"town": 0, "settlement": 1, "village": 2, "rural_okrug": 2}
NAMES = ["name_en", "name_ru", "name_kk"]
UNIT_LABEL = "{} {:03d}-{:02d}"
RAYON_LABELS = {
    "name_en": "{} rayon {:03d}",
    "name_ru": "{}, район {:03d}",
    "name_kk": "{}, {:03d} ауданы",
}
# What the label of a unit leaves out of the oblast's full name.
KINDS = r" область$| облысы$"


def choose_villages(units: gpd.GeoDataFrame, quotas: pd.DataFrame) -> pd.Series:
    """Choose which cells are villages; the other cells are rural okrugs.

    A village that is a unit of its own has little land, so small cells are drawn more often.
    """
    types: pd.Series = units["type"].replace("", "rural_okrug")
    for prefix, group in units[units["type"] == ""].groupby("prefix", sort=True):
        weight = 1 / group["area_km2"].to_numpy()
        count = int(quotas["village"][prefix])
        chosen = build_rng(6, str(prefix)).choice(
            group.index, size=count, replace=False, p=weight / weight.sum()
        )
        types[chosen] = "village"
    return types


def add_codes(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add `code`, `rayon` and `oblast` from prefix, type and the number of the rayon."""
    units = units.assign(rank=units["type"].map(RANK).fillna(0))
    units = units.sort_values(["prefix", "rayon_number", "rank", "seat_lat"], kind="stable",
                              ascending=[True, True, True, False])  # fmt: skip
    within = units.groupby(["prefix", "rayon_number"]).cumcount()
    own = units["type"].isin(OWN_KIND)
    republican = units["type"] == "republican_city"
    second = FIRST_RAYON + APART * (units["rayon_number"] - 1)
    second = second.where(~own, FIRST_CITY + APART * within).where(~republican, 0)
    third = (within + 1).where(~own, 0)
    two = "{:02d}".format
    units["oblast"] = units["prefix"] + "0000000"
    units["rayon"] = units["prefix"] + second.map(two) + "00000"
    units["code"] = units["prefix"] + second.map(two) + third.map(two) + "000"
    return units.drop(columns=["rank", "rayon_number"]).sort_values("code").reset_index(drop=True)


def add_names(units: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add three names: those of the real place, or a plain label made of the code."""
    oblasts = _read_short_names()
    real = units["place"] != ""
    for column in NAMES:
        known = units["place"].map(places[column])
        made = [
            UNIT_LABEL.format(oblasts[column][code[:2]], int(code[2:4]), int(code[4:6]))
            for code in units["code"]
        ]
        units[column] = known.where(real, pd.Series(made, index=units.index))
    units["name_origin"] = np.where(real, "real", "synthetic")
    return units


def build_parents(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Build the table of oblasts and second-tier units, with their residents."""
    facts = read_oblasts()
    oblasts = units.groupby("oblast")["population"].sum().rename_axis("code").reset_index()
    oblasts["tier"] = "oblast"
    second = units.groupby("rayon")["population"].sum().rename_axis("code").reset_index()
    second["tier"] = "rayon"
    cities = units[units["type"].isin(OWN_KIND)].set_index("code")
    short = _read_short_names()
    for column, label in RAYON_LABELS.items():
        oblasts[column] = oblasts["code"].str[:2].map(facts[column])
        second[column] = [
            cities[column][code] if code in cities.index
            else label.format(short[column][code[:2]], int(code[2:4]))
            for code in second["code"]
        ]  # fmt: skip
    table: pd.DataFrame = pd.concat([oblasts, second])
    return table[["code", "tier", *NAMES, "population"]]


def _read_short_names() -> pd.DataFrame:
    """Read the oblasts' names without the word for oblast, by prefix."""
    names = read_oblasts()[NAMES]
    return names.replace(KINDS, "", regex=True)
