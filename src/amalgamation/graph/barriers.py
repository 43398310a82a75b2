"""Barriers: rivers and ranges, as lines, that cut the ties across them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from amalgamation.findings import name_some
from amalgamation.territory.files import locate
from amalgamation.territory.territory import SEAT_COLUMNS
from amalgamation.territory.vector import read_vector

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    from amalgamation.scenario.schema import Barriers, Graph
    from amalgamation.territory import Territory
    from amalgamation.territory.ledger import Ledger

__all__ = ["cut_by_barriers", "find_cut_ties", "read_barriers"]

Pair = tuple[str, str]

_LINES = (1, 5)
"""Kinds of geometry that are lines, as shapely numbers them."""

_FINEST_M = 1e-3


def cut_by_barriers(
    ties: Collection[Pair], territory: Territory, section: Graph, folder: Path, ledger: Ledger
) -> list[Pair]:
    """Read the barriers of a scenario, and return the ties that they cut, sorted.

    Parameters
    ----------
    ties
        Pairs that may be cut: declared links are not among them.
    territory
        The units, with polygons.
    section
        The scenario's graph section.
    folder
        Folder of the scenario file.
    ledger
        Takes a note that lists the ties.

    Raises
    ------
    DataError
        If the file cannot be read, has no lines, or the territory has no polygons.
    """
    barriers = section.barriers
    if barriers is None:
        return []
    lines = read_barriers(barriers, folder, ledger)
    if not territory.has_geometry:
        _refuse(barriers.file, "units without polygons", ledger)
    shapes = lines.to_crs(territory.crs).to_numpy()
    tolerance = section.ties.tolerance_m
    found = find_cut_ties(ties, territory, shapes, barriers, tolerance)
    named = [f"{territory.labels[a]} - {territory.labels[b]}" for a, b in found]
    listed = f": {name_some(named, len(named))}" if named else ""
    ledger.note("barrier", "graph.barriers", f"{len(found):,} ties cut ({barriers.reason}){listed}",
                *sorted({unit for pair in found for unit in pair}))  # fmt: skip
    return found


def read_barriers(barriers: Barriers, folder: Path, ledger: Ledger) -> gpd.GeoSeries:
    """Read lines that nobody crosses, in the CRS of their file.

    Raises
    ------
    DataError
        If the file cannot be read, or holds something else.
    """
    path = locate(barriers.file, folder, "graph.barriers.file")
    frame = read_vector(path, ledger, layer=barriers.layer, crs=barriers.crs)
    ledger.read("barriers", path)
    ledger.refuse()
    kinds = isinstance(frame, gpd.GeoDataFrame) and np.isin(
        shapely.get_type_id(frame.geometry.to_numpy()), _LINES
    )
    if not np.all(kinds):
        _refuse(path.name, "something else than lines", ledger)
    return frame.geometry


def _refuse(where: str, found: str, ledger: Ledger) -> None:
    ledger.error(
        "barriers",
        where,
        found,
        "lines, and units with polygons, whose borders they run along",
        "name another file, or declare graph.cuts",
    )
    ledger.refuse()


def find_cut_ties(
    ties: Collection[Pair],
    territory: Territory,
    lines: NDArray[np.object_],
    barriers: Barriers,
    tolerance_m: float = 1.0,
) -> list[Pair]:
    """Find the ties across lines, sorted.

    A tie is cut where at least ``share_percent`` of the shared border (what of the one
    unit's border lies within the tolerance of the other unit) lies within ``within_m`` of
    a line, or, with ``between_seats``, where the straight way between the seats crosses one.

    Parameters
    ----------
    ties
        Pairs of unit ids.
    territory
        The units, with polygons.
    lines
        In the territory's CRS.
    barriers
        The scenario's.
    tolerance_m
        Gap or overlap across which borders count as shared.

    Examples
    --------
    >>> from amalgamation.scenario.schema import Barriers
    >>> from amalgamation.territory import grid_territory
    >>> grid = grid_territory(1, 3)
    >>> west, south, east, north = grid.geometry.iloc[0].bounds
    >>> river = np.array([shapely.LineString([(east + 50, south), (east + 50, north)])])
    >>> pairs = [("r00c00", "r00c01"), ("r00c01", "r00c02")]
    >>> find_cut_ties(pairs, grid, river, Barriers(file="rivers.gpkg", reason="river"))
    [('r00c00', 'r00c01')]
    """
    near = shapely.union_all(shapely.buffer(lines, barriers.within_m))
    whole = shapely.union_all(lines)
    shapely.prepare(near)
    shapely.prepare(whole)
    shape = territory.geometry
    share = barriers.share_percent / 100
    found = []
    for a, b in sorted(ties):
        along = shapely.intersects(near, shape[a]) and shapely.intersects(near, shape[b])
        if (along and _share(shape[a], shape[b], near, tolerance_m) >= share) or (
            barriers.between_seats and shapely.intersects(whole, _way(territory, a, b))
        ):
            found.append((a, b))
    return found


def _share(
    one: shapely.Geometry, other: shapely.Geometry, near: shapely.Geometry, tolerance: float
) -> float:
    border = shapely.intersection(one.boundary, other.buffer(max(tolerance, _FINEST_M)))
    if border.length == 0:
        return 0.0
    return float(shapely.intersection(border, near).length / border.length)


def _way(territory: Territory, one: str, other: str) -> shapely.LineString:
    ends = territory.units.loc[[one, other], list(SEAT_COLUMNS)]
    return shapely.LineString(ends.to_numpy(np.float64))
