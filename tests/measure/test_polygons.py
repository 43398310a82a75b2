"""Units become municipalities without loss."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from amalgamation.measure import build_municipality_polygons, dissolve
from amalgamation.plan import Plan
from amalgamation.territory import grid_territory


def test_area_is_kept_and_inner_borders_are_gone():
    territory = grid_territory(4, 6)
    plan = Plan.from_seats({unit: unit[:4] + "00" for unit in territory.ids})
    merged = build_municipality_polygons(territory.geometry, plan)
    assert merged.index.to_list() == ["r00c00", "r01c00", "r02c00", "r03c00"]
    assert merged.area.sum() == pytest.approx(territory.geometry.area.sum())
    assert (merged.geom_type == "Polygon").all()
    assert shapely.coverage_is_valid(merged.to_numpy())


def test_overlapping_units_are_not_counted_twice():
    """The quick way through shared borders would give an area of 2.5 or an invalid shape."""
    boxes = gpd.GeoSeries({"a": shapely.box(0, 0, 1, 1), "b": shapely.box(0.5, 0, 2, 1)})
    merged = dissolve(boxes, {"m": ["a", "b"]})
    assert merged["m"].is_valid
    assert merged["m"].area == pytest.approx(2.0)
