"""Words whose letters were lost on the way here: read in a wrong encoding, or cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.findings import Finding, Severity, name_some
from amalgamation.territory.encoding import unmojibake

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["check_letters"]

_LOST = "\ufffd"
_REMEDY = "mend the text where it was made, or name territory.encoding if the file says none"


def check_letters(frame: pd.DataFrame, file: str) -> list[Finding]:
    """Return a warning for each column of words that no longer read as words."""
    columns = [str(name) for name in frame.columns if pd.api.types.is_string_dtype(frame[name])]
    found = [_check_column(frame[name].dropna().astype("str"), name, file) for name in columns]
    return [finding for finding in found if finding is not None]


def _check_column(cells: pd.Series[str], column: str, file: str) -> Finding | None:
    odd = cells[cells.str.contains("[\u0080-\u00ff\ufffd]")]
    read = [(str(unit), cell, unmojibake(cell)) for unit, cell in odd.items()]
    shown = [
        (unit, f"'{cell}'" + (f", perhaps '{guess}'" if guess else ""))
        for unit, cell, guess in read
        if guess or _LOST in cell
    ]
    return _tell(shown, column, file) if shown else None


def _tell(shown: Sequence[tuple[str, str]], column: str, file: str) -> Finding:
    return Finding(
        "mojibake",
        f"{file}, column {column}",
        f"words in a wrong encoding ({len(shown):,}): {name_some([text for _, text in shown])}",
        "words that can be read",
        _REMEDY,
        Severity.WARNING,
        tuple(sorted(unit for unit, _ in shown)),
    )
