"""``amalgamation explain RUN``: why a plan is as it is, and what another choice would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amalgamation.cli.complaints import answering, complain_of, finding_object
from amalgamation.cli.exit_status import ExitStatus, exit_status_of
from amalgamation.cli.progress import show_progress
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amalgamation.road import Reopened
    from amalgamation.study.what_if import WhatIf

__all__ = ["RunQuestion", "explain_run"]

_EACH = "--unit, --municipality, --require, --wishes, --prices or --number"
_UNTOLD = (
    "What another choice costs is told in the whole cost; whether it keeps rules.at_most, or the "
    "order of the aims, is not told."
)


@dataclass(frozen=True)
class RunQuestion:
    """Hold what is asked of a finished run; at most one of the first six.

    Parameters
    ----------
    unit, municipality
        By code, by id, or by a name that one unit alone has.
    require
        Wishes to grant.
    wishes
        Whether each wish that the plan leaves unmet is priced.
    prices
        Whether the rules are priced at the margin.
    number
        Whether it is asked why no plan has more municipalities, or fewer.
    minutes
        For what is solved; None: as the run's scenario has it.
    output
        Folder for the run that grants the wishes, or for the reason of the number.
    data_folder
        Folder of the scenario file, if its data are not bundled.
    """

    unit: str | None = None
    municipality: str | None = None
    require: Sequence[str] = ()
    wishes: bool = False
    prices: bool = False
    number: bool = False
    minutes: float | None = None
    output: Path | None = None
    data_folder: Path | None = None


def explain_run(folder: Path, asked: RunQuestion, *, as_json: bool, quiet: bool) -> int:
    """Answer one question of a finished run; of none, the whole plan at a glance."""
    voice = Voice(quiet, as_json)
    with answering(voice):
        _check(asked)
        if asked.require:
            return _grant(voice, folder, asked)
        if asked.wishes:
            return _price_wishes(voice, folder, asked)
        if asked.prices:
            return _price(voice, folder, asked)
        if asked.number:
            return _count(voice, folder, asked)
        return _tell(voice, folder, asked)


def _check(asked: RunQuestion) -> None:
    given = [asked.unit is not None, asked.municipality is not None]
    given += [bool(asked.require), asked.wishes, asked.prices, asked.number]
    findings = []
    if sum(given) > 1:
        findings.append(_usage("several questions at once", f"one of {_EACH}"))
    if asked.minutes is not None and not asked.minutes > 0:
        findings.append(_usage(f"{asked.minutes:g} minutes", "more than 0 minutes"))
    if asked.output is not None and not (asked.require or asked.number):
        found = "--output without --require or --number"
        findings.append(_usage(found, "a wish whose plan is written, or a reason that is drawn"))
    if asked.output is not None:
        from amalgamation.write import check_run_folder  # noqa: PLC0415 - takes seconds

        findings += check_run_folder(asked.output)
    if findings:
        raise InputError(findings)


def _usage(found: str, expected: str) -> Finding:
    remedy = "`amalgamation explain --help` shows what it takes"
    return Finding("usage", "command line of `amalgamation explain`", found, expected, remedy)


def _reopen(folder: Path, asked: RunQuestion) -> Reopened:
    from amalgamation.road import reopen  # noqa: PLC0415 - takes seconds

    return reopen(folder, asked.data_folder)


def _tell(voice: Voice, folder: Path, asked: RunQuestion) -> int:
    from amalgamation import explain  # noqa: PLC0415 - takes seconds

    run = _reopen(folder, asked)
    if asked.unit is not None:
        told: Any = explain.explain_unit(run.drawn, _find(run, asked.unit, "--unit"))
    elif asked.municipality is not None:
        name = _find_municipality(run, asked.municipality)
        told = explain.explain_municipality(run.drawn, name)
    else:
        told = explain.explain_whole(run.drawn)
    voice.answer({"run": str(folder), "certificate": _proof(run)} | told.to_object())
    voice.relay(*_head(run), *told.sentences(), *_number(run, asked))
    return ExitStatus.DONE


def _number(run: Reopened, asked: RunQuestion) -> list[str]:
    """Return what is proven of the number, of a whole plan that was asked for few or many."""
    from amalgamation.explain import explain_number  # noqa: PLC0415 - takes seconds

    scenario = run.ground.file.scenario
    if scenario.aims.number is None or asked.unit is not None or asked.municipality is not None:
        return []
    line = explain_number(run.drawn, scenario, run.certificate).first_line()
    return [f"{line} Why, and the map of it: --number -o DIR."]


def _find(run: Reopened, text: str, where: str) -> str:
    from amalgamation.territory import find_unit  # noqa: PLC0415 - takes seconds

    found = find_unit(run.ground.territory, text, where)
    if isinstance(found, Finding):
        raise InputError([found])
    return found


def _find_municipality(run: Reopened, text: str) -> str:
    """Return the municipality of an id; else the one that a unit of that name lies in."""
    if text in run.plan.seat_of:
        return text
    unit = _find(run, text, "--municipality")
    return run.plan.municipality_of.get(unit, unit)


def _head(run: Reopened) -> list[str]:
    """Return what stands above every explanation: made-up data, and what is proven of the plan."""
    notice = run.ground.territory.notice
    certificate = run.certificate
    told = [*([notice] if notice else []), f"{certificate.sentence()}. {certificate.meaning()}"]
    return [*told, _UNTOLD] if certificate.stages or certificate.caps else told


def _proof(run: Reopened) -> dict[str, Any]:
    known = run.certificate
    return {
        "status": str(known.status),
        "cost": known.cost,
        "bound": known.bound,
        "gap": known.gap,
        "synthetic": run.ground.territory.synthetic,
    }


def _grant(voice: Voice, folder: Path, asked: RunQuestion) -> int:
    with show_progress(voice, "what if") as report:
        from amalgamation.study.what_if import what_if  # noqa: PLC0415 - shown as progress

        run = _reopen(folder, asked)
        found = what_if(run, asked.require, minutes=asked.minutes, report=report)
    if asked.output is not None and found.result.plan is not None:
        found.result.write(asked.output)
    _tell_what_if(voice, run, found, asked)
    return exit_status_of(found.result.status)


def _tell_what_if(voice: Voice, run: Reopened, found: WhatIf, asked: RunQuestion) -> None:
    written = None if asked.output is None or found.result.plan is None else str(asked.output)
    reasons = [finding_object(one) for one in found.reasons]
    content = {"before": _proof(run), "folder": written, "findings": reasons}
    voice.answer(found.to_object() | content)
    voice.relay(*_head(run), *found.sentences())
    if found.reasons:
        complain_of(voice, voice.speech.tell("no plan grants this"), found.reasons)
    if found.result.plan is not None:
        voice.relay(f"With it: {found.result.certificate.sentence()}.")
    if written is not None:
        voice.relay(f"written to {written}")


def _price_wishes(voice: Voice, folder: Path, asked: RunQuestion) -> int:
    with show_progress(voice, "wishes") as report:
        from amalgamation.study.what_if import price_refused  # noqa: PLC0415 - shown as progress

        run = _reopen(folder, asked)
        prices = price_refused(run, minutes=asked.minutes, report=report)
    voice.answer({"run": str(folder), "certificate": _proof(run)} | prices.to_object())
    voice.relay(*_head(run))
    if not prices.prices:
        voice.relay("The plan refuses no wish of the scenario.")
        return ExitStatus.DONE
    voice.relay("Each refused wish granted by itself, all else free to move:")
    voice.relay(*(f"  - {line}" for line in prices.sentences()))
    return ExitStatus.DONE


def _price(voice: Voice, folder: Path, asked: RunQuestion) -> int:
    with show_progress(voice, "prices") as report:
        from amalgamation.explain.this_plan import find_tightest, say_tightest  # noqa: PLC0415
        from amalgamation.study.prices import price_rules  # noqa: PLC0415 - shown as progress

        run = _reopen(folder, asked)
        prices = price_rules(run, minutes=asked.minutes, report=report)
    voice.answer({"run": str(folder), "certificate": _proof(run)} | prices.to_object())
    voice.relay(*_head(run), *say_tightest(run.drawn, find_tightest(run.drawn)))
    voice.relay("One step of each rule, all else free to move:")
    voice.relay(*(f"  - {line}" for line in prices.sentences()))
    return ExitStatus.DONE


def _count(voice: Voice, folder: Path, asked: RunQuestion) -> int:
    from amalgamation.explain import explain_number  # noqa: PLC0415 - takes seconds

    run = _reopen(folder, asked)
    reason = explain_number(run.drawn, run.ground.file.scenario, run.certificate)
    files = reason.write(asked.output) if asked.output is not None else ()
    written = {"folder": str(asked.output) if files else None}
    voice.answer({"run": str(folder), "certificate": _proof(run)} | reason.to_object() | written)
    voice.relay(*_head(run), *reason.sentences())
    if files:
        voice.relay(f"written to {asked.output}: {', '.join(files)}")
    return ExitStatus.DONE
