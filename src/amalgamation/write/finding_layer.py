"""Findings on the map: each stands where the units are that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

if TYPE_CHECKING:
    from amalgamation.write.record import RunRecord

__all__ = ["build_finding_layer"]

_COLUMNS = ("check", "severity", "where", "found", "expected", "remedy", "unit_id", "name")


def build_finding_layer(record: RunRecord, places: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Build the layer ``findings``: a row for each finding and each unit of it.

    Parameters
    ----------
    record
        Gives findings; the code of a municipality stands for its seat.
    places
        Place of each unit, indexed by unit id.

    Returns
    -------
    geopandas.GeoDataFrame
        Numbered from 1; a finding that names no unit has no place.
    """
    names = record.territory.units["name"]
    rows = [
        (one.check, str(one.severity), one.where, one.found, one.expected, one.remedy, unit)
        for one in record.findings
        for unit in _units_of(one.subjects, record)
    ]
    table = pd.DataFrame(rows, columns=list(_COLUMNS[:-1]), dtype="object")
    table["name"] = table["unit_id"].map(names)
    table.index = pd.RangeIndex(1, len(table) + 1, name="finding_id")
    points = places.reindex(table["unit_id"]).to_numpy()
    return gpd.GeoDataFrame(table, geometry=points, crs=places.crs)


def _units_of(subjects: tuple[str, ...], record: RunRecord) -> list[str | None]:
    """Return the units that a finding speaks of; nothing, once, where it names none."""
    known, seats = record.territory.units.index, record.plan.seat_of
    named = [one if one in known else seats.get(one) for one in subjects]
    return [unit for unit in named if unit is not None] or [None]
