"""Units in several parts, made units of their own where the scenario asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from amalgamation.findings import name_some
from amalgamation.territory.places import project_seats
from amalgamation.territory.territory import Territory
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from amalgamation.territory.ledger import Ledger

__all__ = ["PartedUnits", "split_parts"]


@dataclass(frozen=True, eq=False)
class PartedUnits:
    """Hold units of one part each.

    Parameters
    ----------
    table
        Indexed by unit id (sorted).
    seats
        Coordinates of their seats, on the same index; None without any.
    labels
        Unit id -> how messages name it.
    """

    table: gpd.GeoDataFrame
    seats: pd.DataFrame | None
    labels: Mapping[str, str]


def split_parts(units: PartedUnits, attributes: Sequence[str], ledger: Ledger) -> PartedUnits:
    """Make a unit of each part of each unit.

    The largest part keeps the code; the others get ``/2``, ``/3`` and so on after it, by
    area. Numbers are shared by area; of whole numbers each smaller part gets what is left
    of its share without the fraction, and the largest the rest, so that every sum stays.
    The seat stays in the part that is nearest to it, the others have none given.

    Parameters
    ----------
    units
        With polygons in metres.
    attributes
        Columns of numbers.
    ledger
        Takes a warning that lists the units.
    """
    table = units.table
    parts, unit = shapely.get_parts(table.geometry.to_numpy(), return_index=True)
    area = shapely.area(parts)
    order = np.lexsort((-area, unit))
    parts, unit, area = parts[order], unit[order], area[order]
    number = np.arange(len(unit)) - np.searchsorted(unit, unit)
    if number.max(initial=0) == 0:
        return units
    split = table.iloc[unit].set_geometry(parts, crs=table.crs)
    split["name"] = _numbered(split["name"], number, " (part {})")
    split.index = pd.Index(_numbered(split.index, number, "/{}"), name=table.index.name)
    share = area / np.bincount(unit, weights=area)[unit]
    for attribute in attributes:
        values = table[attribute].to_numpy(np.float64)
        whole = (values % 1 == 0) & (attribute != "area_km2")
        split[attribute] = _shared(values, whole, unit, number, share)
    _tell(units, unit, ledger)
    seats = _seats(units, parts, unit, split)
    ordered = split.sort_index()
    labels = Territory("", ordered, (), {}).labels
    return PartedUnits(ordered, None if seats is None else seats.reindex(ordered.index), labels)


def _numbered(words: Iterable[object], number: NDArray[np.intp], ending: str) -> list[str]:
    return [
        f"{word}{ending.format(at + 1) if at else ''}"
        for word, at in zip(words, number.tolist(), strict=True)
    ]


def _shared(
    values: NDArray[np.float64],
    whole: NDArray[np.bool_],
    unit: NDArray[np.intp],
    number: NDArray[np.intp],
    share: NDArray[np.float64],
) -> NDArray[np.float64]:
    parted = values[unit] * share
    floored = whole[unit] & (number > 0)
    parted[floored] = np.floor(parted[floored])
    small = np.bincount(unit, weights=np.where(number > 0, parted, 0.0), minlength=len(values))
    parted[number == 0] = values - small
    return parted


def _seats(
    units: PartedUnits, parts: NDArray[np.object_], unit: NDArray[np.intp], split: gpd.GeoDataFrame
) -> pd.DataFrame | None:
    if units.seats is None:
        return None
    places = project_seats(units.seats, units.table.crs)[unit]
    away, known = np.zeros(len(unit)), np.isfinite(places).all(axis=1)
    away[known] = shapely.distance(shapely.points(places[known]), parts[known])
    nearest = pd.Series(away).groupby(unit).idxmin().to_numpy()
    seats = units.seats.iloc[unit].set_axis(split.index, axis="index")
    seats[~np.isin(np.arange(len(unit)), nearest)] = np.nan
    return seats


def _tell(units: PartedUnits, unit: NDArray[np.intp], ledger: Ledger) -> None:
    counts = np.bincount(unit)
    several = [
        (str(code), int(count))
        for code, count in zip(units.table.index, counts, strict=True)
        if count > 1
    ]
    named = [f"{units.labels[code]} ({count_of(count, 'part')})" for code, count in several]
    ledger.warn(
        "split",
        "territory.multipart",
        f"{count_of(len(several), 'unit')} made units by part, numbers shared by area: "
        f"{name_some(named)}",
        "rules, ties, matrices and wishes name the smaller parts by code/2, code/3",
        *(code for code, _ in several),
    )
