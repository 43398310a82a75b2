"""Parents today: where the seat of a rayon is taken to lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from amalgamation.territory import Territory

__all__ = ["find_parent_seats"]


def find_parent_seats(territory: Territory, tier: str) -> dict[str, str]:
    """Take each parent's most populous unit as its seat today.

    Data name no seats of rayons; the most populous unit is the seat in most of them, but
    not in all. Of two units with as many residents it is the one with the lower id; where
    no unit's residents are known, the lowest id.

    Parameters
    ----------
    tier
        A tier of the territory.

    Returns
    -------
    dict
        Parent's code -> unit id, sorted by code.

    Raises
    ------
    KeyError
        If the territory has no population.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> territory.units["population"] = [300.0, 500.0]
    >>> find_parent_seats(territory, "rayon")
    {'R000000': 'r00c01'}
    """
    ranked = territory.values("population").sort_values(ascending=False, kind="stable")
    units = pd.Series(ranked.index, index=territory.units[tier].reindex(ranked.index))
    first = units[~units.index.duplicated()].sort_index()
    return {str(code): str(unit) for code, unit in first.items()}
