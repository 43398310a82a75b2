"""Parts of a page: tables and pictures of a comparison as HTML.

Every name that comes from data is escaped here, and nowhere later.
"""

from __future__ import annotations

import base64
import html
import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.study.compare.agreements import to_matrix
from amalgamation.study.figures import figure_text, signed_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amalgamation.language import Speech
    from amalgamation.study.compare.changes import Changes
    from amalgamation.study.comparison import Comparison

__all__ = [
    "build_agreement_part",
    "build_changes_part",
    "build_measures_part",
    "build_table",
    "heading",
    "line",
    "picture",
]

_SHADES = 5
_HEADS = ("status", "gap_percent", "units")


def heading(words: str) -> str:
    """Return the head of a section."""
    return f"<h2>{html.escape(words)}</h2>"


def line(words: str, kind: str = "") -> str:
    """Return a paragraph; nothing of no words."""
    return f'<p class="{kind}">{html.escape(words)}</p>' if words else ""


def picture(png: bytes, words: str) -> str:
    """Return a picture that lies inside the page."""
    data = base64.b64encode(png).decode()
    return f'<div><img alt="{html.escape(words)}" src="data:image/png;base64,{data}"></div>'


def build_table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table: heads and first cells are text, other cells are HTML already."""
    top = "".join(f"<th>{html.escape(head)}</th>" for head in heads)
    lines = [
        f"<tr><td>{html.escape(row[0])}</td>"
        + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    ]
    return f'<div class="wide"><table><tr>{top}</tr>{"".join(lines)}</table></div>'


def build_measures_part(comparison: Comparison, speech: Speech) -> str:
    """Return the table of measures, each figure with its difference to the first."""
    heads, rows = comparison._facts(speech)  # noqa: SLF001 - as every way of showing it
    names = [*_HEADS, *map(str, comparison.table.index)]
    lines = []
    for name, (title, cells) in zip(names, rows, strict=True):
        told = [html.escape(cell) for cell in cells]
        if name not in _HEADS and comparison.against:
            row: pd.Series[Any] = comparison.table.loc[name]  # type: ignore[assignment]
            told = [
                text + _difference(comparison, row, label, speech)
                for text, label in zip(told, comparison.labels, strict=True)
            ]
        lines.append([title, *told])
    return build_table(["", *heads], lines)


def _difference(comparison: Comparison, row: pd.Series[Any], label: str, speech: Speech) -> str:
    value = float(row[label]) - float(row[comparison.against])
    if label == comparison.against or not math.isfinite(value) or value == 0:
        return ""
    better = row["higher_is_better"]
    kind = "" if pd.isna(better) else "good" if (value > 0) == bool(better) else "bad"
    return f'<small class="{kind}">{html.escape(signed_text(value, speech))}</small>'


def build_agreement_part(agreements: pd.DataFrame, speech: Speech, *, whole: bool = True) -> str:
    """Return the matrix of adjusted Rand indices and, as a whole, every figure of every pair."""
    square = to_matrix(agreements, "rand_index")
    rows = [
        [str(label), *(_shaded(float(value), speech) for value in values)]
        for label, values in zip(square.index, square.to_numpy(), strict=True)
    ]
    title = speech.say("command.compare.rand_index")
    matrix = build_table([title, *map(str, square.columns)], rows)
    if not whole:
        return matrix
    names = [str(name) for name in agreements.columns[3:] if agreements[name].notna().any()]
    heads = [_word(speech, "pair"), *(_word(speech, name) for name in names)]
    lines = [
        [
            f"{first} | {second}",
            *(html.escape(figure_text(float(value), speech)) for value in figures),
        ]
        for first, second, *figures in agreements[["first", "second", *names]].itertuples(
            index=False
        )
    ]
    return f"{matrix}<p></p>{build_table(heads, lines)}"


def _shaded(value: float, speech: Speech) -> str:
    shade = round(_SHADES * min(max(value, 0.0), 1.0)) if math.isfinite(value) else 0
    figure = speech.number(value, ".3f") if math.isfinite(value) else ""
    return f'<td class="a{shade}">{html.escape(figure)}</td>'


def build_changes_part(changes: Changes, speech: Speech, *, whole: bool = True) -> str:
    """Return who changes in all and, as a whole, by each tier of parents."""
    summary = changes.summary
    heads = [_word(speech, "run"), *(_word(speech, f"changes_{name}") for name in summary.columns)]
    rows = [
        [str(label), *(html.escape(figure_text(float(value), speech)) for value in row)]
        for label, row in zip(summary.index, summary.to_numpy(), strict=True)
    ]
    parts = [build_table(heads, rows)]
    for tier in changes.tiers[::-1] if whole else ():
        words = html.escape(_word(speech, "by_parent", tier=speech.noun(tier)))
        parts.append(
            f"<details><summary>{words}</summary>{_by_parent(changes, tier, speech)}</details>"
        )
    return "".join(parts)


def _by_parent(changes: Changes, tier: str, speech: Speech) -> str:
    """Return the parents, those first where the largest share changes in any plan."""
    table = changes.by(tier, speech.language if speech.asked else None)
    shares = [f"{label}.percent" for label in changes.others]
    order = table[shares].max(axis="columns").sort_values(ascending=False, kind="stable").index
    named = "residents" if changes.by_residents else "units"
    own = (
        "command.compare.changes_residents" if changes.by_residents else "command.compare.all_units"
    )
    heads = [speech.noun(tier), speech.say(own)]
    heads += [f"{label}: {_word(speech, 'changes_percent')}" for label in changes.others]
    rows = [
        [
            str(table.loc[code, "name"]),
            html.escape(figure_text(float(table.loc[code, named]), speech)),
            *(html.escape(figure_text(float(table.loc[code, share]), speech)) for share in shares),
        ]
        for code in order
    ]
    return build_table(heads, rows)


def _word(speech: Speech, name: str, **values: str) -> str:
    return speech.say(f"command.compare.{name}", **values)
