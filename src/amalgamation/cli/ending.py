"""What a run says at its end: certificate, scorecard, notices, files."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from amalgamation.account import build_engine_accounts, build_gap_shares
from amalgamation.cli.breaches import tell_breaches
from amalgamation.cli.complaints import complain_of, finding_object, notice, refusing
from amalgamation.cli.text import clean
from amalgamation.status import Status

if TYPE_CHECKING:
    from pathlib import Path

    from amalgamation.cli.voice import Voice
    from amalgamation.measure import Scorecard
    from amalgamation.result import Result
    from amalgamation.status import Certificate

__all__ = ["end_run", "result_object", "show_scorecard"]


def end_run(voice: Voice, result: Result, folder: Path) -> None:
    """Say what came of a run; where there is no plan, why."""
    voice.answer(result_object(result, folder))
    reasons, notices = refusing(result.findings)
    voice.say(*_headline(result), style="bold")
    if result.plan is None:
        complain_of(voice, _WHY[result.status], reasons)
        voice.say(*map(notice, notices))
        return
    assert result.scorecard is not None  # noqa: S101 - stands wherever a plan does
    voice.say(result.certificate.sentence(), result.certificate.meaning())
    voice.say(*_account(result.certificate))
    show_scorecard(voice, result.scorecard)
    tell_breaches(voice, result.breaches)
    voice.say(*map(notice, notices))
    voice.say(f"written to {folder}: " + ", ".join(_files(folder)))
    if result.status is Status.INTERRUPTED:
        voice.complain(f"interrupted: the best plan so far is in {folder}")


_WHY = {
    Status.INFEASIBLE: "no plan keeps all rules: this is proven; nothing was written; "
    "`amalgamation explain` says what would make one possible",
    Status.NO_PLAN: "no plan was found in the time, and none was ruled out; nothing was "
    "written; give it more time (--minutes) or loosen a rule",
    Status.INTERRUPTED: "interrupted before a plan was found; nothing was written",
    Status.FAILED: "the solver broke; nothing was written; run `amalgamation doctor`",
}


def _headline(result: Result) -> list[str]:
    from amalgamation.territory.words import count_of  # noqa: PLC0415 - a heavy room

    question, territory = result.scenario, result.territory
    made_up = " (SYNTHETIC DATA)" if territory.synthetic else ""
    units = f"{count_of(len(territory.ids), 'unit')} of {territory.name}{made_up}"
    if result.plan is None:
        return [f"{question.scenario}: {units}"]
    municipalities = count_of(len(result.plan.seat_of), "municipality")
    left = result.plan.outside
    outside = f", {count_of(len(left), 'unit')} outside" if left else ""
    return [f"{question.scenario}: {units} in {municipalities}{outside}"]


def _account(certificate: Certificate) -> list[str]:
    """Return what the bound rests on, where the gap sits, and what each engine did."""
    shares = [str(share) for share in build_gap_shares(certificate)]
    took = [f"Took {certificate.seconds:,.1f} s"]
    if certificate.peak_mb:
        took.append(f"{certificate.peak_mb:,.0f} MB of memory at the peak")
    return [
        *certificate.assumptions,
        *(["Where the gap sits: " + ", ".join(shares)] if shares else []),
        *(account.sentence() for account in build_engine_accounts(certificate.blocks)),
        ", ".join(took),
    ]


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def show_scorecard(voice: Voice, scorecard: Scorecard) -> None:
    """Show the summary, today beside the plan, and what could not be measured."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("")
    table.add_column("today", justify="right", no_wrap=True)
    table.add_column("plan", justify="right", no_wrap=True)
    for title, (today, plan) in scorecard._facts().items():  # noqa: SLF001 - feeds every way of showing it
        table.add_row(Text(clean(title)), today, plan)
    voice.say("")
    voice.show(table)
    lines = (*_losers(scorecard), *scorecard.remarks, scorecard.notice, *scorecard.notices)
    voice.say("", *(line for line in lines if line))


def _losers(scorecard: Scorecard) -> list[str]:
    """Say where most residents have a longer way than to today's seat of the lowest tier."""
    if not scorecard.seats_today:
        return []
    seat = scorecard.seats_today[-1]
    losing = scorecard.where_most_lose(seat, most=3)
    places = zip(losing["name"], losing[f"farther_than_{seat}"], strict=True)
    said = ", ".join(f"{name} ({residents:,.0f})" for name, residents in places)
    return [f"Most residents farther away than today's {seat} seat: {said}"] if said else []


def result_object(result: Result, folder: Path | None) -> dict[str, Any]:
    """Return a result as the JSON object of ``--json``."""
    certificate, plan = result.certificate, result.plan
    return {
        "scenario": result.scenario.scenario,
        "status": str(result.status),
        "cost": certificate.cost,
        "bound": certificate.bound,
        "gap": certificate.gap,
        "municipalities": None if plan is None else len(plan.seat_of),
        "units": len(result.territory.ids),
        "outside": None if plan is None else list(plan.outside),
        "synthetic": result.territory.synthetic,
        "notice": result.territory.notice,
        "assumptions": list(certificate.assumptions),
        "gap_shares": [asdict(share) for share in build_gap_shares(certificate)],
        "engines": [
            asdict(account) | {"blocks": account.blocks}
            for account in build_engine_accounts(certificate.blocks)
        ],
        "seconds": certificate.seconds,
        "peak_mb": certificate.peak_mb,
        "folder": None if plan is None or folder is None else str(folder),
        "findings": [finding_object(one) for one in (*result.findings, *result.breaches)],
    }
