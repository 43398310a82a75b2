"""Plans between two aims, what each is proven to be, and the folder that says so."""

from __future__ import annotations

import html
import json
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.provenance import versions
from amalgamation.show import plot_two_aims, to_png
from amalgamation.status import relative_gap
from amalgamation.study.figures import figure_text, known, markdown_of
from amalgamation.territory.words import count_of
from amalgamation.write import whole_folder, write_assignment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from amalgamation.plan import Plan
    from amalgamation.scenario import Scenario
    from amalgamation.territory import Territory

__all__ = ["TWO_AIMS_FILES", "Point", "TwoAims"]

TWO_AIMS_FILES = ("frontier.json", "frontier.csv", "frontier.png", "summary.md", "assignment-*.csv")
"""What a folder of this study may hold; the first is its mark."""

# Two values that differ by less, relative, are one.
_SAME = 1e-9


@dataclass(frozen=True)
class Point:
    """Hold one plan: the least of the first aim that was found within a most of the second.

    Parameters
    ----------
    name
        Of its row and of its file.
    plan
        Verified.
    first, second
        Raw values of the two aims, in their units.
    most
        The most of the second aim that was allowed; infinite at the first aim's end.
    bound
        Proven: no plan within ``most`` has less of the first aim, in its unit.
    status
        How far the first aim is proven: ``optimal``, ``within gap``, ``feasible``.
    seconds
        Wall time.
    """

    name: str
    plan: Plan
    first: float
    second: float
    most: float
    bound: float
    status: str
    seconds: float

    def beats(self, other: Point) -> bool:
        """Say whether it is at least as good in both aims, and better in one."""
        pairs = ((self.first, other.first), (self.second, other.second))
        no_worse = all(own <= its * (1 + _SAME) for own, its in pairs)
        return no_worse and any(own < its * (1 - _SAME) for own, its in pairs)


