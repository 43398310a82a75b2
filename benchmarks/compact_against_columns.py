"""Time of several contenders to the same proven gaps, block by block, and ratios of the times.

In: sizes of made-up blocks, oblasts of the bundled territory. Out: a table for each gap, and a
sentence that says on which blocks another contender is a better choice than the last. All are in
the hard regime. A contender is an engine, or `model alone`: the compact model with no search ahead
of it, which is what the engine `compact` adds to it.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import amalgamation as am
from benchmarks.model_alone import ALONE, run_model_alone
from benchmarks.options import Options, numbers, shares, solve_overrides, words
from benchmarks.runs import Outcome, run_scenario
from benchmarks.territories import HARD, build_block, write_land

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

__all__ = ["main"]

KZ_HARD = Path(__file__).parent / "scenarios" / "kz-hard.yaml"
_QUESTION = "How long do contenders take to the same proven gap, and when is compact better?"
_CONTENDERS = [ALONE, "compact", "columns"]


@dataclass(frozen=True)
class Case:
    """Hold one block to be solved by every contender."""

    name: str
    units: int
    scenario: Path
    overrides: dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("compact_against_columns", _QUESTION, engine=None)
    options.add_argument(
        "--contenders",
        type=words,
        default=_CONTENDERS,
        help=f"engines, or '{ALONE}'; the last is what the others are compared with",
    )
    options.add_argument("--blocks", type=numbers, default=[73, 95, 109, 157], help="sizes")
    options.add_argument("--oblasts", type=words, default=["all"], help="all, none, or codes")
    options.add_argument("--gaps", type=shares, default=[0.5, 0.1], help="proven, in per cent")
    options.add_argument("--seconds", type=float, default=900, help="limit of each solve")
    chosen = options.read(arguments)
    page = options.page(chosen)
    refused: set[str] = set()
    for gap in chosen.gaps:
        with tempfile.TemporaryDirectory() as folder:
            races = [(case, _run_all(case, chosen, gap)) for case in _cases(chosen, Path(folder))]
        rows = [row for case, outcomes in races for row in _rows(case, outcomes, gap)]
        page.show(f"Seconds to a proven gap of {gap:g} %", rows)
        for first in chosen.contenders[:-1]:
            page.note(f"To {gap:g} %: {_verdict(rows, first, chosen.contenders[-1])}")
        refused |= {
            f"{one.engine}: {one.reason}" for _, all_ in races for one in all_ if one.reason
        }
    for reason in sorted(refused):
        page.note(reason)
    page.note(
        "A time is that of the solve alone. Where a contender stopped at its limit, its time to "
        "the gap is longer than shown: the ratio is then a bound, marked so; where neither got "
        "there, there is no ratio. An engine may prove more than it was asked for: see its gap."
    )
    if ALONE in chosen.contenders:
        page.note(f"{ALONE}: the compact model and its separators from nothing, without the "
                  "local search that the engine `compact` lets go ahead.")  # fmt: skip
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


def _run_all(case: Case, chosen: argparse.Namespace, gap: float) -> list[Outcome]:
    shared = case.overrides | solve_overrides(chosen, gap, chosen.seconds)
    return [_run_one(case, contender, shared) for contender in chosen.contenders]


def _run_one(case: Case, contender: str, shared: dict[str, Any]) -> Outcome:
    if contender == ALONE:
        outcome = run_model_alone(case.scenario, shared)
    else:
        outcome = run_scenario(case.scenario, contender, shared)
    told = f"{outcome.status}, gap {outcome.gap_percent:.3g} %, {outcome.seconds:.1f} s"
    print(f"{case.name}: {contender}: {told}", flush=True)
    return outcome


def _rows(case: Case, outcomes: list[Outcome], gap: float) -> list[dict[str, Any]]:
    """Return a row for each contender, set against the last of them."""
    last = outcomes[-1]
    rows = []
    for outcome in outcomes:
        ratio, kind = _ratio(outcome, last, gap)
        rows.append(
            {
                "block": case.name,
                "units": case.units,
                "who": outcome.engine,
                "s": outcome.seconds,
                "gap %": outcome.gap_percent,
                "how": outcome.status,
                f"s / {last.engine}": ratio,
                "which is": kind,
                f"cost / {last.engine}": outcome.cost / last.cost if last.plan else None,
            }
        )
    return rows


def _ratio(first: Outcome, second: Outcome, gap: float) -> tuple[float | None, str]:
    """Return how many times longer the first took, and whether that is exact."""
    reached = first.reached(gap), second.reached(gap)
    if None in (first.certificate, second.certificate) or not any(reached):
        return None, "not known"
    kinds = {(True, True): "measured", (False, True): "at least", (True, False): "at most"}
    return first.seconds / second.seconds, kinds[reached]


def _verdict(rows: list[dict[str, Any]], first: str, second: str) -> str:
    versus = f"s / {second}"
    settled = [row for row in rows if row["who"] == first and row[versus] is not None]
    if not settled:
        return f"Neither {first} nor {second} can be called better: no block was settled by either."
    better = [
        f"{row['block']} ({row['units']} units)"
        for row in settled
        if row[versus] <= 1 and row["which is"] != "at least"
    ]
    where = ", ".join(better) or "no block of this run"
    return f"{first} is a better choice on: {where}; elsewhere {second} where a ratio stands."


if __name__ == "__main__":
    sys.exit(main())
