"""What a Shapefile needs beside itself: its other files, its encoding, room for its words.

The format keeps names of columns to 10 bytes and words to 254, and says its encoding in a
file of its own (.cpg), which is often lost.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pandas as pd

from amalgamation.findings import Finding
from amalgamation.territory.encoding import decode
from amalgamation.territory.words import count_of

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.territory.ledger import Ledger

__all__ = ["check_parts", "find_part", "mend_words"]

_NEEDED = {".shx": "the index of its polygons", ".dbf": "its table"}
_LANGUAGE_AT = 29
"""Byte of a DBF file that names its code page; 0 and 0x57 name none."""

_NAMELESS = (0, 0x57)
_MOST_BYTES = 254
_UNDECODED = "latin-1"
"""How GDAL gives bytes whose encoding nobody said: one letter each, so nothing is lost."""


def find_part(path: Path, ending: str) -> Path | None:
    """Find a file beside a Shapefile, whatever the case of its ending."""
    found = [path.with_suffix(one) for one in (ending, ending.upper())]
    return next((part for part in found if part.is_file()), None)


def check_parts(path: Path) -> list[Finding]:
    """Check that a Shapefile's index and table lie beside it."""
    return [
        Finding(
            "shapefile-part",
            path.name,
            f"no {path.with_suffix(ending).name} beside it, which holds {what}",
            "a Shapefile with .shp, .shx, .dbf and .prj",
            "copy all its files, or ask for a GeoPackage",
        )
        for ending, what in _NEEDED.items()
        if find_part(path, ending) is None
    ]


def mend_words(
    frame: pd.DataFrame, path: Path, encoding: str | None, ledger: Ledger
) -> pd.DataFrame:
    """Decode words whose encoding GDAL does not know, and tell of words that were cut.

    Raises
    ------
    DataError
        If nothing says the encoding and the words are not UTF-8; a guess is shown.
    """
    said = None if _gdal_knows(path) else (_said_in_cpg(path) or encoding)
    if not _gdal_knows(path):
        frame = _decoded(frame, path.name, said, ledger)
    _tell_cut(frame, path.name, said or "utf-8", ledger)
    return frame


def _gdal_knows(path: Path) -> bool:
    part = find_part(path, ".dbf")
    if part is None:
        return True
    with part.open("rb") as stream:
        stream.seek(_LANGUAGE_AT)
        code = stream.read(1)
    said = _cpg(path)
    known = said.isdigit() or said.upper().startswith(("UTF", "CP", "ISO", "ANSI", "WINDOWS"))
    return known if said else bool(code) and code[0] not in _NAMELESS


def _cpg(path: Path) -> str:
    part = find_part(path, ".cpg")
    return "" if part is None else part.read_text(encoding="ascii", errors="replace").strip()


def _said_in_cpg(path: Path) -> str | None:
    try:
        return codecs.lookup(_cpg(path).replace("-", "")).name
    except (LookupError, ValueError):  # nothing said, or a name that nobody knows
        return None


def _decoded(frame: pd.DataFrame, name: str, encoding: str | None, ledger: Ledger) -> pd.DataFrame:
    words = [str(column) for column in frame if pd.api.types.is_string_dtype(frame[column])]
    text = "\n".join(str(cell) for column in words for cell in frame[column].dropna())
    try:
        raw = text.encode(_UNDECODED)
    except UnicodeEncodeError:  # GDAL has decoded it after all
        return frame
    if raw.isascii():
        return frame
    _, used = decode(raw, f"{name}, its .dbf", encoding)
    ledger.note("encoding", name, f"words in {used}, read as such, since no .cpg says otherwise")
    mended = {column: _recode(frame[column], used) for column in words}
    return frame.assign(**mended)


def _recode(cells: pd.Series[str], encoding: str) -> pd.Series[str]:
    return cells.map(
        lambda cell: cell.encode(_UNDECODED).decode(encoding, "replace"), na_action="ignore"
    )


def _tell_cut(frame: pd.DataFrame, name: str, encoding: str, ledger: Ledger) -> None:
    for column in frame:
        cells = frame[column]
        if not pd.api.types.is_string_dtype(cells):
            continue
        length = cells.dropna().map(lambda cell: len(cell.encode(encoding, "replace")))
        full = int((length >= _MOST_BYTES - 1).sum())
        if full:
            ledger.warn(
                "words-cut",
                f"{name}, column {column}",
                f"words as long as a Shapefile holds in {count_of(full, 'unit')}: they may be cut",
                "compare them with the source, or ask for a GeoPackage",
            )
