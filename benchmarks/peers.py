"""Against what a user would pick: spopt, GerryChain, and a greedy merge.

In: made-up blocks in the hard regime and a time that everybody gets. Out, per block: all
plans by our aim (access), then all plans by spopt's aim (most municipalities, then least
heterogeneity). Each rival's own aim is stated below the tables, since it was not built for
ours.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import amalgamation as am
from benchmarks.options import Options, numbers, words
from benchmarks.rivals import Drawn, Judge, azp, build_ground, maxp, merge, ours, recom, skater
from benchmarks.territories import HARD, Land, build_block, write_land

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from benchmarks.rivals.ours import Entry
    from benchmarks.tables import Page

__all__ = ["main"]

_QUESTION = "What do the tools that a user would pick make of the same blocks in the same time?"
_RIVALS = {"merge": merge, "maxp": maxp, "skater": skater, "azp": azp, "recom": recom}
_PACKAGE = {"maxp": "spopt", "skater": "spopt", "azp": "spopt", "recom": "gerrychain"}

_Rank = tuple[bool, float, float]


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = Options("peers", _QUESTION)
    options.add_argument("--blocks", type=numbers, default=[73, 157], help="sizes of blocks")
    options.add_argument("--rivals", type=words, default=list(_RIVALS), help=", ".join(_RIVALS))
    options.add_argument("--seconds", type=float, default=60, help="time that everybody gets")
    options.add_argument("--gap", type=float, default=0.1, help="where our engine may stop, %%")
    chosen = options.read(arguments)
    page = options.page(chosen)
    for units in chosen.blocks:
        with tempfile.TemporaryDirectory() as folder:
            _compare(build_block(units, chosen.seed), Path(folder), chosen, page)
    for name in chosen.rivals:
        page.note(_introduce(name))
    page.note(
        "One judge for all: it gives each municipality its cheapest seat. 'below': municipalities "
        "under the threshold; 'far': units beyond reach, which no rival knows of; 'torn': "
        "municipalities in pieces; 'broken': findings of `amalgamation verify`. Of several plans "
        "of one tool the best by the table's aim is shown, plans that keep the rules first."
    )
    page.finish(chosen.json, keep=chosen.keep)
    return 0


def _compare(land: Land, folder: Path, chosen: argparse.Namespace, page: Page) -> None:
    path = write_land(land, folder, HARD)
    asked = am.prepare(path)
    rules = HARD["rules"]
    least, reach = rules["population"]["min"], rules["reach_km"]["max"]
    judge = Judge(build_ground(land, asked.graph, least, reach), chosen.seconds)
    rivals = [_draw(name, judge) for name in chosen.rivals if _is_installed(name)]

    def broken(drawn: Drawn) -> int:
        return len(am.verify_plan(drawn.plan, asked.file.scenario, asked.territory, asked.graph))

    own = ours.draw_for_access(land, folder, judge, chosen)
    page.show(f"{land.name}: by our aim, access", _by_access([own, *rivals], broken))
    own = ours.draw_for_number(land, folder, judge, chosen)
    wanted = sorted({_most([own]), _most(rivals)} - {0})
    alike = [ours.draw_alike(number, land, folder, judge, chosen) for number in wanted]
    page.show(
        f"{land.name}: by spopt's aim, most municipalities, then least heterogeneity",
        _by_number([own, *alike, *rivals]),
    )
    if "recom" in chosen.rivals:
        parts = recom.most_parts(judge.ground.people, least)
        page.note(f"{land.name}: the band of recom holds the largest unit up to {parts} parts.")
    page.notes += [f"{one.who}: {one.reason}" for one in (own, *alike) if one.reason]


# --- who draws --------------------------------------------------------------------------


def _draw(name: str, judge: Judge) -> Entry:
    """Let a rival draw until its time is over, with as many seeds (or floors) as fit in."""
    ground = judge.ground
    rivals: dict[str, Callable[[], tuple[Callable[[int], Any], Any]]] = {
        "merge": lambda: (lambda _: merge.merge_smallest(judge), [1]),
        "maxp": lambda: (maxp.MaxP(ground), count(1)),
        "skater": lambda: (skater.Skater(judge), skater.FLOORS),
        "azp": lambda: (azp.Azp(ground, merge.merge_smallest(judge)), count(1)),
        "recom": lambda: (recom.Recom(judge), count(1)),
    }
    drawn, seconds = judge.draw_until(*rivals[name]())
    return ours.Entry(name, drawn, seconds, reason="" if drawn else "drew nothing")


def _is_installed(name: str) -> bool:
    return name not in _PACKAGE or _version(name) is not None


def _version(name: str) -> str | None:
    try:
        return version(_PACKAGE[name])
    except PackageNotFoundError:
        return None


def _introduce(name: str) -> str:
    aim = f"its own aim: {_RIVALS[name].AIM}"
    if name not in _PACKAGE:
        return f"{name}: {aim}."
    if not _is_installed(name):
        return f"{name} was left out: {_PACKAGE[name]} is not installed (group `benchmarks`)."
    return f"{name} ({_PACKAGE[name]} {_version(name)}), {aim}."


# --- what they drew ---------------------------------------------------------------------


def _by_access(entries: list[Entry], broken: Callable[[Drawn], int]) -> list[dict[str, Any]]:
    best = [_best(entry, lambda drawn: (not drawn.admitted, drawn.cost, 0.0)) for entry in entries]
    own = best[0]
    return [
        {
            "who": entry.who,
            "plans": len(entry.drawn),
            "admitted": sum(drawn.admitted for drawn in entry.drawn),
            "s": entry.seconds,
            "person-km": drawn.cost if drawn else None,
            "/ ours": drawn.cost / own.cost if drawn and own else None,
            "proven least": entry.proven,
            "number": drawn.number if drawn else None,
            "largest / least": drawn.largest if drawn else None,
            "below": drawn.below if drawn else None,
            "far": drawn.far if drawn else None,
            "torn": drawn.torn if drawn else None,
            "broken": broken(drawn) if drawn else None,
        }
        for entry, drawn in zip(entries, best, strict=True)
    ]


def _by_number(entries: list[Entry]) -> list[dict[str, Any]]:
    best = [_best(entry, _rank_by_number) for entry in entries]
    most = max((drawn.number for drawn in best if drawn and _counts(drawn)), default=1)
    alike = _least_unlike(entries)
    return [
        {
            "who": entry.who,
            "s": entry.seconds,
            "number": drawn.number if drawn else None,
            "/ most": drawn.number / most if drawn else None,
            "proven most": entry.proven if entry.who.endswith("most") else None,
            "heterogeneity": drawn.heterogeneity if drawn else None,
            "/ least at that number": _over(drawn, alike),
            "below": drawn.below if drawn else None,
            "torn": drawn.torn if drawn else None,
        }
        for entry, drawn in zip(entries, best, strict=True)
    ]


def _counts(drawn: Drawn) -> bool:
    """Say whether a plan keeps the rules that spopt knows."""
    return drawn.below == drawn.torn == 0


def _rank_by_number(drawn: Drawn) -> _Rank:
    return not _counts(drawn), -drawn.number, drawn.heterogeneity


def _best(entry: Entry, rank: Callable[[Drawn], _Rank]) -> Drawn | None:
    return min(entry.drawn, key=rank, default=None)


def _most(entries: list[Entry]) -> int:
    return max((d.number for entry in entries for d in entry.drawn if _counts(d)), default=0)


def _least_unlike(entries: list[Entry]) -> dict[int, float]:
    """Return the least heterogeneity that anybody found, by number of municipalities."""
    least: dict[int, float] = {}
    for drawn in (drawn for entry in entries for drawn in entry.drawn if _counts(drawn)):
        least[drawn.number] = min(drawn.heterogeneity, least.get(drawn.number, float("inf")))
    return least


def _over(drawn: Drawn | None, least: dict[int, float]) -> float | None:
    return drawn.heterogeneity / least[drawn.number] if drawn and _counts(drawn) else None


if __name__ == "__main__":
    sys.exit(main())
