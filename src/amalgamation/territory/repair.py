"""Repair a coverage where the scenario asks for it, with a ledger of the area moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from amalgamation.territory.moved import tell_moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from amalgamation.scenario.schema import Repair
    from amalgamation.territory.ledger import Ledger

__all__ = ["repair_coverage"]

_STRATEGY = {
    "longest_border": "longest_border",
    "largest": "max_area",
    "smallest": "min_area",
    "first": "min_index",
}


def repair_coverage(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], repair: Repair | None, ledger: Ledger
) -> gpd.GeoSeries:
    """Snap borders, close narrow gaps and divide overlaps, if ``repair`` asks for it.

    By the coverage cleaner of GEOS (`shapely.coverage_clean`). What moved in a unit is the
    area that only the polygon before or only the one after covers.

    Parameters
    ----------
    geometry
        Valid polygons in a projected CRS in metres, indexed by unit id.
    labels
        Unit id -> how messages name it.
    repair
        The scenario's; None repairs nothing.
    ledger
        Takes what moved, and an error for each unit of which too much did.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> from amalgamation.scenario.schema import Repair
    >>> from amalgamation.territory.ledger import Ledger
    >>> units = gpd.GeoSeries([box(0, 0, 1000, 1000), box(990, 0, 2000, 1000)], index=["a", "b"])
    >>> repair = Repair(overlaps="first", max_moved_percent=2)
    >>> repair_coverage(units, {"a": "a", "b": "b"}, repair, Ledger()).area.to_dict()
    {'a': 1000000.0, 'b': 1000000.0}
    """
    if repair is None or (repair.snap_m is None and repair.overlaps is None):
        return geometry
    before = geometry.to_numpy()
    after = shapely.coverage_clean(
        before,
        gap_width=repair.snap_m or 0.0,
        snapping_distance=-1.0 if repair.snap_m is None else repair.snap_m,
        merge_strategy=_STRATEGY[repair.overlaps or "longest_border"],
    )
    moved = pd.Series(
        shapely.area(shapely.symmetric_difference(before, after)), index=geometry.index
    )
    where = "territory.repair"
    tell_moved(moved, geometry.area, labels, repair.max_moved_percent, where, ledger)
    return type(geometry)(after, index=geometry.index, crs=geometry.crs)
