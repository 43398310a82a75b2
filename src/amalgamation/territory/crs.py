"""Where coordinates lie: the CRS of a file, what its numbers can be, and how exact it is."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from amalgamation.territory.ledger import Ledger

__all__ = ["check_accuracy", "check_within", "with_crs"]

_HALF_TURN, _QUARTER_TURN = 180.0, 90.0
_FARTHEST_M = 1e8
"""No projected coordinate on Earth is larger; above 1e15 they have no metres any more."""

_EXACT_M = 2.0
"""Borders are compared to a metre or so: a shift of more than two is told."""


def with_crs(
    frame: gpd.GeoDataFrame,
    name: str,
    crs: str | None,
    ledger: Ledger,
    section: str = "territory",
) -> gpd.GeoDataFrame:
    """Give a frame the CRS of its file, else that of the scenario.

    An error goes to the ledger if there is none, or if the coordinates cannot be what it
    says: degrees beyond the Earth, or metres farther than its far side. Messages name the
    key ``crs`` of the scenario's ``section``.
    """
    key = f"{section}.crs"
    frame = _given(frame, name, crs, key, ledger)
    if frame.crs is None:
        return frame
    if frame.crs.is_geographic and not _fits_degrees(frame):
        ledger.add([_not_degrees(frame, name, key)])
    elif not _fits_earth(frame):
        ledger.add([_too_far(frame, name)])
    return frame


def _given(
    frame: gpd.GeoDataFrame, name: str, crs: str | None, key: str, ledger: Ledger
) -> gpd.GeoDataFrame:
    degrees = frame.crs is not None and frame.crs.is_geographic
    if frame.crs is None and crs is None:
        what = "no coordinate reference system"
        beside = " (no .prj beside it)" if name.lower().endswith(".shp") else ""
        ledger.error("crs-absent", name, what + beside, "one", _remedy(key))
        return frame
    known = None if crs is None else _to_crs(crs, key, ledger)
    if known is None:
        return frame
    if frame.crs is None or (degrees and not _fits_degrees(frame)):
        # GDAL calls every GeoJSON without a "crs" member WGS 84, whatever its numbers are.
        return frame.set_crs(known, allow_override=True)
    if frame.crs != known:
        ledger.warn(
            "crs-twice",
            name,
            f"the CRS {frame.crs.name} in the file and {crs} in the scenario",
            f"the file's CRS is used; delete {key}",
        )
    return frame


def _remedy(key: str) -> str:
    return f"name it as {key}, such as EPSG:4326"


def _to_crs(crs: str, key: str, ledger: Ledger) -> CRS | None:
    try:
        return CRS.from_user_input(crs)
    except CRSError:
        ledger.error("crs-unknown", key, crs, "a CRS known to PROJ", _remedy(key))
        return None


def _fits_degrees(frame: gpd.GeoDataFrame) -> bool:
    west, south, east, north = np.nan_to_num(frame.total_bounds)
    return bool(
        max(abs(west), abs(east)) <= _HALF_TURN and max(abs(south), abs(north)) <= _QUARTER_TURN
    )


def _fits_earth(frame: gpd.GeoDataFrame) -> bool:
    return bool(np.abs(np.nan_to_num(frame.total_bounds)).max() <= _FARTHEST_M)


def _bounds(frame: gpd.GeoDataFrame) -> str:
    bounds = ", ".join(f"{value:.6g}" for value in frame.total_bounds)
    return f"coordinates from {bounds} (west, south, east, north) in {frame.crs.name}"


def _not_degrees(frame: gpd.GeoDataFrame, name: str, key: str) -> Finding:
    return Finding(
        "not-degrees",
        name,
        _bounds(frame),
        "longitudes within 180 and latitudes within 90 degrees",
        f"name the true CRS as {key}, such as EPSG:32642",
    )


def _too_far(frame: gpd.GeoDataFrame, name: str) -> Finding:
    return Finding(
        "crs-too-far",
        name,
        _bounds(frame),
        f"coordinates of at most {_FARTHEST_M:,.0f} m: so far off, a metre is lost to rounding",
        "export the file again in a CRS of this country",
    )


def check_accuracy(crs: CRS, bounds: Sequence[float]) -> list[Finding]:
    """Check how exactly coordinates of a CRS are known on the globe.

    Parameters
    ----------
    crs
        Of the file.
    bounds
        West, south, east, north of the units in degrees, WGS 84.
    """
    around = AreaOfInterest(*bounds)
    try:
        with warnings.catch_warnings():
            # The best way needs a grid that is not installed: the metres below say what is left.
            warnings.simplefilter("ignore", UserWarning)
            ways = TransformerGroup(crs, "EPSG:4326", area_of_interest=around)
    except (ProjError, CRSError):
        return []
    metres = ways.transformers[0].accuracy if ways.transformers else -1.0
    if 0 <= metres <= _EXACT_M or (metres < 0 and not crs.datum):
        return []
    shift = f"to {metres:.1f} m" if metres >= 0 else "to nobody knows how many metres"
    return [
        Finding(
            "crs-accuracy",
            f"CRS {crs.name}",
            f"coordinates that can be set on the globe only {shift}",
            "",
            "borders keep their shape; do not mix these polygons with others of another CRS",
            Severity.WARNING,
        )
    ]


def check_within(
    points: Sequence[tuple[float, float]],
    ids: Sequence[str],
    within: Sequence[float],
    labels: Mapping[str, str],
) -> list[Finding]:
    """Check that units lie between the edges that the scenario states.

    Parameters
    ----------
    points
        Longitude and latitude of a point of each unit, in the order of ``ids``.
    within
        West, south, east, north in degrees.
    """
    west, south, east, north = within
    lon, lat = np.asarray(points, dtype=float).T
    outside = ~((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    if not outside.any():
        return []
    turned = (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)
    units = [unit for unit, out in zip(ids, outside, strict=True) if out]
    swapped = bool(turned[outside].all())
    return [
        Finding(
            "outside",
            "territory.within",
            f"{count_of(len(units), 'unit')} outside: {name_some([labels[one] for one in units])}",
            f"longitudes from {west:g} to {east:g} and latitudes from {south:g} to {north:g}",
            "longitude and latitude are swapped: export the file with longitude first"
            if swapped
            else "correct the data or territory.crs, or widen territory.within",
            subjects=tuple(units),
        )
    ]
