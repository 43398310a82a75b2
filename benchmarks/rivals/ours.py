"""Our own engine on the rivals' ground: by our aim, and by theirs.

In: a block, an engine, a time. Out: entries that are judged as everybody's are. Spopt's aim
has two parts. Most municipalities above the threshold is our aim `number`, asked without
reach, as spopt knows none. Heterogeneity is a sum over pairs of units; what is asked here
in its place is the nearest thing to it that the scenario file has: at that very number, the
least city-block distance of the units, each counted once, to a unit in their middle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.options import solve_overrides
from benchmarks.rivals.ground import PLACES
from benchmarks.runs import Outcome, run_scenario
from benchmarks.territories import HARD, Land, write_land

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from benchmarks.rivals.drawn import Drawn, Judge

__all__ = ["OURS", "Entry", "draw_alike", "draw_for_access", "draw_for_number"]

OURS = "amalgamation"


@dataclass(frozen=True)
class Entry:
    """Hold what one tool drew in its time.

    Parameters
    ----------
    who
        The tool, and what was asked of it where that differs.
    drawn
        Every plan, judged.
    seconds
        Time that it took.
    proven
        What it proved of its aim, in the table's unit; None where it proves nothing.
    reason
        Why it drew nothing.
    """

    who: str
    drawn: list[Drawn] = field(default_factory=list)
    seconds: float = 0.0
    proven: float | None = None
    reason: str = ""


def draw_for_access(land: Land, folder: Path, judge: Judge, chosen: argparse.Namespace) -> Entry:
    """Draw the plan of least access; it proves the least person-km of any plan."""
    outcome = _run(land, folder, "access", HARD, chosen)
    return _entry(f"{OURS} ({chosen.engine})", outcome, judge, _proven(outcome))


def draw_for_number(land: Land, folder: Path, judge: Judge, chosen: argparse.Namespace) -> Entry:
    """Draw most municipalities above the threshold; it proves how many there can be."""
    question = {
        "rules": {"population": HARD["rules"]["population"]},
        "aims": {"number": {"weight": 1.0, "prefer": "many"}},
    }
    outcome = _run(land, folder, "most", question, chosen)
    merged_away = _proven(outcome)
    most = None if merged_away is None else float(np.floor(len(land.units) - merged_away + 1e-6))
    return _entry(f"{OURS}, most", outcome, judge, most)


def draw_alike(
    number: int, land: Land, folder: Path, judge: Judge, chosen: argparse.Namespace
) -> Entry:
    """Draw a given number of municipalities of units that lie close together."""
    units = land.units.assign(residents=land.units["population"], population=1.0)
    _write_city_block(land, folder)
    question = {
        "graph": {"distance": {"matrix": "city-block.csv", "unit": "km"}},
        "rules": {
            "municipalities": {"exactly": number},
            "sums": {"residents": HARD["rules"]["population"]},
        },
        "aims": HARD["aims"],
    }
    alike = Land(land.name, units, land.ties)
    outcome = _run(alike, folder, "alike", question, chosen)
    return _entry(f"{OURS}, alike at {number}", outcome, judge, None)


def _run(
    land: Land, folder: Path, name: str, question: dict[str, Any], chosen: argparse.Namespace
) -> Outcome:
    scenario = write_land(land, folder, question, name)
    overrides = solve_overrides(chosen, chosen.gap, chosen.seconds)
    return run_scenario(scenario, chosen.engine, overrides)


def _proven(outcome: Outcome) -> float | None:
    """Return the bound in the unit of the one aim that was asked for."""
    if outcome.certificate is None or not outcome.certificate.aims:
        return None
    (aim,) = outcome.certificate.aims
    return outcome.bound * aim.reference / aim.weight


def _entry(who: str, outcome: Outcome, judge: Judge, proven: float | None) -> Entry:
    drawn = [] if outcome.plan is None else [judge.judge_plan(outcome.plan)]
    reason = "" if drawn else outcome.reason or outcome.status
    return Entry(who, drawn, outcome.seconds, proven, reason)


def _write_city_block(land: Land, folder: Path) -> None:
    """Write all distances of the block, as spopt counts them: along x plus along y."""
    places = land.units[list(PLACES)].to_numpy()
    km = np.abs(places[:, None, :] - places[None, :, :]).sum(axis=2).ravel()
    pairs = pd.MultiIndex.from_product([land.units.index] * 2, names=["from", "to"])
    pd.Series(km, index=pairs, name="km").to_csv(folder / "city-block.csv")
