"""Find the files that a scenario names: on this machine only, and there."""

from __future__ import annotations

from pathlib import Path

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from amalgamation.territory.words import nearest
from amalgamation.territory.workbook import WORKBOOKS

__all__ = ["TABLE_ENDINGS", "is_table", "locate"]

TABLE_ENDINGS = WORKBOOKS | {".csv", ".tsv", ".txt"}
"""File endings that are read as tables; everything else is a vector file."""

# GDAL would follow these to the network, into archives or into a database.
_ELSEWHERE = ("/vsi", "\\vsi", "<", "pg:", "mysql:", "mssql:", "oci:", "\\\\")


def is_table(path: str) -> bool:
    """Return whether a file is read as a table.

    Examples
    --------
    >>> is_table("units.CSV"), is_table("units.gpkg")
    (True, False)
    """
    return Path(path).suffix.lower() in TABLE_ENDINGS


def locate(path: str, folder: Path, key: str) -> Path:
    """Find a file that a scenario names.

    Parameters
    ----------
    path
        As the scenario has it, relative to ``folder`` or absolute.
    folder
        Folder of the scenario file.
    key
        Key of the scenario that names it, for the message.

    Raises
    ------
    DataError
        If the file is not there, or is not a file on this machine.
    """
    if "://" in path or path.lower().startswith(_ELSEWHERE):
        raise DataError(
            [
                Finding(
                    "file-elsewhere",
                    key,
                    path,
                    "a file on this machine",
                    "download it first and name the file",
                )
            ]
        )
    found = Path(folder) / path
    if not found.exists():
        raise DataError([_absent(path, found, key)])
    return found


def _absent(path: str, found: Path, key: str) -> Finding:
    beside = sorted(p.name for p in found.parent.iterdir()) if found.parent.is_dir() else []
    return Finding(
        "file-absent",
        key,
        f"no file {path}",
        "a file relative to the scenario's folder",
        nearest(found.name, beside) if beside else "check the folder",
    )
