"""Mend single polygons that cross themselves, where the scenario asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from amalgamation.territory.dissolve import polygonal
from amalgamation.territory.moved import tell_moved
from amalgamation.territory.project import choose_crs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from amalgamation.scenario.schema import Repair
    from amalgamation.territory.ledger import Ledger

__all__ = ["mend_polygons"]


def mend_polygons(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], repair: Repair | None, ledger: Ledger
) -> gpd.GeoSeries:
    """Make invalid polygons valid, if ``repair.make_valid`` asks for it.

    Parameters
    ----------
    geometry
        Indexed by code, in any CRS. What is missing or no polygon stays as it is.
    labels
        Code -> how messages name it.
    repair
        The scenario's; None mends nothing.
    ledger
        Takes what was mended and how much area moved: the difference of the areas
        before and after, in km2.
    """
    shapes = geometry.to_numpy(copy=True)
    bad = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    bad &= np.isin(shapely.get_type_id(shapes), (3, 6)) & np.isfinite(shapely.area(shapes))
    if repair is None or not repair.make_valid or not bad.any():
        return geometry
    mended = shapely.make_valid(shapes[bad], method="structure", keep_collapsed=False)
    to_metres = _projection(shapes[bad], geometry.crs)
    if to_metres is None:  # nowhere on Earth: that is told where all are projected
        return geometry
    before = _square_metres(shapes[bad], to_metres)
    shapes[bad] = [polygonal(shape) for shape in mended]
    after = _square_metres(shapes[bad], to_metres)
    codes = [str(code) for code in geometry.index[bad]]
    ledger.note(
        "mended",
        "territory.repair.make_valid",
        f"polygons that crossed themselves, mended: {', '.join(labels[code] for code in codes)}",
        *sorted(codes),
    )
    index = pd.Index(codes)
    moved = pd.Series(np.abs(after - before), index)
    total = pd.Series(np.maximum(before, after), index)
    tell_moved(moved, total, labels, repair.max_moved_percent, "territory.repair", ledger)
    return type(geometry)(shapes, index=geometry.index, crs=geometry.crs)


def _projection(shapes: np.ndarray, crs: object) -> Transformer | None:
    degrees = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    bounds = degrees.transform_bounds(*shapely.total_bounds(shapes))
    if not np.isfinite(bounds).all():
        return None
    return Transformer.from_crs(crs, choose_crs(*bounds), always_xy=True)


def _square_metres(shapes: np.ndarray, to_metres: Transformer) -> np.ndarray:
    projected = shapely.transform(shapes, to_metres.transform, interleaved=False)
    return np.asarray(shapely.area(projected), dtype=np.float64)
