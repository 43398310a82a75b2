"""Tables: the same rows on screen, as JSON, and as a page of `benchmarks/results/`.

In: rows as mappings from column to value. Out: text. Every page names the machine.
"""

from __future__ import annotations

import json
import math
import os
import platform
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from amalgamation.provenance import versions
from benchmarks.figures import write_figures

__all__ = ["RESULTS", "Page", "Sheet", "machine_facts", "show_table"]

RESULTS = Path(__file__).parent / "results"
"""Where the figures of the last kept run stand."""

_WIDE = 160
_THOUSAND = 1000


@dataclass
class Sheet:
    """Hold one table.

    Parameters
    ----------
    title
        What it shows.
    rows
        Column -> value; every row has the columns of the first.
    """

    title: str
    rows: list[dict[str, Any]]


@dataclass
class Page:
    """Gather the tables and notes of one command.

    Parameters
    ----------
    name
        Name of the command, and of its page.
    question
        What it answers.
    options
        How it was called.
    """

    name: str
    question: str
    options: dict[str, Any]
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter, repr=False)

    @property
    def seconds(self) -> float:
        """Wall time of the command so far."""
        return time.perf_counter() - self.began

    def show(self, title: str, rows: list[dict[str, Any]]) -> None:
        """Add a table, and print it."""
        self.sheets.append(Sheet(title, rows))
        show_table(title, rows)

    def note(self, sentence: str) -> None:
        """Add a sentence below the tables, and print it."""
        self.notes.append(sentence)
        Console(width=_WIDE).print(f"- {sentence}", markup=False, highlight=False)

    def to_json(self) -> str:
        """Return everything as JSON; what is not finite becomes null."""
        whole = asdict(self) | {"machine": machine_facts(), "seconds": self.seconds}
        del whole["began"]
        return json.dumps(_finite(whole), indent=1, ensure_ascii=False) + "\n"

    def to_markdown(self) -> str:
        """Return everything as a page in Markdown."""
        facts = [f"{name}: {value}" for name, value in machine_facts().items()]
        called = ", ".join(f"{name} {value}" for name, value in self.options.items())
        parts = [
            f"# {self.name}",
            self.question,
            _call(called, self.seconds),
            "; ".join(facts) + ".",
        ]
        parts += [_markdown(sheet) for sheet in self.sheets]
        parts += ["\n".join(f"- {sentence}" for sentence in self.notes)] if self.notes else []
        return "\n\n".join(parts) + "\n"

    def finish(self, json_file: Path | None, *, keep: Path | None) -> None:
        """Write what the command was asked to write.

        Parameters
        ----------
        json_file
            Where the JSON goes; None for nowhere.
        keep
            The folder in which this run becomes the page of the command, such as `RESULTS`,
            and its figures part of the file of figures; None leaves no page.
        """
        if json_file is not None:
            json_file.write_text(self.to_json(), encoding="utf-8")
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            page = keep / f"{self.name}.md"
            page.write_text(self.to_markdown(), encoding="utf-8")
            write_figures(keep)


def show_table(title: str, rows: list[dict[str, Any]]) -> None:
    """Print rows, each column -> value, as a table."""
    columns = list(rows[0]) if rows else []
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if _is_text(rows[0][column]) else "right")
    for row in rows:
        table.add_row(*(_text(row[column]) for column in columns))
    Console(width=_WIDE, soft_wrap=False).print(table)


def machine_facts() -> dict[str, str]:
    """Return what a reader must know of the machine before comparing figures."""
    parts = versions()
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": str(_cores()),
        "memory": _memory(),
        "system": platform.system(),
        "Python": parts["python"],
        "HiGHS": parts["highspy"],
        "amalgamation": parts["amalgamation"],
    }


def _call(options: str, seconds: float) -> str:
    return f"Run with {options}. It took {seconds:,.0f} s{_load()}."


def _load() -> str:
    """Say how busy the machine was: a figure taken beside other work is worth less."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f", the load being {os.getloadavg()[1]:.1f} over the last five minutes"


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> str:
    if not hasattr(os, "sysconf"):
        return "not known"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _markdown(sheet: Sheet) -> str:
    columns = list(sheet.rows[0]) if sheet.rows else []
    lines = [f"## {sheet.title}", "", "| " + " | ".join(columns) + " |"]
    lines.append("|" + "|".join(" --- " for _ in columns) + "|")
    lines += [
        "| " + " | ".join(_text(row[column]) for column in columns) + " |" for row in sheet.rows
    ]
    return "\n".join(lines)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _text(value: Any) -> str:
    """Return a value as a person reads it: about four digits, a dash where there is none."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= _THOUSAND else f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Path) else value
