"""Polygons of municipalities: units dissolved, for whoever measures, writes or draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.territory import dissolve, polygonal

if TYPE_CHECKING:
    import geopandas as gpd

    from amalgamation.plan import Plan

__all__ = ["build_municipality_polygons", "dissolve", "polygonal"]


def build_municipality_polygons(polygons: gpd.GeoSeries, plan: Plan) -> gpd.GeoSeries:
    """Dissolve units into their municipalities.

    Parameters
    ----------
    polygons
        Polygons of the units, indexed by unit id, in any CRS.
    plan
        A plan of these units.

    Returns
    -------
    geopandas.GeoSeries
        Indexed by municipality id, in the CRS of ``polygons``.

    See Also
    --------
    dissolve : how it is done.

    Examples
    --------
    >>> from amalgamation.plan import Plan
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> plan = Plan.from_seats({unit: "r00c00" for unit in territory.ids})
    >>> build_municipality_polygons(territory.geometry, plan).area.to_list()
    [200000000.0]
    """
    return dissolve(polygons, plan.municipalities).rename_axis("municipality_id")
