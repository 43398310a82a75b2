"""Decide which column means what: id, name, type, parents, seat, attributes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amalgamation.territory.categories import may_be_category
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from amalgamation.scenario.schema import TerritorySection
    from amalgamation.territory.ledger import Ledger

__all__ = ["Roles", "check_columns", "find_id_column", "find_name_column", "find_roles"]

_ID_NAMES = ("code", "id")
_NAME_NAMES = ("name", "name_en", "nom")
_CUT_FROM = 5  # ten bytes are five letters of Cyrillic in UTF-8
KNOWN_ATTRIBUTES = ("population", "area_km2")
"""Columns that are always numbers, whether the scenario names them or not."""


@dataclass(frozen=True)
class Roles:
    """Say which column of the joined table plays which part.

    Parameters
    ----------
    name, type, seat_lon, seat_lat
        Columns, or None.
    parents
        Tier -> column (tiers that are prefixes of the id are not in it).
    declared
        Attribute -> column, of those that must be numbers: named by the scenario,
        needed by its rules and aims, or known by name.
    categories
        Category -> column, of those that the scenario names.
    """

    name: str | None = None
    type: str | None = None
    seat_lon: str | None = None
    seat_lat: str | None = None
    parents: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    @property
    def used(self) -> set[str]:
        """Columns that a part other than an attribute takes."""
        parts = (self.name, self.type, self.seat_lon, self.seat_lat)
        return {column for column in parts if column} | set(self.parents.values())


def check_columns(
    frame: pd.DataFrame, wanted: Sequence[str], where: str, expected: str, ledger: Ledger
) -> bool:
    """Return whether a table has all wanted columns; an error in the ledger for each it lacks."""
    there = [str(name) for name in frame.columns if name != "geometry"]
    absent = [name for name in wanted if name not in there]
    for name in absent:
        found = f"no column {name}"
        ledger.error("column-absent", where, found, expected, nearest(name, there), name)
    return not absent


def find_id_column(
    columns: Sequence[str], section: TerritorySection, where: str, ledger: Ledger
) -> str | None:
    """Find the column with the unit id; an error in the ledger where there is none."""
    if section.id is not None:
        return section.id if _there(section.id, "id", columns, where, ledger) else None
    found = [name for name in _ID_NAMES if name in columns]
    if found:
        return found[0]
    ledger.error(
        "column-absent",
        f"{where}, header",
        "no column code or id",
        "a column with the unit id",
        f"name it as territory.id; {nearest('code', list(columns))}",
    )
    return None


def find_name_column(columns: Sequence[str], section: TerritorySection) -> str | None:
    """Find the column with the unit's name, if there is one."""
    wanted = (section.name,) if section.name is not None else _NAME_NAMES
    return next((name for name in wanted if name in columns), None)


def find_roles(
    columns: Sequence[str],
    section: TerritorySection,
    needed: Sequence[str],
    where: str,
    ledger: Ledger,
) -> Roles:
    """Find the other columns; an error in the ledger for each that is named but absent."""
    return Roles(
        name=_named(section.name, "name", _NAME_NAMES, columns, where, ledger),
        type=_named(section.type, "type", ("type",), columns, where, ledger),
        seat_lon=_named(section.seat_lon, "seat_lon", ("seat_lon",), columns, where, ledger),
        seat_lat=_named(section.seat_lat, "seat_lat", ("seat_lat",), columns, where, ledger),
        parents=_parents(columns, section, where, ledger),
        declared=_declared(columns, section, needed, where, ledger),
        categories=_categories(columns, section, where, ledger),
    )


def _there(column: str, key: str, columns: Sequence[str], where: str, ledger: Ledger) -> bool:
    if column in columns:
        return True
    ledger.error(
        "column-absent",
        f"{where}, territory.{key}",
        f"no column {column}",
        "a column of the file or of its tables",
        _remedy(column, columns),
        column,
    )
    return False


def _remedy(column: str, columns: Sequence[str]) -> str:
    cut = [one for one in columns if column.startswith(one) and _CUT_FROM <= len(one) < len(column)]
    if cut:
        return f"a Shapefile cuts names to 10 bytes: did you mean {cut[0]}?"
    return nearest(column, list(columns))


def _named(
    given: str | None,
    key: str,
    defaults: Sequence[str],
    columns: Sequence[str],
    where: str,
    ledger: Ledger,
) -> str | None:
    if given is not None:
        return given if _there(given, key, columns, where, ledger) else None
    return next((name for name in defaults if name in columns), None)


def _parents(
    columns: Sequence[str], section: TerritorySection, where: str, ledger: Ledger
) -> dict[str, str]:
    named = {tier: given for tier, given in section.parents.items() if isinstance(given, str)}
    return {
        tier: column
        for tier, column in named.items()
        if _there(column, f"parents.{tier}", columns, where, ledger)
    }


def _declared(
    columns: Sequence[str],
    section: TerritorySection,
    needed: Sequence[str],
    where: str,
    ledger: Ledger,
) -> dict[str, str]:
    declared = {
        attribute: column
        for attribute, column in section.attributes.items()
        if _there(column, f"attributes.{attribute}", columns, where, ledger)
    }
    declared |= {
        attribute: attribute
        for attribute in KNOWN_ATTRIBUTES
        if attribute in columns and attribute not in section.attributes
    }
    for attribute in needed:
        if attribute in declared or attribute in {*section.attributes, "area_km2"}:
            continue
        if _there(attribute, f"attributes.{attribute}", columns, where, ledger):
            declared[attribute] = attribute
    return declared


def _categories(
    columns: Sequence[str], section: TerritorySection, where: str, ledger: Ledger
) -> dict[str, str]:
    taken = {*section.parents, *section.attributes, *KNOWN_ATTRIBUTES}
    for category in section.categories:
        if category in taken or category == "type" or not may_be_category(category):
            ledger.error(
                "category-name",
                f"territory.categories.{category}",
                f"{category}, which means something else",
                "a name that no tier, attribute, name or origin has",
                "name the types by territory.type" if category == "type" else "choose another name",
                category,
            )
    return {
        category: column
        for category, column in section.categories.items()
        if _there(column, f"categories.{category}", columns, where, ledger)
    }
