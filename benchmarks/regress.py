"""Is the tool worse than it was? The watched figures of a fresh run against those of a stored one.

In: two folders with a file of figures each. Out: what is worse by more than its line in
`benchmarks.watched` allows, what is gone, and what was asked otherwise and so cannot be compared;
1 if there is any. Only ratios within one run, gaps and counts are compared, never seconds.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from amalgamation.errors import DataError
from benchmarks.figures import Figures, read_figures, watching
from benchmarks.options import words
from benchmarks.tables import RESULTS, show_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from benchmarks.watched import Watched

__all__ = ["Comparison", "Worse", "compare_figures", "main"]

_DATE = "date"


@dataclass(frozen=True)
class Worse:
    """Name a figure that is worse than it may be.

    Parameters
    ----------
    benchmark, figure
        Where it stands.
    stored
        What it was.
    fresh
        What it is; None where it is gone.
    least, most
        What would have been allowed; infinite where that side is free.
    """

    benchmark: str
    figure: str
    stored: float
    fresh: float | None
    least: float
    most: float


@dataclass(frozen=True)
class Comparison:
    """Hold what the comparison of two runs came to.

    Parameters
    ----------
    compared
        How many figures were compared.
    worse
        Those that are worse than they may be.
    unlike
        Sentences on benchmarks that could not be compared.
    notes
        Sentences on what else a reader must know.
    """

    compared: int
    worse: tuple[Worse, ...]
    unlike: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Say whether everything stored was compared, and nothing is worse."""
        return self.compared > 0 and not self.worse and not self.unlike


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is worse or cannot be compared, 2 without two runs."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.regress", description=__doc__)
    options.add_argument("fresh", type=Path, help="folder of the run that is judged")
    options.add_argument("--stored", type=Path, default=RESULTS, help="default: results/")
    options.add_argument("--without", type=words, default=[], help="benchmarks that are left out")
    chosen = options.parse_args(arguments)
    try:
        stored, fresh = read_figures(chosen.stored), read_figures(chosen.fresh)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    found = compare_figures(stored, fresh, chosen.without)
    if found.worse:
        show_table("Worse than allowed", [_row(one) for one in found.worse])
    for sentence in (*found.unlike, *found.notes):
        print(f"- {sentence}")
    print(f"{found.compared} figures compared, {len(found.worse)} worse than allowed")
    return 0 if found.passed else 1


def compare_figures(
    stored: Mapping[str, Figures], fresh: Mapping[str, Figures], without: Collection[str] = ()
) -> Comparison:
    """Compare all watched figures of two runs.

    Parameters
    ----------
    stored, fresh
        Benchmark -> its figures: what is stored must be there again, asked alike.
    without
        Benchmarks that are left out.

    Examples
    --------
    >>> def of(gap):
    ...     return {"proof": Figures("seed 1", {}, 60.0, {"hard: the whole | gap / asked": gap})}
    >>> compare_figures(of(0.8), of(0.9)).passed, compare_figures(of(0.8), of(1.3)).passed
    (True, False)
    """
    asked = {name: one for name, one in stored.items() if name not in without}
    unlike = {name: _unlike(name, one, fresh.get(name)) for name, one in asked.items()}
    alike = [name for name, why in unlike.items() if not why]
    watched = [
        (name, figure, line, value)
        for name in alike
        for figure, value in sorted(asked[name].figures.items())
        if value is not None and (line := watching(name, figure)) is not None
    ]
    judged = [_judge(*one, fresh[one[0]]) for one in watched]
    return Comparison(
        len(watched),
        tuple(one for one in judged if one is not None),
        tuple(why for why in unlike.values() if why),
        tuple(note for name in alike for note in _notes(name, asked[name], fresh[name])),
    )


def _unlike(name: str, stored: Figures, fresh: Figures | None) -> str:
    """Say why a benchmark cannot be compared; empty where it can."""
    if fresh is None:
        return f"{name}: the fresh run has none; leave it out with --without {name}, or run it"
    if fresh.asked != stored.asked:
        return f"{name}: asked otherwise: stored with {stored.asked!r}, fresh with {fresh.asked!r}"
    return ""


def _judge(
    benchmark: str, figure: str, line: Watched, stored: float, fresh: Figures
) -> Worse | None:
    least, most = line.allowed(stored)
    now = fresh.figures.get(figure)
    if now is not None and least <= now <= most:
        return None
    return Worse(benchmark, figure, stored, now, least, most)


def _notes(name: str, stored: Figures, fresh: Figures) -> Iterator[str]:
    facts = (stored.machine.keys() | fresh.machine.keys()) - {_DATE}
    forgotten = sum(watching(name, figure) is None for figure in stored.figures)
    if forgotten:
        yield f"{name}: {forgotten} stored figures are watched no more"
    for fact in sorted(facts):
        before, now = stored.machine.get(fact), fresh.machine.get(fact)
        if before != now:
            yield f"{name}: {fact} was {before}, is {now}"


def _row(one: Worse) -> dict[str, object]:
    least = f"at least {one.least:.4g}" if math.isfinite(one.least) else ""
    most = f"at most {one.most:.4g}" if math.isfinite(one.most) else ""
    return {
        "benchmark": one.benchmark,
        "figure": one.figure,
        "stored": one.stored,
        "fresh": "gone" if one.fresh is None else one.fresh,
        "allowed": " and ".join(part for part in (least, most) if part),
    }


if __name__ == "__main__":
    sys.exit(main())
