"""Write the figures of docs/certainty.md from a study of alternatives: `make certainty`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from amalgamation.errors import DataError, InputError
from amalgamation.findings import Finding
from amalgamation.study import figure_text
from docs.pages.between import replace_between

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MARKS", "main", "write_figures"]

MARKS = ("found", "plans", "parents", "proven")
"""Names of the markers: sentences, a row per plan, a row per oblast, what is proven."""

_ROOT = Path(__file__).parents[2]
_BAD_INPUT = 2
_FILES = ("alternatives.json", "parents_certainty.csv", "ties_certainty.csv", "certainty.png")
_PLANS = {
    "alternative": "",
    "more_percent": "dearer (%)",
    "gap_percent": "proven gap (%)",
    "municipalities": "municipalities",
    "differs_percent": "ties decided otherwise than in the plan (%)",
    "nearest_percent": "than in the nearest other (%)",
    "moved_percent": "residents whose municipality is not the same (%)",
}
_PARENTS = {
    "name": "",
    "units": "units",
    "open_ties": "ties left open",
    "choice_percent": "of these a choice (%)",
    "unchanged_percent": "residents whose municipality is the same in all (%)",
}


def write_figures(page: Path, study: Path, image: Path) -> None:
    """Write what a study found between the markers of a page, and copy its map.

    Raises
    ------
    InputError
        If the folder is no study of alternatives, or the page lacks a marker; the page stays
        as it was.
    """
    _check(study)
    record = json.loads((study / "alternatives.json").read_text(encoding="utf-8"))
    parents = pd.read_csv(study / "parents_certainty.csv").sort_values("choice_percent")
    texts = {
        "found": "\n\n".join([*record["sentences"], *_notice(record)]),
        "plans": _to_table(record["plans"], _PLANS),
        "parents": _to_table(parents.to_dict(orient="records"), _PARENTS),
        "proven": _tell_proven(pd.read_csv(study / "ties_certainty.csv", dtype={"a": str})),
    }
    text = page.read_text(encoding="utf-8")
    for mark in MARKS:
        text = replace_between(text, mark, texts[mark], page.name)
    shutil.copyfile(study / "certainty.png", image)
    page.write_text(text, encoding="utf-8")


def _check(study: Path) -> None:
    absent = [name for name in _FILES if not (study / name).is_file()]
    if absent:
        remedy = "write it with `make certainty`"
        expected = "a study of alternatives"
        found = "no " + ", ".join(absent)
        raise DataError([Finding("study", f"folder {study}", found, expected, remedy)])


def _notice(record: dict[str, Any]) -> list[str]:
    return [f"*{record['notice']}*"] if record["notice"] else []


def _to_table(rows: Sequence[dict[Any, Any]], columns: dict[str, str]) -> str:
    lines = [list(columns.values()), ["---", *["---:"] * (len(columns) - 1)]]
    lines += [[_cell(row[column]) for column in columns] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: Any) -> str:
    return figure_text(value) if isinstance(value, int | float) else str(value)


def _tell_proven(ties: pd.DataFrame) -> str:
    counts = ties.groupby(["reason", "verdict"]).size().to_dict()
    kept, cut = (counts.get(("proven", verdict), 0) for verdict in ("together", "apart"))
    asked = counts.get(("asked", "choice"), 0)
    return (
        f"Proven: {kept:,} ties are kept and {cut:,} cut in every plan of that budget. Refuted: "
        f"{asked:,} more were alike in all plans above, until a plan was asked for that decides "
        "them otherwise, and found."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 2 if the study or a marker is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    home = _ROOT / "runs" / "kz-two-tier-alternatives"
    parser.add_argument("--study", type=Path, default=home, help="folder of the study")
    parser.add_argument("--page", type=Path, default=_ROOT / "docs" / "certainty.md")
    image = _ROOT / "docs" / "images" / "kz-two-tier-certainty.png"
    parser.add_argument("--image", type=Path, default=image, help="where the map goes")
    chosen = parser.parse_args(arguments)
    try:
        write_figures(chosen.page, chosen.study, chosen.image)
    except InputError as error:
        print(error, file=sys.stderr)
        return _BAD_INPUT
    print(f"figures written to {chosen.page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
