"""Finished runs side by side: one table, today first, in whatever form a reader takes it."""

from __future__ import annotations

import html
import json
import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.language import ENGLISH, names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amalgamation.language import Speech

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
    """

    label: str
    scenario: str
    folder: str
    status: str
    gap: float
    units: int
    synthetic: bool = False


@dataclass(frozen=True)
class Comparison:
    """Hold finished runs side by side.

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
    """

    columns: tuple[Column, ...]
    table: pd.DataFrame
    notices: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        """Heads of the columns of figures."""
        return [column.label for column in self.columns]

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
        table = self.to_frame().map(lambda v: f"{v:.12g}" if isinstance(v, float) else v)
        table = table.replace("nan", "")
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

    def to_markdown(self, speech: Speech = ENGLISH) -> str:
        """Return the table in Markdown, the notices below it; in English, or as one speaks."""
        heads, rows = self._facts(speech)
        lines = [["", *heads], ["---", *["---:"] * len(heads)]]
        lines += [[title, *cells] for title, cells in rows]
        text = "\n".join("| " + " | ".join(map(_plain, line)) + " |" for line in lines)
        notices = [f"*{_plain(notice)}*" for notice in self._told(speech)]
        return "\n\n".join([text, *notices]) + "\n"

    def to_text(self, speech: Speech = ENGLISH) -> str:
        """Return the table in plain text, the notices below it; long heads are broken.

        Parameters
        ----------
        speech
            The language of titles, units, figures and notices; default: English.
        """
        heads, rows = self._facts(speech)
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

    def __repr__(self) -> str:
        return f"<Comparison: {', '.join(self.labels)}\n{self.to_text().rstrip()}>"

    def _repr_html_(self) -> str:
        heads, rows = self._facts()
        titles, cells = zip(*rows, strict=True)
        table = pd.DataFrame(cells, index=pd.Index(titles), columns=heads)
        lines = "".join(f"<p>{html.escape(notice)}</p>" for notice in self.notices)
        return f"<b>Comparison</b>{table.to_html()}{lines}"


def _title(speech: Speech, name: str, english: str) -> str:
    if name in _HEADS:
        return speech.say(_HEADS[name])
    # no territory is at hand, whose attributes, tiers and categories a title may name
    return speech.title(name, english, names_of("name"))


def _cell(value: Any, speech: Speech) -> str:
    return figure_text(value, speech) if isinstance(value, int | float) else speech.noun(value)


def figure_text(value: float, speech: Speech = ENGLISH) -> str:
    """Return a figure as a table shows it; empty where there is none.

    Examples
    --------
    >>> figure_text(2452.0), figure_text(4.7712), figure_text(math.nan)
    ('2,452', '4.77', '')
    """
    return speech.figure(value) if math.isfinite(value) else ""


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
