"""The figures of the last kept benchmarks, as pages and as tables."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.pages import read_page

__all__ = ["benchmark_pages", "benchmarks_table", "peers_table"]

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"

_SECTION = re.compile(r"^## block (\d+): by our aim.*?\n\n(.*?)\n\n", re.MULTILINE | re.DOTALL)
_COLUMNS = ("who", "person-km", "/ ours", "proven least", "number", "torn")


def benchmark_pages() -> dict[str, str]:
    """Return name -> page, of every command whose run was kept."""
    pages = sorted(RESULTS.glob("*.md"))
    return {path.stem: path.read_text("utf-8") for path in pages if path.stem != "README"}


def benchmarks_table(pages: dict[str, str]) -> str:
    r"""Return a table of the kept runs: what each answers, when it ran, how long, by what.

    Examples
    --------
    >>> head = "# peers\n\nWho?\n\nRun with seed 1. It took 90 s.\n\n"
    >>> page = head + "date: 2026-11-21; HiGHS: 1.16.\n"
    >>> print(benchmarks_table({"peers": page}).splitlines()[-1])
    | [peers](../generated/benchmarks/peers.md) | Who? | 2026-11-21 | 2 | HiGHS 1.16 |
    """
    head = ["run", "what it answers", "when", "minutes", "where"]
    rows = [head, ["---", "---", "---", "---:", "---"]]
    for name, text in pages.items():
        page = read_page(text)
        minutes = "–" if page.seconds is None else f"{max(1, round(page.seconds / 60))}"
        facts = ", ".join(
            f"{fact} {value}" for fact, value in page.machine.items() if fact != "date"
        )
        link = f"[{name}](../generated/benchmarks/{name}.md)"
        rows.append([link, page.question, page.machine.get("date", "–"), minutes, facts])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def peers_table(page: str) -> str:
    r"""Return a table for each block of the page `peers`: each tool by our aim.

    Examples
    --------
    >>> head, rule = "| who | s | person-km | / ours | proven least | number | torn |", "|---|"
    >>> row = "| merge | 0.1 | 15 | 1.5 | – | 3 | 0 |"
    >>> table = f"## block 9: by our aim, access\n\n{head}\n{rule}\n{row}\n\n"
    >>> print(peers_table(table).splitlines()[-1])
    | merge | 15 | 1.5 | – | 3 | 0 |
    """
    found = _SECTION.findall(page)
    return "\n\n".join(f"*A block of {units} units*\n\n{_chosen(rows)}" for units, rows in found)


def _chosen(table: str) -> str:
    head, _, *rows = (_cells(line) for line in table.splitlines())
    at = [head.index(column) for column in _COLUMNS]
    kept = [[row[place] for place in at] for row in (head, *rows)]
    aligned = ["---", *["---:" for _ in at[1:]]]
    return "\n".join(f"| {' | '.join(row)} |" for row in (kept[0], aligned, *kept[1:]))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
