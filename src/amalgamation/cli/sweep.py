"""``amalgamation sweep``: answer every variant of a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AllowOutside, AsJson, Question, Quiet, Settings, read_overrides
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError
from amalgamation.findings import Finding

if TYPE_CHECKING:
    from amalgamation.study.sweep import Study

__all__ = ["sweep"]

_Over = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY=A,B,C", help="Values of a key, as in rules.population.min=3000,5000,8000."
    ),
]
_Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="STUDY",
        help="Folder of the study; one that was begun goes on.  \\[default: studies/NAME]",
        show_default=False,
    ),
]
_Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Give up what is finished there of another question.")
]
_Processes = Annotated[
    int | None, typer.Option(min=1, help="Variants side by side; default: as many as cores.")
]
_Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        envvar="AMALGAMATION_SCHEDULER",
        help="A Dask scheduler, as in tcp://host:8786: its workers answer.",
    ),
]


def sweep(  # noqa: PLR0913 - the options of a command are what they are
    scenario: Question,
    *,
    over: _Over = None,
    output: _Folder = None,
    settings: Settings = None,
    processes: _Processes = None,
    scheduler: _Scheduler = None,
    overwrite: _Overwrite = False,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Answer every variant of a scenario: one run folder each, one table, one report.

    What varies stands in the scenario's section `sweep`, or in --over; lists are multiplied.
    Whatever ends it, the same command goes on with what is left.
    """
    voice = Voice(quiet, as_json)
    with answering(voice):
        overrides, varied = read_overrides(settings), _read_over(over or [])
        folder = output or _default_folder(scenario, overrides, allow_outside=allow_outside)
        from amalgamation import api  # noqa: PLC0415 - takes seconds
        from amalgamation.cli.standing import show_standing  # noqa: PLC0415

        with show_standing(voice, folder) as report:
            study = api.sweep(
                scenario,
                folder,
                over=varied,
                overrides=overrides,
                allow_outside=allow_outside,
                overwrite=overwrite,
                processes=processes,
                scheduler=scheduler or None,
                report=report,
            )
        voice.answer(study.to_object())
    return _end(voice, study)


def _read_over(texts: list[str]) -> dict[str, list[Any]]:
    from amalgamation.scenario import override_from_text  # noqa: PLC0415

    found, findings = dict[str, list[Any]](), list[Finding]()
    for text in texts:
        key, equals, values = text.partition("=")
        try:
            key, listed = override_from_text(f"{key}=[{values}]" if equals else text)
        except InputError as error:
            findings += error.findings
            continue
        if key in found:
            where, remedy = f"--over, {key}", "write them behind one --over"
            findings.append(Finding("override", where, "its values twice", "one list", remedy))
        found[key] = listed
    if findings:
        raise InputError(findings)
    return found


def _default_folder(scenario: str, overrides: dict[str, Any], *, allow_outside: bool) -> Path:
    from amalgamation.scenario import read_scenario  # noqa: PLC0415

    file = read_scenario(scenario, overrides, allow_outside=allow_outside)
    return Path("studies", file.scenario.scenario)


def _end(voice: Voice, study: "Study") -> ExitStatus:
    """Say what came of a study; the worst reason of a variant counts."""
    from amalgamation.cli.standing import show_study  # noqa: PLC0415

    show_study(voice, study)
    voice.relay(f"written to {study.folder}: study.csv, report.html, runs/NAME")
    failed = [outcome for outcome in study.outcomes.values() if not outcome.is_finished]
    if not failed:
        return ExitStatus.DONE
    speech = voice.speech
    what = speech.tell(f"{len(failed)} variants failed; the same command tries them again")
    voice.complain(speech.say("command.error", what=what))
    voice.complain(*(f"  {outcome.name}: {speech.tell(outcome.reason)}" for outcome in failed))
    bad = all(outcome.bad_input for outcome in failed)
    return ExitStatus.BAD_INPUT if bad else ExitStatus.OUR_FAULT
