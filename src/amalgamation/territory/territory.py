"""The territory: units with their geometry, attributes and parents, in one projected CRS."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from amalgamation.territory.categories import find_categories
from amalgamation.territory.sketch import to_sketch
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from amalgamation.findings import Finding
    from amalgamation.provenance import Source

__all__ = ["SEAT_COLUMNS", "Territory"]

SEAT_COLUMNS = ("seat_x", "seat_y")
"""Columns with the seat's place, in metres of the territory's CRS."""


@dataclass(frozen=True)
class Territory:
    """Hold the units of a territory.

    Parameters
    ----------
    name
        Name of the dataset or of the file.
    units
        Indexed by unit id (strings, sorted, unique; index name ``unit_id``). Columns:
        ``name``; ``type`` if there are types; one column per tier in ``tiers``
        (parent's code, string); one float column per attribute; columns of words, of
        which ``categories`` names those to compare; ``seat_x``, ``seat_y``
        (metres) if there are places; ``geometry`` (Polygon or MultiPolygon, in ``crs``)
        if there is geometry. A plain DataFrame where there is no geometry.
    tiers
        Names of the parent columns.
    attributes
        Names of the numeric columns that rules and aims may sum, and their units
        (``""`` where unknown).
    crs
        The projected equal-area CRS as a PROJ or EPSG string; None without geometry.
    parent_names
        Tier -> parent's code -> name.
    parent_names_in
        Language -> tier -> parent's code -> name, where the data have names in it.
    synthetic
        True if the data are made up; ``notice`` then says so on every map and table.
    findings
        Warnings and notes of the reading.
    sources
        Files that it was read from, with hashes.
    types
        Types of unit that the whole data have, also where ``territory.where`` keeps a
        part of them; sorted, empty without types.
    aggregated
        Tier whose parents are the units here (`aggregate_units`); empty where the units
        are those of the files.
    """

    name: str
    units: pd.DataFrame
    tiers: tuple[str, ...]
    attributes: Mapping[str, str]
    crs: str | None = None
    parent_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parent_names_in: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    synthetic: bool = False
    notice: str = ""
    findings: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()
    types: tuple[str, ...] = ()
    aggregated: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Unit ids, sorted."""
        return tuple(self.units.index)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Names of the columns of words that rules and aims may compare, ``type`` among them."""
        return find_categories(self.units, self.tiers)

    @property
    def outermost(self) -> str:
        """The tier with the fewest parents; empty where there are no tiers."""
        counts = {tier: self.units[tier].nunique() for tier in self.tiers}
        return min(counts, key=lambda tier: (counts[tier], tier), default="")

    @property
    def has_geometry(self) -> bool:
        """Whether the units have polygons."""
        return isinstance(self.units, gpd.GeoDataFrame)

    @property
    def geometry(self) -> gpd.GeoSeries:
        """Polygons of the units, indexed by unit id, in ``crs``.

        Raises
        ------
        ValueError
            If the territory has no geometry.
        """
        if not self.has_geometry:
            msg = f"{self.name}: a table of units without geometry"
            raise ValueError(msg)
        return self.units.geometry

    @cached_property
    def labels(self) -> dict[str, str]:
        """Unit id -> ``"code (name)"``, the way messages name a unit."""
        return {
            str(unit): f"{unit} ({name})" if name and name != unit else str(unit)
            for unit, name in self.units["name"].items()
        }

    def values(self, attribute: str) -> pd.Series[float]:
        """Return an attribute of the units, indexed by unit id.

        Raises
        ------
        KeyError
            If the territory has no such attribute.
        """
        if attribute not in self.attributes:
            raise KeyError(attribute)
        return self.units[attribute].astype(np.float64)

    def category(self, name: str) -> pd.Series[str]:
        """Return a category of the units, indexed by unit id; ``""`` where it is blank.

        Raises
        ------
        KeyError
            If the territory has no such category.
        """
        if name not in self.categories:
            raise KeyError(name)
        return self.units[name].fillna("").astype("str")

    @property
    def nouns(self) -> tuple[str, ...]:
        """Attributes, tiers and categories: the words that names of measures are made with."""
        return (*self.attributes, *self.tiers, *self.categories)

    def only(self, units: Collection[str]) -> Territory:
        """Return the territory of some of the units; all else stays.

        Examples
        --------
        >>> from amalgamation.territory import grid_territory
        >>> grid_territory(2, 2).only({"r00c00", "r01c01"}).ids
        ('r00c00', 'r01c01')
        """
        return replace(self, units=self.units[self.units.index.isin(list(units))])

    def parent_name(self, tier: str, code: str) -> str:
        """Return a parent's name, or its code where the name is not known."""
        return self.parent_names.get(tier, {}).get(code, code)

    def total(self, attribute: str) -> float:
        """Return the sum of an attribute over all units."""
        return float(self.values(attribute).sum())

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"name": self.name, "units": len(self.units)}
        for tier in self.tiers:
            facts[f"{tier} (tier)"] = int(self.units[tier].nunique())
        for attribute in ("population", "area_km2"):
            if attribute in self.attributes:
                facts[attribute] = self.total(attribute)
        facts["crs"] = self.crs or "none: a table without geometry"
        facts["data"] = "synthetic" if self.synthetic else "as given"
        return facts

    def __repr__(self) -> str:
        facts = self._facts()
        tiers = ", ".join(count_of(self.units[tier].nunique(), tier) for tier in self.tiers)
        made_up = " (synthetic)" if self.synthetic else ""
        people = f", {facts['population']:,.0f} residents" if "population" in facts else ""
        inside = f" in {tiers}" if tiers else ""
        return (
            f"<Territory {self.name}{made_up}: {count_of(facts['units'], 'unit')}{inside}{people}>"
        )

    def _repr_html_(self) -> str:
        sketch = to_sketch(self.geometry) if self.has_geometry and self.ids else ""
        return pd.Series(self._facts(), name="Territory").to_frame().to_html() + sketch
