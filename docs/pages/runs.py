"""The figures of finished runs, as words for a page."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import amalgamation as am
from amalgamation.errors import DataError, InputError
from amalgamation.findings import Finding
from amalgamation.scenario import nearest
from amalgamation.study import figure_text, read_finished_runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Literal

    from amalgamation.study import FinishedRun

__all__ = ["Runs"]


@dataclass(frozen=True)
class Runs:
    """Hold a folder of runs, each in a folder of its scenario's name.

    Parameters
    ----------
    folder
        Where `make scenarios` writes.
    """

    folder: Path
    _read: dict[str, FinishedRun] = field(default_factory=dict, repr=False, compare=False)

    def of(self, name: str) -> FinishedRun:
        """Return a run.

        Raises
        ------
        DataError
            If there is none of that name.
        """
        if name not in self._read:
            (self._read[name],) = read_finished_runs([self.folder / name])
        return self._read[name]

    def figure(self, measure: str, name: str, column: Literal["today", "plan"]) -> str:
        """Return a figure of a run with its unit.

        Raises
        ------
        InputError
            If the run has no such measure, or no figure for it: a page has no blanks.
        """
        national = self.of(name).national
        if measure not in national.index:
            close = nearest(measure, national.index)
            remedy = f"did you mean `{close[0]}`?" if close else "correct the name"
            raise InputError([_finding(name, f"no measure `{measure}`", remedy)])
        value = float(national[column][measure])
        if not math.isfinite(value):
            raise InputError([_finding(name, f"no figure for {measure}", "leave it out")])
        return f"{figure_text(value)} {national['unit'][measure]}".strip()

    def ending(self, name: str) -> str:
        """Return how a run ended, with its proven gap."""
        run = self.of(name)
        if math.isnan(run.gap):
            return f"{run.status}: nothing was solved, so nothing is proven"
        return f"{run.status}, proven gap {100 * run.gap:.2f} %"

    def table(self, names: Sequence[str], measures: Sequence[str] = ()) -> str:
        """Return runs side by side in Markdown, without the notices."""
        folders = [self.folder / name for name in names]
        comparison = am.compare(*folders, measures=list(measures) or "shown")
        return comparison.to_markdown().partition("\n\n")[0]

    def notices(self, names: Sequence[str], measures: Sequence[str] = ()) -> str:
        """Return what a reader of these runs side by side must know."""
        folders = [self.folder / name for name in names]
        comparison = am.compare(*folders, measures=list(measures) or "shown")
        return "\n\n".join(f"*{notice}*" for notice in comparison.notices)

    def map(self, name: str) -> Path:
        """Return the map of a run.

        Raises
        ------
        DataError
            If the run drew none.
        """
        path = self.of(name).folder / "map.png"
        if not path.is_file():
            remedy = "run it again with `png` in its `write`"
            raise DataError([_finding(name, "no map.png", remedy)])
        return path


def _finding(name: str, found: str, remedy: str) -> Finding:
    return Finding("page", f"run {name}", found, "what the page tells of it", remedy)
