"""Archives (zip, and workbooks, which are zips): what they may unpack to, and where.

Limits are far above any honest file. A member that says less than it unpacks to is stopped
by the reader: Python reads no further than the directory says.
"""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from amalgamation.findings import Finding, name_some
from amalgamation.territory.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "MOST_FOLD", "MOST_MEMBERS", "check_archive", "unpacked"]

MOST_BYTES = 2_000_000_000
"""Greatest size of all members, unpacked."""
MOST_FOLD = 200
"""Most times that an archive may grow when it is unpacked, from a megabyte on."""
MOST_MEMBERS = 1000
"""Most members."""

_SMALL = 1_000_000
_LAYERS = (".shp", ".gpkg", ".geojson", ".json", ".fgb", ".tab", ".mif")


def check_archive(path: Path) -> list[Finding]:
    """Return why an archive must not be unpacked, without unpacking it."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        return [_broken(path, str(error))]
    size = sum(member.file_size for member in members)
    fold = size / max(path.stat().st_size, 1)
    found = []
    if size > MOST_BYTES or (size > _SMALL and fold > MOST_FOLD):
        found.append(f"an archive that unpacks to {size:,} bytes, {fold:,.0f} times its size")
    if len(members) > MOST_MEMBERS:
        found.append(f"an archive of {len(members):,} files")
    if any(member.flag_bits & 1 for member in members):
        found.append("an archive with a password")
    return [_refused(path, one) for one in found]


def _broken(path: Path, error: str) -> Finding:
    return Finding(
        "archive",
        path.name,
        f"what is no readable zip ({error})",
        "a zip file",
        "pack or export it again",
    )


def _refused(path: Path, found: str) -> Finding:
    return Finding(
        "archive",
        path.name,
        found,
        f"at most {MOST_BYTES:,} bytes and {MOST_FOLD} times its size, "
        f"at most {MOST_MEMBERS:,} files, no password",
        "unpack it yourself, look at it, and name the file inside",
    )


@contextmanager
def unpacked(
    path: Path, layer: str | None, section: str = "territory"
) -> Iterator[tuple[Path, str | None]]:
    """Unpack the one vector file of a zip into a folder that goes when the block ends.

    Folders inside are left out and no name of the archive is used as a path, so nothing can
    be written elsewhere.

    Parameters
    ----------
    path
        The zip file.
    layer
        What the scenario chooses: a file of the archive without its ending, or a layer of
        its only file.
    section
        The scenario's section that names the file, for the message.

    Yields
    ------
    tuple
        The vector file, and the layer to read in it.

    Raises
    ------
    DataError
        If the archive must not be unpacked, or does not hold one vector file.
    """
    refused = check_archive(path)
    if refused:
        raise DataError(refused)
    with zipfile.ZipFile(path) as archive, TemporaryDirectory() as folder:
        members = {PurePosixPath(one.filename): one for one in archive.infolist()}
        files = [file for file, member in members.items() if not member.is_dir()]
        chosen, layer = _choose(files, path, layer, section)
        for file in files:
            if file.with_suffix("") == chosen.with_suffix(""):
                target = Path(folder, f"units{file.suffix.lower()}")
                target.write_bytes(_content(archive, members[file], path))
        yield Path(folder, f"units{chosen.suffix.lower()}"), layer


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> bytes:
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise DataError([_broken(path, str(error))]) from error


def _choose(
    files: list[PurePosixPath], path: Path, layer: str | None, section: str
) -> tuple[PurePosixPath, str | None]:
    vectors = [file for file in files if file.suffix.lower() in _LAYERS]
    vectors = [file for file in vectors if not str(file).startswith("__MACOSX/")]
    if len(vectors) == 1:
        own = vectors[0].stem == layer and vectors[0].suffix.lower() in {".shp", ".tab", ".mif"}
        return vectors[0], None if own else layer
    named = [file for file in vectors if layer in {file.stem, str(file)}]
    if len(named) == 1:
        return named[0], None
    names = sorted(file.stem for file in vectors)
    found = f"{len(vectors)} vector files in the archive"
    raise DataError(
        [
            Finding(
                "archive-layer",
                path.name,
                found + (", none of them chosen" if layer is None else f", none named {layer}"),
                f"one of {name_some(names, 20)}" if names else "a zipped Shapefile or GeoPackage",
                (nearest(layer or "", names) if layer else f"name it as {section}.layer")
                if names
                else "pack the .shp with its .shx, .dbf and .prj",
            )
        ]
    )
