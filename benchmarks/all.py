"""Every benchmark in one go: all tables, and their watched figures in one file.

In: the list in `benchmarks.catalogue`. Out: a line for each as it ends; in a folder the pages, the
logs and ``figures.json``; on request all of it in `benchmarks/results/`. 1 if any failed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.catalogue import CATALOGUE, Benchmark
from benchmarks.driver import Ended, run_benchmarks
from benchmarks.figures import write_figures
from benchmarks.options import words
from benchmarks.tables import RESULTS, machine_facts, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_FOLDER = Path("runs", "benchmarks")
_INTERRUPTED = 130


def main(arguments: list[str] | None = None, catalogue: Sequence[Benchmark] = CATALOGUE) -> int:
    """Run the command; 1 if any benchmark failed, 2 for a name that there is not."""
    chosen = _options().parse_args(arguments)
    unknown = {*chosen.only, *chosen.without} - {one.name for one in catalogue}
    if unknown:
        known = ", ".join(one.name for one in catalogue)
        print(f"found {', '.join(sorted(unknown))}; expected some of {known}", file=sys.stderr)
        return 2
    wanted = [
        one
        for one in catalogue
        if one.name not in chosen.without and (not chosen.only or one.name in chosen.only)
    ]
    minutes = sum(one.minutes for one in wanted)
    if chosen.list:
        _show(wanted)
        return 0
    print("; ".join(f"{name}: {fact}" for name, fact in machine_facts().items()))
    print(f"{len(wanted)} benchmarks, some {minutes:g} minutes on two quiet cores", flush=True)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    try:
        ends = run_benchmarks(wanted, chosen.folder, _tell, afresh=chosen.afresh)
    except KeyboardInterrupt:
        print("Ended; the same command goes on where it stood", file=sys.stderr)
        return _INTERRUPTED
    finally:
        write_figures(chosen.folder)
    if chosen.publish is not None:
        _publish(chosen.folder, chosen.publish, ends)
    print(f"{sum(one.has_page for one in ends)} pages in {chosen.publish or chosen.folder}")
    return int(any(one.failed for one in ends))


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.all",
        description="Run every benchmark, each in a process of its own; go on where a run ended.",
    )
    options.add_argument("--only", type=words, default=[], help="names, parted by commas")
    options.add_argument("--without", type=words, default=[], help="names, parted by commas")
    options.add_argument("--folder", type=Path, default=_FOLDER, help=f"default: {_FOLDER}")
    options.add_argument("--afresh", action="store_true", help="keep nothing of an earlier run")
    options.add_argument("--list", action="store_true", help="say what would be run, and end")
    options.add_argument(
        "--publish",
        nargs="?",
        type=Path,
        const=RESULTS,
        metavar="FOLDER",
        help="make the pages the kept ones, in results/ or in the folder",
    )
    return options


def _show(wanted: list[Benchmark]) -> None:
    rows: list[dict[str, object]] = [
        {
            "benchmark": one.name,
            "options": " ".join(one.arguments),
            "minutes": one.minutes,
            "lacking": ", ".join(one.lacking),
        }
        for one in wanted
    ]
    show_table(f"Some {sum(one.minutes for one in wanted):g} minutes on two quiet cores", rows)


def _tell(ended: Ended) -> None:
    told = f" ({ended.told})" if ended.told else ""
    print(f"{ended.name:24} {ended.seconds:8,.0f} s  {ended.how}{told}", flush=True)


def _publish(folder: Path, target: Path, ends: list[Ended]) -> None:
    """Copy the pages that stand; what has none keeps its older page."""
    target.mkdir(parents=True, exist_ok=True)
    for ended in ends:
        if ended.has_page:
            shutil.copyfile(folder / f"{ended.name}.md", target / f"{ended.name}.md")
    write_figures(target)


if __name__ == "__main__":
    sys.exit(main())
