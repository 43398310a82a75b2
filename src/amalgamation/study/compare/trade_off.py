"""Two measures against each other: which plans no other one beats in both.

In: a table of plans and two measures with their better directions. Out: a `TradeOff`.
"""

from __future__ import annotations

import html
import json
import math
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import InputError
from amalgamation.findings import Finding, name_some
from amalgamation.language import ENGLISH, find_speech, names_of
from amalgamation.scenario import nearest
from amalgamation.show import plot_trade_off
from amalgamation.study.compare.pareto import find_pareto
from amalgamation.study.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from amalgamation.language import Speech

__all__ = ["Axis", "TradeOff", "build_trade_off", "find_axes"]

_WAYS = {"min": False, "max": True}
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Axis:
    """Say what one axis of a trade-off measures.

    Parameters
    ----------
    measure
        Its name, as ``national.csv`` or a study's table have it.
    title, unit
        In English; the unit may be empty.
    higher_is_better
        Which direction is the better one; None is not known.
    """

    measure: str
    title: str
    unit: str = ""
    higher_is_better: bool | None = None

    def words(self, speech: Speech = ENGLISH) -> str:
        """Return the title with its unit."""
        # no territory is at hand, whose attributes, tiers and categories a title may name
        title = speech.title(self.measure, self.title, names_of("name"))
        return speech.with_unit(title, self.unit)


@dataclass(frozen=True, repr=False)
class TradeOff:
    """Hold plans by two measures, and say which of them no other one beats.

    Parameters
    ----------
    x, y
        What is measured, each with a better direction.
    points
        Indexed by plan, in their order: a column for each of the two measures, and
        ``pareto``: whether no other plan is at least as good in both and better in one.
    left_out
        Plans without a figure on one of the axes.
    notice
        The sentence that says that the data are made up; empty where they are not.
    """

    x: Axis
    y: Axis
    points: pd.DataFrame
    left_out: tuple[str, ...] = ()
    notice: str = ""

    @property
    def pareto(self) -> tuple[str, ...]:
        """The plans that no other one beats, in their order."""
        return tuple(map(str, self.points.index[self.points["pareto"]]))

    def plot(
        self, *, title: str = "", ax: Axes | None = None, language: str | None = None
    ) -> Figure:
        """Draw the plans as points, the Pareto set marked, see `amalgamation.show.plot_trade_off`.

        Parameters
        ----------
        title
            Line above the picture.
        ax
            Axes to draw on; default: a figure of its own.
        language
            Of words and numbers.
        """
        speech = find_speech(language)
        words = (self.x.words(speech), self.y.words(speech))
        ways = (bool(self.x.higher_is_better), bool(self.y.higher_is_better))
        points = self.points.set_axis(["x", "y", "pareto"], axis="columns")
        looks: dict[str, Any] = {"title": title, "notice": self.notice, "ax": ax}
        return plot_trade_off(points, words, ways, language=language, **looks)

    def to_csv(self) -> str:
        """Return the points as CSV, synthetic data marked in a column."""
        table = self.points.assign(pareto=self.points["pareto"].astype(int))
        if self.notice:
            table["synthetic"] = True
        return str(table.to_csv(lineterminator="\n", float_format="%.12g"))

    def to_object(self) -> dict[str, Any]:
        """Return axes, points and what is left out as JSON has them."""
        return {
            "axes": [
                {**asdict(axis), "higher_is_better": bool(axis.higher_is_better)}
                for axis in (self.x, self.y)
            ],
            "points": [
                {"plan": str(name), self.x.measure: x, self.y.measure: y, "pareto": bool(one)}
                for name, x, y, one in self.points.itertuples(name=None)
            ],
            "left_out": list(self.left_out),
            "notice": self.notice,
        }

    def to_json(self) -> str:
        """Return `to_object` as text."""
        return json.dumps(self.to_object(), ensure_ascii=False, allow_nan=False, indent=2) + "\n"

    def to_text(self, speech: Speech = ENGLISH) -> str:
        """Return the points in plain text; a star marks the Pareto set."""
        names = [str(name) for name in self.points.index]
        wide = max(map(len, names), default=0)
        cells = [[figure_text(float(value), speech) for value in row] for row in self._figures()]
        widths = [max((len(row[at]) for row in cells), default=0) for at in (0, 1)]
        stars = ["*" if one else " " for one in self.points["pareto"]]
        lines = [
            f"{star} {name:<{wide}}  {row[0]:>{widths[0]}}  {row[1]:>{widths[1]}}"
            for star, name, row in zip(stars, names, cells, strict=True)
        ]
        return "\n".join([*self.sentences(speech), *lines]) + "\n"

    def sentences(self, speech: Speech = ENGLISH) -> list[str]:
        """Return in words what stands against what, and what is left out."""
        ways = [speech.say(f"picture.trade_off.{_better(axis)}") for axis in (self.x, self.y)]
        axes = [
            f"{axis.words(speech)}: {way}" for axis, way in zip((self.x, self.y), ways, strict=True)
        ]
        lines = [*axes, speech.say("command.compare.pareto", names=", ".join(self.pareto))]
        if self.left_out:
            lines.append(speech.say("command.compare.left_out", names=", ".join(self.left_out)))
        return [*lines, *([speech.tell(self.notice)] if self.notice else [])]

    def _figures(self) -> list[list[float]]:
        return self.points[[self.x.measure, self.y.measure]].to_numpy().tolist()

    def __repr__(self) -> str:
        return f"<TradeOff\n{self.to_text().rstrip()}>"

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.sentences())
        return f"<b>Trade-off</b>{self.points.to_html(float_format='{:.4g}'.format)}{lines}"

    def _repr_png_(self) -> bytes:
        from amalgamation.show import to_png  # noqa: PLC0415 - only a notebook asks

        return to_png(self.plot())


