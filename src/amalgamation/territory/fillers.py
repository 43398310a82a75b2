"""Fillers: lakes, forests and ranges among the units, where nobody lives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.findings import name_some
from amalgamation.territory.numbers import to_numbers
from amalgamation.territory.territory import Territory
from amalgamation.territory.words import count_of, nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from amalgamation.scenario.schema import TerritorySection
    from amalgamation.territory.assemble import Joined
    from amalgamation.territory.columns import Roles
    from amalgamation.territory.ledger import Ledger

__all__ = ["find_fillers"]

_KEY = "territory.fillers"


def find_fillers(
    table: pd.DataFrame, joined: Joined, roles: Roles, section: TerritorySection, ledger: Ledger
) -> pd.Series[bool]:
    """Find the rows whose type the scenario calls a filler.

    Parameters
    ----------
    table
        Indexed by unit id, with ``name`` and, if there are types, ``type``.
    joined
        The columns of all files.
    roles
        Which of them holds residents.
    section
        Names the types.
    ledger
        Takes a warning of what is left out; an error if a type is unknown, or somebody
        lives in a filler.

    Returns
    -------
    pandas.Series
        On the index of the table.
    """
    found = pd.Series(data=False, index=table.index)
    if not section.fillers:
        return found
    if "type" not in table:
        nothing = f"no column of types in {Path(section.source).name}"
        ledger.error("column-absent", _KEY, nothing, "a column that says what is a filler",
                     "name it as territory.type")  # fmt: skip
        return found
    known = sorted(set(table["type"]) - {""})
    for kind in sorted(set(section.fillers) - set(known)):
        types = f"types of the data: {name_some(known)}"
        ledger.error(
            "unknown-type", _KEY, f"no unit of the type {kind}", types, nearest(kind, known), kind
        )
    found = table["type"].isin(section.fillers)
    _check_empty(table, _residents(joined, roles), found, ledger)
    counts = table["type"][found].value_counts().sort_index()
    if found.any():
        listed = name_some([f"{kind} ({number:,})" for kind, number in counts.items()])
        ledger.warn("fillers", _KEY, f"{count_of(int(found.sum()), 'polygon')} left out: {listed}",
                    "", *sorted(map(str, table.index[found])))  # fmt: skip
    return found


def _residents(joined: Joined, roles: Roles) -> NDArray[np.float64]:
    column = roles.declared.get("population")
    if column is None:
        return np.zeros(len(joined.frame))
    separator = joined.separators.get(column, "")
    numbers = to_numbers(joined.frame[column], separator, joined.marks)
    return np.asarray(numbers, dtype=np.float64)


def _check_empty(
    table: pd.DataFrame, residents: NDArray[np.float64], found: pd.Series[bool], ledger: Ledger
) -> None:
    lived_in = found & (residents > 0)
    if not lived_in.any():
        return
    labels = Territory("", table, (), {}).labels
    people = dict(zip(map(str, table.index), residents.tolist(), strict=True))
    units = [str(unit) for unit in table.index[lived_in]]
    ledger.error(
        "filler-residents",
        _KEY,
        f"residents in {count_of(len(units), 'filler')}: "
        + name_some([f"{labels[unit]}: {people[unit]:,.12g}" for unit in units]),
        "nobody in a filler",
        "take the type from the list, or correct the residents",
        *units,
    )
