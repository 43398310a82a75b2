"""A study as it stands on the disk: what is finished, at work, failed, and still to come."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amalgamation.study.figures import figure_text
from amalgamation.study.sweep.folder import read_outcomes, read_running
from amalgamation.study.sweep.manifest import read_manifest
from amalgamation.study.sweep.table import build_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from amalgamation.study.sweep.manifest import Manifest
    from amalgamation.study.sweep.outcome import Outcome

__all__ = ["Study", "estimate_seconds_left", "read_study"]

_SHOWN = ["status", "municipalities", "cost", "gap_percent", "seconds"]


@dataclass(frozen=True)
class Study:
    """Hold a study as far as it is answered.

    Parameters
    ----------
    folder
        Where it stands.
    manifest
        What it asks.
    outcomes
        Variant -> what came of it, as far as known.
    at_work
        Names of the variants that a process answers now.
    """

    folder: Path
    manifest: Manifest
    outcomes: Mapping[str, Outcome]
    at_work: tuple[str, ...] = ()

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each variant, see `amalgamation.study.sweep.build_table`."""
        return build_table(self.manifest, self.outcomes)

    @property
    def finished(self) -> int:
        """How many variants are answered, if only by saying that there is no plan."""
        return sum(outcome.is_finished for outcome in self.outcomes.values())

    @property
    def failed(self) -> int:
        """How many variants have no answer but a reason."""
        return len(self.outcomes) - self.finished

    @property
    def waiting(self) -> int:
        """How many variants are neither answered, nor failed, nor at work."""
        begun = {*self.outcomes, *self.at_work}
        return sum(asked.name not in begun for asked in self.manifest.variants)

    @property
    def seconds_left(self) -> float:
        """About how long it will take yet; NaN while nothing is finished or at work."""
        known = [one.seconds for one in self.outcomes.values() if one.is_finished]
        return estimate_seconds_left(known, self.waiting, len(self.at_work))

    @property
    def notice(self) -> str:
        """The sentence that says that the data are made up; empty where they are not."""
        return next((one.notice for one in self.outcomes.values() if one.notice), "")

    def sentence(self) -> str:
        """Return how far the study is, as one line."""
        parts = [f"{self.finished:,} of {len(self.manifest.variants):,} variants finished"]
        parts += [f"{len(self.at_work):,} at work"] if self.at_work else []
        parts += [f"{self.waiting:,} waiting"] if self.waiting else []
        parts += [f"{self.failed:,} failed"] if self.failed else []
        left = self.seconds_left
        parts += [f"about {left:,.0f} s left"] if math.isfinite(left) and self.at_work else []
        return ", ".join(parts)

    def to_object(self) -> dict[str, Any]:
        """Return how far the study is as JSON has it; unknown numbers are None."""
        left = self.seconds_left
        return {
            "scenario": self.manifest.scenario,
            "folder": str(self.folder),
            "variants": len(self.manifest.variants),
            "finished": self.finished,
            "failed": self.failed,
            "at_work": list(self.at_work),
            "waiting": self.waiting,
            "seconds_left": left if math.isfinite(left) else None,
            "notice": self.notice,
            "outcomes": [self._outcome_object(asked.name) for asked in self.manifest.variants],
        }

    def _outcome_object(self, name: str) -> dict[str, Any]:
        outcome = self.outcomes.get(name)
        if outcome is None:
            return {"name": name, "status": "at work" if name in self.at_work else "waiting"}
        kept = ("status", "cost", "bound", "gap", "municipalities", "seconds", "reason")
        content = outcome.to_object()
        return {"name": name} | {key: content[key] for key in kept}

    def _facts(self) -> list[dict[str, str]]:
        """Row by row, column -> text: feeds every way of showing a study."""
        return [
            {"variant": str(name)}
            | {column: _cell(row.get(column)) for column in [*self._keys(), *_SHOWN]}
            for name, row in self.table.iterrows()
        ]

    def _keys(self) -> list[str]:
        return list(dict.fromkeys(k for one in self.manifest.variants for k in one.changes))

    def __repr__(self) -> str:
        return f"<Study {self.manifest.scenario}: {self.sentence()}>"

    def _repr_html_(self) -> str:
        facts = self._facts()
        head = "".join(f"<th>{html.escape(column)}</th>" for column in facts[0])
        rows = "".join(f"<tr>{_cells(row)}</tr>" for row in facts)
        notice = f"<p>{html.escape(self.notice)}</p>" if self.notice else ""
        told = html.escape(f"{self.manifest.scenario}: {self.sentence()}")
        return f"<b>Study</b> {told}<table><tr>{head}</tr>{rows}</table>{notice}"


def _cells(row: Mapping[str, str]) -> str:
    return "".join(f"<td>{html.escape(text)}</td>" for text in row.values())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return figure_text(value) if isinstance(value, int | float) else str(value)


def estimate_seconds_left(known: list[float], waiting: int, at_work: int) -> float:
    """Return about how long variants will take yet; NaN if nothing is known.

    Each takes as long as the mean of those that are finished; those at work are half done.

    Parameters
    ----------
    known
        Seconds that each finished variant took.
    waiting, at_work
        How many are still to come.

    Examples
    --------
    >>> estimate_seconds_left([10.0, 20.0], waiting=3, at_work=2)
    30.0
    """
    if not known or not at_work:
        return math.nan
    return sum(known) / len(known) * (waiting + at_work / 2) / at_work


def read_study(folder: Path) -> Study:
    """Read how far a study is, also while a process is at work on it.

    Parameters
    ----------
    folder
        A study folder.

    Raises
    ------
    DataError
        If the folder is no study, or a row of it cannot be read.
    """
    manifest, found = read_manifest(folder), read_outcomes(folder)
    keys = {asked.name: asked.key for asked in manifest.variants}
    outcomes = {name: one for name, (key, one) in found.items() if keys.get(name) == key}
    busy = [name for name in read_running(folder).get("at_work", []) if name not in outcomes]
    return Study(folder, manifest, outcomes, tuple(name for name in busy if name in keys))