def _better(axis: Axis) -> str:
    return "higher" if axis.higher_is_better else "lower"


def build_trade_off(
    table: pd.DataFrame, axes: Sequence[str], known: Mapping[str, Axis], notice: str = ""
) -> TradeOff:
    """Set two columns of a table of plans against each other.

    Parameters
    ----------
    table
        Indexed by plan; a column per measure.
    axes
        Two names of columns; one that has no better direction of its own says which it is:
        ``municipalities:min`` or ``municipalities:max``.
    known
        Measure -> what is known of it; other columns go by their names.
    notice
        That data are made up.

    Raises
    ------
    InputError
        If there are not two columns of these names with numbers and a direction, or fewer
        than two plans have both: all that is wrong at once.

    Examples
    --------
    >>> figures = {"km": [3.0, 5.0, 6.0], "cost": [9.0, 4.0, 7.0]}
    >>> table = pd.DataFrame(figures, index=["a", "b", "c"])
    >>> build_trade_off(table, ["km:min", "cost:min"], {}).pareto
    ('a', 'b')
    """
    found, findings = find_axes(table, axes, known)
    if findings:
        raise InputError(findings)
    names = [axis.measure for axis in found]
    figures = table[names].apply(pd.to_numeric, errors="coerce").astype("float64")
    lacking = ~figures.map(math.isfinite).all(axis="columns")
    points = figures[~lacking]
    if len(points) < _FEWEST:
        raise InputError([_few(names, len(points))])
    ways = [bool(axis.higher_is_better) for axis in found]
    points = points.assign(pareto=find_pareto(points.to_numpy(), ways))
    left_out = tuple(map(str, table.index[lacking]))
    return TradeOff(found[0], found[1], points, left_out, notice)


def find_axes(
    table: pd.DataFrame, axes: Sequence[str], known: Mapping[str, Axis]
) -> tuple[list[Axis], list[Finding]]:
    """Find the columns that are meant, and their better directions; or what is wrong."""
    if len(axes) != 2 or len(set(map(_name_of, axes))) != 2:  # noqa: PLR2004 - a plane
        found = ", ".join(axes) or "none"
        remedy = "name two of them: mean_km,residents_below_5000"
        return [], [_finding("two-measures", f"`{found}`", "two different measures", remedy)]
    found_axes, findings = [], list[Finding]()
    for text in axes:
        axis, wrong = _find_axis(table, text, known)
        findings += wrong
        found_axes.append(axis)
    return found_axes, findings


def _name_of(text: str) -> str:
    return (
        text.strip().rpartition(":")[0] if text.strip().endswith((":min", ":max")) else text.strip()
    )


def _find_axis(
    table: pd.DataFrame, text: str, known: Mapping[str, Axis]
) -> tuple[Axis, list[Finding]]:
    name = _name_of(text)
    stated = _WAYS.get(text.strip().removeprefix(name).removeprefix(":"))
    axis = known.get(name, Axis(name, name))
    if name not in table.columns:
        return axis, [_unknown(name, list(map(str, table.columns)))]
    if pd.to_numeric(table[name], errors="coerce").notna().sum() == 0:
        return axis, [
            _finding("no-numbers", f"`{name}` without a number", "a measure", "name another")
        ]
    own = axis.higher_is_better
    if own is None and stated is None:
        expected = "a direction: by itself, neither more nor less of it is better"
        return axis, [
            _finding("no-direction", f"`{name}`", expected, f"say {name}:min or {name}:max")
        ]
    if None not in (own, stated) and own != stated:
        expected = f"{name}:{'max' if own else 'min'}, the better direction of the measure"
        return axis, [
            _finding("wrong-direction", f"`{text.strip()}`", expected, f"say {name} alone")
        ]
    return replace(axis, higher_is_better=stated if own is None else own), []


def _unknown(name: str, columns: list[str]) -> Finding:
    close = nearest(name, columns)
    remedy = f"did you mean `{close[0]}`?" if close else "choose among them"
    return _finding("unknown-measure", f"`{name}`", "one of " + name_some(close or columns), remedy)


def _few(names: Sequence[str], number: int) -> Finding:
    found = f"{number} plans with a figure for both {names[0]} and {names[1]}"
    return _finding("few-plans", found, "two plans at least", "name more runs, or other measures")


def _finding(check: str, found: str, expected: str, remedy: str) -> Finding:
    return Finding(check, "measures of the trade-off", found, expected, remedy)
