"""Where a result comes from: versions of the parts and hashes of the inputs."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Source", "package_version", "read_source", "versions"]

_PARTS = ("geopandas", "highspy", "networkx", "numpy", "pandas", "pulp", "pyproj", "shapely")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a result was made from.

    Parameters
    ----------
    role
        What it was used as, such as ``"units"`` or ``"scenario"``.
    path
        Path as the user gave it.
    sha256
        Hexadecimal digest of its bytes.
    """

    role: str
    path: str
    sha256: str


def read_source(role: str, path: Path, shown_as: str | None = None) -> Source:
    """Hash a file.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return Source(role, shown_as or path.name, digest.hexdigest())


def package_version() -> str:
    """Return our own version, as installed."""
    try:
        return version("amalgamation")
    except PackageNotFoundError:  # a bare source tree on the path
        return "0+unknown"


def versions() -> dict[str, str]:
    """Return the versions of Python, of us and of the parts that a result depends on."""
    return {
        "python": platform.python_version(),
        "amalgamation": package_version(),
        **{part: version(part) for part in _PARTS},
    }
