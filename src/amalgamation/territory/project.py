"""Choose an equal-area CRS that suits the extent, and project to it.

Areas are summed and distances measured, so the CRS must keep areas exactly and distances
nearly. Sources: Snyder (1987), *Map Projections - A Working Manual*, USGS Professional
Paper 1395: Lambert's azimuthal projection for round areas (p. 182), Albers' conic for
areas stretched from west to east in middle latitudes (p. 98), with standard parallels a
sixth of the extent inside its northern and southern edges (p. 99).
"""

from __future__ import annotations

import math

__all__ = ["choose_crs"]

_STRETCHED = 1.5
"""Width over height from which the conic projection keeps distances better."""

_MIDDLE_LATITUDES = (15.0, 70.0)


def choose_crs(west: float, south: float, east: float, north: float) -> str:
    """Return a PROJ string of an equal-area CRS for an extent.

    Parameters
    ----------
    west, south, east, north
        Degrees, WGS 84.

    Returns
    -------
    str
        Parameters rounded to 0.1 degree, so that small changes of the data do not change
        the CRS.

    Examples
    --------
    >>> choose_crs(46.5, 40.6, 87.3, 55.4)
    '+proj=aea +lat_1=43.1 +lat_2=52.9 +lat_0=48.0 +lon_0=66.9 +datum=WGS84 +units=m +no_defs'
    >>> choose_crs(2.98, 44.11, 4.0, 44.97)
    '+proj=laea +lat_0=44.5 +lon_0=3.5 +datum=WGS84 +units=m +no_defs'
    """
    middle, height = (south + north) / 2, north - south
    width = (east - west) * math.cos(math.radians(middle))
    centre = f"+lat_0={middle:.1f} +lon_0={(west + east) / 2:.1f} +datum=WGS84 +units=m +no_defs"
    low, high = _MIDDLE_LATITUDES
    if width > _STRETCHED * height and low < abs(middle) < high:
        one, other = south + height / 6, north - height / 6
        return f"+proj=aea +lat_1={one:.1f} +lat_2={other:.1f} {centre}"
    return f"+proj=laea {centre}"
