"""``amalgamation frontier``: plans between two aims, and the region that no plan can reach."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
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

__all__ = ["frontier"]

_Between = Annotated[
    str,
    typer.Option(
        metavar="AIM,AIM", help="The aim that is minimised and the one that is limited, by comma."
    ),
]


def frontier(  # noqa: PLR0913 - the options of a command are what they are
    scenario: Question,
    *,
    between: _Between,
    points: Annotated[int, typer.Option(help="How many plans, both ends among them.")] = 8,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Trade two aims against each other: plans in between, and what no plan can reach.

    Each point takes the scenario's own time and gap (solve). Writes a table, a picture and an
    assignment per plan. Ctrl-C keeps the points that were found.
    """
    voice = Voice(quiet, as_json)
    with answering(voice):
        from amalgamation import api  # noqa: PLC0415 - takes seconds
        from amalgamation.errors import InputError  # noqa: PLC0415
        from amalgamation.study import figure_text  # noqa: PLC0415
        from amalgamation.study.two_aims import check_between  # noqa: PLC0415
        from amalgamation.study.two_aims.two_aims import TWO_AIMS_FILES  # noqa: PLC0415
        from amalgamation.write import check_run_folder  # noqa: PLC0415

        aims = [name.strip() for name in between.split(",") if name.strip()]
        check_between(aims, points)
        folder = output or Path("runs") / f"{Path(scenario).stem}-frontier"
        findings = check_run_folder(folder, overwrite=overwrite, files=TWO_AIMS_FILES)
        if findings:
            raise InputError(findings)
        found = api.frontier(
            scenario,
            between=aims,
            points=points,
            overrides=read_overrides(settings),
            allow_outside=allow_outside,
            report=voice.tell,
        )
        found.write(folder, overwrite=overwrite)
        voice.answer(found.to_object() | {"folder": str(folder)})
        say = voice.speech.say
        made_up = f" {say('command.synthetic')}" if found.territory.synthetic else ""
        units = say("count.units", n=len(found.territory.ids))
        voice.say(f"{found.scenario.scenario}: {units}{made_up}", style="bold")
        voice.relay(*found.sentences())
        voice.say("", *found.table.to_string(float_format=figure_text, na_rep="").splitlines(), "")
        names = ", ".join(sorted(path.name for path in folder.iterdir()))
        voice.relay(*([found.territory.notice] if made_up else []), f"written to {folder}: {names}")
        if found.interrupted:
            voice.complain(voice.speech.tell(f"interrupted: what was found so far is in {folder}"))
            return ExitStatus.INTERRUPTED
        return ExitStatus.DONE
