"""Shape the joined columns into the table of a `Territory`, checking as it goes.

In: the joined table as the files have it, and what its columns mean. Out: name, type,
parents, attributes as floats, and everything else as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.scenario.schema import ParentPrefix
from amalgamation.territory.check import check_numbers, check_parents, check_population
from amalgamation.territory.numbers import Marks, from_text, looks_like_code
from amalgamation.territory.totals import check_thousands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amalgamation.scenario.schema import TerritorySection
    from amalgamation.territory.columns import Roles
    from amalgamation.territory.ledger import Ledger
    from amalgamation.territory.numbers import NumberColumn

__all__ = [
    "Joined",
    "add_attributes",
    "add_categories",
    "add_parents",
    "add_rest",
    "find_parent_names",
    "start",
]

_MOSTLY_TEXT = 0.5
_TEXT_REMEDY = "correct the cells, or say how to read them: territory.thousands, decimal, na_values"
_RESERVED = ("unit_id", "name", "type", "seat_x", "seat_y", "geometry")


@dataclass(frozen=True)
class Joined:
    """Hold the joined table.

    Parameters
    ----------
    frame
        Indexed by unit id (sorted), with the columns of all files.
    separators
        Column -> separator of the text file it comes from (None: XLSX); a column that is
        not in it comes from a vector file and has that file's type.
    marks
        How numbers are written in text.
    complete
        False where a table could not be read: what is absent may be in it.
    """

    frame: pd.DataFrame
    separators: Mapping[str, str | None]
    marks: Marks = field(default_factory=Marks)
    complete: bool = True


def start(joined: Joined, roles: Roles) -> pd.DataFrame:
    """Start the table with names (the id where there is none) and types."""
    ids = pd.Series(joined.frame.index, index=joined.frame.index, dtype="str")
    names = ids
    if roles.name is not None:
        given = _as_text(joined.frame[roles.name])
        names = given.where(given != "", ids)
    table = pd.DataFrame({"name": names}, index=joined.frame.index)
    if roles.type is not None:
        table["type"] = _as_text(joined.frame[roles.type])
    return table


def add_parents(
    table: pd.DataFrame,
    joined: Joined,
    section: TerritorySection,
    roles: Roles,
    labels: Mapping[str, str],
    ledger: Ledger,
) -> None:
    """Add one column per tier: the parent's code as text."""
    for tier, given in section.parents.items():
        if isinstance(given, ParentPrefix):
            ids = table.index.to_series().astype("str")
            codes = ids.str[: given.prefix].where(ids.str.len() > given.prefix, "")
        elif tier in roles.parents:
            codes = _as_text(joined.frame[roles.parents[tier]])
        else:
            continue
        ledger.add(check_parents(codes, tier, labels))
        table[tier] = codes


def find_parent_names(
    table: pd.DataFrame, joined: Joined, roles: Roles
) -> dict[str, dict[str, str]]:
    """Find parents' names in a column named like the parent's with ``_name`` after it."""
    names = {}
    for tier, column in roles.parents.items():
        for beside in (f"{column}_name", f"{tier}_name"):
            if beside in joined.frame.columns:
                texts = _as_text(joined.frame[beside])
                pairs = sorted(zip(table[tier], texts, strict=True), reverse=True)
                names[tier] = {code: name for code, name in pairs if name}
                break
    return names


def add_categories(table: pd.DataFrame, joined: Joined, roles: Roles) -> None:
    """Add the categories that the scenario names, as words even where they are numbers."""
    for category, column in roles.categories.items():
        table[category] = _as_text(joined.frame[column])


def add_attributes(
    table: pd.DataFrame,
    joined: Joined,
    roles: Roles,
    labels: Mapping[str, str],
    ledger: Ledger,
) -> tuple[str, ...]:
    """Add the attributes as floats, and return their names.

    A declared attribute must be a number everywhere. Another column of numbers is an
    attribute too, unless it holds codes, gaps or negative numbers; what is left out is
    told.
    """
    for attribute, column in roles.declared.items():
        table[attribute] = _declared(attribute, column, joined, labels, ledger)
    added = list(roles.declared)
    taken = {*roles.used, *_sources(roles), *table.columns, *_RESERVED}
    for column in joined.frame.columns:
        if column not in taken:
            values = _undeclared(column, joined, labels, ledger)
            if values is not None:
                table[column] = values
                added.append(column)
    if "population" in added:
        ledger.add(check_population(table["population"], labels))
        ledger.add(check_thousands(table["population"]))
    return tuple(added)


