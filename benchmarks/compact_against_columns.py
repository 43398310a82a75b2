"""Time of two engines to the same proven gaps, block by block, and the ratio of the two.

In: sizes of made-up blocks, oblasts of the bundled territory. Out: a table, and a sentence
that says on which blocks the compact model is the better choice. Both are in the hard regime.
"""

from __future__ import annotations

import math
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import amalgamation as am
from benchmarks.options import Options, numbers, shares, solve_overrides, words
from benchmarks.runs import Outcome, run_scenario
from benchmarks.territories import HARD, build_block, write_land

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

__all__ = ["main"]

KZ_HARD = Path(__file__).parent / "scenarios" / "kz-hard.yaml"
_QUESTION = "How long do two engines take to the same proven gap, and when is compact better?"


@dataclass(frozen=True)
class Case:
    """Hold one block to be solved by both engines."""

    name: str
    units: int
    scenario: Path
    overrides: dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("compact_against_columns", _QUESTION, engine=None)
    options.add_argument("--engines", type=words, default=["compact", "columns"], help="two")
    options.add_argument("--blocks", type=numbers, default=[73, 95, 109, 157], help="sizes")
    options.add_argument("--oblasts", type=words, default=["all"], help="all, none, or codes")
    options.add_argument("--gaps", type=shares, default=[0.5, 0.1], help="proven, in per cent")
    options.add_argument("--seconds", type=float, default=900, help="limit of each solve")
    chosen = options.read(arguments)
    page = options.page(chosen)
    refused: set[str] = set()
    for gap in chosen.gaps:
        with tempfile.TemporaryDirectory() as folder:
            pairs = [(case, _run_both(case, chosen, gap)) for case in _cases(chosen, Path(folder))]
        rows = [_row(case, both, gap) for case, both in pairs]
        page.show(f"Seconds to a proven gap of {gap:g} %", rows)
        page.note(f"To {gap:g} %: {_verdict(rows, *chosen.engines)}")
        refused |= {
            f"{one.engine}: {one.reason}" for _, both in pairs for one in both if one.reason
        }
    for reason in sorted(refused):
        page.note(reason)
    page.note(
        "A time is that of the solve alone. Where an engine stopped at its limit, its time to the "
        "gap is longer than shown: the ratio is then a bound, marked so; where neither got there, "
        "there is no ratio. An engine may prove more than it was asked for: see its gap."
    )
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def _cases(chosen: argparse.Namespace, folder: Path) -> Iterator[Case]:
    for units in chosen.blocks:
        own = folder / str(units)
        own.mkdir()
        land = build_block(units, chosen.seed)
        yield Case(land.name, units, write_land(land, own, HARD), {})
    if chosen.oblasts != ["none"]:
        yield from _oblasts(chosen.oblasts)


def _oblasts(codes: list[str]) -> Iterator[Case]:
    territory = am.prepare(KZ_HARD).territory
    sizes = territory.units["oblast"].value_counts().sort_values()
    for code, units in sizes.items():
        if units > 1 and (codes == ["all"] or code in codes):
            name = territory.parent_name("oblast", str(code))
            yield Case(name, int(units), KZ_HARD, {"territory.where": {"oblast": [str(code)]}})


def _run_both(case: Case, chosen: argparse.Namespace, gap: float) -> tuple[Outcome, Outcome]:
    shared = case.overrides | solve_overrides(chosen, gap, chosen.seconds)
    first, second = chosen.engines
    return run_scenario(case.scenario, first, shared), run_scenario(case.scenario, second, shared)


def _row(case: Case, both: tuple[Outcome, Outcome], gap: float) -> dict[str, Any]:
    row: dict[str, Any] = {"block": case.name, "units": case.units}
    for outcome in both:
        row[f"{outcome.engine}, s"] = outcome.seconds
        row[f"{outcome.engine}, gap %"] = outcome.gap_percent
        row[f"{outcome.engine}, how"] = outcome.status
    first, second = both
    row["ratio"], row["which is"] = _ratio(first, second, gap)
    row["cost ratio"] = first.cost / second.cost if math.isfinite(second.cost) else None
    return row


def _ratio(first: Outcome, second: Outcome, gap: float) -> tuple[float | None, str]:
    """Return how many times longer the first took, and whether that is exact."""
    reached = first.reached(gap), second.reached(gap)
    if None in (first.certificate, second.certificate) or not any(reached):
        return None, "not known"
    kinds = {(True, True): "measured", (False, True): "at least", (True, False): "at most"}
    return first.seconds / second.seconds, kinds[reached]


def _verdict(rows: list[dict[str, Any]], first: str, second: str) -> str:
    better = [
        f"{row['block']} ({row['units']} units)"
        for row in rows
        if row["ratio"] is not None and row["ratio"] <= 1 and row["which is"] != "at least"
    ]
    if not any(row["ratio"] is not None for row in rows):
        return f"Neither {first} nor {second} can be called better: no block was settled by both."
    where = ", ".join(better) or "no block of this run"
    return f"{first} is the better choice on: {where}; elsewhere {second} where a ratio stands."


if __name__ == "__main__":
    sys.exit(main())
