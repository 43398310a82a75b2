"""Borders of a map, each drawn once: by the highest of what it parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.show.outline import build_outline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import numpy as np

__all__ = ["Borders", "build_borders"]

Borders = tuple[list["np.ndarray"], list["np.ndarray"], list["np.ndarray"]]
"""Lines, each of shape (n, 2): between units, between municipalities, between parents."""


def build_borders(
    units: gpd.GeoSeries, home_of: Mapping[str, str], parent_of: Mapping[str, str]
) -> Borders:
    """Build the borders between units of a coverage.

    Parameters
    ----------
    units
        In metres; neighbours share their vertices.
    home_of
        Unit id -> municipality; units outside have none.
    parent_of
        Unit id -> parent of the outermost tier.

    Returns
    -------
    tuple of list
        Borders of units inside one municipality, of municipalities inside one parent, and
        of parents, among them the outer border.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> units = grid_territory(1, 3).geometry
    >>> homes = dict(zip(units.index, "aab", strict=True))
    >>> inner, between, outer = build_borders(units, homes, dict.fromkeys(units.index, "O"))
    >>> len(inner), len(between), sum(len(line) - 1 for line in outer)
    (1, 1, 8)
    """
    outline = build_outline(units, most_points=int(units.count_coordinates().sum()))
    ids = [str(unit) for unit in units.index]
    found: Borders = ([], [], [])
    for arc, beside in zip(outline.arcs, outline.sides(), strict=True):
        names = [ids[at] for at in beside]
        found[_level(names, home_of, parent_of)].append(outline.to_metres(arc))
    return found


def _level(beside: Sequence[str], home_of: Mapping[str, str], parent_of: Mapping[str, str]) -> int:
    if len(beside) == 1 or len({parent_of[unit] for unit in beside}) > 1:
        return 2
    return int(len({home_of.get(unit) for unit in beside}) > 1)
