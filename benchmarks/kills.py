"""Studies that are killed at random moments: they go on to the same table, and repeat nothing.

In: how often to kill. Out: a row for each kill (SIGKILL): when, what was finished by then, how
much of that was written again, and whether the table at last is that of a study that nobody
disturbed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from amalgamation.errors import DataError
from amalgamation.study.sweep import read_study
from benchmarks.options import Options

if TYPE_CHECKING:
    import pandas as pd

    from amalgamation.study.sweep import Study

__all__ = ["main"]

_QUESTION = "Does a study that is killed at any moment go on, and repeat nothing?"
_CLOCK = ["seconds", "solve_seconds"]
_LOOK = 0.01


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if any study lost or repeated anything."""
    options = Options("kills", _QUESTION, engine=None)
    options.add_argument("--times", type=int, default=20, help="how many studies are killed")
    options.add_argument("--variants", type=int, default=12, help="of the toy")
    chosen = options.read(arguments)
    page = options.page(chosen)
    words = _words(chosen.variants, chosen.processes or 2)
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name, "whole")
        seconds = _run_whole(words, whole)
        expected = _table(read_study(whole))
        chance, each = np.random.default_rng(chosen.seed), seconds / chosen.variants
        rows = [
            _kill(words, Path(name, str(number)), chosen.variants, each, chance, expected)
            for number in range(chosen.times)
        ]
    page.show("Studies killed at random moments", rows)
    page.finish(chosen.json, keep=chosen.keep)
    return int(any(row["written again"] or not row["same table"] for row in rows))


def _words(variants: int, processes: int) -> list[str]:
    values = ",".join(str(5000 + 250 * number) for number in range(variants))
    return [
        *(sys.executable, "-m", "amalgamation", "sweep", "toy", "--quiet"),
        *("--over", f"rules.population.min={values}", "--processes", str(processes)),
    ]


def _start(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*words, "-o", str(folder)])  # noqa: S603 - ourselves


def _run_whole(words: list[str], folder: Path) -> float:
    """Run a study that nobody disturbs; return its seconds from the manifest to the end."""
    with _start(words, folder) as study:
        _await_manifest(folder, study)
        began = time.perf_counter()
    return time.perf_counter() - began


def _await_manifest(folder: Path, study: subprocess.Popen[bytes]) -> None:
    while study.poll() is None and not (folder / "study.json").exists():
        time.sleep(_LOOK)


def _kill(
    words: list[str],
    folder: Path,
    variants: int,
    each: float,
    chance: np.random.Generator,
    expected: pd.DataFrame,
) -> dict[str, Any]:
    """Kill a study some time after a number of its variants is finished, both by chance."""
    number, moment = int(chance.integers(variants)), float(chance.uniform(0, each))
    with _start(words, folder) as study:
        _await_manifest(folder, study)
        while study.poll() is None and len(list(folder.glob("outcomes/*.json"))) < number:
            time.sleep(_LOOK)
        time.sleep(moment)
        alive = study.poll() is None
        study.kill()
    before = _stamps(folder)
    with _start(words, folder) as again:
        again.wait()
    after = _stamps(folder)
    return {
        "killed after": f"{number} variants and {moment:.2f} s",
        "at work then": alive,
        "finished by then": len(before),
        "written again": sum(after.get(name) != stamp for name, stamp in before.items()),
        "finished at last": len(after),
        "same table": _table(read_study(folder)).equals(expected),
    }


def _stamps(folder: Path) -> dict[str, tuple[int, ...]]:
    """Return when the files of each finished variant were written; every row must be whole."""
    try:
        study = read_study(folder)
    except DataError:
        if (folder / "study.json").exists():  # a half-written file would be found here
            raise
        return {}
    return {name: _stamps_of(folder, name) for name in study.outcomes}


def _stamps_of(folder: Path, name: str) -> tuple[int, ...]:
    files = [folder / "outcomes" / f"{name}.json", *sorted((folder / "runs" / name).glob("*"))]
    return tuple(file.stat().st_mtime_ns for file in files)


def _table(study: Study) -> pd.DataFrame:
    return study.table.drop(columns=_CLOCK)


if __name__ == "__main__":
    sys.exit(main())
