"""Small geometry shared by the steps; all in the equal-area CRS unless said otherwise."""

import geopandas as gpd
import numpy as np
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from .settings import EQUAL_AREA, WGS84

KM2 = 1e6  # square metres


def largest_part(shape: BaseGeometry) -> Polygon:
    """Take the largest polygon of a shape."""
    parts = shapely.get_parts(shape)
    return parts[int(np.argmax(shapely.area(parts)))]


def build_points(lon: object, lat: object) -> gpd.GeoSeries:
    """Build points in the equal-area CRS from degrees, on the index of `lon`."""
    index = getattr(lon, "index", None)
    return gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=index, crs=WGS84).to_crs(EQUAL_AREA)


def build_blob(centre: Point, area_km2: float, rng: np.random.Generator) -> Polygon:
    """Build a roundish polygon with a wavering edge, as the bounds of a town have it."""
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    waves = [
        rng.normal(0, 0.10 / k) * np.cos(k * angle + rng.uniform(0, 2 * np.pi)) for k in range(2, 6)
    ]
    radius = 1 + np.sum(waves, axis=0)
    ring = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    scale = np.sqrt(area_km2 * KM2 / Polygon(ring).area)
    return Polygon(ring * scale + [centre.x, centre.y])


def grow(core: Polygon, *, within: Polygon, area_km2: float) -> Polygon:
    """Widen a core evenly, inside another polygon, until it has the area wanted."""
    low, high = 0.0, 50_000.0
    for _ in range(40):
        middle = (low + high) / 2
        small = shapely.intersection(core.buffer(middle), within).area < area_km2 * KM2
        low, high = (middle, high) if small else (low, middle)
    grown = largest_part(shapely.intersection(core.buffer(high), within))
    # A buffer has far more vertices than the outline that it came from.
    return grown.simplify(150)
