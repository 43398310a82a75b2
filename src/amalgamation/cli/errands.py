"""The scenarios of one `amalgamation run`: read together, answered one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amalgamation.cli.complaints import answering
from amalgamation.cli.ending import end_run
from amalgamation.cli.exit_status import ExitStatus, exit_status_of, worst_of
from amalgamation.cli.failure import end_in_failure
from amalgamation.cli.progress import show_progress
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError
from amalgamation.findings import Finding
from amalgamation.scenario import read_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amalgamation.scenario import Scenario

__all__ = ["Errand", "Manner", "read_errands", "run_all", "run_errand"]


@dataclass(frozen=True)
class Errand:
    """One scenario, as it was named on the command line, and where its run folder goes."""

    source: str
    question: Scenario
    folder: Path


@dataclass(frozen=True)
class Manner:
    """How all scenarios of one command are answered."""

    overrides: Mapping[str, Any]
    allow_outside: bool
    overwrite: bool
    start: Path | None = None


def read_errands(
    names: Sequence[str], overrides: Mapping[str, Any], *, allow_outside: bool, output: Path | None
) -> list[Errand]:
    """Read all scenarios before the first is answered: a slip in the last must not wait for hours.

    Parameters
    ----------
    names
        Paths or bundled names.
    overrides
        Changes to every one of them.
    allow_outside
        Whether their paths may lead out of their folders.
    output
        Folder of the run; of several, the folder in which each has one of its own name.
        Default: ``runs/NAME``.

    Raises
    ------
    InputError
        If a scenario cannot be used, or two are of one name: every problem at once.
    """
    questions, findings = [], list[Finding]()
    for name in names:
        try:
            file = read_scenario(name, overrides, allow_outside=allow_outside)
            questions.append((name, file.scenario))
        except InputError as error:
            findings += error.findings
    findings += _check_names([question.scenario for _, question in questions])
    if findings:
        raise InputError(findings)
    home = output or Path("runs")
    alone = output is not None and len(names) == 1
    return [
        Errand(name, question, home if alone else home / question.scenario)
        for name, question in questions
    ]


def _check_names(names: Sequence[str]) -> list[Finding]:
    return [
        Finding(
            "scenario-twice",
            f"scenario {name}",
            f"{names.count(name)} scenarios of this name",
            "a name of its own for each: it names the run folder",
            "run them by themselves, or rename one",
            subjects=(name,),
        )
        for name in sorted(set(names))
        if names.count(name) > 1
    ]


def run_errand(voice: Voice, errand: Errand, manner: Manner) -> ExitStatus:
    """Answer one scenario, write its run folder and say what came of it."""
    name, solves = errand.question.scenario, errand.question.plan is None
    with answering(voice):
        with show_progress(voice, name, solves=solves) as report:
            from amalgamation import api  # noqa: PLC0415 - takes seconds: shown as progress

            _refuse_folders([errand], overwrite=manner.overwrite)
            result = api.run(
                errand.source,
                overrides=manner.overrides,
                allow_outside=manner.allow_outside,
                start=manner.start,
                report=report,
            )
        if result.plan is not None:
            result.write(errand.folder, overwrite=manner.overwrite)
        end_run(voice, result, errand.folder)
    return exit_status_of(result.status)


def run_all(voice: Voice, errands: Sequence[Errand], manner: Manner, *, debug: bool) -> ExitStatus:
    """Answer scenarios one after the other; a failure of one does not end the others.

    An interruption does. With ``--json``, one object holds the answers of all.
    """
    with answering(voice):
        _refuse_folders(errands, overwrite=manner.overwrite)
    answers: list[dict[str, Any]] = []
    ended: dict[str, ExitStatus] = {}
    for errand in errands:
        name = errand.question.scenario
        listener = _Listener(voice.quiet, voice.as_json, name, answers)
        ended[name] = _run_guarded(listener, errand, manner, debug=debug)
        voice.say("")
        if ended[name] is ExitStatus.INTERRUPTED:
            break
    voice.answer({"runs": answers})
    voice.say(*_summary(ended, [errand.question.scenario for errand in errands]))
    return worst_of(ended.values())


@dataclass(frozen=True)
class _Listener(Voice):
    """Keep the JSON answer of a run, also of one that failed, to be part of one object."""

    scenario: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, content: dict[str, Any]) -> None:
        self.answers.append({"scenario": self.scenario} | content)


def _run_guarded(voice: Voice, errand: Errand, manner: Manner, *, debug: bool) -> ExitStatus:
    try:
        return run_errand(voice, errand, manner)
    except KeyboardInterrupt:
        voice.complain(f"{errand.question.scenario}: interrupted; nothing of it was written")
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the other scenarios are still to be answered
        voice.complain(f"{errand.question.scenario}:")
        return end_in_failure(voice, error, debug=debug)


def _summary(ended: Mapping[str, ExitStatus], names: Sequence[str]) -> list[str]:
    words = {name: status.name.lower().replace("_", " ") for name, status in ended.items()}
    return [f"{name}: {words.get(name, 'not begun')}" for name in names]


def _refuse_folders(errands: Sequence[Errand], *, overwrite: bool) -> None:
    """Find out before any time is spent that a result could not be written."""
    from amalgamation.write import check_run_folder  # noqa: PLC0415 - takes seconds

    findings = [
        finding
        for errand in errands
        for finding in check_run_folder(errand.folder, overwrite=overwrite)
    ]
    if findings:
        raise InputError(findings)
