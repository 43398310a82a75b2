"""Conditions on units: ranges of their attributes, of their density, of their remoteness.

In: a territory, its unit graph, and conditions of a scenario (``rules.leave_out``). Out:
for each unit, whether it meets them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amalgamation.graph.unit_graph import UnitGraph
    from amalgamation.scenario.schema import Conditions
    from amalgamation.territory import Territory

__all__ = ["DERIVED", "find_units_that_meet", "measure_density", "measure_nearest_km"]

DERIVED = {"density": ("population", "area_km2"), "nearest_km": ()}
"""Conditions beyond the territory's attributes -> the attributes that each is made of."""

_HAIR = 1e-9
"""Relative rounding that a quotient or a sum of lengths may carry."""


def measure_density(territory: Territory) -> pd.Series[float]:
    """Divide each unit's residents by its area.

    Returns
    -------
    pandas.Series
        On the unit index, in residents per km2; 0 where nobody lives, infinite where
        somebody lives on no area.

    Raises
    ------
    KeyError
        If the territory has no population or no area.

    Examples
    --------
    >>> from amalgamation.territory import grid_territory
    >>> measure_density(grid_territory(1, 1)).to_dict()
    {'r00c00': 34.12}
    """
    people, area = territory.values("population"), territory.values("area_km2")
    with np.errstate(divide="ignore", invalid="ignore"):
        density = np.where(people == 0, 0.0, people / area)
    return pd.Series(density, index=people.index, name="density")


def measure_nearest_km(graph: UnitGraph) -> pd.Series[float]:
    """Find how far it is from each unit's seat to the nearest seat of a tied unit.

    Returns
    -------
    pandas.Series
        On the unit index, in km of the ties (also where distances are a matrix); infinite
        for a unit without ties.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.territory import grid_territory
    >>> measure_nearest_km(build_graph(grid_territory(1, 2))).to_dict()
    {'r00c00': 10.0, 'r00c01': 10.0}
    """
    nearest = {
        unit: min((float(tie["km"]) for tie in graph.graph[unit].values()), default=np.inf)
        for unit in graph.ids
    }
    return pd.Series(nearest, dtype=np.float64, name="nearest_km").rename_axis("unit_id")


def find_units_that_meet(
    alternatives: Iterable[Conditions], territory: Territory, graph: UnitGraph
) -> tuple[str, ...]:
    """Return the units that meet all ranges of any one of some conditions, sorted.

    Parameters
    ----------
    alternatives
        Each a mapping from an attribute, ``density`` or ``nearest_km`` to a range; both
        ends of a range belong to it. An attribute of the territory's own goes before a
        derived one of the same name. A unit without a value meets no range.
    territory, graph
        Units and ties.

    Raises
    ------
    KeyError
        If a name is none of these.

    Examples
    --------
    >>> from amalgamation.graph import build_graph
    >>> from amalgamation.scenario.schema import Range
    >>> from amalgamation.territory import grid_territory
    >>> territory = grid_territory(1, 2)
    >>> lonely = {"nearest_km": Range(min=20)}
    >>> thin = {"density": Range(max=40)}
    >>> find_units_that_meet([lonely, thin], territory, build_graph(territory))
    ('r00c00',)
    """
    meets = pd.Series(data=False, index=territory.units.index)
    for conditions in alternatives:
        meets |= _meets_all(conditions, territory, graph)
    return tuple(str(unit) for unit in meets.index[meets])


def _meets_all(conditions: Conditions, territory: Territory, graph: UnitGraph) -> pd.Series[bool]:
    meets = pd.Series(data=True, index=territory.units.index)
    for name, limits in conditions.items():
        values = _values(name, territory, graph)
        if limits.min is not None:
            meets &= values >= limits.min - _HAIR * abs(limits.min)
        if limits.max is not None:
            meets &= values <= limits.max + _HAIR * abs(limits.max)
        meets &= values.notna()
    return meets


def _values(name: str, territory: Territory, graph: UnitGraph) -> pd.Series[float]:
    if name in territory.attributes or name not in DERIVED:
        return territory.values(name)
    if name == "density":
        return measure_density(territory)
    return measure_nearest_km(graph).reindex(territory.units.index)