@dataclass(frozen=True)
class TwoAims:
    """Hold plans between two aims, from the least of the second to the least of the first.

    Parameters
    ----------
    scenario, territory
        The question and its units.
    aims
        Names of the first (minimised) and the second (limited) aim.
    units
        Their units.
    references
        Their values at the reference plan: what 1.0 means.
    points
        In the order of the second aim, least first.
    least_second
        Proven: no plan at all has less of the second aim.
    missing
        Most of the second aim at which no plan was found in the time.
    interrupted
        Whether Ctrl-C ended it.
    """

    scenario: Scenario
    territory: Territory
    aims: tuple[str, str]
    units: tuple[str, str]
    references: tuple[float, float]
    points: tuple[Point, ...]
    least_second: float
    missing: tuple[float, ...] = ()
    interrupted: bool = False

    @property
    def plans(self) -> dict[str, Plan]:
        """Name -> plan."""
        return {point.name: point.plan for point in self.points}

    def bound_at(self, most: float) -> float:
        """Return the least of the first aim that any plan can have within a most of the second.

        What is proven of a looser limit holds for a tighter one; infinite where no plan can be.
        """
        if most < self.least_second * (1 - _SAME):
            return math.inf
        looser = [p.bound for p in self.points if p.most >= most * (1 - _SAME)]
        return max([0.0, *looser])

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per point, indexed by ``point``.

        Both aims raw (``access_person-km`` and the like) and as multiples of the reference
        plan's (``access_normalised``), the most of the second that was allowed, the bound on
        the first, ``gap_percent``, ``status``, ``dominated`` (another point is better in one
        aim and no worse in the other), ``municipalities`` and ``seconds``.
        """
        (first, second), points = self.aims, self.points
        one, two = (
            f"{name}_{unit.replace(' ', '_')}"
            for name, unit in zip(self.aims, self.units, strict=True)
        )
        bounds = [min(p.first, self.bound_at(p.most)) for p in points]
        columns: dict[str, Any] = {
            one: [p.first for p in points],
            two: [p.second for p in points],
            f"{second}_at_most": [p.most for p in points],
            f"{first}_bound": bounds,
            "gap_percent": [
                100 * relative_gap(p.first, bound) for p, bound in zip(points, bounds, strict=True)
            ],
            f"{first}_normalised": [p.first / self.references[0] for p in points],
            f"{second}_normalised": [p.second / self.references[1] for p in points],
            "status": [p.status for p in points],
            "dominated": [any(other.beats(p) for other in points) for p in points],
            "municipalities": [len(p.plan.seat_of) for p in points],
            "seconds": [p.seconds for p in points],
        }
        index = pd.Index([p.name for p in points], name="point", dtype="str")
        return pd.DataFrame(columns, index=index).replace([math.inf, -math.inf], math.nan)

    def sentences(self) -> tuple[str, ...]:
        """Return what was found, in words."""
        (first, second), points = self.aims, self.points
        pairs = zip(points, self.table["dominated"], strict=True)
        shown = {(p.first, p.second) for p, dominated in pairs if not dominated}
        found = (
            f"{count_of(len(points), 'point')} between the least {second} and the least {first}: "
            f"{count_of(len(shown), 'different plan')} that no other one beats."
        )
        lines = [found]
        if len(points) > 1:
            lines.append(self._trade(points[0], points[-1]))
        wanted = self.scenario.solve.gap_percent
        wide = [
            p.name
            for p, gap in zip(points, self.table["gap_percent"], strict=True)
            if gap > wanted + 1e-6
        ]
        if wide:
            lines.append(
                f"Not proven to {wanted:g} % in the time: {', '.join(wide)}; there the region that "
                "no plan reaches lies further below the plan."
            )
        if self.missing:
            most = ", ".join(figure_text(value) for value in self.missing)
            lines.append(f"No plan was found in the time with {second} at most {most}.")
        lines.append("Other aims of the scenario were not counted; its rules were kept.")
        return tuple(lines)

    def _trade(self, low: Point, high: Point) -> str:
        (first, second), (unit, other) = self.aims, self.units
        return (
            f"From end to end, {first} falls from {figure_text(low.first)} to "
            f"{figure_text(high.first)} {unit} as {second} rises from {figure_text(low.second)} to "
            f"{figure_text(high.second)} {other}."
        )

    def plot(self, **options: Any) -> Figure:
        """Draw the plans and the region below them that is proven empty.

        Parameters
        ----------
        **options
            Passed to `amalgamation.show.plot_two_aims`.
        """
        title = self.scenario.title or self.scenario.scenario
        dominated = self.table["dominated"].to_list()
        return plot_two_aims(
            [(p.second, p.first, worse) for p, worse in zip(self.points, dominated, strict=True)],
            self.corners(),
            self.least_second,
            self.territory,
            labels=tuple(
                f"{name} ({unit})"
                for name, unit in zip(reversed(self.aims), reversed(self.units), strict=True)
            ),
            **{"title": title} | options,
        )

    def corners(self) -> list[tuple[float, float]]:
        """Return (most of the second, bound on the first) from tight to loose: a staircase."""
        mosts = sorted({p.most for p in self.points})
        return [(most, self.bound_at(most)) for most in mosts]

    def to_markdown(self) -> str:
        """Return a summary: sentences, then a row per point."""
        notice = [f"*{self.territory.notice}*"] if self.territory.notice else []
        title = self.scenario.title or self.scenario.scenario
        head = f"# {title}: {self.aims[0]} against {self.aims[1]}"
        picture = "![Plans and the region that no plan reaches](frontier.png)"
        return (
            "\n\n".join([head, *notice, *self.sentences(), markdown_of(self.table), picture]) + "\n"
        )

    def to_object(self) -> dict[str, Any]:
        """Return the record as one JSON object; unknown numbers are None."""
        rows = self.table.reset_index().to_dict(orient="records")
        return {
            "scenario": self.scenario.model_dump(mode="json", by_alias=True),
            "synthetic": self.territory.synthetic,
            "notice": self.territory.notice,
            "between": list(self.aims),
            "units": list(self.units),
            "references": list(self.references),
            "least_second": known(self.least_second),
            "sentences": list(self.sentences()),
            "points": [{str(k): known(v) for k, v in row.items()} for row in rows],
            "missing": list(self.missing),
            "interrupted": self.interrupted,
            "versions": versions(),
        }

    def write(self, folder: Path, *, overwrite: bool = False) -> None:
        """Write table, picture, summary and the assignment of each plan, whole or not at all.

        Parameters
        ----------
        folder
            Absent, empty, or (with ``overwrite``) one of a former study of this kind.
        overwrite
            Replace it.

        Raises
        ------
        OutputError
            If the folder may not be used or cannot be written; it is then as it was before.
        """
        picture = to_png(self.plot())
        text = json.dumps(self.to_object(), ensure_ascii=False, allow_nan=False, indent=2)
        with whole_folder(folder, overwrite=overwrite, files=TWO_AIMS_FILES) as partial:
            for name, plan in self.plans.items():
                write_assignment(partial / f"assignment-{name}.csv", plan)
            table = self.table.to_csv(float_format="%.10g", lineterminator="\n")
            (partial / "frontier.csv").write_bytes(table.encode())
            (partial / "frontier.png").write_bytes(picture)
            (partial / "summary.md").write_bytes(self.to_markdown().encode())
            (partial / "frontier.json").write_bytes(f"{text}\n".encode())

    def __repr__(self) -> str:
        made_up = " (synthetic data)" if self.territory.synthetic else ""
        return f"<TwoAims {self.scenario.scenario}{made_up}: {self.sentences()[0]}>"

    def _repr_html_(self) -> str:
        notice = [self.territory.notice] if self.territory.notice else []
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in (*notice, *self.sentences()))
        return lines + str(self.table.to_html())


def sort_points(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return points in the order of what they were allowed, then of what they have."""
    return tuple(sorted(points, key=lambda point: (point.most, point.second, point.name)))
