"""What a run says at its end: certificate, scorecard, notices, files."""

from __future__ import annotations

import math
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
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.account import GapShare
    from amalgamation.cli.voice import Voice
    from amalgamation.language import Speech
    from amalgamation.measure import Scorecard
    from amalgamation.result import Result
    from amalgamation.status import Certificate

__all__ = ["end_run", "result_object", "show_scorecard"]


def end_run(voice: Voice, result: Result, folder: Path) -> None:
    """Say what came of a run; where there is no plan, why."""
    voice.answer(result_object(result, folder))
    reasons, notices = refusing(result.findings)
    speech, certificate = voice.speech, result.certificate
    told = [notice(finding, speech) for finding in notices]
    voice.say(_headline(result, speech), style="bold")
    if result.plan is None:
        complain_of(voice, speech.say(_WHY[result.status]), reasons)
        voice.say(*told)
        return
    assert result.scorecard is not None  # noqa: S101 - stands wherever a plan does
    voice.say(speech.tell(certificate.sentence()), speech.tell(certificate.meaning()))
    voice.say(*_account(certificate, speech))
    show_scorecard(voice, result.scorecard, result.territory.nouns)
    tell_breaches(voice, result.breaches)
    voice.say(*told)
    voice.say(f"{speech.say('command.written', place=str(folder))}: {', '.join(_files(folder))}")
    if result.status is Status.INTERRUPTED:
        voice.complain(speech.say("command.kept", place=str(folder)))


_WHY = {
    Status.INFEASIBLE: "command.infeasible",
    Status.NO_PLAN: "command.no_plan",
    Status.INTERRUPTED: "command.interrupted",
    Status.FAILED: "command.failed",
}


def _headline(result: Result, speech: Speech) -> str:
    territory, plan = result.territory, result.plan
    made_up = f" {speech.say('command.synthetic')}" if territory.synthetic else ""
    named = f"{territory.name}{made_up}"
    said = speech.say("count.of", n=len(territory.ids), territory=named)
    if plan is not None:
        said = speech.say("count.in", n=len(plan.seat_of), units=said)
        said += f", {speech.say('count.outside', n=len(plan.outside))}" if plan.outside else ""
    return f"{result.scenario.scenario}: {said}"


def _account(certificate: Certificate, speech: Speech) -> list[str]:
    """Return what the bound rests on, where the gap sits, and what each engine did."""
    shares = ", ".join(_share(share, speech) for share in build_gap_shares(certificate))
    took = [speech.say("command.took", seconds=speech.number(certificate.seconds, ",.1f"))]
    if certificate.peak_mb:
        took.append(speech.say("command.memory", mb=speech.number(certificate.peak_mb, ",.0f")))
    return [
        *map(speech.tell, certificate.assumptions),
        *([f"{speech.say('account.shares')}: {shares}"] if shares else []),
        *(speech.tell(one.sentence()) for one in build_engine_accounts(certificate.blocks)),
        ", ".join(took),
    ]


def _share(share: GapShare, speech: Speech) -> str:
    where = speech.tell(share.where)
    if math.isfinite(share.percent):
        return f"{where} {speech.number(share.percent, '.2f')} %"
    return f"{where} ({speech.say('account.no_bound')})"


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def show_scorecard(voice: Voice, scorecard: Scorecard, nouns: Sequence[str]) -> None:
    """Show the summary, today beside the plan, and what could not be measured.

    Parameters
    ----------
    voice
        Speaks.
    scorecard
        What is shown.
    nouns
        Attributes, tiers and categories of the territory, for the titles of measures.
    """
    speech = voice.speech
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("")
    for column in ("today", "plan"):
        table.add_column(speech.say(column).lower(), justify="right", no_wrap=True)
    for name, row in scorecard.shown.iterrows():
        title = speech.title(str(name), str(row["title"]), nouns)
        figures = [_figure(row[column], speech) for column in ("today", "plan")]
        table.add_row(Text(clean(speech.with_unit(title, str(row["unit"])))), *figures)
    voice.say("")
    voice.show(table)
    lines = (*_losers(scorecard, speech), *scorecard.remarks, scorecard.notice, *scorecard.notices)
    voice.say("", *(speech.tell(line) for line in lines if line))


def _figure(value: float, speech: Speech) -> str:
    return speech.say("picture.no_data") if math.isnan(value) else speech.figure(value)


def _losers(scorecard: Scorecard, speech: Speech) -> list[str]:
    """Say where most residents have a longer way than to today's seat of the lowest tier."""
    if not scorecard.seats_today:
        return []
    seat = scorecard.seats_today[-1]
    losing = scorecard.where_most_lose(seat, most=3)
    places = zip(losing["name"], losing[f"farther_than_{seat}"], strict=True)
    said = ", ".join(f"{name} ({speech.figure(residents)})" for name, residents in places)
    return [speech.say("command.losers", seat=speech.noun(seat), places=said)] if said else []


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
        "caps": [asdict(cap) for cap in certificate.caps],
        "stages": [asdict(stage) | {"gap": stage.gap} for stage in certificate.stages],
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