def add_rest(table: pd.DataFrame, joined: Joined, roles: Roles) -> pd.DataFrame:
    """Add all other columns as they are, except those that were taken under another name."""
    used = roles.used - {roles.name}
    skip = {*used, *_sources(roles), *table.columns, *_RESERVED}
    return table.join(joined.frame[[name for name in joined.frame.columns if name not in skip]])


def _sources(roles: Roles) -> set[str]:
    return {*roles.declared.values(), *roles.categories.values()}


def _as_text(column: pd.Series) -> pd.Series[str]:
    if pd.api.types.is_float_dtype(column.dtype) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    return column.astype("str").where(column.notna(), "").str.strip()


def _declared(
    attribute: str, column: str, joined: Joined, labels: Mapping[str, str], ledger: Ledger
) -> pd.Series[float]:
    cells = joined.frame[column]
    if pd.api.types.is_numeric_dtype(cells.dtype):
        values = cells.astype(np.float64)
    else:
        number = from_text(cells, joined.separators.get(column, ""), joined.marks)
        values = number.numbers
        _tell_decimal(column, number.decimal, ledger)
        if number.text.any():
            ledger.add([_text_in_numbers(attribute, cells[number.text], labels, Severity.ERROR)])
            values = values.where(~number.text, 0.0)  # told already: not missing as well
    ledger.add(check_numbers(values, attribute, labels, Severity.ERROR))
    return values


def _undeclared(
    column: str, joined: Joined, labels: Mapping[str, str], ledger: Ledger
) -> pd.Series[float] | None:
    cells = joined.frame[column]
    if pd.api.types.is_bool_dtype(cells.dtype):
        return None
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return _if_sound(cells.astype(np.float64), column, labels, ledger)
    if column not in joined.separators:  # text in a vector file is meant as text
        return None
    number = from_text(cells, joined.separators[column], joined.marks)
    if number.numbers.isna().all() or number.text.mean() > _MOSTLY_TEXT:
        return None
    if number.text.any():
        shown = cells[number.text]
        ledger.add([_text_in_numbers(column, shown, labels, Severity.WARNING)])
        return None
    return _plain(cells, number, column, labels, ledger)


def _plain(
    cells: pd.Series,
    number: NumberColumn,
    column: str,
    labels: Mapping[str, str],
    ledger: Ledger,
) -> pd.Series[float] | None:
    if looks_like_code(cells):
        ledger.note(
            "code-column",
            f"column {column}",
            "whole numbers that look like codes: kept as text; "
            "name it in territory.attributes to sum it",
            column,
        )
        return None
    _tell_decimal(column, number.decimal, ledger)
    return _if_sound(number.numbers, column, labels, ledger)


def _if_sound(
    values: pd.Series[float], column: str, labels: Mapping[str, str], ledger: Ledger
) -> pd.Series[float] | None:
    found = check_numbers(values, column, labels, Severity.WARNING)
    if not found:
        return values
    ledger.warn(
        "attribute-left-out",
        f"column {column}",
        f"{'; '.join(one.found for one in found)}: no attribute",
        "correct the data, or name it in territory.attributes to have it refused",
        column,
    )
    return None


def _tell_decimal(column: str, decimal: str, ledger: Ledger) -> None:
    if decimal == ",":
        ledger.warn("decimal-comma", f"column {column}", "decimal commas, read as such")


def _text_in_numbers(
    attribute: str, cells: pd.Series, labels: Mapping[str, str], severity: Severity
) -> Finding:
    shown = [f"{cell!r} in {labels[str(unit)]}" for unit, cell in cells.items()]
    return Finding(
        "text-in-numbers",
        f"attribute {attribute}",
        f"cells that are no numbers ({len(shown):,}): {name_some(shown)}",
        "digits, with a decimal point or comma",
        _TEXT_REMEDY if severity is Severity.ERROR else "the column is kept as text",
        severity,
        tuple(str(unit) for unit in cells.index),
    )
