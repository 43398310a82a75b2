"""The watched figures of a run in one file, for machines: ``figures.json`` beside the pages.

In: a folder of pages. Out: for each benchmark what was asked, on which machine and how long it
took, and its watched figures by name. The figures are those of the pages, digit by digit.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.errors import DataError
from amalgamation.findings import Finding
from benchmarks.pages import KeptPage, KeptSheet, read_number, read_pages
from benchmarks.watched import WATCHED, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FILE", "Figures", "gather_figures", "read_figures", "watching", "write_figures"]

FILE = "figures.json"
_PARTING = " | "


@dataclass(frozen=True)
class Figures:
    """Hold the watched figures of one benchmark.

    Parameters
    ----------
    asked
        Its options, as its page tells them.
    machine
        Facts of the machine.
    seconds
        Wall time of the command; None where the page does not tell.
    figures
        Name -> figure; None where the page has a dash. A name is made of the title of the
        table, the name of the row and the column.
    """

    asked: str
    machine: dict[str, str]
    seconds: float | None
    figures: dict[str, float | None]


def write_figures(folder: Path) -> dict[str, Figures]:
    """Write the file of figures beside the pages of a folder, and return what it holds."""
    gathered = {name: gather_figures(page) for name, page in read_pages(folder).items()}
    text = json.dumps({name: asdict(one) for name, one in gathered.items()}, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")
    return gathered


def read_figures(folder: Path) -> dict[str, Figures]:
    """Read the file of figures of a folder.

    Raises
    ------
    DataError
        If there is none, or it is no such file.
    """
    path = folder / FILE
    try:
        whole: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return {name: Figures(**one) for name, one in whole.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        remedy = "write them with `python -m benchmarks.all`"
        finding = Finding("figures", str(path), str(error), "the figures of a run", remedy)
        raise DataError([finding]) from error


def gather_figures(page: KeptPage) -> Figures:
    """Return the watched figures of a page."""
    found = {name: figure for one in WATCHED for name, figure in _figures_of(page, one)}
    return Figures(page.asked, page.machine, page.seconds, found)


def watching(benchmark: str, name: str) -> Watched | None:
    """Return the line of the table of watched figures that a figure belongs to.

    None where there is none: the file of figures is older than the table.
    """
    *places, column = name.split(_PARTING)
    sheet, row = places[0], places[1] if len(places) > 1 else ""
    for one in WATCHED:
        same = (one.benchmark, one.column) == (benchmark, column)
        if same and _matches(one.sheet, sheet) and (one.fold or _matches(one.only, row)):
            return one
    return None


def _figures_of(page: KeptPage, one: Watched) -> Iterator[tuple[str, float | None]]:
    if one.benchmark != page.name:
        return
    for sheet in page.sheets:
        if not _matches(one.sheet, sheet.title):
            continue
        rows = [row for row in sheet.rows if one.column in row]
        if one.fold and rows:
            yield _name(sheet, "", one.column), _fold(one, rows)
        elif not one.fold:
            named = [(", ".join(row[column] for column in one.rows), row) for row in rows]
            for row_name, row in named:
                if _matches(one.only, row_name):
                    yield _name(sheet, row_name, one.column), read_number(row[one.column])


def _fold(one: Watched, rows: list[dict[str, str]]) -> float | None:
    known = [read_number(row[one.column]) for row in rows]
    figures = [figure for figure in known if figure is not None]
    if len(figures) < len(known):
        return None
    return sum(figures) if one.fold == "sum" else min(figures)


def _name(sheet: KeptSheet, row: str, column: str) -> str:
    return _PARTING.join(part for part in (sheet.title, row, column) if part)


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None
