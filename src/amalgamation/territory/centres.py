"""Which unit of each parent is its centre: where a seat lies when nobody names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from amalgamation.territory.territory import Territory

__all__ = ["find_centres"]


def find_centres(territory: Territory, tier: str) -> pd.Series[str]:
    """Find the most populous unit of each parent; of equals, the first by id.

    Where the territory has no population, the largest by ``area_km2`` stands for it, and
    without areas the first by id.

    Returns
    -------
    pandas.Series
        Unit ids, indexed by the parents' codes, sorted.

    Raises
    ------
    KeyError
        If the territory has no such tier.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> find_centres(grid_territory(2, 6), "rayon").to_dict()
    {'R000000': 'r00c01', 'R000001': 'r00c04'}
    """
    if tier not in territory.tiers:
        raise KeyError(tier)
    units = pd.DataFrame(territory.units)
    size = [name for name in ("population", "area_km2") if name in territory.attributes][:1]
    ordered = units.sort_values(size, ascending=False, kind="stable") if size else units
    first = ordered[~ordered[tier].duplicated()]
    return pd.Series(first.index, index=first[tier].to_numpy()).sort_index()
