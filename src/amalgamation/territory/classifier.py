"""Codes against the national list of them, where a scenario names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amalgamation.findings import name_some
from amalgamation.scenario.nearest import nearest as nearest_words
from amalgamation.territory.join import read_join_table
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from amalgamation.scenario.schema import Table
    from amalgamation.territory.join import JoinTable
    from amalgamation.territory.ledger import Ledger

__all__ = ["check_codes", "read_classifier"]

_KEY = "territory.classifier"
_MOST_NAMED = 10


def read_classifier(
    section: Table, folder: Path, ledger: Ledger, encoding: str | None = None
) -> JoinTable | None:
    """Read the list of codes; None, with errors in the ledger, if it cannot be.

    Raises
    ------
    DataError
        If the file is not there or is no table.
    """
    return read_join_table(section, folder, ledger, encoding, key=_KEY)


def check_codes(
    units: pd.DataFrame,
    tiers: Sequence[str],
    listed: JoinTable,
    labels: Mapping[str, str],
    ledger: Ledger,
) -> dict[str, dict[str, str]]:
    """Check that the list knows each unit and each parent, and return the parents' names.

    A parent's code that is the beginning of its units' ids stands in the list as it is, or
    with zeros up to the ids' length, as in the KATO: ``11`` is ``110000000``.

    Parameters
    ----------
    units
        Indexed by unit id, with a column of codes per tier.
    tiers
        Names of these columns.
    listed
        The list, with a column ``name`` if parents are to be named by it.
    labels
        Unit id -> how messages name it.
    ledger
        Takes what the list does not know, with the nearest codes.

    Returns
    -------
    dict
        Tier -> parent's code -> name; empty without a column of names.
    """
    width = int(units.index.str.len().max()) if len(units) else 0
    known = set(listed.frame.index)
    absent = {unit: labels[unit] for unit in map(str, units.index) if unit not in known}
    _tell("units", absent, listed, ledger)
    names: dict[str, dict[str, str]] = {}
    for tier in tiers:
        codes = {code: _full(code, width, known) for code in sorted(set(units[tier])) if code}
        lost = {code: code for code, full in codes.items() if full is None}
        _tell(f"parents of the tier {tier}", lost, listed, ledger)
        if "name" in listed.frame:
            named = listed.frame["name"]
            names[tier] = {code: named[full] for code, full in codes.items() if full is not None}
    return names


def _full(code: str, width: int, known: set[str]) -> str | None:
    return next((one for one in (code, code.ljust(width, "0")) if one in known), None)


def _tell(what: str, absent: Mapping[str, str], listed: JoinTable, ledger: Ledger) -> None:
    if not absent:
        return
    codes = [str(code) for code in listed.frame.index]
    like = [
        f"{code} is like {close[0]}"
        for code in list(absent)[:_MOST_NAMED]
        if (close := nearest_words(code, codes))
    ]
    near = f"; {name_some(like)}" if like else ""
    ledger.error(
        "unknown-code",
        _KEY,
        f"{what} that {listed.where} does not know ({len(absent):,}): "
        f"{name_some(list(absent.values()))}{near}",
        f"codes of the {count_of(len(codes), 'row')} of {listed.where}",
        "correct the codes, or name a territory.crosswalk from those of another year",
        *sorted(absent),
    )
