"""``amalgamation run``: answer a scenario and write the run folder."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import exit_status_of
from amalgamation.cli.options import (
    AllowOutside,
    AsJson,
    Output,
    Overwrite,
    Question,
    Quiet,
    Settings,
    read_overrides,
)
from amalgamation.cli.voice import Voice
from amalgamation.errors import InputError

__all__ = ["run"]


def run(  # noqa: PLR0913 - the options of a command are what they are
    scenario: Question = "kz-two-tier",
    *,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    minutes: Annotated[float | None, typer.Option(help="Stop after so many minutes.")] = None,
    gap: Annotated[
        float | None, typer.Option(metavar="PERCENT", help="Stop at this proven gap.")
    ] = None,
    processes: Annotated[int | None, typer.Option(help="Blocks solved side by side.")] = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Answer a scenario: plan, certificate, scorecard and maps in one folder.

    Ctrl-C ends the search and keeps the best plan; twice, it ends at once.
    """
    from amalgamation.cli.ending import end_run  # noqa: PLC0415
    from amalgamation.cli.progress import show_progress  # noqa: PLC0415
    from amalgamation.scenario import read_scenario  # noqa: PLC0415

    voice = Voice(quiet, as_json)
    with answering(voice):
        overrides = read_overrides(settings, minutes=minutes, gap_percent=gap, processes=processes)
        question = read_scenario(scenario, overrides, allow_outside=allow_outside).scenario
        folder = output or Path("runs", question.scenario)
        with show_progress(voice, question.scenario, solves=question.plan is None) as report:
            from amalgamation import api  # noqa: PLC0415 - takes seconds: shown as progress

            _refuse_folder(folder, overwrite=overwrite)
            result = api.run(
                scenario, overrides=overrides, allow_outside=allow_outside, report=report
            )
        if result.plan is not None:
            result.write(folder, overwrite=overwrite)
        end_run(voice, result, folder)
    return exit_status_of(result.status)


def _refuse_folder(folder: Path, *, overwrite: bool) -> None:
    """Find out before any time is spent that the result could not be written."""
    from amalgamation.write import check_run_folder  # noqa: PLC0415

    findings = check_run_folder(folder, overwrite=overwrite)
    if findings:
        raise InputError(findings)
