"""Benchmarks one after another, each in a process of its own, so that none is lost with another.

In: a list of benchmarks and a folder. Out: in the folder the page, the log and a mark of each that
ended well. A mark names the options, our sources, the versions and the machine: what was finished
under the same mark is not run again, so a run that was broken off goes on where it stood.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import amalgamation
from benchmarks.tables import machine_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.catalogue import Benchmark

__all__ = ["KEPT", "LEFT_OUT", "OVER", "WRITTEN", "Ended", "run_benchmarks"]

WRITTEN = "written"
KEPT = "as it stood"
LEFT_OUT = "left out"
OVER = "over its limit"

_HERE = Path(__file__).parents[1]
# A benchmark that takes so many times its minutes hangs, or the machine is not for measuring.
_PATIENCE = 4
_MINUTE = 60.0
_SOURCES = ("benchmarks", "scenarios", "data")
_SUFFIXES = {".py", ".yaml", ".csv", ".json", ".gpkg"}


@dataclass(frozen=True)
class Ended:
    """Say how one benchmark ended.

    Parameters
    ----------
    name
        Its name.
    how
        `WRITTEN`, `KEPT`, `LEFT_OUT`, `OVER`, or what it ended with.
    seconds
        Wall time; of the run that wrote the page, where that was kept.
    told
        What a reader should look at, where there is no page.
    """

    name: str
    how: str
    seconds: float = 0.0
    told: str = ""

    @property
    def has_page(self) -> bool:
        """Say whether its page stands."""
        return self.how in {WRITTEN, KEPT}

    @property
    def failed(self) -> bool:
        """Say whether it was run and left no page."""
        return not self.has_page and self.how != LEFT_OUT


def run_benchmarks(
    benchmarks: Sequence[Benchmark],
    folder: Path,
    tell: Callable[[Ended], None] = lambda _: None,
    *,
    afresh: bool = False,
) -> list[Ended]:
    """Run all that are not finished in the folder, and say how each ended.

    Parameters
    ----------
    benchmarks
        What to run, in this order.
    folder
        Where pages, logs and marks stand. Where every benchmark is finished, the run is over
        and a new one begins.
    tell
        Called as each ends.
    afresh
        Begin a new run in any case.
    """
    folder.mkdir(parents=True, exist_ok=True)
    marks = {one.name: _mark(one) for one in benchmarks}
    finished = {} if afresh else _finished(folder, marks)
    runnable = {one.name for one in benchmarks if not one.lacking}
    if runnable <= finished.keys():
        finished = {}
    ends = []
    for one in benchmarks:
        if one.name in finished:
            ended = Ended(one.name, KEPT, finished[one.name])
        else:
            ended = _run(one, folder, marks[one.name])
        ends.append(ended)
        tell(ended)
    return ends


def _run(one: Benchmark, folder: Path, mark: str) -> Ended:
    for file in (_page_of(folder, one.name), _mark_of(folder, one.name)):
        file.unlink(missing_ok=True)
    if one.lacking:
        return Ended(one.name, LEFT_OUT, told=f"not on this machine: {', '.join(one.lacking)}")
    log = folder / f"{one.name}.log"
    began = time.perf_counter()
    status = _call([*one.words, "--keep", str(folder.absolute())], log, one.minutes)
    seconds = time.perf_counter() - began
    if status is None:
        return Ended(one.name, OVER, seconds, f"{_PATIENCE} times {one.minutes:g} minutes: {log}")
    if status or not _page_of(folder, one.name).exists():
        return Ended(one.name, f"ended with {status} and no page", seconds, str(log))
    _put(_mark_of(folder, one.name), json.dumps({"mark": mark, "seconds": seconds}))
    return Ended(one.name, WRITTEN, seconds)


def _call(words: list[str], log: Path, minutes: float) -> int | None:
    """Run a command; return its status, or None where it was ended for its time."""
    with log.open("wb") as out:
        # A session of its own, so that what it started can be ended with it.
        process = subprocess.Popen(  # noqa: S603 - our own commands
            words, cwd=_HERE, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            return process.wait(_PATIENCE * _MINUTE * minutes)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and everything below it; nothing where it has ended by itself."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# --- what is finished -------------------------------------------------------------------


def _finished(folder: Path, marks: dict[str, str]) -> dict[str, float]:
    """Return the seconds of each benchmark whose page stands under the same mark."""
    found: dict[str, float] = {}
    for name, mark in marks.items():
        if _mark_of(folder, name).exists() and _page_of(folder, name).exists():
            kept = json.loads(_mark_of(folder, name).read_text(encoding="utf-8"))
            if kept["mark"] == mark:
                found[name] = kept["seconds"]
    return found


def _mark(one: Benchmark) -> str:
    facts = {name: fact for name, fact in machine_facts().items() if name != "date"}
    whole = json.dumps([one.name, one.arguments, sorted(facts.items())]).encode()
    return hashlib.sha256(whole + _hash_sources()).hexdigest()


def _hash_sources() -> bytes:
    """Hash what a figure depends on besides options and versions: code, scenarios, data."""
    digest = hashlib.sha256()
    for folder in (Path(amalgamation.__file__).parent, *map(_HERE.joinpath, _SOURCES)):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.digest()


def _page_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.md"


def _mark_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.mark"


def _put(path: Path, text: str) -> None:
    """Write a file at once, so that no half of it is ever read."""
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
