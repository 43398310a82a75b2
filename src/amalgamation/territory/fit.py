"""Bring polygons into metres, and see to it that they fit each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
from pyproj import Transformer

from amalgamation.findings import errors_in
from amalgamation.territory.check import check_geometry
from amalgamation.territory.flaws import tell_flaws
from amalgamation.territory.mend import mend_polygons
from amalgamation.territory.noding import add_shared_vertices
from amalgamation.territory.project import choose_crs
from amalgamation.territory.repair import repair_coverage
from amalgamation.territory.topology import find_flaws

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.scenario.schema import Repair
    from amalgamation.territory.ledger import Ledger

__all__ = ["fit_polygons", "project_polygons", "to_metres"]

_HALF_EARTH = 180.0


def to_metres(geometry: gpd.GeoSeries, ledger: Ledger) -> gpd.GeoSeries:
    """Project polygons to an equal-area CRS that suits their extent (`choose_crs`).

    Parameters
    ----------
    geometry
        Valid polygons in any CRS, indexed by code.
    ledger
        Takes the complaint about a territory that cannot be projected.

    Raises
    ------
    DataError
        If the polygons cross the 180th meridian.
    """
    degrees = Transformer.from_crs(geometry.crs, "EPSG:4326", always_xy=True)
    west, south, east, north = degrees.transform_bounds(*geometry.total_bounds)
    if east - west > _HALF_EARTH or east < west:
        ledger.error(
            "antimeridian",
            str(geometry.index[0]),
            f"units from longitude {west:.1f} to {east:.1f}",
            "a territory that does not cross the 180th meridian",
            "shift the longitudes west of it by 360 degrees, or take a part",
        )
        ledger.refuse()
    crs = choose_crs(west, south, east, north)
    return gpd.GeoSeries(add_shared_vertices(geometry), crs=geometry.crs).to_crs(crs)


def project_polygons(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], repair: Repair | None, ledger: Ledger
) -> gpd.GeoSeries:
    """Project polygons as `to_metres` does, and see to it that they are valid then, too.

    Parameters
    ----------
    geometry
        Valid polygons in any CRS, indexed by code.
    labels
        Code -> how messages name it.
    repair
        Whether to mend what is invalid once projected.
    ledger
        Takes what is wrong.

    Raises
    ------
    DataError
        If the polygons cross the 180th meridian, or one is invalid and not to be mended.
    """
    shapes = mend_polygons(to_metres(geometry, ledger), labels, repair, ledger)
    named = [labels[str(unit)] for unit in shapes.index]
    ledger.add(check_geometry(shapes, named, " after projection to an equal-area CRS"))
    ledger.refuse()
    return shapes


def fit_polygons(
    shapes: gpd.GeoSeries, labels: Mapping[str, str], repair: Repair | None, ledger: Ledger
) -> gpd.GeoSeries:
    """Repair what the scenario asks for, and tell what does not fit after that.

    Raises
    ------
    DataError
        If units overlap, or more area than allowed would have to move.
    """
    if repair is not None and repair.overlaps is None:  # snapping must not settle them unasked
        ledger.add(errors_in(tell_flaws(find_flaws(shapes, labels))))
        ledger.refuse()
    fitted = repair_coverage(shapes, labels, repair, ledger)
    named = [labels[str(unit)] for unit in fitted.index]
    ledger.add(check_geometry(fitted, named, " after the repair"))
    ledger.refuse()
    ledger.add(tell_flaws(find_flaws(fitted, labels)))
    ledger.refuse()
    return fitted
