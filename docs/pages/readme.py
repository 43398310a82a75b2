"""Write the README's table of the reform models from their runs: `make compare`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import amalgamation as am
from amalgamation.errors import InputError
from amalgamation.scenario import scenario_names
from docs.pages.between import replace_between

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MARK", "ROWS", "main", "model_names", "write_table"]

MARK = "compare"
"""Name of the markers in the README."""

ROWS = (
    "municipalities",
    "place_bodies",
    "population_mean",
    "population_median",
    "population_gini",
    "residents_below_5000",
    "area_km2_mean",
    "mean_km",
    "p90_km",
    "max_km",
    "farther_than_rayon_percent",
    "residents_outside_percent",
    "residents_per_head",
    "self_standing_residents",
    "recipients",
    "rayon_changes_percent",
)
"""Measures of the table: few enough to be read, at least one from each part of the scorecard."""

_ROOT = Path(__file__).parents[2]
_BAD_INPUT = 2


def model_names() -> list[str]:
    """Return the bundled scenarios that ask about the whole country, in order."""
    return [name for name in scenario_names() if name.startswith("kz-")]


def write_table(page: Path, runs: Sequence[Path], measures: Sequence[str] = ROWS) -> None:
    """Write the comparison of finished runs between the markers of a page.

    Raises
    ------
    InputError
        If a folder is no run, or the page lacks the markers; the page stays as it was.
    """
    table = am.compare(*runs, measures=measures).to_markdown()
    text = replace_between(page.read_text(encoding="utf-8"), MARK, table, str(page))
    page.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 2 if a run is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="scenarios; default: all of the country")
    parser.add_argument("--measures", nargs="+", default=ROWS, help="rows of the table")
    parser.add_argument("--runs", type=Path, default=_ROOT / "runs", help="where the runs lie")
    parser.add_argument("--page", type=Path, default=_ROOT / "README.md", help="what to write")
    chosen = parser.parse_args(arguments)
    runs = [chosen.runs / name for name in chosen.names or model_names()]
    try:
        write_table(chosen.page, runs, chosen.measures)
    except InputError as error:
        print(f"{error}\nRuns are made by `make scenarios`.", file=sys.stderr)
        return _BAD_INPUT
    print(f"written to {chosen.page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
