"""Which vector files are opened: kinds named here, that are inside what their ending says.

GDAL looks at a file's content, not at its name: a text with the ending of a GeoPackage may
be a virtual layer that leads to the network, to other files or to a database. So nothing
reaches GDAL before its first bytes are those of its kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_kind"]

_HEAD = 1_000_000
_KINDS = {
    ".gpkg": ("GeoPackage", rb"SQLite format 3\x00"),
    ".shp": ("Shapefile", rb"\x00\x00\x27\x0a"),
    ".geojson": ("GeoJSON", rb"(?:\xef\xbb\xbf)?\s*\{"),
    ".json": ("GeoJSON", rb"(?:\xef\xbb\xbf)?\s*\{"),
    ".fgb": ("FlatGeobuf", rb"fgb"),
    ".tab": ("MapInfo", rb"(?i)\s*!table"),
    ".mif": ("MapInfo", rb"(?i)\s*version"),
    ".parquet": ("GeoParquet", rb"PAR1"),
    ".zip": ("zipped Shapefile", rb"PK"),
}
_LEADS_ELSEWHERE = re.compile(rb"(?i)gdal_streamed_alg|isseamless|type\s+linked")
"""A pipeline of GDAL under the name of a JSON file; MapInfo tables that are made of others."""


def check_kind(path: Path) -> None:
    """Check that a vector file is of a kind that is read, inside and outside.

    Raises
    ------
    DataError
        If it is not; GDAL has not seen it then.
    """
    ending = path.suffix.lower()
    if ending == ".gdb" and path.is_dir():
        if not any(path.glob("*.gdbtable")):
            raise DataError([_not_one(path, "FileGDB", "a folder without tables")])
        return
    if ending not in _KINDS or not path.is_file():
        raise DataError([_unknown(path)])
    kind, start = _KINDS[ending]
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not re.match(start, head):
        raise DataError([_not_one(path, kind, _describe(head))])
    if ending in {".json", ".geojson", ".tab"} and _LEADS_ELSEWHERE.search(head):
        raise DataError([_not_one(path, kind, "a file that leads to others")])


def _describe(head: bytes) -> str:
    if not head:
        return "an empty file"
    return "a virtual layer" if re.match(rb"\s*<", head) else "another kind of file inside"


def _unknown(path: Path) -> Finding:
    named = path.suffix or "no ending"
    found = f"a folder named {path.name}" if path.is_dir() else f"a file with the ending {named}"
    return Finding(
        "vector-kind",
        path.name,
        found,
        "GeoPackage (.gpkg), Shapefile (.shp, .zip), GeoJSON (.geojson), FlatGeobuf (.fgb), "
        "FileGDB (.gdb), MapInfo (.tab, .mif), GeoParquet (.parquet), or a table (.csv, .tsv, "
        ".xlsx, .ods)",
        "open it in a GIS and export it as GeoPackage",
    )


def _not_one(path: Path, kind: str, found: str) -> Finding:
    return Finding(
        "vector-kind",
        path.name,
        f"{found}, not a {kind}",
        f"a {kind}, as the ending {path.suffix} says",
        "open it in a GIS and export it as GeoPackage",
    )
