"""Check the built dataset against every law that it must keep, and print each figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely

from .descriptor import find_misfits
from .money import THIRD_TIER_COST, THIRD_TIER_OWN
from .rayons import build_border_graph
from .settings import (
    EQUAL_AREA,
    FOLDER,
    OWN_KIND,
    PARENTS,
    RAYONS,
    SETTLEMENTS,
    THIRD_TIER,
    UNITS,
    read_oblasts,
)  # fmt: skip
from .shapes import KM2

MOST_BYTES = 4_000_000
MOST_UNITS_IN_RAYON = 29  # facts/kazakhstan.md, 2026
# As unequal as in life: what the smallest and the largest unit must pass.
SMALL_KM2, LARGE_KM2 = 100, 10_000
SMALL_UNIT, LARGE_UNIT = 1_000, 40_000
MEDIAN_RESIDENTS = (2_000, 3_000)
LEAST_SMALL_UNITS = 200
PUPILS = (0.15, 0.25)  # share of residents
POOR_SHARE = 0.10  # own revenue in running cost of the poorest tenth
AREA_TOLERANCE = 0.05  # of an oblast beside its real area


@dataclass(frozen=True)
class Finding:
    """One law, what was found, and whether the law is kept."""

    law: str
    found: Any
    kept: bool


def check_dataset() -> bool:
    """Check and print every law; true if all are kept."""
    units = gpd.read_file(UNITS)
    parents = pd.read_csv(PARENTS, dtype={"code": str})
    findings = [
        *_check_counts(units), *_check_codes(units, parents), *_check_shapes(units),
        *_check_areas(units), *_check_rayons(units), *_check_people(units, parents),
        *_check_money(units), *_check_files(),
    ]  # fmt: skip
    for finding in findings:
        print(f"{'ok  ' if finding.kept else 'FAIL'}  {finding.law}: {finding.found}")
    return all(finding.kept for finding in findings)


def _check_counts(units: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Check the composition of 2021."""
    counts = units["type"].value_counts().to_dict()
    yield Finding("units by type", counts, counts == {**THIRD_TIER, **OWN_KIND})
    third = int((~units["type"].isin(OWN_KIND)).sum())
    yield Finding("third-tier units", third, third == sum(THIRD_TIER.values()))
    villages = int(units["settlements"].sum())
    yield Finding("villages and settlements", villages, villages == SETTLEMENTS)
    named = units["name_origin"].value_counts().to_dict()
    yield Finding("names by origin", named, set(named) == {"real", "synthetic"})
    empty = int(units.drop(columns="geometry").isna().sum().sum())
    yield Finding("empty values", empty, empty == 0)
    for column in ("natural_zone", "production"):
        yield Finding(column, units[column].value_counts().to_dict(), kept=True)


def _check_codes(units: gpd.GeoDataFrame, parents: pd.DataFrame) -> Iterator[Finding]:
    """Check codes and that every parent is listed."""
    well_formed = units["code"].str.fullmatch(r"\d{9}").all() and units["code"].is_unique
    yield Finding("codes of 9 digits, unique", bool(well_formed), bool(well_formed))
    nested = (units["code"].str[:2] == units["oblast"].str[:2]) & (
        units["code"].str[:4] == units["rayon"].str[:4]
    )
    yield Finding("codes carry their parents' prefixes", bool(nested.all()), bool(nested.all()))
    rayons = set(parents.loc[parents["tier"] == "rayon", "code"])
    oblasts = set(parents.loc[parents["tier"] == "oblast", "code"])
    known = set(units["rayon"]) == rayons and set(units["oblast"]) == oblasts
    yield Finding("parents known", f"{len(oblasts)} oblasts, {len(rayons)} second tier", known)


