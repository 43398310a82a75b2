"""Time, memory and gap as the country grows, and as one block grows.

In: numbers of units. Out: two tables and the exponents that fit them (least squares on
logarithms: every size weighs the same).
"""

from __future__ import annotations

import math
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.memory import MEASURED_BY
from benchmarks.options import Options, numbers, solve_overrides
from benchmarks.runs import run_scenario
from benchmarks.territories import HARD, Land, build_block, build_country, write_land

if TYPE_CHECKING:
    import argparse

__all__ = ["fit_exponent", "main"]

_QUESTION = "How do time, memory and gap grow with the country, and with one block?"
_COUNTRY = [600, 1250, 2500, 5000, 10_000, 20_000, 35_000]
_BLOCK = [50, 100, 200, 400, 800]
_FITTED = {"time of the solve": "s", "time around it": "around, s", "peak memory": "peak MiB"}
_FEWEST = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("growth", _QUESTION)
    options.add_argument("--country", type=numbers, default=_COUNTRY, help="sizes; '' for none")
    options.add_argument("--block", type=numbers, default=_BLOCK, help="sizes; '' for none")
    options.add_argument("--gap", type=float, default=1.0, help="proven gap asked for, per cent")
    options.add_argument("--seconds", type=float, default=1800, help="limit of each solve")
    chosen = options.read(arguments)
    page = options.page(chosen)
    walled = {**HARD, "rules": {**HARD["rules"], "walls": ["oblast"]}}
    for title, sizes, build, question in (
        ("A country of walled blocks", chosen.country, build_country, walled),
        ("One block without walls", chosen.block, build_block, HARD),
    ):
        if not sizes:
            continue
        rows = [_measure(build(size, chosen.seed), question, chosen) for size in sizes]
        page.show(title, _with_ratios(rows))
        for sentence in _fits(rows, chosen.gap):
            page.note(f"{title}: {sentence}")
    page.note(f"Peak memory: {MEASURED_BY}.")
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def _measure(land: Land, question: dict[str, Any], chosen: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = write_land(land, Path(folder), question)
        shared = solve_overrides(chosen, chosen.gap, chosen.seconds)
        outcome = run_scenario(path, chosen.engine, shared)
    return {
        "units": len(land.units),
        "blocks": int(land.units["oblast"].nunique()),
        "municipalities": outcome.number,
        "status": outcome.status + (f": {outcome.reason}" if outcome.reason else ""),
        "gap %": outcome.gap_percent,
        "s": outcome.seconds,
        "around, s": outcome.whole_seconds - outcome.seconds,
        "first plan, s": outcome.first_plan,
        "peak MiB": outcome.memory,
    }


def _with_ratios(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what each size costs against the smallest one of this run."""
    first = rows[0]
    return [
        row
        | {
            "units x": row["units"] / first["units"],
            "s x": row["s"] / first["s"] if first["s"] else None,
            "MiB x": row["peak MiB"] / first["peak MiB"] if first["peak MiB"] else None,
        }
        for row in rows
    ]


def _fits(rows: list[dict[str, Any]], gap: float) -> list[str]:
    """Say which exponents fit; a size that its limit cut short says nothing of time."""
    whole = [row for row in rows if row["gap %"] <= gap + 1e-6]
    cut = [f"{row['units']:,}" for row in rows if row not in whole]
    told = [
        f"{name} grows as units ** {power:.2f}"
        for name, column in _FITTED.items()
        if (power := fit_exponent([(row["units"], row[column]) for row in whole])) is not None
    ]
    told += [f"not fitted, as they did not reach the gap: {', '.join(cut)} units"] if cut else []
    return told


def fit_exponent(points: list[tuple[float, float | None]]) -> float | None:
    """Fit ``y = c * x ** e`` by least squares on logarithms.

    Parameters
    ----------
    points
        Pairs of x and y; those without a positive y are left out.

    Returns
    -------
    float or None
        The exponent; None below two different x.
    """
    known = [(x, y) for x, y in points if y is not None and math.isfinite(y) and y > 0]
    if len({x for x, _ in known}) < _FEWEST:
        return None
    x, y = np.log(np.array(known)).T
    return float(np.polyfit(x, y, 1)[0])


if __name__ == "__main__":
    sys.exit(main())
