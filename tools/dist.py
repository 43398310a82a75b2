"""Build what is released, twice, and refuse it where the two differ.

``python -m tools.dist [FOLDER]`` (``make dist``). In: the last commit. It is cloned twice;
each clone builds a source distribution and a wheel, and the source distribution of the
first is unpacked and builds a wheel of its own. All bytes must agree: so whoever has the
commit, or only the source distribution, can check a wheel that somebody else built. Out:
the two files, ``SHA256SUMS``, and ``wheel.txt``, which lists what the wheel holds.

Times in the archives are that of the commit (``SOURCE_DATE_EPOCH``). The name and version
of the build tool stand in the wheel, so the same version is needed to get the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from tools.places import ROOT, call

__all__ = ["build", "describe_wheel", "main"]


def main(arguments: list[str]) -> int:
    """Run the command."""
    folder = Path(arguments[0] if arguments else "dist").resolve()
    if call("git", "status", "--porcelain", folder=ROOT):
        print("Not committed yet, and so not built: see `git status`", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        made = build(Path(scratch))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in made:
            shutil.copy2(path, folder)
    sums = [f"{_hash(folder / path.name)}  {path.name}" for path in made]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    listing = describe_wheel(folder / made[1].name)
    (folder / "wheel.txt").write_text(listing, encoding="utf-8")
    print(*sums, sep="\n")
    print(f"built twice and from the source distribution by hatchling {version('hatchling')}")
    print(f"alike to the last byte: {folder}")
    print(listing.partition("\n\n")[0])
    return 0


def build(scratch: Path) -> tuple[Path, Path]:
    """Build source distribution and wheel of the last commit.

    Parameters
    ----------
    scratch
        An empty folder to work in, where the files stay.

    Returns
    -------
    tuple
        Source distribution and wheel.

    Raises
    ------
    SystemExit
        If two clones, or a clone and the source distribution, give different bytes.
    """
    time = call("git", "log", "-1", "--format=%ct", folder=ROOT).strip()
    first, second = (_build_clone(scratch / name, time) for name in ("first", "second"))
    for one, other in zip(first, second, strict=True):
        _compare(one, other, "two clones")
    with tarfile.open(first[0]) as archive:
        archive.extractall(scratch / "unpacked", filter="data")
    (source,) = (scratch / "unpacked").iterdir()
    _compare(first[1], _make("wheel", source, scratch / "again", time), "the source distribution")
    return first


def _build_clone(folder: Path, time: str) -> tuple[Path, Path]:
    # A depth of one needs an address: a path would be copied whole.
    call("git", "clone", "--quiet", "--depth=1", ROOT.as_uri(), folder / "clone", folder=ROOT)
    clone, made = folder / "clone", folder / "made"
    return _make("sdist", clone, made / "sdist", time), _make("wheel", clone, made / "wheel", time)


def _make(kind: str, source: Path, folder: Path, time: str) -> Path:
    words = (sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder)
    call(*words, folder=source, SOURCE_DATE_EPOCH=time)
    (made,) = folder.iterdir()
    return made


def _compare(one: Path, other: Path, among: str) -> None:
    if one.name != other.name or one.read_bytes() != other.read_bytes():
        raise SystemExit(f"Not reproducible: {one} and {other} differ, built from {among}")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe_wheel(wheel: Path) -> str:
    """Say how large a wheel and its parts are, and list its files with their sizes."""
    with zipfile.ZipFile(wheel) as archive:
        files = archive.infolist()
    rooms: dict[str, list[int]] = defaultdict(list)
    for file in files:
        rooms["/".join(file.filename.split("/")[:2])].append(file.file_size)
    size = wheel.stat().st_size
    rows = [
        f"{wheel.name}: {len(files)} files, {size:,} bytes",
        *(f"{sum(sizes):>12,}  {len(sizes):>4} files  {name}" for name, sizes in rooms.items()),
        "",
        *(f"{file.file_size:>12,}  {file.filename}" for file in files),
    ]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
