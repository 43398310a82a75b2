"""Barriers: rivers and ranges, as lines, that cut the ties across them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from amalgamation.findings import name_some
from amalgamation.graph.lines import read_lines
from amalgamation.territory.files import locate
from amalgamation.territory.territory import SEAT_COLUMNS
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from amalgamation.scenario.schema import Barriers, Graph
    from amalgamation.territory import Territory
    from amalgamation.territory.ledger import Ledger

__all__ = ["cut_by_barriers", "find_cut_ties", "read_barriers"]

Pair = tuple[str, str]

_KEY = "graph.barriers"
_FINEST_M = 1e-3


def cut_by_barriers(
    ties: Collection[Pair],
    territory: Territory,
    section: Graph,
    folder: Path,
    ledger: Ledger,
    encoding: str | None = None,
) -> list[Pair]:
    """Read the barriers of a scenario, and return the ties that they cut, sorted.

    Ties that stay although the straight way between the two seats crosses a line are told.

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
        Takes a note that lists the ties, and a warning that lists those that stay.
    encoding
        Of words in a Shapefile that does not say its own.

    Raises
    ------
    DataError
        If the file cannot be read, has no lines, or the territory has no polygons.
    """
    barriers = section.barriers
    if barriers is None:
        return []
    lines = read_barriers(barriers, folder, ledger, encoding)
    if not territory.has_geometry:
        ledger.error("barriers", barriers.file, "units without polygons",
                     "units with polygons, along whose borders the lines run",
                     "declare graph.cuts instead")  # fmt: skip
        ledger.refuse()
    shapes = lines.to_crs(territory.crs).to_numpy()
    found = find_cut_ties(ties, territory, shapes, barriers, section.ties.tolerance_m)
    stay = sorted(set(_find_crossed(ties, territory, shapes)) - set(found))
    cut = f"{len(found):,} ties cut ({barriers.reason})"
    ledger.note("barrier", _KEY, cut + _listed(found, territory), *_units_in(found))
    if stay:
        ledger.warn(
            "barrier-crossed",
            _KEY,
            f"{count_of(len(stay), 'tie')} left, though the straight way between the two seats "
            f"crosses a line{_listed(stay, territory)}",
            "if nobody crosses there: graph.cuts, or graph.barriers.between_seats: true",
            *_units_in(stay),
        )
    return found


def _listed(pairs: list[Pair], territory: Territory) -> str:
    named = [f"{territory.labels[a]} - {territory.labels[b]}" for a, b in pairs]
    return f": {name_some(named, len(named))}" if named else ""


def _units_in(pairs: list[Pair]) -> list[str]:
    return sorted({unit for pair in pairs for unit in pair})


def read_barriers(
    barriers: Barriers, folder: Path, ledger: Ledger, encoding: str | None = None
) -> gpd.GeoSeries:
    """Read lines that nobody crosses, in the CRS of their file.

    Raises
    ------
    DataError
        If the file cannot be read, or holds something else.
    """
    path = locate(barriers.file, folder, "graph.barriers.file")
    frame = read_lines(path, barriers, _KEY, ledger, encoding)
    ledger.read("barriers", path)
    return frame.geometry


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
    shapely.prepare(near)
    shape = territory.geometry
    share = barriers.share_percent / 100
    found = set(_find_crossed(ties, territory, lines)) if barriers.between_seats else set()
    for a, b in sorted(set(ties) - found):
        along = shapely.intersects(near, shape[a]) and shapely.intersects(near, shape[b])
        if along and _share(shape[a], shape[b], near, tolerance_m) >= share:
            found.add((a, b))
    return sorted(found)


def _share(
    one: shapely.Geometry, other: shapely.Geometry, near: shapely.Geometry, tolerance: float
) -> float:
    border = shapely.intersection(one.boundary, other.buffer(max(tolerance, _FINEST_M)))
    if border.length == 0:
        return 0.0
    return float(shapely.intersection(border, near).length / border.length)


def _find_crossed(
    ties: Collection[Pair], territory: Territory, lines: NDArray[np.object_]
) -> list[Pair]:
    """Find the ties whose straight way between the two seats crosses a line, sorted."""
    pairs = sorted(ties)
    seats = territory.units[list(SEAT_COLUMNS)]
    ends = [seats.reindex([pair[side] for pair in pairs]).to_numpy(np.float64) for side in (0, 1)]
    ways = shapely.linestrings(np.stack(ends, axis=1))
    crossed, _ = shapely.STRtree(lines).query(ways, predicate="intersects")
    return [pairs[at] for at in sorted(set(crossed.tolist()))]
