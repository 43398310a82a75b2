"""The figures of the benchmarks that are watched, and by how much each may be worse.

In: nothing. Out: one table. A watched figure is a ratio of two things measured in one run, a gap
or a count: seconds by themselves say as much of the machine as of the tool, and are not here.
Times and what a limit of time cuts off vary from run to run, so they have a wide tolerance;
counts have none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

__all__ = ["WATCHED", "Watched", "watched_table"]


@dataclass(frozen=True)
class Watched:
    """Say where a figure stands, and by how much it may be worse than stored.

    Parameters
    ----------
    benchmark
        The command.
    sheet
        Pattern that the whole title of its table matches.
    column
        The column.
    rows
        The columns that name a row.
    only
        Pattern that the whole name of a row matches; the columns of the name are parted by
        commas.
    fold
        Make one figure of all rows; empty leaves a figure to each row.
    worse
        What is worse: a ``"greater"`` figure, a ``"smaller"`` one, or any ``"other"``.
    times
        How many times worse a figure may be.
    plus
        How much worse besides, in the figure's own unit.
    fine
        Up to here a figure is never worse, such as a gap below the one that was asked for: an
        engine stops there, and how far below it then stands is chance.
    """

    benchmark: str
    sheet: str
    column: str
    rows: tuple[str, ...] = ()
    only: str = ".*"
    fold: Literal["", "sum", "least"] = ""
    worse: Literal["greater", "smaller", "other"] = "greater"
    times: float = 1.0
    plus: float = 0.0
    fine: float | None = None

    def allowed(self, stored: float) -> tuple[float, float]:
        """Return the least and the greatest figure that is not worse.

        Examples
        --------
        >>> Watched("growth", ".*", "gap %", times=1.5, plus=0.25, fine=1.0).allowed(2.0)
        (-inf, 3.25)
        >>> Watched("adjacency", ".*", "ours", worse="other").allowed(416)
        (416.0, 416.0)
        """
        least = -math.inf if self.worse == "greater" else stored / self.times - self.plus
        most = math.inf if self.worse == "smaller" else stored * self.times + self.plus
        return least, most if self.fine is None else max(most, self.fine)


_PLACE = ("territory", "polygons")
_RACE = ("block", "who")
_RACES = "compact_against_columns"
_STUDY = ".*: the same study .*"
_KEPT = ".*: what travels .*"

WATCHED = (
    Watched("proof", ".*: the whole", "gap / asked", times=1.25, fine=1.0),
    Watched("proof", ".*: the whole", "municipalities", worse="other", times=1.1),
    Watched(_RACES, ".* 0.1 %", "gap %", _RACE, only=".*, columns", plus=0.05, fine=0.1),
    Watched(_RACES, ".*", "s / columns", _RACE, only=".*, (?!columns).*", worse="smaller", times=2),
    Watched(_RACES, ".*", "cost / columns", _RACE, worse="smaller", times=1.005),
    Watched("peers", ".*: by our aim.*", "/ ours", ("who",), worse="smaller", times=1.1),
    Watched("peers", ".*: by our aim.*", "broken", ("who",), only="amalgamation.*"),
    Watched(
        "peers", ".*: by spopt.*", "number", ("who",), only=".*, most", worse="smaller", plus=1
    ),
    Watched("peers", ".*: by spopt.*", "proven most", ("who",), only=".*, most", plus=1),
    Watched("growth", ".*", "gap %", ("units",), times=1.25, plus=0.1, fine=1.0),
    Watched("growth", ".*", "s x", ("units",), times=1.6),
    Watched("growth", ".*", "MiB x", ("units",), times=1.3),
    Watched("coverage", ".*", "times", ("what",), only="in all, s|peak MiB", times=1.4),
    Watched("coverage", ".*", "times", ("what",), only="vertices|ties", worse="other", times=1.001),
    Watched("adjacency", ".*", "ours", _PLACE, worse="other"),
    Watched("adjacency", ".*", "ours lost", _PLACE),
    Watched("report", ".*", "municipalities", ("plan",), worse="other"),
    Watched("report", ".*", "MB", ("plan",), times=1.1),
    Watched("studies", _STUDY, "wall / one process", ("processes",), times=1.2),
    Watched("studies", _STUDY, "wall / bare solves", ("processes",), times=1.2),
    Watched("studies", _STUDY, "failed", ("processes",)),
    Watched("studies", _STUDY, "same costs", ("processes",), worse="smaller"),
    Watched("studies", _KEPT, "land, MB", times=1.1),
    Watched("studies", _KEPT, "task, kB", times=1.1),
    Watched("studies", _KEPT, "run folder, kB", times=1.1),
    Watched("kills", ".*", "written again", fold="sum"),
    Watched("kills", ".*", "same table", fold="least", worse="smaller"),
    Watched("kills", ".*", "finished at last", fold="least", worse="smaller"),
)
"""Every figure that is watched."""


def watched_table() -> str:
    """Return all of them as a table in Markdown, for the documentation.

    Examples
    --------
    >>> print(watched_table().splitlines()[2])
    | proof | gap / asked | greater | 1.25 times, and above 1 |
    """
    lines = [
        "| benchmark | figure | worse where it is | by more than |",
        "| --- | --- | --- | --- |",
    ]
    for one in WATCHED:
        only = one.only.replace("|", "\\|")
        rows = f" of `{only}`" if only != ".*" else ""
        lines.append(f"| {one.benchmark} | {one.column}{rows} | {one.worse} | {_tolerance(one)} |")
    return "\n".join(lines)


def _tolerance(one: Watched) -> str:
    parts = [f"{one.times:g} times"] * (one.times != 1) + [f"{one.plus:g}"] * (one.plus != 0)
    told = " and ".join(parts) or "nothing"
    return told if one.fine is None else f"{told}, and above {one.fine:g}"
