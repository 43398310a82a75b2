"""The polygons of the units, one by one: mended where that is asked for, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from amalgamation.findings import name_some
from amalgamation.territory.check import check_geometry
from amalgamation.territory.columns import find_name_column
from amalgamation.territory.flaws import FLAWS
from amalgamation.territory.mend import mend_polygons
from amalgamation.territory.unit_file import distinct

if TYPE_CHECKING:
    from amalgamation.scenario.schema import TerritorySection
    from amalgamation.territory.ledger import Ledger

__all__ = ["label_rows", "see_to_polygons"]


def see_to_polygons(frame: pd.DataFrame, section: TerritorySection, ledger: Ledger) -> pd.DataFrame:
    """Mend single polygons where the scenario asks for it, and check each of them.

    Parameters
    ----------
    frame
        Indexed by unit id; ids may be missing or double.
    section
        Says what may be mended, and which column names the units.
    ledger
        Takes what is wrong, and a note where there are no polygons.
    """
    if not isinstance(frame, gpd.GeoDataFrame):
        ledger.note("no-maps", "territory", "a table of units without geometry: maps are left out")
        return frame
    labels = label_rows(frame, section)
    if not ledger.has("crs-", "not-degrees"):
        named = dict(zip(distinct(frame.index), labels, strict=True))
        shapes = frame.geometry.set_axis(list(named), axis="index")
        frame = frame.set_geometry(mend_polygons(shapes, named, section.repair, ledger).array)
    ledger.add(check_geometry(frame.geometry, labels))
    _check_same_shape(frame, ledger)
    return frame


def label_rows(frame: pd.DataFrame, section: TerritorySection) -> list[str]:
    """Return how messages name each row: by id and name, or what there is of them."""
    column = find_name_column(list(frame.columns), section)
    names = [""] * len(frame) if column is None else frame[column].fillna("").astype("str")
    return [
        f"{unit or 'no id'} ({name})" if name and name != unit else unit or "no id"
        for unit, name in zip(map(str, frame.index), names, strict=True)
    ]


def _check_same_shape(frame: gpd.GeoDataFrame, ledger: Ledger) -> None:
    shapes = frame.geometry.to_numpy()
    drawn = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    bytes_of = pd.Series(shapely.to_wkb(shapely.normalize(shapes[drawn])), frame.index[drawn])
    same = bytes_of[bytes_of.duplicated(keep=False)]
    if len(same):
        units = sorted(str(unit) for unit in same.index)
        found, expected, remedy, _ = FLAWS["geometry-twice"]
        shown = f"{found} ({len(units):,}): {name_some(units)}"
        ledger.error("geometry-twice", "geometry", shown, expected, remedy, *units)
