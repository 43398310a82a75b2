"""Unit ids: text, present, unique, and without look-alikes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amalgamation.findings import Finding, name_some
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.territory.ledger import Ledger

__all__ = ["check_dates", "check_ids", "check_twins", "check_widths", "to_ids"]

_CYRILLIC = "АВЕКМНОРСТУХаеорсух"
_LATIN = "ABEKMHOPCTYXaeopcyx"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width characters, byte order mark: nobody sees them in a code."""

_CONTROL = rf"[\x00-\x1f\x7f-\x9f{_UNSEEN}]"
_MONTH = (
    "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    "|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек)"
)
_DATE = (
    rf"\d{{1,4}}[-. /]{_MONTH}\.?(?:[-. /]\d{{2,4}})?|{_MONTH}[-. ]\d{{1,4}}"
    r"|\d{4}-\d\d-\d\d(?: 00:00:00)?"
)
"""What a spreadsheet makes of codes such as 1-3 or 03-21."""


def to_ids(column: pd.Series, where: str, ledger: Ledger) -> pd.Series[str]:
    """Convert a column to ids: text without blanks at its ends, ``""`` where missing.

    Whole numbers are converted without loss, with a warning: leading zeros that a program
    dropped before cannot come back. Other numbers are refused.
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        return _from_numbers(column, where, ledger)
    text = column.astype("str").where(column.notna(), "")
    bare = text.str.replace(rf"^[\s{_UNSEEN}]+|[\s{_UNSEEN}]+$", "", regex=True)
    trimmed = sorted(bare[bare != text])
    if trimmed:
        ledger.warn(
            "id-trimmed",
            where,
            f"blanks around {count_of(len(trimmed), 'id')}, now cut off: {name_some(trimmed)}",
        )
    return _without_decimals(bare, where, ledger)


def check_ids(ids: pd.Series[str], where: str, names: pd.Series[str] | None) -> list[Finding]:
    """Check that ids are there, unique, free of control characters, rounding and dates.

    Parameters
    ----------
    ids
        As `to_ids` gives them, in the file's order.
    where
        File and column, for the messages.
    names
        Names of the same rows, to name a row whose id cannot.
    """
    shown = ids.where(ids != "", "no id").map(_visible)
    if names is not None:
        shown += " (" + names.astype("str") + ")"
    tests = (
        ("id-missing", ids == "", "units without an id", "an id for each unit"),
        ("id-twice", ids.duplicated(keep=False) & (ids != ""), "units that share an id",
         "each id once"),
        ("id-control", ids.str.contains(_CONTROL),
         "ids with control or unseen characters inside", "printable text"),
        ("id-rounded", ids.str.fullmatch(r"\d(?:[.,]\d+[eE]\+?|[eE]\+)\d+"),
         "ids that a spreadsheet rounded", "all digits of each id"),
        ("id-date", ids.str.fullmatch(_DATE, case=False), "ids that a spreadsheet made dates of",
         "each id as it was"),
    )  # fmt: skip
    remedies = {
        "id-missing": "fill the column, or name another one as territory.id",
        "id-twice": "correct them, or name another column as territory.id",
        "id-control": "delete the characters",
        "id-rounded": "export the file again with the column formatted as text",
        "id-date": "export the file again with the column formatted as text",
    }
    return [
        _finding(check, where, sorted(shown[bad]), sorted(set(ids[bad])), found, expected,
                 remedies[check])
        for check, bad, found, expected in tests
        if bad.any()
    ]  # fmt: skip


def check_widths(ids: Sequence[str], where: str) -> list[Finding]:
    """Check that codes of digits are of one length, where their first digits name a parent."""
    widths = pd.Series(sorted(set(ids)), dtype="str")
    widths = widths[widths != ""]
    if widths.empty or not widths.str.fullmatch(r"\d+").all():
        return []
    full = int(widths.str.len().max())
    short = list(widths[widths.str.len() < full])
    if not short:
        return []
    return [
        Finding(
            "id-width",
            where,
            f"ids of fewer than {full} digits ({len(short):,}): {name_some(short)}",
            f"{full} digits, as the first of them name the parent (territory.parents)",
            "leading zeros were lost: read the codes as text where they were made, and export "
            "again; or name the parents' columns",
            subjects=tuple(short),
        )
    ]


def check_dates(column: str, frame: pd.DataFrame, where: str) -> list[Finding]:
    """Check that a workbook does not hold codes as dates."""
    if column not in frame.attrs.get("dates", ()):
        return []
    return [
        Finding("id-date", where, "cells that hold dates", "each id as it was",
                "format the column as text and enter the codes again")
    ]  # fmt: skip


def check_twins(ids: Sequence[str], where: str) -> list[Finding]:
    """Check for ids that differ only in case, Unicode form, or Latin and Cyrillic letters."""
    frame = pd.DataFrame({"id": sorted(set(ids))})
    frame["key"] = [_fold(one) for one in frame["id"]]
    twins = frame[frame["key"].duplicated(keep=False)].groupby("key")["id"].agg(list)
    return [
        Finding(
            "id-twins",
            where,
            "possible twins " + " and ".join(f"{one} ({_code_points(one)})" for one in group),
            "ids that differ to the eye",
            "write them in one way, or make them differ",
            subjects=tuple(group),
        )
        for group in twins
    ]


def _fold(one: str) -> str:
    return unicodedata.normalize("NFC", one).translate(_TO_LATIN).casefold()


def _visible(one: str) -> str:
    return "".join(f"<U+{ord(sign):04X}>" if re.match(_CONTROL, sign) else sign for sign in one)


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in text)


def _finding(
    check: str,
    where: str,
    shown: list[str],
    subjects: list[str],
    found: str,
    expected: str,
    remedy: str,
) -> Finding:
    return Finding(
        check,
        where,
        f"{found} ({len(shown):,}): {name_some(shown)}",
        expected,
        remedy,
        subjects=tuple(subjects),
    )


def _from_numbers(column: pd.Series, where: str, ledger: Ledger) -> pd.Series[str]:
    values = column.astype(np.float64)
    whole = values.isna() | (np.isfinite(values) & (values % 1 == 0) & (values.abs() < 2**53))
    if not whole.all():
        bad = [f"{value:g}" for value in values[~whole]]
        ledger.error(
            "id-number",
            where,
            f"ids that are no whole numbers ({len(bad):,}): {name_some(bad)}",
            "text",
            "name another column as territory.id",
        )
        return column.astype("str")
    ledger.warn(
        "id-number",
        where,
        "numbers, which were read as text; leading zeros, if there were any, are lost",
        "store ids as text",
    )
    return pd.Series(
        ["" if pd.isna(value) else str(int(value)) for value in column], index=column.index
    )


def _without_decimals(ids: pd.Series[str], where: str, ledger: Ledger) -> pd.Series[str]:
    filled = ids[ids != ""]
    if filled.empty or not filled.str.fullmatch(r"\d+[.,]0+").all():
        return ids
    ledger.warn("id-number", where, "ids such as " + filled.iloc[0] + ", read without the .0")
    return ids.str.replace(r"[.,]0+$", "", regex=True)
