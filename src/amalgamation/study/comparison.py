"""Finished runs side by side: one table, today first, in whatever form a reader takes it."""

from __future__ import annotations

import json
import math
import textwrap
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import DataError
from amalgamation.language import ENGLISH, names_of
from amalgamation.study.compare.agreements import build_agreements
from amalgamation.study.compare.changes import build_changes, residents_of
from amalgamation.study.compare.differences import build_differences
from amalgamation.study.compare.files import write_comparison
from amalgamation.study.compare.page import build_page, build_summary
from amalgamation.study.compare.pictures import draw_maps, no_pair, trade_off_of
from amalgamation.study.figures import figure_text, signed_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from amalgamation.language import Speech
    from amalgamation.plan import Plan
    from amalgamation.study.compare.changes import Changes
    from amalgamation.study.compare.land import Land
    from amalgamation.study.compare.trade_off import TradeOff
    from amalgamation.territory import Territory

__all__ = ["Column", "Comparison", "figure_text"]

_TITLE_WIDTH, _LABEL_WIDTH = 52, 12
_HEADS = {
    "status": "command.status",
    "gap_percent": "command.gap_percent",
    "units": "command.units",
}


@dataclass(frozen=True)
class Column:
    """Name a column of a comparison, and say what stands behind it.

    Parameters
    ----------
    label
        Head of the column: ``today``, a scenario's name, or a folder where names repeat.
    scenario, folder
        The run that the figures come from.
    status, gap
        How it ended; the relative gap is NaN where nothing was proven.
    units
        Number of units of its territory.
    synthetic
        Whether its data are made up.
    is_run
        Whether it is a run that was named; else it is what a scorecard says of today.
    """

    label: str
    scenario: str
    folder: str
    status: str
    gap: float
    units: int
    synthetic: bool = False
    is_run: bool = True


