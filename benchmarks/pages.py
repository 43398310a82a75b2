"""Pages of benchmarks, read again: the tables of `benchmarks/results/` as figures.

In: the text of a page, as `benchmarks.tables` writes it. Out: what was asked, on which machine,
and every table, cell by cell. So the page is the one record of a run: what the documentation
shows, what the file of figures holds and what two runs are compared by are the same digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["KeptPage", "KeptSheet", "read_number", "read_page", "read_pages"]

_CALL = re.compile(
    r"Run with (?P<asked>.*?)\.(?: It took (?P<seconds>[\d,]+) s(?:, the load .*)?\.)?"
)
_WORDS = {"yes": 1.0, "no": 0.0}


@dataclass(frozen=True)
class KeptSheet:
    """Hold one table of a page.

    Parameters
    ----------
    title
        Its heading.
    rows
        Column -> cell, as written; every row has the same columns.
    """

    title: str
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class KeptPage:
    """Hold the page of one kept run.

    Parameters
    ----------
    name
        The command.
    question
        What it answers.
    asked
        Its options, as written.
    seconds
        Wall time of the command; None on pages that do not tell.
    machine
        Facts of the machine: date, cores, versions.
    sheets
        All tables.
    """

    name: str
    question: str
    asked: str
    seconds: float | None
    machine: dict[str, str]
    sheets: tuple[KeptSheet, ...]


def read_pages(folder: Path) -> dict[str, KeptPage]:
    """Read every page of a folder of results; return name -> page, sorted by name."""
    files = sorted(path for path in folder.glob("*.md") if path.stem != "README")
    return {path.stem: read_page(path.read_text(encoding="utf-8")) for path in files}


def read_page(text: str) -> KeptPage:
    r"""Read a page that a command kept.

    Raises
    ------
    ValueError
        If the text has no head of such a page.

    Examples
    --------
    >>> head = "# peers\n\nWho?\n\nRun with seed 1. It took 12 s.\n\ncores: 2; Python: 3.11.\n\n"
    >>> page = read_page(head + "## A block\n\n| who | s |\n| --- | --- |\n| merge | 1,200 |\n")
    >>> page.name, page.asked, page.seconds, page.machine["cores"], page.sheets[0].rows[0]["s"]
    ('peers', 'seed 1', 12.0, '2', '1,200')
    """
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    parts = [part.strip() for part in head.strip().split("\n\n")]
    call = _CALL.fullmatch(parts[2]) if len(parts) > 3 else None  # noqa: PLR2004 - name to machine
    if call is None or not parts[0].startswith("# "):
        raise ValueError(
            f"{parts[0][:60]!r}: found no page of a benchmark; expected its name, its question, "
            "'Run with ...' and the machine's facts; write it with --keep"
        )
    seconds = call["seconds"]
    return KeptPage(
        parts[0][2:],
        parts[1],
        call["asked"],
        None if seconds is None else read_number(seconds),
        dict(fact.split(": ", 1) for fact in parts[3].removesuffix(".").split("; ")),
        tuple(map(_read_sheet, sections)),
    )


def read_number(cell: str) -> float | None:
    """Read a cell as a number; None for a dash or a text.

    Examples
    --------
    >>> [read_number(cell) for cell in ("1,099", "4.2e-07", "yes", "no", "–", "optimal")]
    [1099.0, 4.2e-07, 1.0, 0.0, None, None]
    """
    if cell in _WORDS:
        return _WORDS[cell]
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return None


def _read_sheet(section: str) -> KeptSheet:
    title, *lines = section.splitlines()
    columns, _, *rows = [_cells(line) for line in lines if line.startswith("|")] or [[], []]
    return KeptSheet(title, tuple(dict(zip(columns, row, strict=True)) for row in rows))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
