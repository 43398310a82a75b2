"""Bring polygons into metres, and see to it that they fit each other."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
from pyproj import Transformer

from amalgamation.findings import Severity, errors_in
from amalgamation.territory.check import check_geometry
from amalgamation.territory.crs import check_accuracy, check_within
from amalgamation.territory.flaws import tell_flaws
from amalgamation.territory.mend import mend_polygons
from amalgamation.territory.noding import add_shared_vertices
from amalgamation.territory.project import choose_crs
from amalgamation.territory.repair import repair_coverage
from amalgamation.territory.topology import find_flaws

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.findings import Finding
    from amalgamation.scenario.schema import Repair, TerritorySection
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
        Takes how exactly the CRS is known, and why the polygons cannot be projected.

    Raises
    ------
    DataError
        If the polygons lie nowhere on Earth, or cross the 180th meridian.
    """
    degrees = Transformer.from_crs(geometry.crs, "EPSG:4326", always_xy=True)
    bounds = degrees.transform_bounds(*geometry.total_bounds)
    _refuse_far(str(geometry.index[0]), bounds, ledger)
    ledger.add(check_accuracy(geometry.crs, bounds))
    placed = gpd.GeoSeries(add_shared_vertices(geometry), crs=geometry.crs)
    return placed.to_crs(choose_crs(*bounds))


def _refuse_far(first: str, bounds: tuple[float, float, float, float], ledger: Ledger) -> None:
    west, _, east, _ = bounds
    if not all(map(math.isfinite, bounds)):
        ledger.error(
            "crs-too-far",
            "geometry",
            "coordinates that lie nowhere on Earth",
            "coordinates within the area of their CRS",
            "name the true CRS as territory.crs, or export the file again",
        )
    elif east - west > _HALF_EARTH or east < west:
        ledger.error(
            "antimeridian",
            first,
            f"units from longitude {west:.1f} to {east:.1f}",
            "a territory that does not cross the 180th meridian",
            "shift the longitudes west of it by 360 degrees, or take a part",
        )
    if ledger.has("crs-too-far", "antimeridian"):
        ledger.refuse()


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
        If they cannot be projected, or one is invalid and not to be mended.
    """
    shapes = mend_polygons(to_metres(geometry, ledger), labels, repair, ledger)
    named = [labels[str(unit)] for unit in shapes.index]
    ledger.add(check_geometry(shapes, named, " after projection to an equal-area CRS"))
    ledger.refuse()
    return shapes


def fit_polygons(
    geometry: gpd.GeoSeries, labels: Mapping[str, str], section: TerritorySection, ledger: Ledger
) -> gpd.GeoSeries:
    """Project the units' polygons, and see to it that they fit each other.

    Parameters
    ----------
    geometry
        Valid polygons in any CRS, indexed by unit id.
    labels
        Unit id -> how messages name it.
    section
        Says what to repair, how much units may overlap, and where they lie.
    ledger
        Takes what does not fit after the repair, and an error where units overlap.

    Raises
    ------
    DataError
        If the polygons cannot be projected or repaired.
    """
    shapes = project_polygons(geometry, labels, section.repair, ledger)
    if section.within is not None:
        points = shapes.representative_point().to_crs("EPSG:4326")
        places = list(zip(points.x, points.y, strict=True))
        ledger.add(check_within(places, list(shapes.index), section.within, labels))
    return _fit(shapes, labels, section, ledger)


def _fit(
    shapes: gpd.GeoSeries, labels: Mapping[str, str], section: TerritorySection, ledger: Ledger
) -> gpd.GeoSeries:
    repair = section.repair
    if repair is None or repair.overlaps is None:
        told = _tell(shapes, labels, section)
        # Snapping would settle overlaps, too: not unasked.
        if repair is None or repair.snap_m is None or errors_in(told):
            ledger.add(told)
            return shapes
    fitted = repair_coverage(shapes, labels, repair, ledger)
    named = [labels[str(unit)] for unit in fitted.index]
    ledger.add(check_geometry(fitted, named, " after the repair"))
    ledger.refuse()
    ledger.add(_tell(fitted, labels, section))
    return fitted


def _tell(
    shapes: gpd.GeoSeries, labels: Mapping[str, str], section: TerritorySection
) -> list[Finding]:
    flaws = find_flaws(shapes, labels, section.max_overlap_percent)
    # Doubles were told when the file was read, also where nothing can be drawn; units that
    # are split are told with what becomes of them.
    known = {"geometry-twice", *(["multipart"] if section.multipart == "split" else [])}
    told = tell_flaws(flaw for flaw in flaws if flaw.check not in known)
    return [_by_policy(one, section) if one.check == "multipart" else one for one in told]


def _by_policy(multipart: Finding, section: TerritorySection) -> Finding:
    """Refuse units in several parts where the scenario does not want any."""
    if section.multipart != "error":
        return multipart
    return replace(
        multipart,
        expected="units of one part (territory.multipart: error)",
        remedy="correct the polygons, or choose territory.multipart: allow or split",
        severity=Severity.ERROR,
    )