@dataclass(frozen=True, repr=False)
class Comparison:
    """Hold finished runs side by side.

    Agreement, changes and maps are worked out when they are first asked for; the units'
    residents, names and borders are then read again from the runs' own data.

    Parameters
    ----------
    columns
        What the columns are, today first.
    table
        Indexed by measure: ``title``, ``unit``, ``higher_is_better`` (missing where neither
        direction is better in itself), then a column of figures per label; missing where a
        run has none.
    notices
        Sentences that a reader must know: what is made up, what differs, what is blank.
    figures
        As ``table``, with every measure of any run.
    against
        Label of the column that the others are held against.
    plans
        Label -> plan, the one of ``against`` first: those of the same units as it.
    land
        Where the units of these plans are read from.
    """

    columns: tuple[Column, ...]
    table: pd.DataFrame
    notices: tuple[str, ...] = ()
    figures: pd.DataFrame | None = field(default=None, compare=False)
    against: str = ""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    land: Land | None = None

    @property
    def labels(self) -> list[str]:
        """Heads of the columns of figures."""
        return [column.label for column in self.columns]

    @property
    def territory(self) -> Territory | None:
        """The units of ``plans``; None where their data are not at hand."""
        return None if self.land is None else self.land.territory

    @property
    def differences(self) -> pd.DataFrame:
        """Every figure less that of ``against``, whose own column stays as it is."""
        return build_differences(self.table, self.labels, self.against)

    @cached_property
    def agreements(self) -> pd.DataFrame:
        """A row for every pair of ``plans``, see `amalgamation.study.compare.build_agreements`."""
        return build_agreements(self.plans, residents_of(self.territory))

    @cached_property
    def changes(self) -> Changes:
        """Who changes municipality against the first of ``plans``.

        Raises
        ------
        DataError
            If no two runs have the same units.
        """
        if self.alone:
            raise DataError([no_pair(self.labels)])
        return build_changes(self.against, self.plans, self.territory)

    @property
    def alone(self) -> bool:
        """Whether no other run has the units of ``against``: then the table is all there is."""
        return len(self.plans) <= 1

    def plot_maps(self, *, title: str = "", language: str | None = None) -> Figure:
        """Draw the plans side by side, with the borders that differ and who changes.

        Parameters
        ----------
        title
            Line above all maps.
        language
            Of words, numbers and names.

        Raises
        ------
        DataError
            If no two runs have the same units, or their polygons are not at hand.

        See Also
        --------
        amalgamation.show.plot_side_by_side : how it is drawn; at most nine maps.
        """
        return draw_maps(self, title=title, language=language)

    def trade_off(self, x: str = "", y: str = "") -> TradeOff:
        """Set two measures of the runs against each other; the Pareto set is marked.

        Parameters
        ----------
        x, y
            Any measures of the runs; where neither direction of one is better in itself,
            ``municipalities:min`` or ``:max`` says which. Default: two that differ most
            often, access first.

        Raises
        ------
        InputError
            If a measure is unknown or has no direction, or fewer than two runs have both.
        """
        return trade_off_of(self, [one for one in (x, y) if one])

    def report(self, *, language: str | None = None, trade_off: TradeOff | None = None) -> str:
        """Return the text of ``report.html``: one page that opens anywhere, without a network.

        Parameters
        ----------
        language
            Of words, numbers and names.
        trade_off
            Default: as `trade_off` chooses the measures.
        """
        return build_page(self, language=language, trade_off=trade_off)

    def write(
        self,
        folder: str | Path,
        *,
        overwrite: bool = False,
        language: str | None = None,
        trade_off: TradeOff | None = None,
    ) -> tuple[str, ...]:
        """Write tables, pictures and the page to a folder, whole or not at all.

        Parameters
        ----------
        folder
            Absent, empty, or (with ``overwrite``) one of a former comparison.
        overwrite
            Replace it.
        language
            Of the pictures and the page.
        trade_off
            Default: as `trade_off` chooses the measures.

        Returns
        -------
        tuple of str
            Names of the files.

        Raises
        ------
        OutputError
            If the folder may not be used or cannot be written; it is then as it was before.
        """
        looks: dict[str, Any] = {"language": language, "trade_off": trade_off}
        return write_comparison(self, Path(folder), overwrite=overwrite, **looks)

    def to_frame(self) -> pd.DataFrame:
        """Return the table with status, gap and units above the measures.

        Returns
        -------
        pandas.DataFrame
            Indexed by measure: ``title``, ``unit`` and a column per label. The first rows
            are ``status`` (words), ``gap_percent`` and ``units``.
        """
        heads = {
            "status": ["Status", "", *(column.status for column in self.columns)],
            "gap_percent": ["Gap", "%", *(100 * column.gap for column in self.columns)],
            "units": ["Units", "", *(column.units for column in self.columns)],
        }
        figures = self.table[["title", "unit", *self.labels]].astype("object")
        top = pd.DataFrame.from_dict(heads, orient="index", columns=figures.columns)
        return pd.concat([top.astype("object").rename_axis("measure"), figures])

    def to_csv(self) -> str:
        """Return the table as CSV; missing figures are blank, synthetic data marked in a column."""
        return self._csv(self.to_frame())

    def differences_to_csv(self) -> str:
        """Return `differences` in the same form."""
        return self._csv(self.differences.drop(columns="higher_is_better"))

    def _csv(self, frame: pd.DataFrame) -> str:
        table = frame.map(lambda v: f"{v:.12g}" if isinstance(v, float) else v).replace("nan", "")
        if any(column.synthetic for column in self.columns):
            table["synthetic"] = True
        return str(table.to_csv(lineterminator="\n"))

    def to_json(self) -> str:
        """Return columns, measures and notices as one JSON object; missing figures are null."""
        return json.dumps(self.to_object(), ensure_ascii=False, allow_nan=False, indent=2) + "\n"

    def to_object(self) -> dict[str, Any]:
        """Return what `to_json` writes; missing figures are None."""
        return {
            "columns": [vars(column) | {"gap": _known(column.gap)} for column in self.columns],
            "against": self.against,
            "measures": [
                {
                    "measure": measure,
                    "title": row["title"],
                    "unit": row["unit"],
                    "higher_is_better": _known(row["higher_is_better"]),
                    "values": {label: _known(row[label]) for label in self.labels},
                }
                for measure, row in self.table.iterrows()
            ],
            "notices": list(self.notices),
        }

    def to_markdown(self, speech: Speech = ENGLISH, *, differences: bool = False) -> str:
        """Return the table in Markdown, the notices below it, as `to_text` does."""
        heads, rows = self._differences(speech) if differences else self._facts(speech)
        lines = [["", *heads], ["---", *["---:"] * len(heads)]]
        lines += [[title, *cells] for title, cells in rows]
        text = "\n".join("| " + " | ".join(map(_plain, line)) + " |" for line in lines)
        notices = [f"*{_plain(notice)}*" for notice in self._told(speech)]
        return "\n\n".join([text, *notices]) + "\n"

    def to_text(self, speech: Speech = ENGLISH, *, differences: bool = False) -> str:
        """Return the table in plain text, the notices below it; long heads are broken.

        Parameters
        ----------
        speech
            The language of titles, units, figures and notices; default: English.
        differences
            Whether the figures are those of `differences`: signed, beside ``against``.
        """
        heads, rows = self._differences(speech) if differences else self._facts(speech)
        broken = [textwrap.wrap(head, _LABEL_WIDTH) for head in heads]
        deep = max(map(len, broken))
        above = [("", [([""] * deep + head)[-deep:][n] for head in broken]) for n in range(deep)]
        lines = _aligned([*above, *rows])
        width = max(map(len, lines))
        body = [*lines[:deep], "─" * width, *lines[deep:], "", *self._told(speech)]
        return "\n".join(body).rstrip() + "\n"

    def _told(self, speech: Speech) -> list[str]:
        return [speech.tell(notice) for notice in self.notices]

    def _facts(self, speech: Speech = ENGLISH) -> tuple[list[str], list[tuple[str, list[str]]]]:
        """Heads, then titles with cells as text: feeds every way of showing a comparison."""
        frame = self.to_frame()
        titles = [
            speech.with_unit(_title(speech, str(name), str(row["title"])), str(row["unit"]))
            for name, row in frame.iterrows()
        ]
        cells = [[_cell(value, speech) for value in row] for row in frame[self.labels].to_numpy()]
        heads = [speech.say("today").lower(), *self.labels[1:]]
        return heads, list(zip(titles, cells, strict=True))

    def _differences(
        self, speech: Speech = ENGLISH
    ) -> tuple[list[str], list[tuple[str, list[str]]]]:
        """As `_facts`, of the differences; the column that they are held against comes first."""
        others = [label for label in self.labels if label != self.against]
        rows = []
        for name, row in self.differences.iterrows():
            title = _title(speech, str(name), str(row["title"]))
            cells = [_cell(float(row[self.against]), speech)]
            cells += [signed_text(float(row[label]), speech) for label in others]
            rows.append((speech.with_unit(title, str(row["unit"])), cells))
        return [self.against, *others], rows

    def __repr__(self) -> str:
        return f"<Comparison: {', '.join(self.labels)}\n{self.to_text().rstrip()}>"

    def _repr_html_(self) -> str:
        return build_summary(self)


def _title(speech: Speech, name: str, english: str) -> str:
    if name in _HEADS:
        return speech.say(_HEADS[name])
    # no territory is at hand, whose attributes, tiers and categories a title may name
    return speech.title(name, english, names_of("name"))


def _cell(value: Any, speech: Speech) -> str:
    return figure_text(value, speech) if isinstance(value, int | float) else speech.noun(value)


def _known(value: Any) -> Any:
    return None if pd.isna(value) or value in (math.inf, -math.inf) else value


def _plain(text: str) -> str:
    """Return a text that Markdown takes as it is."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


def _aligned(rows: Sequence[tuple[str, list[str]]]) -> list[str]:
    """Return rows of equal columns: titles to the left, broken where long, figures right."""
    wrapped = [(textwrap.wrap(title, _TITLE_WIDTH) or [""], cells) for title, cells in rows]
    left = max(len(part) for title, _ in wrapped for part in title)
    widths = [max(map(len, column)) for column in zip(*(cells for _, cells in rows), strict=True)]
    lines = []
    for title, cells in wrapped:
        figures = "  ".join(f"{cell:>{wide}}" for cell, wide in zip(cells, widths, strict=True))
        lines += [*title[:-1], f"{title[-1]:<{left}}  {figures}"]
    return lines
