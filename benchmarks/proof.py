"""Cost, bound and gap of the country in two regimes, and where the rest of the gap sits.

In: `kz-two-tier` and `scenarios/kz-hard.yaml`, with the gap and the minutes that each is held
to. Out: one line per regime, one line per block.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.compact_against_columns import KZ_HARD
from benchmarks.memory import MEASURED_BY
from benchmarks.options import Options, solve_overrides, words
from benchmarks.runs import Outcome, run_scenario

if TYPE_CHECKING:
    from amalgamation.status import BlockReport

__all__ = ["main"]

_QUESTION = "How small a gap is proven for the whole country, in what time and memory?"


@dataclass(frozen=True)
class Regime:
    """Hold a scenario, what it is held to, and what must change where only a part is asked."""

    scenario: str
    gap_percent: float
    minutes: float
    of_a_part: dict[str, Any] = field(default_factory=dict)


REGIMES = {
    # the country's number of municipalities binds no part of it
    "two-tier": Regime("kz-two-tier", 0.5, 5, {"rules.municipalities": None}),
    "hard": Regime(str(KZ_HARD), 0.7, 10),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("proof", _QUESTION)
    options.add_argument("--regimes", type=words, default=list(REGIMES), help="two-tier, hard")
    options.add_argument("--gap", type=float, default=None, help="per cent; default: the target")
    options.add_argument("--minutes", type=float, default=None, help="default: the target")
    options.add_argument("--oblasts", type=words, default=[], help="codes: only these")
    chosen = options.read(arguments)
    page = options.page(chosen)
    for name in chosen.regimes:
        regime = REGIMES[name]
        gap = regime.gap_percent if chosen.gap is None else chosen.gap
        minutes = regime.minutes if chosen.minutes is None else chosen.minutes
        overrides = solve_overrides(chosen, gap, minutes * 60)
        if chosen.oblasts:
            overrides |= {"territory.where": {"oblast": chosen.oblasts}, **regime.of_a_part}
        outcome = run_scenario(regime.scenario, chosen.engine, overrides)
        page.show(f"{name}: the whole", [_whole(outcome, gap, minutes)])
        if outcome.certificate:
            page.show(f"{name}: block by block, largest share of the gap first", _blocks(outcome))
        told = outcome.certificate.assumptions if outcome.certificate else (outcome.reason,)
        for sentence in told:
            page.note(f"{name}: {sentence}")
    page.note(f"Peak memory: {MEASURED_BY}.")
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def _whole(outcome: Outcome, gap: float, minutes: float) -> dict[str, Any]:
    return {
        "engine": outcome.engine,
        "status": outcome.status,
        "municipalities": outcome.number,
        "cost": outcome.cost,
        "bound": outcome.bound,
        "gap %": outcome.gap_percent,
        "gap / asked": outcome.gap_percent / gap if gap else None,
        "s": outcome.seconds,
        "s / allowed": outcome.seconds / (60 * minutes),
        "first plan, s": outcome.first_plan,
        "with reading, s": outcome.whole_seconds,
        "peak MiB": outcome.memory,
    }


def _blocks(outcome: Outcome) -> list[dict[str, Any]]:
    reports = outcome.certificate.blocks if outcome.certificate else ()
    rests = [_rest(report) for report in reports]
    whole = sum(rests)
    order = sorted(range(len(reports)), key=lambda at: (-rests[at], reports[at].name))
    return [_block(reports[at], rests[at] / whole if whole > 0 else 0.0) for at in order]


def _rest(report: BlockReport) -> float:
    """Return what the block adds to cost minus bound; infinite where one is not known."""
    known = math.isfinite(report.cost) and math.isfinite(report.bound)
    return max(0.0, report.cost - report.bound) if known else math.inf


def _block(report: BlockReport, share: float) -> dict[str, Any]:
    return {
        "block": report.name,
        "units": report.units,
        "municipalities": report.municipalities,
        "cost": report.cost,
        "bound": report.bound,
        "gap %": 100 * report.gap,
        "share of the gap %": 100 * share,
        "rounds": report.rounds,
        "cuts": report.cuts,
        "s": report.seconds,
        "engine": report.engine,
    }


if __name__ == "__main__":
    sys.exit(main())
