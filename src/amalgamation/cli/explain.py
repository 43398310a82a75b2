"""``amalgamation explain``: why a scenario has no plan."""

from pathlib import Path
from typing import Annotated

import typer

from amalgamation.cli.complaints import answering
from amalgamation.cli.exit_status import ExitStatus
from amalgamation.cli.options import AllowOutside, AsJson, Output, Overwrite, Quiet, Settings
from amalgamation.cli.voice import Voice
from amalgamation.cli.why_not import explain_scenario
from amalgamation.errors import InputError
from amalgamation.findings import Finding

__all__ = ["explain"]

_Subject = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A .yaml file, or the name of a bundled one.")
]
_Minutes = Annotated[float, typer.Option(help="Stop after so many minutes, and tell what is open.")]


def explain(  # noqa: PLR0913 - the options of a command are what they are
    subject: _Subject = "kz-two-tier",
    *,
    output: Output = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    minutes: _Minutes = 1.0,
    allow_outside: AllowOutside = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Say why a scenario has no plan: the cause, what would help and, with -o, its map."""
    voice = Voice(quiet, as_json)
    with answering(voice):
        if Path(subject).is_dir():
            return _refuse_folder(subject)
        return explain_scenario(
            voice,
            subject,
            settings=settings,
            minutes=minutes,
            allow_outside=allow_outside,
            output=output,
            overwrite=overwrite,
        )


def _refuse_folder(subject: str) -> ExitStatus:
    raise InputError(
        [
            Finding(
                "explain",
                f"folder {subject}",
                "a folder",
                "a scenario: a .yaml file, or the name of a bundled one",
                "name the scenario file",
            )
        ]
    )
