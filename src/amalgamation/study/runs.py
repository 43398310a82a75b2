"""Compare finished runs: what each costs in the terms of the others.

In: run folders, of any version and of any data. Out: a `Comparison` with today first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from amalgamation.errors import InputError
from amalgamation.findings import Finding, name_some
from amalgamation.measure import SHOWN
from amalgamation.plan import Plan
from amalgamation.scenario import nearest
from amalgamation.status import Status
from amalgamation.study.compare.land import Land
from amalgamation.study.comparison import Column, Comparison
from amalgamation.study.finished import read_finished_runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.study.finished import FinishedRun

__all__ = ["TODAY", "compare_runs"]

TODAY = "today"
"""Head of the first column."""

_BETTER = {"True": True, "False": False}


def compare_runs(
    folders: Sequence[Path],
    measures: Sequence[str] | Literal["shown", "all"] = "shown",
    *,
    against: str | None = None,
    data_folder: Path | None = None,
) -> Comparison:
    """Put finished runs side by side, today as the first column.

    Today is the first run that measured today as it stands; without one, it is what the
    first run's own scorecard says of today.

    Parameters
    ----------
    folders
        Run folders, in the order of their columns.
    measures
        Names of national measures; ``"shown"`` are those that a scorecard shows, ``"all"``
        those of any run.
    against
        Label of the column that the others are held against; default: the first run that
        is named, and today beside a single run.
    data_folder
        Folder of the scenario file, if its data are not bundled: a run does not record it.

    Raises
    ------
    DataError
        If a folder is no run: all that is wrong with any of them; or the data folder that
        is named does not hold the data.
    InputError
        If no run has a measure of that name, or no column that label.

    Notes
    -----
    Costs are not compared: each scenario divides its aims by a reference of its own.

    Examples
    --------
    >>> from pathlib import Path
    >>> compare_runs([Path("no-such-run")])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    amalgamation.errors.DataError: run no-such-run: found no such folder; expected a run folder...
    """
    runs = read_finished_runs(folders)
    sides = _sides(runs)
    known = list(dict.fromkeys(name for side in sides for name in side.run.national.index))
    findings = [*_check_label(against, sides), *_check_measures(measures, known)]
    if findings:
        raise InputError(findings)
    base, names = _find_base(against, sides, runs), _choose(measures, known)
    rows = [_row(name, sides) for name in known]
    figures = pd.DataFrame(rows, columns=_heads(sides)).set_index("measure")
    land = Land(base.run, data_folder)
    land.check()
    return Comparison(
        columns=tuple(side.column for side in sides),
        table=figures.loc[names],
        notices=(*_made_up(sides), *_whence(sides), *_differences(sides), *_gaps(names, sides)),
        figures=figures,
        against=base.label,
        plans=_plans(base, sides),
        land=land,
    )


def _find_base(against: str | None, sides: Sequence[_Side], runs: Sequence[FinishedRun]) -> _Side:
    """Return the column that the others are held against."""
    if against is not None:
        return next(side for side in sides if side.label == against)
    if len(runs) == 1:
        return sides[0]
    return next(side for side in sides if side.run is runs[0] and side.figures == "plan")


def _check_label(against: str | None, sides: Sequence[_Side]) -> list[Finding]:
    labels = [side.label for side in sides]
    if against is None or against in labels:
        return []
    close = nearest(against, labels)
    remedy = f"did you mean `{close[0]}`?" if close else "choose among them"
    where, expected = "column to hold others against", "a column: " + name_some(labels)
    return [Finding("unknown-column", where, f"`{against}`", expected, remedy)]


def _plans(base: _Side, sides: Sequence[_Side]) -> dict[str, Plan]:
    """Return the plans of the units of one column, that one first."""
    asked = [base, *(side for side in sides if side is not base and side.figures == "plan")]
    alike = [side for side in asked if side.run.units == base.run.units]
    return {side.label: side.plan for side in alike}


@dataclass(frozen=True)
class _Side:
    """A run beside others: its label, and which of its two columns of figures counts."""

    label: str
    run: FinishedRun
    figures: Literal["today", "plan"]

    @property
    def column(self) -> Column:
        """Return what stands behind the figures; what a scorecard says of today is measured."""
        ended = self.run.status if self.figures == "plan" else str(Status.MEASURED)
        gap = self.run.gap if self.figures == "plan" else math.nan
        folder, units = str(self.run.folder), len(self.run.units)
        made_up, is_run = bool(self.run.notice), self.figures == "plan"
        return Column(self.label, self.run.scenario, folder, ended, gap, units, made_up, is_run)

    @property
    def plan(self) -> Plan:
        """Return the plan; today, as a scorecard has it, is each unit by itself."""
        if self.figures == "plan":
            return self.run.plan
        return Plan.from_seats({unit: unit for unit in self.run.units})

    def unit_of(self, measure: str) -> str | None:
        """Return the unit of a measure; None where the run lacks it."""
        return str(self.run.national["unit"][measure]) if self.has(measure) else None

    def has(self, measure: str) -> bool:
        """Say whether the run measured it."""
        return measure in self.run.national.index

    def value(self, measure: str) -> float:
        """Return a figure; NaN where the run has none."""
        return float(self.run.national[self.figures].get(measure, math.nan))


def _sides(runs: Sequence[FinishedRun]) -> list[_Side]:
    today = next((run for run in runs if run.is_today), None)
    first = _Side(TODAY, runs[0], "today") if today is None else _Side(TODAY, today, "plan")
    sides = [first]
    for run in runs:
        if run is not today:
            sides.append(_Side(_label(run, [side.label for side in sides]), run, "plan"))
    return sides


def _label(run: FinishedRun, taken: Sequence[str]) -> str:
    """Return the scenario's name; where another column has it, the folder's."""
    names = (run.scenario, run.folder.name, str(run.folder), f"{run.folder} (plan)")
    return next(name for name in names if name not in taken)


def _choose(measures: Sequence[str] | Literal["shown", "all"], known: list[str]) -> list[str]:
    if measures == "all":
        return known
    if measures == "shown":
        return [name for name in known if name in SHOWN]
    return list(dict.fromkeys(measures))


def _check_measures(
    measures: Sequence[str] | Literal["shown", "all"], known: list[str]
) -> list[Finding]:
    if measures == "shown" or measures == "all":  # noqa: PLR1714 - a checker narrows by this alone
        return []
    return [_unknown(name, known) for name in dict.fromkeys(measures) if name not in known]


def _unknown(name: str, known: list[str]) -> Finding:
    close = nearest(name, known)
    remedy = f"did you mean `{close[0]}`?" if close else "choose among them"
    expected = "a national measure of these runs: " + name_some(close or known)
    return Finding("unknown-measure", "measures of the comparison", f"`{name}`", expected, remedy)


def _heads(sides: Sequence[_Side]) -> list[str]:
    return ["measure", "title", "unit", "higher_is_better", *(side.label for side in sides)]


def _row(measure: str, sides: Sequence[_Side]) -> list[Any]:
    said = _first_with(measure, sides).run.national.loc[measure]
    unit = said["unit"]
    values = [side.value(measure) if side.unit_of(measure) == unit else math.nan for side in sides]
    better = _BETTER.get(str(said["higher_is_better"]))
    return [measure, said["title"], unit, better, *values]


def _first_with(measure: str, sides: Sequence[_Side]) -> _Side:
    return next(side for side in sides if side.has(measure))


def _made_up(sides: Sequence[_Side]) -> list[str]:
    return list(dict.fromkeys(side.run.notice for side in sides if side.run.notice))


def _whence(sides: Sequence[_Side]) -> list[str]:
    today = sides[0]
    if today.figures == "plan":
        return []
    return [f"Today is what the scorecard of {today.run.scenario} says of its units as they stand."]


def _differences(sides: Sequence[_Side]) -> list[str]:
    """Say where runs do not speak of the same: units, or files that they were made from."""
    units, data = ({getattr(side.run, name) for side in sides} for name in ("units", "data"))
    lines = []
    if len(units) > 1:
        lines.append(f"The units differ: {_who_has_which_units(sides)}.")
    if len(data) > 1:
        first = sides[0].run.data
        others = ", ".join(side.label for side in sides if side.run.data != first)
        lines.append(f"The data differ: made from other files than {sides[0].label}: {others}.")
    return lines


def _who_has_which_units(sides: Sequence[_Side]) -> str:
    labels: dict[tuple[str, ...], list[str]] = {}
    for side in sides:
        labels.setdefault(side.run.units, []).append(side.label)
    return "; ".join(f"{len(units):,} in {', '.join(who)}" for units, who in labels.items())


def _gaps(measures: Sequence[str], sides: Sequence[_Side]) -> list[str]:
    """Say what is blank where, and of figures in another unit that they are left out."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for side in sides:
        blank = tuple(name for name in measures if not math.isfinite(side.value(name)))
        lacking.setdefault(blank, []).append(side.label)
    lines = [
        f"Blank: {', '.join(labels)}: no {name_some(blank)}."
        for blank, labels in lacking.items()
        if blank
    ]
    for side in sides:
        for name in filter(side.has, measures):
            unit = _first_with(name, sides).unit_of(name)
            if side.unit_of(name) != unit:
                found = f"{name} in {side.unit_of(name)!r} instead of {unit!r}"
                lines.append(f"Blank: {side.label}: {found}.")
    return lines
