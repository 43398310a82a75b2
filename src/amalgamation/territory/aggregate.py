"""Make the parents of a tier the units, such as rayons out of rural okrugs and towns.

In: a territory. Out: a territory whose units are the parents, with everything summed,
dissolved or chosen by a stated rule, and a note of what was joined.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.categories import is_language
from amalgamation.territory.centres import find_centres
from amalgamation.territory.dissolve import dissolve
from amalgamation.territory.kinds import URBAN_TYPES
from amalgamation.territory.words import count_of, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.territory.territory import Territory

__all__ = ["aggregate_units", "check_aggregate"]

_PLACE = ("seat_x", "seat_y")
_MIXED = "mixed"


def check_aggregate(tier: str | None, tiers: Sequence[str]) -> list[Finding]:
    """Check that the tier to aggregate is one of the territory's."""
    if tier is None or tier in tiers:
        return []
    return [
        Finding(
            "unknown-tier",
            "territory.aggregate",
            f"no tier {tier}",
            "a tier of territory.parents",
            nearest(tier, list(tiers)),
            subjects=(tier,),
        )
    ]


def aggregate_units(
    territory: Territory, tier: str, names: Mapping[str, Mapping[str, str]] | None = None
) -> Territory:
    """Build the territory whose units are the parents of a tier.

    A parent's code is the id of the new unit. Polygons are dissolved (a valid coverage
    stays one) and attributes are summed. A category takes the value in which most
    residents live (then the greater area, the more units, the first in the alphabet). The
    seat lies where that of the most populous unit lies (`find_centres`).
    A parent that is a single unit of an urban type keeps that type; any other is of the type
    that is named as the tier. Of the other tiers, those stay whose borders cut no new unit.

    Parameters
    ----------
    territory
        The units to join.
    tier
        One of the territory's tiers.
    names
        Column of names, such as ``name_kk`` -> parent's code -> name. Without it, a name in
        another language is that of the unit after which the parent is named, if it is
        named after one.

    Returns
    -------
    Territory
        Its findings say what was joined, and which columns it has no longer.

    Raises
    ------
    KeyError
        If the territory has no such tier.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> grid = grid_territory(6, 6)
    >>> aggregate_units(grid, "rayon")
    <Territory grid 6 x 6 (synthetic): 4 units in 1 oblast, 131,902 residents>
    """
    if tier not in territory.tiers:
        raise KeyError(tier)
    tiers = _tiers_above(territory, tier)
    units = _join_columns(territory, tier, tiers, names or {})
    if territory.has_geometry:
        groups = territory.units.groupby(tier).groups
        shapes = dissolve(territory.geometry, {code: list(groups[code]) for code in units.index})
        units = gpd.GeoDataFrame(units, geometry=shapes.to_numpy(), crs=territory.units.crs)
    known = territory.parent_names
    return replace(
        territory,
        units=units,
        tiers=tiers,
        parent_names={one: known[one] for one in tiers if one in known},
        types=_types(territory, tier),
        findings=(*territory.findings, *_tell(territory, units, tier)),
        aggregated=tier,
    )


def _tiers_above(territory: Territory, tier: str) -> tuple[str, ...]:
    others = [one for one in territory.tiers if one != tier]
    parents = territory.units.groupby(tier)[others].nunique()
    return tuple(one for one in others if (parents[one] == 1).all())


def _join_columns(
    territory: Territory,
    tier: str,
    tiers: Sequence[str],
    names: Mapping[str, Mapping[str, str]],
) -> pd.DataFrame:
    chosen = find_centres(territory, tier)
    centres = pd.DataFrame(territory.units).loc[chosen.to_list()].set_axis(chosen.index)
    table = pd.DataFrame({"name": _names(territory, tier, centres)})
    if "type" in centres:
        table["type"] = _kinds(territory, tier, centres)
    table[list(tiers)] = centres[list(tiers)]
    parents = territory.units[tier]
    for attribute in territory.attributes:
        table[attribute] = territory.values(attribute).groupby(parents).sum()
    for column, values in _names_elsewhere(territory, tier, centres, table["name"], names).items():
        table[column] = values
    for category in territory.categories:
        if category != "type":
            table[category] = _foremost(territory, tier, category)
    for column in _origins(territory):
        origin = territory.units[column].groupby(parents)
        table[column] = origin.min().where(origin.min() == origin.max(), _MIXED)
    if set(_PLACE) <= set(centres.columns):
        table[list(_PLACE)] = centres[list(_PLACE)]
    return table.rename_axis("unit_id")


def _sizes(territory: Territory) -> list[str]:
    return [size for size in ("population", "area_km2") if size in territory.attributes]


def _names(territory: Territory, tier: str, centres: pd.DataFrame) -> pd.Series[str]:
    known = pd.Series(territory.parent_names.get(tier, {}), dtype="str")
    return known.reindex(centres.index).fillna(centres["name"])


def _kinds(territory: Territory, tier: str, centres: pd.DataFrame) -> pd.Series[str]:
    alone = territory.units[tier].value_counts().reindex(centres.index) == 1
    return centres["type"].where(alone & centres["type"].isin(URBAN_TYPES), tier)


def _names_elsewhere(
    territory: Territory,
    tier: str,
    centres: pd.DataFrame,
    own: pd.Series[str],
    names: Mapping[str, Mapping[str, str]],
) -> dict[str, pd.Series[str]]:
    after_centre = ~centres.index.isin(list(territory.parent_names.get(tier, {})))
    found = {}
    for column in filter(is_language, map(str, centres.columns)):
        if territory.units[column].equals(territory.units["name"]):
            found[column] = own
            continue
        known = pd.Series(names.get(column, {}), dtype="str").reindex(centres.index)
        found[column] = known.fillna(centres[column].where(after_centre, "")).fillna("")
    return {column: values for column, values in found.items() if (values != "").any()}


def _foremost(territory: Territory, tier: str, category: str) -> pd.Series[str]:
    """Return the value of a category in which most residents of each parent live."""
    sizes = _sizes(territory)
    rows = pd.DataFrame(territory.units)[sizes].assign(
        parent=territory.units[tier], value=territory.category(category), units=1
    )
    sums = rows.groupby(["parent", "value"], as_index=False).sum()
    down = [*sizes, "units"]
    ordered = sums.sort_values([*down, "value"], ascending=[False] * len(down) + [True])
    return ordered.drop_duplicates("parent").set_index("parent")["value"]


def _origins(territory: Territory) -> list[str]:
    columns = [f"{attribute}_origin" for attribute in territory.attributes]
    return [column for column in columns if column in territory.units.columns]


def _types(territory: Territory, tier: str) -> tuple[str, ...]:
    if not territory.types:
        return ()
    return tuple(sorted({tier, *(one for one in territory.types if one in URBAN_TYPES)}))


def _tell(territory: Territory, units: pd.DataFrame, tier: str) -> list[Finding]:
    joined = f"{count_of(len(territory.ids), 'unit')} joined into {len(units):,} of the tier {tier}"
    dropped = [one for one in territory.tiers if one not in units.columns and one != tier]
    lost = [one for one in territory.units.columns if one not in {*units.columns, *territory.tiers}]
    told = [joined]
    if dropped:
        told.append(f"no longer a tier, as its borders cut the new units: {name_some(dropped)}")
    if lost:
        told.append(f"columns that have no value for the new units: {name_some(lost)}")
    where = "territory.aggregate"
    return [Finding("aggregated", where, found, "", "", Severity.NOTE, (tier,)) for found in told]