def _check_shapes(units: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Check that polygons tile the country without gap or overlap."""
    flat = units.to_crs(EQUAL_AREA)
    kinds = units.geom_type.value_counts().to_dict()
    yield Finding("one polygon each", kinds, set(kinds) == {"Polygon"})
    yield Finding("polygons valid", int(units.is_valid.sum()), bool(units.is_valid.all()))
    for name, shapes in (("WGS 84", units.geometry), ("equal-area", flat.geometry)):
        valid = bool(shapely.coverage_is_valid(shapes.to_numpy()))
        yield Finding(f"coverage valid, {name}", valid, valid)
    whole = shapely.get_parts(shapely.coverage_union_all(units.geometry.to_numpy()))
    holes = sum(len(part.interiors) for part in whole)
    found = (len(whole), holes)
    yield Finding("parts and holes of the country", found, found == (1, 0))
    seats = gpd.GeoSeries(gpd.points_from_xy(units.seat_lon, units.seat_lat), crs=units.crs)
    inside = int(units.contains(seats).sum())
    yield Finding("seats inside their units", inside, inside == len(units))


def _check_areas(units: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Check areas, and show how far the outlines are from the statistics."""
    area = units.to_crs(EQUAL_AREA).area / KM2
    same = bool(np.allclose(area, units["area_km2"], atol=0.01))
    yield Finding("area in all, as in area_km2", round(area.sum()), same)
    third = area[~units["type"].isin(OWN_KIND)]
    quantiles = third.quantile([0, 0.1, 0.5, 0.9, 1]).round(1).tolist()
    unequal = quantiles[0] < SMALL_KM2 and quantiles[-1] > LARGE_KM2
    yield Finding("third-tier area, km2: min, p10, p50, p90, max", quantiles, unequal)
    facts = read_oblasts()
    ratio = area.groupby(units["oblast"].str[:2]).sum() / facts["area_km2"] - 1
    shares = {facts["name_en"][prefix]: f"{100 * off:+.1f}%" for prefix, off in ratio.items()}
    yield Finding("area beside the real one", shares, bool((ratio.abs() < AREA_TOLERANCE).all()))


def _check_rayons(units: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Check the number, the size and the contiguity of rural rayons."""
    third = units[~units["type"].isin(OWN_KIND)].to_crs(EQUAL_AREA)
    sizes = third.groupby("rayon").size()
    yield Finding("rural rayons", len(sizes), len(sizes) == RAYONS)
    spread = (int(sizes.min()), float(sizes.median()), int(sizes.max()))
    yield Finding("units in a rayon: min, median, max", spread, spread[-1] <= MOST_UNITS_IN_RAYON)
    broken = [
        code
        for code, group in third.groupby("rayon")
        if not nx.is_connected(build_border_graph(group))
    ]
    yield Finding("rayons not contiguous", broken, not broken)


def _check_people(units: gpd.GeoDataFrame, parents: pd.DataFrame) -> Iterator[Finding]:
    """Check residents against the real totals, and their skew."""
    facts = read_oblasts()["population_2021"]
    sums = units.groupby(units["oblast"].str[:2])["population"].sum()
    yield Finding("residents", int(sums.sum()), bool((sums == facts).all()))
    listed = parents.groupby("tier")["population"].sum().to_dict()
    yield Finding("residents by parents", listed, set(listed.values()) == {int(facts.sum())})
    third = units[~units["type"].isin(OWN_KIND)]
    quantiles = third["population"].quantile([0, 0.1, 0.5, 0.9, 1]).astype(int).tolist()
    low, high = MEDIAN_RESIDENTS
    kept = low <= quantiles[2] <= high and quantiles[-1] > LARGE_UNIT
    yield Finding("third-tier residents: min, p10, p50, p90, max", quantiles, kept)
    below = int((third["population"] < SMALL_UNIT).sum())
    yield Finding("third-tier units below 1,000", below, below > LEAST_SMALL_UNITS)
    pupils = int(units["school_age"].sum())
    share = round(pupils / sums.sum(), 3)
    yield Finding(
        "children of school age, share", (pupils, float(share)), PUPILS[0] < share < PUPILS[1]
    )
    origins = units["population_origin"].value_counts().to_dict()
    yield Finding("residents by origin", origins, set(origins) == {"real", "mixed", "synthetic"})


def _check_money(units: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Check cost and revenue against the real totals, and their spread."""
    third = units[~units["type"].isin(OWN_KIND)]
    cost, own = int(third["running_cost"].sum()), int(third["own_revenue"].sum())
    yield Finding("third-tier running cost", cost, cost == THIRD_TIER_COST)
    yield Finding("third-tier own revenue", own, own == THIRD_TIER_OWN)
    share = third["own_revenue"] / third["running_cost"]
    quantiles = share.quantile([0, 0.1, 0.25, 0.5, 0.9, 1]).round(3).tolist()
    yield Finding("own share: min, p10, p25, p50, p90, max", quantiles, quantiles[1] <= POOR_SHARE)
    per_head = (third["running_cost"] / third["population"]).groupby(
        pd.cut(third["population"], [0, 1000, 3000, 10_000, np.inf]), observed=True
    )
    falling = per_head.median().round(1).tolist()
    kept = falling == sorted(falling, reverse=True)
    yield Finding("cost per head below 1,000, 3,000, 10,000, above", falling, kept)
    cities = units[units["type"].isin(OWN_KIND)]
    yield Finding("running cost of cities, beside", int(cities["running_cost"].sum()), kept=True)


def _check_files() -> Iterator[Finding]:
    """Check the size of the folder, and the descriptor."""
    # Caches of Python, ruff and mypy are no part of the dataset.
    own = [path for path in FOLDER.glob("*") if not path.name.startswith(".")]
    files = [*own, *(path for folder in own for path in folder.glob("*.*"))]
    total = sum(path.stat().st_size for path in files)
    yield Finding("bytes of the folder", total, total < MOST_BYTES)
    misfits = find_misfits(FOLDER)
    found = "; ".join(misfits) or "columns in order, types, constraints"
    yield Finding("datapackage.json describes every table", found, not misfits)
