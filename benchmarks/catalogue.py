"""Every benchmark that `python -m benchmarks.all` runs, with the options of the kept figures.

In: nothing. Out: one list, in the order in which they run. The minutes are those that each takes
on two quiet cores, from the seconds of its last kept run where there is one; all together stay
below two hours.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec

__all__ = ["CATALOGUE", "Benchmark"]


@dataclass(frozen=True)
class Benchmark:
    """Name a command, and how it is called.

    Parameters
    ----------
    name
        Name of the command, and of its page.
    minutes
        What it takes on two quiet cores.
    arguments
        Options, where they are not the command's own.
    needs
        Packages and programs without which its table would have holes.
    package
        Where the command is found.
    """

    name: str
    minutes: float
    arguments: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    package: str = "benchmarks"

    @property
    def words(self) -> list[str]:
        """The command line, with the Python that runs us."""
        return [sys.executable, "-m", f"{self.package}.{self.name}", *self.arguments]

    @property
    def lacking(self) -> list[str]:
        """What it needs and this machine has not."""
        return [need for need in self.needs if not (find_spec(need) or shutil.which(need))]


CATALOGUE = (
    Benchmark("adjacency", 1, needs=("libpysal",)),
    Benchmark("coverage", 2),
    Benchmark("report", 1, needs=("selenium", "chromedriver")),
    Benchmark("proof", 6, needs=("psutil",)),
    Benchmark("peers", 14, needs=("spopt", "gerrychain")),
    Benchmark("kills", 6),
    Benchmark("studies", 25),
    Benchmark(
        *("compact_against_columns", 20),
        ("--oblasts", "none", "--gaps", "0.1", "--seconds", "700"),
    ),
    Benchmark("growth", 25, ("--seconds", "300"), needs=("psutil",)),
)
"""Short ones first, so that most tables stand early."""
